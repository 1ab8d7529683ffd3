"""Stores in the cache folder of the user, each under the name of what it was made from."""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import Store

from es_lod.stores.locks import lock, locked
from es_lod.stores.whole import files

LIMIT: Final = 2 * 2**30
"""How many bytes are kept, where the user does not say."""
NOT_OURS: Final = "others may write to it"
TOO_LARGE: Final = "it is larger than ES_LOD_CACHE_SIZE"
_UNFINISHED: Final = ".unfinished-"
_ABOUT: Final = "about.json"
_STORE: Final = "store"
_LOCK: Final = "lock"
_TAG: Final = "CACHEDIR.TAG"
_SIGNATURE: Final = "Signature: 8a477f597d28d172789f06886806bc55\n"
"""Tells programs that save files to pass over the folder: https://bford.info/cachedir/."""


class Kept(NamedTuple):
    """A store that is kept, the base of its records, and how many were read."""

    store: Store
    base: str
    records: int


class Held(NamedTuple):
    """What the cache holds."""

    stores: int
    size: int


class Cache:
    """A folder of stores. Of those that exceed `limit` bytes, the longest unused go first.

    Each is a folder that takes its place when it is whole. Who reads one holds a lock of it.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit

    def find(self, key: str, stack: ExitStack) -> Kept | None:
        """The store of a key, held until the stack ends. One that cannot be read is deleted."""
        place = self.folder / key
        if not place.is_dir():
            return None
        self._check_owner()
        try:
            stack.enter_context(locked(place / _LOCK, shared=True))
            about, checksum = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
            if checksum != _checksum(about) or about["files"] != files(place / _STORE):
                raise ValueError(key)  # noqa: TRY301  # one way to refuse what is damaged
            base, records = str(about["base"]), int(about["records"])
            found = Kept(Store.read_only(str(place / _STORE)), base, records)
            os.utime(place / _ABOUT)
        except (OSError, RuntimeError, ValueError, TypeError, KeyError):
            self.drop(key)
            return None
        return found

    def drop(self, key: str) -> None:
        """Delete the store of a key, whoever reads it: it is damaged."""
        self._delete(self.folder / key)

    @contextmanager
    def unfinished(self) -> Iterator["Unfinished"]:
        """A place for a store to be made in, gone when the block ends. Raises `OSError`."""
        self._prepare()
        with ExitStack() as stack:
            with self._alone():
                self._sweep()
                name = tempfile.mkdtemp(dir=self.folder, prefix=_UNFINISHED)
                held = stack.enter_context(locked(Path(name) / _LOCK))
            try:
                yield Unfinished(self, Path(name), held)
            finally:
                shutil.rmtree(name, ignore_errors=True)

    def keep(self, made: "Unfinished", key: str, base: str, records: int) -> bool:
        """Give a store that is made its place, if there is room; it must be closed."""
        about = {"base": base, "records": records, "files": files(made.folder / _STORE)}
        described = json.dumps([about, _checksum(about)])
        (made.folder / _ABOUT).write_text(described, encoding="utf-8")
        with self._alone():
            if (size := _size(made.folder)) > self.limit:
                return False
            lock(made.lock, shared=True)
            with suppress(OSError):  # another process was quicker
                made.folder.rename(self.folder / key)
            self._evict(key, self.limit - size)
        return True

    def held(self) -> Held:
        """How many stores there are, and how large they are."""
        places = self._places()
        return Held(len(places), sum(map(_size, places)))

    def clear(self) -> Held:
        """Delete all stores that nobody reads; tells what was deleted."""
        before = self.held()
        if self.folder.is_dir():
            self._check_owner()
            with self._alone():
                self._sweep()
                self._evict("", 0)
        after = self.held()
        return Held(before.stores - after.stores, before.size - after.size)

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check_owner()
        tag = self.folder / _TAG
        if not tag.exists():
            tag.write_text(_SIGNATURE, encoding="ascii")

    def _check_owner(self) -> None:
        """Refuse a folder that others could have put something into. Raises `OSError`."""
        found = self.folder.stat()
        if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o022):
            raise PermissionError(0, NOT_OURS)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process makes or deletes a place meanwhile."""
        with locked(self.folder / f".{_LOCK}"):
            yield

    def _places(self) -> list[Path]:
        """The places of stores, the longest unused first; nothing else is ever touched."""
        found = {}
        for place in self.folder.iterdir() if self.folder.is_dir() else ():
            if len(place.name) == 64 and place.is_dir():
                with suppress(OSError):
                    found[place] = (place / _ABOUT).stat().st_mtime_ns
        return sorted(found, key=found.__getitem__)

    def _evict(self, kept: str, room: int) -> None:
        """Delete the longest unused until the others fit into `room` bytes."""
        others = {place: _size(place) for place in self._places() if place.name != kept}
        total = sum(others.values())
        for place, size in others.items():
            if total > room and self._delete_unused(place):
                total -= size

    def _sweep(self) -> None:
        """Delete what processes left that were killed."""
        for place in self.folder.glob(f"{_UNFINISHED}*"):
            self._delete_unused(place)

    def _delete_unused(self, place: Path) -> bool:
        try:
            with locked(place / _LOCK, wait=False):
                pass
        except OSError:  # somebody makes or reads it
            return False
        self._delete(place)
        return not place.exists()

    def _delete(self, place: Path) -> None:
        """Delete a place as a whole, or leave it as a whole where Windows says it is open."""
        with suppress(OSError):
            gone = tempfile.mkdtemp(dir=self.folder, prefix=_UNFINISHED)
            with suppress(OSError):
                place.rename(Path(gone) / place.name)
            shutil.rmtree(gone, ignore_errors=True)


class Unfinished(NamedTuple):
    """A place where a store is made, and the lock of it."""

    cache: Cache
    folder: Path
    lock: int

    @property
    def store(self) -> str:
        """Where the store is to be."""
        return str(self.folder / _STORE)


def _checksum(about: object) -> int:
    return zlib.crc32(json.dumps(about).encode())


def _size(place: Path) -> int:
    with suppress(OSError):  # deleted meanwhile
        return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    return 0
