"""What downloads were made of: where it is the same again, those of the former site will do."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from es_lod.site.edition import Edition
from es_lod.site.editions.folder import Folder, Stated
from es_lod.site.editions.history import frame
from es_lod.site.graph import Graph

# A path that a hand has written leads nowhere else.
_PATH: Final = re.compile(r"(dump/)?[A-Za-z0-9-][A-Za-z0-9.-]*")


class Made(NamedTuple):
    """Files that were made together, the fingerprint of what they were made of, and the graph.

    The graph is what is found out of the triples while dumps are written.
    """

    of: str
    files: Sequence[Stated]
    graph: Graph | None = None

    @property
    def told(self) -> list[Any]:
        """As JSON."""
        return [self.of, self.files, self.graph and _told(self.graph)]


def made_of(edition: Edition, *, dated: bool) -> str:
    """The fingerprint of the records in their order, the settings and the program.

    `dated` says whether the day of the edition is among them. Records are told by their triples,
    as they are where their pages are kept.
    """
    day = edition.settings.date if dated else None
    hash_ = hashlib.sha256(frame().encode())
    hash_.update(repr(replace(edition.settings, date=day, spread=None)).encode())
    for row in edition.register.rows("SELECT id, class, data FROM record ORDER BY n"):
        hash_.update(repr(row).encode())
    return hash_.hexdigest()


def taken_over(told: Any, of: str, folder: Folder) -> Made | None:
    """Take over the files of a former edition that were made of the same, all or none.

    Nothing where any is not as it was written, or where what is told of them is no `Made`.
    """
    try:
        made_of_, files, graph = told
        stated = [Stated(str(path), int(size), str(sha256)) for path, size, sha256 in files]
        made = Made(made_of_, stated, graph and _graph(graph))
    except (TypeError, ValueError, AttributeError):
        return None
    are_ours = made.of == of and all(_PATH.fullmatch(file.path) for file in stated)
    return made if are_ours and folder.keep_stated(stated) else None


def _told(graph: Graph) -> list[Any]:
    links = [[*link, count] for link, count in graph.links.items()]
    return [*graph._replace(links=Counter())[:-1], links]


def _graph(told: list[Any]) -> Graph:
    hash_, triples, subjects, objects, classes, properties, links = told
    by_end = Counter({(name, space): count for name, space, count in links})
    return Graph(hash_, triples, subjects, objects, Counter(classes), Counter(properties), by_end)
