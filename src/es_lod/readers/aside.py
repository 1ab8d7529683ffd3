"""Bytes kept aside: in memory while they are few, then in a file."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final
from weakref import finalize

IN_MEMORY: Final = 1 << 24
"""How many bytes are kept in memory; of more, all but the last go to a file."""
_BLOCK: Final = 1 << 20


@contextmanager
def naming_folder() -> Iterator[None]:
    """Name the folder of temporary files where it is full: whoever is to make room has to know."""
    try:
        yield
    except OSError as error:
        named = f"({tempfile.gettempdir()})"
        if error.errno != errno.ENOSPC or named in str(error):
            raise
        raise OSError(error.errno, f"{error.strerror} {named}") from None


class Aside:
    """Pieces of bytes, each known by where it begins. The file has no name, and goes with this.

    Copies of this process may read, too: none of them moves another's place in the file.
    """

    def __init__(self) -> None:
        self._tail = bytearray()
        self._file: Any = None
        self._written = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return self._written + len(self._tail)

    def add(self, data: bytes) -> int:
        """Keep a piece, and say where it begins."""
        start = len(self)
        self._tail += data
        if len(self._tail) > (IN_MEMORY if self._file is None else _BLOCK):
            self._write()
        return start

    def read(self, start: int, end: int) -> bytes:
        """The piece that begins here, as long as it is."""
        if start >= self._written:
            return bytes(self._tail[start - self._written : end - self._written])
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), end - start, start)
        with self._lock:
            self._file.seek(start)
            found: bytes = self._file.read(end - start)
        return found

    def _write(self) -> None:
        with naming_folder():
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="es-lod-", buffering=0)  # noqa: SIM115
                finalize(self, self._file.close)
            with self._lock:
                self._file.seek(self._written)
                rest = memoryview(self._tail)
                while rest:
                    rest = rest[self._file.write(rest) :]
        self._written += len(self._tail)
        self._tail = bytearray()
