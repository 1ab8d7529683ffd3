"""Measures `es-lod publish`: the whole site of the cases, every page in all its forms.

A record is an entity page in Polish and English with its Turtle, JSON-LD, N-Triples and RDF/XML.
There is no peer that writes such a site. Publishing a tenth of the cases into an empty folder, and
again without change: the second run reads and compares.
"""

import shutil
from functools import partial

from comparison import Contender, step
from environments import es_lod

DATE = "2026-01-01"
SETTINGS = """base: https://data.example.org/id/
url: https://data.example.org/
title: {pl: Przypadki, en: Cases}
publisher: {name: {pl: Wydawca, en: Publisher}, type: NonProfitOrganisation}
"""


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("publish", __doc__, "entity pages")
    asked.size = asked.cases // 10
    data, site = asked.folder / f"site-{asked.size}", asked.folder / "site"
    data.mkdir(exist_ok=True)
    (data / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    shutil.copy(asked.data(asked.size), data / "cases.jsonl")
    command = [es_lod(), "publish", str(data), "-o", str(site), "--date", DATE]
    empty = partial(shutil.rmtree, site, ignore_errors=True)
    asked.compare(
        [
            Contender("es-lod, new site", command, before=empty),
            Contender("es-lod, the same once more", command),
        ],
        9 * asked.size,
    )
    asked.write()
    empty()


if __name__ == "__main__":
    main()
