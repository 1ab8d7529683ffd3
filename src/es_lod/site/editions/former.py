"""What of a folder is not of a site of ours: nothing of the user's is replaced with it."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from es_lod.site.addresses import MANIFEST, OF_RECORDS, document, of_record, of_thing, place, thing
from es_lod.site.editions.history import History
from es_lod.site.editions.state import STATE
from es_lod.site.graph import HASH
from es_lod.site.register import Register


def stranger(site: Path) -> Path | None:
    """The first file or folder that no edition has written; all is where no manifest is ours."""
    said = _said(site / MANIFEST)
    if said is None:
        return next(iter(sorted(site.iterdir())), None)
    files = {MANIFEST, *said}
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    known = _Records(site) if (site / STATE).exists() else None
    for path, is_folder in _walk(site):
        top, _, rest = path.partition("/")
        if top in OF_RECORDS:
            if rest and known is not None and not known.has(path, is_folder=is_folder):
                return site / path
        elif path not in (folders if is_folder else files):
            return site / path
    return None


class _Records:
    """The records that a site says it has or removed, and where their files lie.

    The ids are in a register of their own, so that memory does not grow with them.
    """

    def __init__(self, site: Path) -> None:
        self._register = Register()
        past = History.of(site, lambda records: self._add(id_ for id_, _ in records))
        self._add(past.removed)
        self._spread = past.spread
        self._folders = {*self._shared()} if past.spread else set()
        self._last = ("", False)

    def has(self, path: str, *, is_folder: bool) -> bool:
        """Whether an edition has written a file or folder among those of records."""
        if is_folder and self._spread:
            return path in self._folders
        top, _, rest = path.partition("/")
        name = rest.rpartition("/")[2] if self._spread else rest
        id_ = name.partition("/")[0].partition(".")[0]
        if is_folder:
            return path == thing(id_) and self._knows(id_)
        own = of_thing(id_) if top == "id" else f"{top}/{name}"
        is_own = own in of_record(id_) and path == place(own, spread=self._spread)
        return is_own and self._knows(id_)

    def _add(self, ids: Iterable[str]) -> None:
        self._register.add("former", ((id_, None, None, None, None) for id_ in ids))

    def _knows(self, id_: str) -> bool:
        if self._last[0] != id_:  # the files of a record stand beside each other
            found = self._register.value("SELECT 1 FROM former WHERE id = ?", id_)
            self._last = (id_, found is not None)
        return self._last[1]

    def _shared(self) -> Iterator[str]:
        """The folders that records share; without them each has a folder of its own."""
        for (id_,) in self._register.rows("SELECT id FROM former"):
            for path in (f"{document(id_)}.nt", of_thing(id_)):
                yield place(path, spread=True).rpartition("/")[0]


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
