"""What is kept in the cache folder of the user, each under the name of what it was made from."""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from es_lod.stores.locks import lock, locked
from es_lod.stores.whole import files

LIMIT: Final = 2 * 2**30
"""How many bytes are kept, where the user does not say."""
MOST: Final = 500
"""How many things are kept: each look for room goes through all of them, in 50 ms."""
NOT_OURS: Final = "others may write to it"
STORE: Final = "store"
ANSWER: Final = "answer"
MARK: Final = "mark"
"""The kinds of what is kept, and the folder of each within its place."""
_UNFINISHED: Final = ".unfinished-"
_ABOUT: Final = "about.json"
_LOCK: Final = "lock"
_TAG: Final = "CACHEDIR.TAG"
_SIGNATURE: Final = "Signature: 8a477f597d28d172789f06886806bc55\n"
"""Tells programs that save files to pass over the folder: https://bford.info/cachedir/."""


class Kept(NamedTuple):
    """Where something is kept, and what was noted about it."""

    folder: Path
    about: Mapping[str, Any]


class Held(NamedTuple):
    """What the cache holds."""

    stores: int
    answers: int
    size: int


class Cache:
    """A folder of stores and answers. What exceeds `limit` bytes goes: first the longest unused.

    Each has a place, a folder that gets its name when it is whole. Who reads it holds its lock.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit

    def find(self, key: str, kind: str, stack: ExitStack) -> Kept | None:
        """What is kept under a key, held until the stack ends. What is damaged is deleted."""
        place = self.folder / key
        if not place.is_dir():
            return None
        self._check_owner()
        try:
            stack.enter_context(locked(place / _LOCK, shared=True))
            about, checksum = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
            if checksum != _checksum(about) or about["files"] != files(place / kind):
                raise ValueError(key)  # noqa: TRY301  # one way to refuse what is damaged
            os.utime(place / _ABOUT)
        except (OSError, ValueError, TypeError, KeyError):
            self.drop(key)
            return None
        return Kept(place / kind, about)

    def drop(self, key: str) -> None:
        """Delete what is kept under a key, whoever reads it: it is damaged."""
        self._delete(self.folder / key)

    @contextmanager
    def unfinished(self, kind: str) -> Iterator["Unfinished"]:
        """A place for something to be made in, gone when the block ends. Raises `OSError`."""
        self._prepare()
        with ExitStack() as stack:
            with self._alone():
                self._sweep()
                name = tempfile.mkdtemp(dir=self.folder, prefix=_UNFINISHED)
                held = stack.enter_context(locked(Path(name) / _LOCK))
            try:
                (Path(name) / kind).mkdir()
                yield Unfinished(Path(name), kind, held)
            finally:
                shutil.rmtree(name, ignore_errors=True)

    def keep(self, made: "Unfinished", key: str, noted: Mapping[str, Any]) -> bool:
        """Give what is made its place, if there is room; a store must be closed."""
        about = {**noted, "files": files(made.content)}
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

    def spare(self) -> Any:
        """A file without a name in the folder, gone with the process. Raises `OSError`."""
        self._prepare()
        return tempfile.TemporaryFile(dir=self.folder)

    def held(self) -> Held:
        """How much there is of what, and how large it is."""
        places = self._places()
        stores, answers = (
            sum((place / kind).is_dir() for place in places) for kind in (STORE, ANSWER)
        )
        return Held(stores, answers, sum(map(_size, places)))

    def clear(self) -> Held:
        """Delete all that nobody reads; tells what was deleted."""
        before = self.held()
        if self.folder.is_dir():
            self._check_owner()
            with self._alone():
                self._sweep()
                self._evict("", 0)
        after = self.held()
        return Held(*(was - is_ for was, is_ in zip(before, after, strict=True)))

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
        """The places, the longest unused first; nothing else is ever touched."""
        found = {}
        for place in self.folder.iterdir() if self.folder.is_dir() else ():
            if len(place.name) == 64 and place.is_dir():
                with suppress(OSError):
                    found[place] = (place / _ABOUT).stat().st_mtime_ns
        return sorted(found, key=found.__getitem__)

    def _evict(self, kept: str, room: int) -> None:
        """Delete the longest unused until the others fit into `room` bytes, and are few enough."""
        others = {place: _size(place) for place in self._places() if place.name != kept}
        total, count = sum(others.values()), len(others)
        for place, size in others.items():
            if (total > room or count >= MOST) and self._delete_unused(place):
                total -= size
                count -= 1

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
    """A place where something of a kind is made, and the lock of it."""

    folder: Path
    kind: str
    lock: int

    @property
    def content(self) -> Path:
        """The folder for what is made."""
        return self.folder / self.kind


def _checksum(about: object) -> int:
    return zlib.crc32(json.dumps(about).encode())


def _size(place: Path) -> int:
    with suppress(OSError):  # deleted meanwhile
        return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    return 0
