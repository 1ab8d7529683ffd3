"""The cells of one sheet of a workbook, row by row as its XML is read."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import IO, Final, TypeVar

from es_lod.readers.grids import EXACT, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Fault
from es_lod.readers.moments import Show, precise, shows
from es_lod.readers.ooxml import Attributes, Refused, Texts, unescaped

MAX_CELLS: Final = 50_000_000
"""The most cells of a sheet, with the empty ones before the last of a row."""

_INTEGER: Final = re.compile("-?[0-9]{1,15}", re.ASCII)

_T = TypeVar("_T")


class Workbook:
    """What the cells of all sheets refer to."""

    def __init__(self, strings: list[str], formats: list[str | None], is_1904: bool) -> None:
        self.strings = strings
        self.formats = formats
        self.shows: list[Show | None] = [shows(code) if code else None for code in formats]
        self.is_1904 = is_1904


_MERGED: Final = 100
"""How many ranges of merged cells are told."""


class Cells(Texts):
    """Reads the rows of a sheet: `(number, cells)`, those with any cell."""

    def __init__(self, book: Workbook) -> None:
        super().__init__("is")
        self._book = book
        self._rows: list[tuple[int, list[Cell]]] = []
        self._number = self._column = self._count = 0
        self._cells: list[Cell] = []
        self._type = self._style = ""
        self._value: str | None = None
        self._is_formula = False
        self.merged: list[str] = []
        """The ranges of merged cells over several rows; all are known behind the last row."""
        self._kinds: dict[str, Callable[[str], Cell]] = {
            "n": self._numeric,
            "s": self._shared,
            "str": unescaped,
            "inlineStr": str,
            "b": lambda text: text.strip() in {"1", "true"},
            "e": lambda _: Fault("cell-error"),
            "d": self._dated,
        }
        self.starts |= {
            "row": self._row,
            "c": self._cell,
            "v": lambda _: self.keep(),
            "f": self._formula,
            "mergeCell": self._merge,
        }
        self.ends |= {"row": self._row_end, "c": self._cell_end, "v": self._value_end}
        self.ends["is"] = self._inline_end

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
        """The rows of the sheet."""
        for _ in self.feed(stream):
            yield from self._rows
            self._rows.clear()

    # Four calls a cell: the usual names are not looked up.
    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self._text, self._size = [], 0
        else:
            super()._start(name, attributes)

    def _end(self, name: str) -> None:
        if name == "v":
            self._value = "".join(self._text or ())
            self._text = None
        elif name == "c":
            self._cell_end()
        else:
            super()._end(name)

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._number = int(number) if number and number.isascii() else self._number + 1
        if not 0 < self._number <= MAX_ROWS:
            raise Refused("damaged")
        self._cells = []
        self._column = 0

    def _row_end(self) -> None:
        if self._cells:
            self._count += len(self._cells)
            if self._count > MAX_CELLS:
                raise Refused("cells")
            self._rows.append((self._number, self._cells))

    def _cell(self, attributes: Attributes) -> None:
        if reference := attributes.get("r"):
            self._column = column(reference.rstrip("0123456789"))
        else:
            self._column += 1
        if self._column > MAX_COLUMNS:
            raise Refused("damaged")
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = None
        self._is_formula = False

    def _merge(self, attributes: Attributes) -> None:
        range_ = attributes.get("ref", "")
        rows = re.fullmatch("[A-Z]{1,3}([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})", range_)
        if rows and rows[1] != rows[2] and len(self.merged) < _MERGED:
            self.merged.append(range_)

    def _formula(self, _: Attributes) -> None:
        self._is_formula = True

    def _value_end(self) -> None:
        self._value = self.take()

    def _inline_end(self) -> None:
        self._value = self.item()

    def _cell_end(self) -> None:
        text = self._value
        if not text:
            # An empty text may be a result, an empty number is none.
            missing = self._is_formula and (text is None or self._type == "n")
            cell: Cell = Fault("formula-without-value") if missing else ""
        elif len(text) > MAX_CELL:
            cell = Fault("cell-too-long")
        else:
            cell = self._kinds.get(self._type, self._numeric)(text)
        if cell == "":
            return
        cells = self._cells
        gap = self._column - 1 - len(cells)
        if gap < 0:  # out of order
            cells[self._column - 1] = cell
            return
        if gap:
            cells.extend([""] * gap)
        cells.append(cell)

    def _shared(self, text: str) -> Cell:
        index = int(text)
        if not 0 <= index < len(self._book.strings):
            raise Refused("damaged")
        text = self._book.strings[index]
        return text if len(text) <= MAX_CELL else Fault("cell-too-long")

    def _numeric(self, text: str) -> Cell:
        number = _number(text)
        if isinstance(number, Fault):
            return number
        show = self._styled(self._book.shows)
        return show(number, self._book.is_1904) if show else number

    def _dated(self, text: str) -> Cell:
        try:
            when = datetime.fromisoformat(text.strip())
        except ValueError:
            return Fault("cell-error")
        code = self._styled(self._book.formats)
        if code is None and "T" not in text:
            code = "yyyy-mm-dd"
        return precise(when.replace(tzinfo=None), code)

    def _styled(self, of: Sequence[_T | None]) -> _T | None:
        style = self._style
        return of[int(style)] if style.isdecimal() and int(style) < len(of) else None


def _number(text: str) -> int | float | Fault:
    if _INTEGER.fullmatch(text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return Fault("cell-error")
    if number - number != 0:  # not a number, or infinite
        return Fault("cell-error")
    # 5260250274.0 and 1E5 are shown as whole numbers.
    return int(number) if number.is_integer() and abs(number) < EXACT else number


@lru_cache(maxsize=1024)
def column(letters: str) -> int:
    """The number of a column: A is 1. Raises `Refused` for what is none."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise Refused("damaged")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """The letters of a column: 1 is A."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
