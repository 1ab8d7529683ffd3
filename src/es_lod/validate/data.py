"""The data that engines are given: N-Triples, written once and read as often as needed."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from es_lod.readers.aside import IN_MEMORY, naming_folder

_BLOCK: Final = 1 << 20
_TOGETHER: Final = 4096


class Data(AbstractContextManager["Data"]):
    """Data in N-Triples, from pieces that each end with a line.

    A compiled engine reads a file by itself, line by line: of 2 million triples with a quarter of
    the memory that it needs where it is given them as one string. The file is gone at the end.
    """

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        self.beside: set[str] = set()
        """The subjects that are there for others only, as N-Triples have them."""
        self._held: list[bytes] = []
        self._size = 0
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self.add(pieces)

    def __len__(self) -> int:
        return self._size

    @property
    def path(self) -> Path | None:
        """The file of large data, with all that was added so far."""
        if self._file is not None:
            self._file.flush()
        return self._path

    def add(self, pieces: Iterable[bytes]) -> None:
        """Take more pieces. Where that fails the file is gone, too."""
        try:
            with naming_folder():
                for piece in pieces:
                    self._add(piece)
        except BaseException:
            self.__exit__()
            raise

    def put_beside(self, pieces: Iterable[bytes]) -> None:
        """Take triples at which shapes look from others, and which are not judged themselves."""
        for piece in pieces:
            self.beside |= {line.split(" ", 1)[0] for line in piece.decode().split("\n") if line}
            self.add((piece,))

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._file is not None:
            self._file.write(piece)
            return
        self._held.append(piece)
        if self._size > IN_MEMORY:
            descriptor, name = tempfile.mkstemp(prefix="es-lod-", suffix=".nt")
            self._path, self._file = Path(name), os.fdopen(descriptor, "wb", _BLOCK)
            self._file.writelines(self._held)
            self._held = []

    def __exit__(self, *_: object) -> None:
        if self._path is not None and self._file is not None:
            with suppress(OSError):  # what is left to be written has no room
                self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def blocks(self) -> Iterator[bytes]:
        """All lines, many at a time."""
        path = self.path
        if path is None:
            yield from self._held
            return
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block + file.readline()

    def read(self) -> bytes:
        """All lines at once."""
        return b"".join(self.blocks())


def ntriples(statements: Iterable[Quad | Triple]) -> Iterator[bytes]:
    """Pieces of N-Triples; names of graphs are dropped."""
    triples = (item.triple if isinstance(item, Quad) else item for item in statements)
    while some := serialize(islice(triples, _TOGETHER), format=RdfFormat.N_TRIPLES):
        yield some
