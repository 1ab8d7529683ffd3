"""What of a folder is not of a site of ours: nothing of the user's is replaced with it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from es_lod.site.addresses import MANIFEST, OF_RECORDS, document, of_record, of_thing, place, thing
from es_lod.site.editions.history import History
from es_lod.site.editions.state import STATE
from es_lod.site.graph import HASH


def stranger(site: Path) -> Path | None:
    """The first file or folder that no edition has written; all is where no manifest is ours."""
    said = _said(site / MANIFEST)
    if said is None:
        return next(iter(sorted(site.iterdir())), None)
    files = {MANIFEST, *said}
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    known = _Records.of(site) if (site / STATE).exists() else None
    for path, is_folder in _walk(site):
        top, _, rest = path.partition("/")
        if top in OF_RECORDS:
            if rest and known is not None and not known.has(path, is_folder=is_folder):
                return site / path
        elif path not in (folders if is_folder else files):
            return site / path
    return None


class _Records(NamedTuple):
    """The records that a site has pages of, and where these lie.

    `folders` has those that records share; without them each has a folder of its own.
    """

    ids: set[str]
    folders: set[str]
    spread: bool

    @classmethod
    def of(cls, site: Path) -> "_Records":
        """Those that a site says it has, or removed."""
        ids: set[str] = set()
        past = History.of(site, lambda records: ids.update(id_ for id_, _ in records))
        ids.update(past.removed)
        found = cls(ids, set(), past.spread)
        if past.spread:
            one_each = (path for id_ in ids for path in (of_thing(id_), f"{document(id_)}.nt"))
            shared = (place(path, spread=True).rpartition("/")[0] for path in one_each)
            found.folders.update(shared)
        return found

    def has(self, path: str, *, is_folder: bool) -> bool:
        """Whether an edition has written a file or folder among those of records."""
        top, _, rest = path.partition("/")
        name = rest.rpartition("/")[2] if self.spread else rest
        id_ = name.partition("/")[0].partition(".")[0]
        if is_folder:
            return path in self.folders if self.spread else id_ in self.ids and path == thing(id_)
        own = of_thing(id_) if top == "id" else f"{top}/{name}"
        is_own = id_ in self.ids and own in of_record(id_)
        return is_own and path == place(own, spread=self.spread)


def _walk(site: Path) -> Iterator[tuple[str, bool]]:
    """All paths below a folder, and whether each is a folder; links are not followed."""
    for at, folders, files in os.walk(site):
        folders.sort()
        here = Path(at).relative_to(site).as_posix()
        before = "" if here == "." else f"{here}/"  # text: a `Path` for each file takes longer
        yield from ((before + name, True) for name in folders)
        yield from ((before + name, False) for name in sorted(files))


def _said(manifest: Path) -> list[str] | None:
    """What a manifest says of which files there are; nothing where it is not ours."""
    try:
        tree = json.loads(manifest.read_bytes())
        return [str(name) for name in tree["names"]] if HASH in tree else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
