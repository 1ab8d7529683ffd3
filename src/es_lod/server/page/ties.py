"""The network of a table: two columns of things, with a line for each row."""

import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from es_lod.server.page.naming import Naming
from es_lod.server.page.picture import SMALL, Picture
from es_lod.server.page.results import Value
from es_lod.site.drawings.lettering import plain
from es_lod.site.drawings.network import group
from es_lod.site.facts.network import Tie, of_ties
from es_lod.site.facts.relations import Item

# Where a query says from where to where its rows lead.
_BEGINS: Final = re.compile(r"(source|subject|from|s)", re.IGNORECASE)
_ENDS: Final = re.compile(r"(target|object|to|o)", re.IGNORECASE)


def networks(naming: Naming) -> Iterator[Picture]:
    """The network of a table that has two columns of things."""
    found = _ends(naming)
    if found is None:
        return
    items, ties = _gathered(naming, *found)
    network = of_ties(ties)
    if len(network.groups) == 0 or len(ties) < 2:
        return
    say = naming.say
    first, second = map(naming.variable, found)
    groups = (
        group(part, items, say("network-part", n=str(i), name=plain(items[part.members[0]].name)))
        for i, part in enumerate(network.groups, 1)
    )
    drawn = Markup('<div class="networks">\n{}</div>\n').format(Markup().join(groups))
    shown = sum(len(part.members) for part in network.groups)
    told = say("network-of", first=first, second=second)
    yield Picture(say("network"), told, drawn, network.hidden, shown <= SMALL)


def _ends(naming: Naming) -> tuple[int, int] | None:
    """The columns that lines lead from and to."""
    things = naming.things
    begins = [i for i in things if _BEGINS.fullmatch(naming.about[i].name)]
    leads = [i for i in things if _ENDS.fullmatch(naming.about[i].name)]
    if begins and leads:
        return begins[0], leads[0]
    return (things[0], things[1]) if len(things) > 1 else None


def _gathered(naming: Naming, first: int, second: int) -> tuple[dict[str, Item], list[Tie]]:
    """What stands in the boxes, and the lines between them."""
    items: dict[str, Item] = {}
    ties: dict[Tie, None] = {}
    for row in naming.table.rows:
        one, other = row[first], row[second]
        if one is None or other is None or one.text == other.text:
            continue
        ties[Tie("founders", one.text, other.text)] = None
        for value, i in ((one, first), (other, second)):
            if value.text not in items:
                items[value.text] = _item(naming, row, i, value.text)
    return items, list(ties)


def _item(naming: Naming, row: tuple[Value | None, ...], i: int, iri: str) -> Item:
    column = naming.about[i]
    name = row[column.named_by] if column.named_by is not None else None
    language = name.language if name is not None else ""
    lang = "" if language == naming.page.language else language
    return Item("", column.name, naming.said(row, i), naming.page.of_iri(iri), True, lang=lang)
