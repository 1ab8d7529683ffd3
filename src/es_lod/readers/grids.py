"""Grids: what CSV files and sheets of workbooks give, raw cells with their places.

A grid is made from an opener, not from a stream: its rows can be read twice, so that a reader
learns all ids before it resolves references, and keeps nothing in memory in between.
"""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, NamedTuple, Protocol, TypeAlias

from es_lod.errors import Location, Problem

MAX_COLUMNS: Final = 16_384
"""As many columns as a sheet of Excel has."""
MAX_ROWS: Final = 1_048_576
"""As many rows as a sheet of Excel has."""
MAX_CELL: Final = 131_072
"""The most characters of a cell: the limit of Python's `csv`, four times that of Excel."""

EXACT: Final = 10**15
"""A spreadsheet keeps fifteen digits: a longer number has lost some."""

_IN_MEMORY: Final = 2**23

Opener: TypeAlias = Callable[[], BinaryIO]
"""Opens the same bytes anew, from their beginning; the grid closes what it opened."""


class Moment(str):
    """A date or time that a spreadsheet cell holds, as precise as its number format shows.

    `2018-06-19`, `2018-06`, `2018`, `2018-06-19T10:00:00` or `10:00:00`.
    """

    __slots__ = ()


class Fault(str):
    """A cell that cannot be read; the string is the code of its problem, such as `cell-error`."""

    __slots__ = ()


Cell: TypeAlias = str | int | float | bool | Moment | Fault
"""An empty cell is an empty text."""


class Row(NamedTuple):
    """The cells of one row, as they stand: not stripped, nothing converted."""

    number: int
    """The row of the sheet, or the line where it begins."""
    cells: list[Cell]
    locate: Callable[[int], Location]
    """The place of cell i (from 0), found on demand."""


class Grid(Protocol):
    """A CSV file, or one sheet of a workbook."""

    file: str
    """The name as given, for locations."""
    name: str
    """The name of the sheet, or the file's without its suffix."""
    sheet: str | None
    hidden: bool
    """Whether the sheet is hidden."""

    def rows(self) -> Iterator[Row | Problem]:
        """The rows that are not wholly empty, and what is wrong between them.

        Each call reads anew, and tells its problems anew. Raises `InputError` where the whole
        cannot be read.
        """
        ...


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Opener]:
    """An opener for a stream that can be read but once, such as standard input."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        shutil.copyfileobj(stream, spool)
        yield lambda: io.BufferedReader(_View(spool))


class _View(io.RawIOBase):
    """A reader of a shared file with a position of its own; closing it leaves the file open."""

    def __init__(self, spool: "tempfile.SpooledTemporaryFile[bytes]") -> None:
        super().__init__()
        self._spool = spool
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_CUR:
            offset += self._at
        self._at = self._spool.seek(offset, io.SEEK_END if whence == io.SEEK_END else io.SEEK_SET)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a Buffer is one
        self._spool.seek(self._at)
        data = self._spool.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
