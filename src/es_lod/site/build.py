"""Building a site: every file of it, written beside its place and put there at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from heapq import merge
from pathlib import Path
from typing import Any, Final, NamedTuple

from es_lod.dataset import Dataset
from es_lod.errors import InputError, Problem
from es_lod.formats import GRAPHS
from es_lod.replacing import replacing_folder
from es_lod.site import addresses, assets, copies, records, rules
from es_lod.site.canonical import HASH, Canonical
from es_lod.site.downloads import calendar, geojson, tables
from es_lod.site.downloads.download import Download, download
from es_lod.site.downloads.dumps import ALIKE, dumps
from es_lod.site.edition import Edition, File
from es_lod.site.editions import feed
from es_lod.site.editions.folder import Folder
from es_lod.site.editions.former import stranger
from es_lod.site.editions.history import (
    STATE,
    History,
    Known,
    Prints,
    Removed,
    prints,
    state,
)
from es_lod.site.harvest import catalogue, ckan, construct, crawlers, danegov, void
from es_lod.site.pages import dataset as dataset_page
from es_lod.site.pages import home, lists, lost, portals, problems, quality, search, vocabulary
from es_lod.site.tasks import Task, done

Watch = Callable[[float], None]

DOWNLOADS: Final[tuple[Callable[[Edition], Iterator[File]], ...]] = (
    tables.files,
    calendar.files,
    geojson.files,
)
"""The rooms whose files the catalogue offers beside the dumps."""
ROOMS: Final[tuple[Callable[[Edition, tuple[Download, ...]], Iterator[File]], ...]] = (
    catalogue.files,
    assets.files,
    home.files,
    lists.files,
    lost.files,
    portals.files,
    search.files,
    danegov.files,
    construct.files,
    ckan.files,
    tables.metadata,
    void.files,
    crawlers.files,
    dataset_page.files,
    quality.files,
    problems.files,
    copies.files,
    vocabulary.files,
    rules.files,
)
"""The rooms that make files of the whole edition; they know what is there to be downloaded."""


_WORTHWHILE: Final = 256
"""For how many records another process is begun: it has to fill its caches first."""


class Built(NamedTuple):
    """What a build has written: how many records, files and bytes, and how many files anew."""

    records: int
    files: int
    size: int
    changed: int


def build(edition: Edition, site: Path, watch: Watch = lambda _: None, *, jobs: int = 1) -> Built:
    """Write the site of an edition into a folder, which is replaced as a whole.

    The files of records of which nothing changed are those of the former site; `watch` is told
    how much is done, from 0 to 1. Up to `jobs` processes write the same bytes as one. Raises
    `InputError` where the folder holds something that is no site of ours, or cannot be written; the
    former site then stays as it is.
    """
    with replacing_folder(site, stranger) as beside:
        folder, past = Folder(beside, site), History.of(site)
        past.refuse_earlier(edition.settings.date)
        found = prints(edition)
        edition = replace(edition, changed=past.changed(found, edition.settings.date))
        removed = past.gone(found, edition, site)
        jobs = min(jobs, len(edition.dataset) // _WORTHWHILE)
        downloads, known = _data(edition, folder, past, found, watch, jobs)
        for id_, gone in removed.items():
            folder.put(_tombstone(edition, id_, gone))
        _pages(edition, folder, downloads, feed.files(edition, past, found, site), jobs)
        _refuse_doubles(edition, {*folder.pages}, removed)
        folder.put(crawlers.sitemap(edition, _in_order(folder.pages, known)))
        with folder.stream(STATE) as out:
            out.writelines(state(edition.settings, known, removed))
        folder.put([_manifest(edition, downloads, folder.paths)])
    return Built(len(edition.dataset), *folder.tally)


def _data(
    edition: Edition,
    folder: Folder,
    past: History,
    found: Mapping[str, Prints],
    watch: Watch,
    jobs: int,
) -> tuple[list[Download], dict[str, Known]]:
    """Write the downloads and the files of the records.

    Says what there is to be downloaded, and what the next edition has to know of each record.
    """
    dumping = [partial(_dumps, edition.dataset, names) for names in ALIKE]
    rooms = [partial(_download, edition, room) for room in DOWNLOADS]
    alone: list[Task] = [partial(_canonical, edition), *dumping, *rooms]
    said: dict[int, Any] = {}
    known: dict[str, Known] = {}
    with closing(done(folder, [*alone, *records.tasks(edition, past, found)], jobs)) as parts:
        for number, result in parts:
            if number < len(alone):
                said[number] = result
            else:
                known |= result
                watch(len(known) / len(found))
    edition.take(said.pop(0))
    dumped = {
        name: items for n in range(1, len(dumping) + 1) for name, items in said.pop(n).items()
    }
    downloads = [item for name in GRAPHS for item in dumped[name]]
    return downloads + [item for n in sorted(said) for item in said[n]], known


def _canonical(edition: Edition, _: Folder) -> Canonical:
    return edition.canonical


def _dumps(dataset: Dataset, names: tuple[str, ...], folder: Folder) -> dict[str, list[Download]]:
    return dumps(dataset, folder, names)


def _download(
    edition: Edition, room: Callable[[Edition], Iterator[File]], folder: Folder
) -> list[Download]:
    files = list(room(edition))
    folder.put(files)
    return [download(file) for file in files]


def _pages(
    edition: Edition, folder: Folder, downloads: list[Download], feed: Iterator[File], jobs: int
) -> None:
    """Write what knows what there is to be downloaded, and the feed."""
    tasks: list[Task] = [lambda own: own.put(feed)]
    tasks += [partial(_room, edition, tuple(downloads), room) for room in ROOMS]
    for _ in done(folder, tasks, jobs):
        pass


def _room(
    edition: Edition,
    downloads: tuple[Download, ...],
    room: Callable[[Edition, tuple[Download, ...]], Iterator[File]],
    folder: Folder,
) -> None:
    folder.put(room(edition, downloads))


def _in_order(pages: Iterable[str], ids: Iterable[str]) -> Iterator[str]:
    """All pages, sorted by their paths; those of records are made as they are asked for."""
    # With the dot that is behind them: `a-b.html` comes before `a.html`.
    names = (addresses.document(id_) for id_ in sorted(ids, key=lambda id_: f"{id_}."))
    documents = (addresses.page(name, language) for name in names for language in ("en", "pl"))
    return merge(sorted(pages), documents)


def _refuse_doubles(edition: Edition, pages: set[str], removed: Mapping[str, Removed]) -> None:
    """Raise `InputError` where a record has the IRI of a page: it would be what that tells of."""
    base, url = edition.settings.base, edition.settings.url
    ids = edition.changed if base.startswith(url) else ()
    for id_ in ids:
        path = addresses.page(base.removeprefix(url) + id_, "pl")
        other = path.partition("/")[2].partition("/")[0].partition(".")[0]
        is_of_record = other in edition.changed or other in removed
        if path in pages or (is_of_record and path in addresses.of_record(other)):
            expected = {
                "pl": "id, którego nie ma żadna strona serwisu; albo inne base w site.yaml",
                "en": "an id that no page of the site has; or another base in site.yaml",
            }
            params = {"expected": expected}
            raise InputError([Problem("invalid-value", id_, "id", id_, params=params)])


def _tombstone(edition: Edition, id_: str, gone: Removed) -> Iterator[File]:
    """What is left of a record that was removed: its pages say so; a mark for servers."""
    yield from lost.tombstone(edition, id_, gone)
    yield File(addresses.mark(id_), b"410 Gone\n")


def _manifest(edition: Edition, downloads: list[Download], paths: Iterable[str]) -> File:
    tree = {
        "date": edition.settings.date,
        "records": len(edition.dataset),
        "names": sorted(paths),
        HASH: edition.canonical.hash,
        "files": [
            {"path": item.path, "size": item.size, "sha256": item.sha256} for item in downloads
        ],
    }
    return File(addresses.MANIFEST, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")
