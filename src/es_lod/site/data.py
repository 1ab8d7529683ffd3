"""What is published of the data: the downloads, and the files of the records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, Final, NamedTuple

from es_lod.formats import GRAPHS
from es_lod.site import records
from es_lod.site.downloads import calendar, geojson, tables
from es_lod.site.downloads.download import Download, download, is_offered
from es_lod.site.downloads.dumps import ALIKE, dumps
from es_lod.site.edition import Edition, File, Pieces
from es_lod.site.editions.folder import Folder, Stated
from es_lod.site.editions.made import Made, made_of, taken_over
from es_lod.site.graph import Graph, Triples
from es_lod.site.survey import PRINT
from es_lod.site.tasks import Task, done

Watch = Callable[[float], None]

EXTRACTS: Final[tuple[Callable[[Edition], Iterator[File | Pieces]], ...]] = (
    tables.files,
    calendar.files,
    geojson.files,
)
"""The rooms whose files the catalogue offers beside the dumps."""


class Data(NamedTuple):
    """What there is to be downloaded, and what the next edition has to know.

    `files` are the fingerprints of the records' files, one behind another, `made` says what the
    downloads were made of.
    """

    downloads: list[Download]
    files: bytes
    made: Mapping[str, Made]


class _Part(NamedTuple):
    """Files that one task has written, and the graph, where it was found out beside."""

    files: list[Stated]
    graph: Graph | None = None


def write_data(
    edition: Edition, folder: Folder, former: Mapping[str, Any], watch: Watch, jobs: int
) -> Data:
    """Write the downloads and the files of the records.

    `former` says what the downloads of the former site were made of: where it is the same, they
    are taken over.
    """
    tasks: Mapping[str, list[Task]] = {
        "dumps": [partial(_dumps, edition, names) for names in ALIKE],
        "extracts": [partial(_extracts, edition, room) for room in EXTRACTS],
    }
    # No dump says of which day it is.
    of = {name: made_of(edition, dated=name != "dumps") for name in tasks}
    kept = {name: taken_over(former.get(name), print_, folder) for name, print_ in of.items()}
    alone = [(name, task) for name in tasks if kept[name] is None for task in tasks[name]]
    parts: dict[int, _Part] = {}
    known, count = bytearray(PRINT * len(edition.dataset)), 0
    every = [*(task for _, task in alone), *records.tasks(edition)]
    with closing(done(folder, every, jobs)) as results:
        for number, result in results:
            if number < len(alone):
                parts[number] = result
                continue
            for n, print_ in result:
                known[n * PRINT : (n + 1) * PRINT] = print_
            count += len(result)
            watch(count / max(1, len(edition.dataset)))
    written = [(name, parts[number]) for number, (name, _) in enumerate(alone)]
    made = {name: kept[name] or _made(of[name], name, written) for name in tasks}
    if (graph := made["dumps"].graph) is not None:
        edition.take(graph)
    return Data([*_offered(made["dumps"], GRAPHS), *_offered(made["extracts"])], bytes(known), made)


def _made(of: str, name: str, written: list[tuple[str, _Part]]) -> Made:
    """What the tasks of a name have written."""
    parts = [part for of_name, part in written if of_name == name]
    graph = next((part.graph for part in parts if part.graph), None)
    return Made(of, [file for part in parts for file in part.files], graph)


def _offered(made: Made, order: Sequence[str] = ()) -> list[Download]:
    """What of the files people download by itself, in an order of formats."""
    found = [download(*file) for file in made.files if is_offered(file.path)]
    return sorted(found, key=lambda item: order.index(item.suffix)) if order else found


def _dumps(edition: Edition, names: tuple[str, ...], folder: Folder) -> _Part:
    """Dumps in formats that are alike; of N-Triples the graph is found out beside."""
    if "nt" not in names:
        return _Part(dumps(edition, folder, names))
    triples = Triples()
    return _Part(dumps(edition, folder, names, triples), triples.graph())


def _extracts(
    edition: Edition, room: Callable[[Edition], Iterator[File | Pieces]], folder: Folder
) -> _Part:
    found = []
    for file in room(edition):
        with folder.stream(file.path) as out:
            for piece in [file.data] if isinstance(file, File) else file.pieces:
                out.write(piece)
        found.append(Stated(file.path, out.size, out.sha256))
    return _Part(found)
