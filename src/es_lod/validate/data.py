"""The data that engines are given: N-Triples, written once and read as often as needed."""

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

IN_MEMORY: Final = 1 << 24
"""How many bytes are kept in memory; what is larger goes to a file."""
_BLOCK: Final = 1 << 20
_TOGETHER: Final = 4096


class Data(AbstractContextManager["Data"]):
    """Data in N-Triples, from pieces that each end with a line.

    A compiled engine reads a file by itself, line by line: of 2 million triples with a quarter of
    the memory that it needs where it is given them as one string. The file is gone at the end.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.path: Path | None = None
        """The file of large data."""
        self._held: list[bytes] = []
        waiting = iter(pieces)
        size = 0
        for piece in waiting:
            self._held.append(piece)
            size += len(piece)
            if size > IN_MEMORY:
                self._spill(waiting)

    def _spill(self, rest: Iterator[bytes]) -> None:
        """Move what is held to a file, and the rest, too."""
        descriptor, name = tempfile.mkstemp(prefix="es-lod-", suffix=".nt")
        self.path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(self._held)
                self._held = []
                file.writelines(rest)
        except BaseException as error:
            self.path.unlink()
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                # Nobody named this folder: whoever is to make room in it has to know.
                raise OSError(error.errno, f"{error.strerror} ({self.path.parent})") from None
            raise

    def __exit__(self, *_: object) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def blocks(self) -> Iterator[bytes]:
        """All lines, many at a time."""
        if self.path is None:
            yield from self._held
            return
        with self.path.open("rb") as file:
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
