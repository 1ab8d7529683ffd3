"""Which pictures fit a table: its columns tell."""

from es_lod.server.page.charts import charts
from es_lod.server.page.naming import Naming
from es_lod.server.page.periods import periods, years
from es_lod.server.page.picture import Picture
from es_lod.server.page.places import maps
from es_lod.server.page.ties import networks


def pictures(naming: Naming) -> list[Picture]:
    """The pictures of a table, the most telling first; of a single row none."""
    if len(naming.table.rows) < 2 or not naming.about:
        return []
    charted = [*maps(naming), *charts(naming)]
    lasted, ties = list(periods(naming)), list(networks(naming))
    counted = [] if charted or lasted else list(years(naming))
    if naming.about[0].kind == "date":
        return [*charted, *lasted, *counted, *ties]
    return [*charted, *lasted, *ties, *counted]
