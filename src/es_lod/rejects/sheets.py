"""Rows that are left out: CSV as it came, workbooks with marks at the wrong cells."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from es_lod.errors import Location, Problem
from es_lod.personal import masked
from es_lod.readers.grids import Cell, Fault, Moment, Row
from es_lod.readers.sheets import column
from es_lod.readers.unread import Rows
from es_lod.rejects.lines import blotted
from es_lod.tabular.cells import escaped
from es_lod.tabular.columns import PROBLEM, SETTINGS
from es_lod.tabular.delimited import BOM, DELIMITER, csv_text
from es_lod.tabular.settings import Settings
from es_lod.tabular.sheets import Sheet
from es_lod.tabular.workbooks import HEAD, MAX_CHARACTERS, TEXT, Streamed

_COMMENTED: Final = 1000
"""For how many rows of a sheet the cells are marked: spreadsheets open no more in good time."""
# What a cell of a spreadsheet shows for a `Moment`.
_MOMENTS: Final = (
    ("%Y-%m-%dT%H:%M:%S", "yyyy-mm-dd hh:mm:ss"),
    ("%Y-%m-%d", "yyyy-mm-dd"),
    ("%Y-%m", "yyyy-mm"),
    ("%Y", "yyyy"),
    ("%H:%M:%S", "hh:mm:ss"),
)


def by_row(rows: Rows, problems: Sequence[Problem]) -> list[list[Problem]]:
    """The problems of each row; those of no row are told beside the first.

    A row of which some cells are not understood has the problems of their headers.
    """
    found: list[list[Problem]] = [[] for _ in rows]
    for problem in problems:
        found[_row(rows, problem.location)].append(problem)
    for i, (sheet, row) in enumerate(rows):
        if sheet.excused or any(sheet.unread(row)):
            found[i] += [p for p in sheet.problems if p.severity == "error"]
    return found


def _row(rows: Rows, place: Location | None) -> int:
    """Which row a place is in: the last of its sheet that does not begin behind it."""
    if place is None:
        return 0
    number = int(re.sub("[A-Z]", "", place.cell)) if place.cell else place.line or 0
    inside = [
        (row.number, i)
        for i, (sheet, row) in enumerate(rows)
        if (sheet.grid.file, sheet.grid.sheet) == (place.file, place.sheet) and row.number <= number
    ]
    return max(inside)[1] if inside else 0


def kept(sheet: Sheet, row: Row) -> list[Cell]:
    """The cells of a row as they stand, without earlier notes and without a person's number."""
    found = []
    for i, cell in enumerate(row.cells):
        column = sheet.layout.columns[i] if i < len(sheet.layout.columns) else None
        text = str(cell)
        safe = blotted(text, column.path[-1] if column else "")
        if i not in sheet.notes:
            found.append(cell if safe == text else safe)
    width = len(_header(sheet))
    return found + [""] * (width - len(found))


def _header(sheet: Sheet) -> list[str]:
    cells = sheet.header.cells if sheet.header else []
    return [masked(str(cell)) for i, cell in enumerate(cells) if i not in sheet.notes]


def csv_header(sheet: Sheet) -> str:
    """The beginning of a CSV file: byte order mark, delimiter where it is an odd one, header."""
    delimiter = _delimiter(sheet)
    stated = "" if delimiter in ";,\t" else f"sep={delimiter}\r\n"
    above = "#\r\n" * _above(sheet)
    return BOM + stated + above + csv_text([[*_header(sheet), PROBLEM]], delimiter)


def _above(sheet: Sheet) -> int:
    """How many rows stand above the header: a columns file may tell in which it is."""
    return sheet.header.number - 1 if sheet.header else 0


def csv_line(sheet: Sheet, cells: list[Cell], told: list[str]) -> str:
    """A row as it stands, with what is wrong behind its last column."""
    width = len(_header(sheet))
    note = escaped(" | ".join(told))
    return csv_text([[*cells[:width], note, *cells[width:]]], _delimiter(sheet))


def _delimiter(sheet: Sheet) -> str:
    return str(getattr(sheet.grid, "delimiter", DELIMITER))


class Book:
    """A workbook of rows that are left out, written as they come."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._streamed = Streamed()
        self._book = self._streamed.book
        self._head = self._book.add_format(HEAD)
        self._text = self._book.add_format(TEXT)
        self._formats: dict[str, Any] = {}
        self._sheets: dict[str, tuple[Any, int]] = {}
        self._settings = settings

    def add(self, sheet: Sheet, cells: list[Cell], marks: list[tuple[Problem, str]]) -> None:
        """Write a row, what is wrong behind it, and comments at the cells that are wrong."""
        name = str(sheet.grid.sheet)
        head = _header(sheet)
        if name not in self._sheets:
            out = self._worksheet(name)
            above = _above(sheet)
            out.write_row(above, 0, [*head, PROBLEM], self._head)
            out.freeze_panes(above + 1, 0)
            self._sheets[name] = (out, above + 1)
        out, n = self._sheets[name]
        note = escaped(" | ".join(dict.fromkeys(text for _, text in marks)))[:MAX_CHARACTERS]
        for i, cell in enumerate([*cells[: len(head)], note, *cells[len(head) :]]):
            self._write(out, n, i, cell)
        if n <= _COMMENTED:
            for i, text in self._comments(sheet, marks):
                out.write_comment(n, i, text, {"x_scale": 2})
        self._sheets[name] = (out, n + 1)

    def _worksheet(self, name: str) -> Any:
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            return self._book.add_worksheet(masked(name))
        except XlsxWriterException:  # a name that spreadsheets do not give
            return self._book.add_worksheet()

    @staticmethod
    def _comments(sheet: Sheet, marks: list[tuple[Problem, str]]) -> list[tuple[int, str]]:
        """The columns of wrong cells, and what to say at each."""
        found: dict[int, list[str]] = {}
        for problem, text in marks:
            letters = re.sub("[0-9]", "", (problem.location and problem.location.cell) or "")
            if letters:
                found.setdefault(column(letters) - 1, []).append(text)
        before = sorted(sheet.notes)
        return [
            (i - sum(n < i for n in before), "\n".join(said)[:MAX_CHARACTERS])
            for i, said in found.items()
        ]

    def _write(self, out: Any, n: int, i: int, cell: Cell) -> None:
        if isinstance(cell, Fault) or (isinstance(cell, str) and len(cell) > MAX_CHARACTERS):
            # It stays what it is: as a text it would be taken for a value.
            out.write_formula(n, i, "=NA()", None, "#N/A")
        elif isinstance(cell, Moment):
            self._write_moment(out, n, i, cell)
        elif isinstance(cell, bool):
            out.write_boolean(n, i, cell)
        elif isinstance(cell, (int, float)):
            out.write_number(n, i, cell)
        elif cell:
            out.write_string(n, i, cell, self._text)

    def _write_moment(self, out: Any, n: int, i: int, cell: Moment) -> None:
        for pattern, code in _MOMENTS:
            try:
                when = datetime.strptime(cell, pattern)  # noqa: DTZ007  # spreadsheets know no zones
            except ValueError:
                continue
            if code not in self._formats:
                self._formats[code] = self._book.add_format({"num_format": code})
            value = when.time() if code.startswith("h") else when
            out.write_datetime(n, i, value, self._formats[code])
            return
        out.write_string(n, i, cell, self._text)

    def finish(self) -> None:
        """Write the file, with its settings. Raises `OSError`."""
        if self._settings != Settings():
            out = self._book.add_worksheet(SETTINGS)
            for n, pair in enumerate(self._settings.rows()):
                out.write_row(n, 0, pair)
        with self._path.open("wb") as file:
            self._streamed.finish(file)

    def drop(self) -> None:
        """Remove what it keeps aside."""
        self._streamed.drop()
