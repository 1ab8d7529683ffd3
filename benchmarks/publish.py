"""Measures `es-lod publish`: the whole site of the cases, every page in all its forms.

A record is an entity page in Polish and English with its Turtle, JSON-LD, N-Triples and RDF/XML.
There is no peer that writes such a site. Publishing a tenth of the cases into an empty folder, and
again without change: the second run reads and compares. Seven files a record are much for a disk:
the same in a file system in memory tells what of the time is that of the program.
"""

import shutil
from functools import partial
from pathlib import Path

from comparison import Contender, Step, step
from environments import es_lod

DATE = "2026-01-01"
RECORDS = 9
"""In a case."""
SETTINGS = """base: https://data.example.org/id/
url: https://data.example.org/
title: {pl: Przypadki, en: Cases}
publisher: {name: {pl: Wydawca, en: Publisher}, type: NonProfitOrganisation}
"""


MEMORY = Path("/dev/shm")  # noqa: S108  # a file system in memory


def prepared(asked: Step, number: int) -> Path:
    """The folder with the settings and so many cases."""
    data = asked.folder / f"site-{number}"
    data.mkdir(exist_ok=True)
    (data / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    shutil.copy(asked.data(number), data / "cases.jsonl")
    return data


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("publish", __doc__, "entity pages")
    asked.size = asked.cases // 10
    data = prepared(asked, asked.size)

    def published(name: str, site: Path, *, anew: bool) -> Contender:
        command = [es_lod(), "publish", str(data), "-o", str(site), "--date", DATE]
        empty = partial(shutil.rmtree, site, ignore_errors=True)
        return Contender(name, command, before=empty if anew else lambda: None)

    disk, memory = asked.folder / "site", MEMORY / "es-lod-site"
    contenders = [
        published("es-lod, new site", disk, anew=True),
        published("es-lod, the same once more", disk, anew=False),
    ]
    if MEMORY.is_dir():
        contenders.append(published("es-lod, new site, files in memory", memory, anew=True))
    asked.compare(contenders, RECORDS * asked.size)
    asked.write()
    for site in (disk, memory):
        shutil.rmtree(site, ignore_errors=True)


if __name__ == "__main__":
    main()
