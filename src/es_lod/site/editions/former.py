"""What of a folder is not of a site of ours: nothing of the user's is replaced with it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from es_lod.site.addresses import MANIFEST, OF_RECORDS, of_record, thing
from es_lod.site.editions.history import STATE, History
from es_lod.site.graph import HASH


def stranger(site: Path) -> Path | None:
    """The first file or folder that no edition has written; all is where no manifest is ours."""
    said = _said(site / MANIFEST)
    if said is None:
        return next(iter(sorted(site.iterdir())), None)
    files = {MANIFEST, *said}
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    known: set[str] | None = None
    if (site / STATE).exists():
        known = set()
        past = History.of(site, lambda records: known.update(id_ for id_, _ in records))
        known.update(past.removed)
    for path, is_folder in _walk(site):
        top, _, rest = path.partition("/")
        if top in OF_RECORDS:
            if rest and known is not None and path not in _of(rest, known, is_folder=is_folder):
                return site / path
        elif path not in (folders if is_folder else files):
            return site / path
    return None


def _of(name: str, known: set[str], *, is_folder: bool) -> list[str]:
    """What a name in a folder of records may stand for."""
    id_ = name.partition("/")[0].partition(".")[0]
    if id_ not in known:
        return []
    return [thing(id_)] if is_folder else of_record(id_)


def _walk(site: Path) -> Iterator[tuple[str, bool]]:
    """All paths below a folder, and whether each is a folder; links are not followed."""
    for at, folders, files in os.walk(site):
        folders.sort()
        here = Path(at).relative_to(site)
        yield from (((here / name).as_posix(), True) for name in folders)
        yield from (((here / name).as_posix(), False) for name in sorted(files))


def _said(manifest: Path) -> list[str] | None:
    """What a manifest says of which files there are; nothing where it is not ours."""
    try:
        tree = json.loads(manifest.read_bytes())
        return [str(name) for name in tree["names"]] if HASH in tree else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
