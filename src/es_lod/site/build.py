"""Building a site: every file of it, written beside its place and put there at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from es_lod.errors import InputError, Problem
from es_lod.replacing import replacing_folder
from es_lod.site import addresses, assets, copies, records, rules
from es_lod.site.canonical import HASH
from es_lod.site.downloads import calendar, geojson, tables
from es_lod.site.downloads.download import Download, download
from es_lod.site.downloads.dumps import dumps
from es_lod.site.edition import Edition, File
from es_lod.site.editions import feed
from es_lod.site.editions.folder import Folder
from es_lod.site.editions.former import stranger
from es_lod.site.editions.history import (
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
        downloads = list(dumps(edition.dataset, folder))
        for room in DOWNLOADS:
            files = list(room(edition))
            downloads += map(download, files)
            folder.put(files)
        known = _records(edition, folder, past, found, watch, jobs)
        for id_, gone in removed.items():
            folder.put(_tombstone(edition, id_, gone))
        folder.put(feed.files(edition, past, found, site))
        for make in ROOMS:
            folder.put(make(edition, tuple(downloads)))
        _refuse_doubles(edition, {*folder.pages, *_pages((*known, *removed))})
        folder.put(crawlers.sitemap(edition, [*folder.pages, *_pages(known)]))
        folder.put([state(edition.settings, known, removed)])
        folder.put([_manifest(edition, downloads, folder.paths)])
    return Built(len(edition.dataset), *folder.tally)


def _pages(ids: Iterable[str]) -> Iterator[str]:
    """The pages among the files of records."""
    return (path for id_ in ids for path in addresses.of_record(id_) if path.endswith(".html"))


def _records(
    edition: Edition,
    folder: Folder,
    past: History,
    found: Mapping[str, Prints],
    watch: Watch,
    jobs: int,
) -> dict[str, Known]:
    """Write the files of the records, and say what the next edition has to know of each."""
    known: dict[str, Known] = {}
    with closing(records.write(edition, folder, past, found, jobs)) as parts:
        for part in parts:
            known |= part.known
            folder.tally += part.tally
            watch(len(known) / len(found))
    return known


def _refuse_doubles(edition: Edition, pages: set[str]) -> None:
    """Raise `InputError` where a record has the IRI of a page: it would be what that tells of."""
    base, url = edition.settings.base, edition.settings.url
    for record in edition.records() if base.startswith(url) else ():
        if addresses.page(base.removeprefix(url) + str(record.id), "pl") in pages:
            expected = {
                "pl": "id, którego nie ma żadna strona serwisu; albo inne base w site.yaml",
                "en": "an id that no page of the site has; or another base in site.yaml",
            }
            id_, params = str(record.id), {"expected": expected}
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
