"""The folder that a site is written into: what did not change is taken over from the former one."""

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from es_lod.site.addresses import OF_RECORDS
from es_lod.site.edition import File


class Folder:
    """A site in the making, beside its place; `former` is the one that it will replace.

    A file whose bytes are the same is the former one, with its time: hosts and copying programs
    then see what changed.
    """

    def __init__(self, path: Path, former: Path | None = None) -> None:
        self.path = path
        self.changed = 0
        """How many files are new, or differ from the former site's."""
        self.files = 0
        self.size = 0
        self.paths: list[str] = []
        """The paths of all files but those of records, which are known by their ids."""
        self.pages: list[str] = []
        """The paths of the pages, as they were written."""
        self._former = former
        self._made: set[Path] = set()

    def put(self, files: Iterable[File]) -> None:
        """Write files."""
        for path, data in files:
            target, former = self._places(path)
            if former is not None and _holds(former, data):
                _take_over(former, target)
            else:
                target.write_bytes(data)
                self.changed += 1
            self._count(path, len(data))

    def keep(self, paths: Iterable[str], are_right: Callable[[list[File]], bool]) -> bool:
        """Take over files of the former site, all or none; whether that was done."""
        places = [(path, *self._places(path)) for path in paths]
        if any(former is None for _, _, former in places):
            return False
        files = [File(path, cast("Path", former).read_bytes()) for path, _, former in places]
        if not are_right(files):
            return False
        for (_, target, former), file in zip(places, files, strict=True):
            _take_over(cast("Path", former), target)
            self._count(file.path, len(file.data))
        return True

    @contextmanager
    def stream(self, path: str) -> Iterator["Written"]:
        """A file that is written piece by piece."""
        target, former = self._places(path)
        with target.open("wb") as out:
            written = Written(out)
            yield written
        if former is not None and _digest(former) == written.sha256:
            target.unlink()
            _take_over(former, target)
        else:
            self.changed += 1
        self._count(path, written.size)

    def _count(self, path: str, size: int) -> None:
        if path.endswith(".html"):
            self.pages.append(path)
        if path.partition("/")[0] not in OF_RECORDS:
            self.paths.append(path)
        self.files += 1
        self.size += size

    def _places(self, path: str) -> tuple[Path, Path | None]:
        """Where a file comes, and where it was, if it was there."""
        target = self.path / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        former = self._former / path if self._former is not None else None
        is_there = former is not None and former.is_file() and not former.is_symlink()
        return target, former if is_there else None


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


def _holds(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take_over(former: Path, target: Path) -> None:
    """The same file under a new name; a copy with its time where the disk cannot do that."""
    try:
        os.link(former, target)
    except OSError:
        shutil.copy2(former, target)
