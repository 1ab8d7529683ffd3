"""The folder that a site is written into: what did not change is taken over from the former one."""

import hashlib
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from es_lod.site.addresses import OF_RECORDS, place
from es_lod.site.edition import File


class Tally(NamedTuple):
    """How many files were written, how many bytes, and how many files are new or differ."""

    files: int = 0
    size: int = 0
    changed: int = 0

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]  # no longer tuple
        return Tally(*map(sum, zip(self, other, strict=True)))


class Stated(NamedTuple):
    """A file by what is stated of it: its path from the site's address, its size and SHA-256."""

    path: str
    size: int
    sha256: str


class Folder:
    """A site in the making, beside its place; `former` is the one that it will replace.

    A file whose bytes are the same is the former one, with its time: hosts and copying programs
    then see what changed. `spread` and `former_spread` say of each whether the files of records
    are spread over folders.
    """

    def __init__(
        self,
        path: Path,
        former: Path | None = None,
        *,
        spread: bool = False,
        former_spread: bool = False,
    ) -> None:
        self.path = path
        self._spread = spread
        self._former_spread = former_spread
        self.tally = Tally()
        self.paths: list[str] = []
        """The paths of all files but those of records, which are known by their ids."""
        self._former = former if former is not None and former.is_dir() else None
        self._made: set[str] = set()

    @property
    def pages(self) -> Iterator[str]:
        """The paths of the pages but those of records, as they were written."""
        return (path for path in self.paths if path.endswith(".html"))

    def again(self) -> "Folder":
        """The same folder, into which nothing was written yet."""
        is_spread = {"spread": self._spread, "former_spread": self._former_spread}
        return Folder(self.path, self._former, **is_spread)

    def put(self, files: Iterable[File]) -> None:
        """Write files."""
        for path, data in files:
            target, former = self._places(path)
            is_same = former is not None and _holds(former, data)
            if former is not None and is_same:
                _take_over(former, target)
            else:
                _write(target, data)
            self._count(path, len(data), is_new=not is_same)

    def keep(self, paths: Iterable[str], are_right: Callable[[list[File]], bool]) -> bool:
        """Take over files of the former site, all or none; whether that was done."""
        places = [(path, *self._places(path)) for path in paths]
        if any(former is None for _, _, former in places):
            return False
        files = [File(path, _read(cast("str", former))) for path, _, former in places]
        if not are_right(files):
            return False
        for (_, target, former), file in zip(places, files, strict=True):
            _take_over(cast("str", former), target)
            self._count(file.path, len(file.data), is_new=False)
        return True

    def keep_stated(self, files: Iterable[Stated]) -> bool:
        """Take over files of the former site, all or none: where they are as they were stated."""
        places = [(file, *self._places(file.path)) for file in files]
        if any(former is None or _digest(former) != file.sha256 for file, _, former in places):
            return False
        for file, target, former in places:
            _take_over(cast("str", former), target)
            self._count(file.path, file.size, is_new=False)
        return True

    @contextmanager
    def stream(self, path: str) -> Iterator["Written"]:
        """A file that is written piece by piece."""
        target, former = self._places(path)
        with Path(target).open("wb") as out:
            written = Written(out)
            yield written
        is_same = former is not None and _digest(former) == written.sha256
        if former is not None and is_same:
            Path(target).unlink()
            _take_over(former, target)
        self._count(path, written.size, is_new=not is_same)

    def _count(self, path: str, size: int, *, is_new: bool) -> None:
        if path.partition("/")[0] not in OF_RECORDS:
            self.paths.append(path)
        files, sum_, changed = self.tally
        self.tally = Tally(files + 1, sum_ + size, changed + is_new)

    def _places(self, path: str) -> tuple[str, str | None]:
        """Where a file comes, and where it was, if it was there.

        Strings: a `Path` for each file takes as long as the system does to make it.
        """
        target = f"{self.path}/{place(path, spread=self._spread)}"
        parent = target.rpartition("/")[0]
        if parent not in self._made:
            _make_folder(parent)
            self._made.add(parent)
        if self._former is None:
            return target, None
        former = f"{self._former}/{place(path, spread=self._former_spread)}"
        return target, former if _is_file(former) else None


class Written(io.RawIOBase):
    """A stream that knows how much was written into it, and its SHA-256."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self.size = 0
        self._out = out
        self._hash = hashlib.sha256()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Write bytes."""
        self.size += len(data)
        self._hash.update(data)
        return self._out.write(data)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far, in hexadecimal digits."""
        return self._hash.hexdigest()


_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)  # of Windows


def _make_folder(path: str) -> None:
    """Make a folder, in most cases in one that is there."""
    try:
        os.mkdir(path)  # noqa: PTH102  # for speed, as `_places`
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(path).mkdir(parents=True, exist_ok=True)


def _write(target: str, data: bytes) -> None:
    """A new file. Without the buffers of `open`, of which a small file has no use."""
    out = os.open(target, _NEW, 0o666)
    try:
        written = os.write(out, data)
        while written < len(data):
            written += os.write(out, memoryview(data)[written:])
    finally:
        os.close(out)


def _is_file(path: str) -> bool:
    """Whether a path is one of a file, and of no link to one: the system is asked once."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def _read(path: str) -> bytes:
    """All of a file, without the buffers of `open`, as `_write`."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # for speed, as `_places`
        return file.read()


def _holds(path: str, data: bytes) -> bool:
    return os.stat(path).st_size == len(data) and _read(path) == data  # noqa: PTH116  # as above


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take_over(former: str, target: str) -> None:
    """The same file under a new name; a copy with its time where the disk cannot do that."""
    try:
        os.link(former, target)
    except OSError:
        shutil.copy2(former, target)
