"""Building a site: every file of it, written beside its place and put there at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from es_lod.errors import InputError, Problem
from es_lod.replacing import replacing_folder
from es_lod.site import addresses, assets, copies, rules
from es_lod.site.data import Watch, write_data
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.editions import feed
from es_lod.site.editions.folder import Folder
from es_lod.site.editions.former import stranger
from es_lod.site.editions.history import History, prints
from es_lod.site.editions.state import STATE, Remembered, Removed, state
from es_lod.site.graph import HASH
from es_lod.site.harvest import catalogue, ckan, construct, crawlers, danegov, void
from es_lod.site.pages import dataset as dataset_page
from es_lod.site.pages import home, lists, lost, portals, problems, quality, search, vocabulary
from es_lod.site.register import Register
from es_lod.site.standing import ChangeDays, changed, dated, judge
from es_lod.site.survey import PRINT, survey
from es_lod.site.tasks import Task, done

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
    """What a build has written: how many records, files and bytes, and how many files anew.

    Whether the files of records are spread, and whether the former site had them elsewhere.
    """

    records: int
    files: int
    size: int
    changed: int
    spread: bool
    moved: bool


def build(edition: Edition, site: Path, watch: Watch = lambda _: None, *, jobs: int = 1) -> Built:
    """Write the site of an edition into a folder, which is replaced as a whole.

    The files of records of which nothing changed are those of the former site; `watch` is told
    how much is done, from 0 to 1. Up to `jobs` processes write the same bytes as one. Raises
    `InputError` where the folder holds something that is no site of ours, or cannot be written; the
    former site then stays as it is.
    """
    with replacing_folder(site, stranger) as beside:
        day = edition.settings.date
        jobs = min(jobs, len(edition.dataset) // _WORTHWHILE)
        surveyed = survey(edition.dataset, jobs)
        register = surveyed.register
        edition = replace(edition, surveyed=surveyed, changed=ChangeDays(register))
        past = History.of(site, lambda known: register.add("former", _rows(known)))
        past.refuse_earlier(day)
        judge(register, day, prints(edition))
        removed = past.gone(register, site, day)
        _refuse_doubles(edition, removed)
        spread = edition.settings.spreads(register.count() + len(removed))
        edition = replace(edition, spread=spread)
        folder = Folder(beside, site, spread=spread, former_spread=past.spread)
        downloads, files, made = write_data(edition, folder, past.made, watch, jobs)
        for id_, gone in removed.items():
            folder.put(_tombstone(edition, id_, gone))
        _pages(edition, folder, downloads, feed.files(edition, past, site), jobs)
        _refuse_pages(edition, {*folder.pages})
        folder.put(crawlers.sitemap(edition, folder.pages, dated(register)))
        with folder.stream(STATE) as out:
            known = _known(register, files)
            told = {name: it.told for name, it in made.items()}
            out.writelines(state(edition.settings, known, removed, spread=spread, made=told))
        folder.put([_manifest(edition, downloads, folder.paths)])
        past.refuse_another(site)
    moved = past.addresses is not None and past.spread != spread
    return Built(len(edition.dataset), *folder.tally, spread, moved)


def _rows(known: Iterable[tuple[str, Remembered]]) -> Iterator[tuple[Any, ...]]:
    return ((id_, *prints) for id_, prints in known)


def _known(register: Register, files: bytes) -> Iterator[tuple[str, Remembered]]:
    """What the next edition has to know of each record."""
    for n, id_, data, page, day in changed(register):
        yield id_, Remembered(data, page, files[n * PRINT : (n + 1) * PRINT], day)


def _pages(
    edition: Edition, folder: Folder, downloads: list[Download], feed: Iterator[File], jobs: int
) -> None:
    """Write what knows what there is to be downloaded, and the feed."""
    tasks: list[Task] = [lambda own: own.put(feed)]
    tasks += [partial(_room, edition, tuple(downloads), room) for room in ROOMS]
    with closing(done(folder, tasks, jobs)) as parts:
        for _ in parts:
            pass


def _room(
    edition: Edition,
    downloads: tuple[Download, ...],
    room: Callable[[Edition, tuple[Download, ...]], Iterator[File]],
    folder: Folder,
) -> None:
    folder.put(room(edition, downloads))


def _refuse_doubles(edition: Edition, removed: Mapping[str, Removed]) -> None:
    """Raise `InputError` where a record has the IRI of a document of another."""
    for id_, path in _own_paths(edition):
        other = path.partition("/")[2].partition("/")[0].partition(".")[0]
        is_of_record = edition.register.is_here(other) or other in removed
        if is_of_record and path in addresses.of_record(other):
            raise _doubled(id_)


def _refuse_pages(edition: Edition, pages: set[str]) -> None:
    """Raise `InputError` where a record has the IRI of a page: it would be what that tells of."""
    for id_, path in _own_paths(edition):
        if path in pages:
            raise _doubled(id_)


def _own_paths(edition: Edition) -> Iterator[tuple[str, str]]:
    """The records whose IRIs lie within the site, and the path that a page there would have."""
    base, url = edition.settings.base, edition.settings.url
    ids = edition.register.ids() if base.startswith(url) else iter(())
    return ((id_, addresses.page(base.removeprefix(url) + id_, "pl")) for id_ in ids)


def _doubled(id_: str) -> InputError:
    expected = {
        "pl": "id, którego nie ma żadna strona serwisu; albo inne base w site.yaml",
        "en": "an id that no page of the site has; or another base in site.yaml",
    }
    params = {"expected": expected}
    return InputError([Problem("invalid-value", id_, "id", id_, params=params)])


def _tombstone(edition: Edition, id_: str, gone: Removed) -> Iterator[File]:
    """What is left of a record that was removed: its pages say so; a mark for servers."""
    yield from lost.tombstone(edition, id_, gone)
    yield File(addresses.mark(id_), b"410 Gone\n")


def _manifest(edition: Edition, downloads: list[Download], paths: Iterable[str]) -> File:
    tree = {
        "date": edition.settings.date,
        "records": len(edition.dataset),
        "names": sorted(paths),
        HASH: edition.graph.hash,
        "files": [
            {"path": item.path, "size": item.size, "sha256": item.sha256} for item in downloads
        ],
    }
    return File(addresses.MANIFEST, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")
