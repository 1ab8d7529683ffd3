"""CSV files: delimiter and encoding found, every cell with its line and column."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import dropwhile, islice
from pathlib import PurePath
from typing import Any, Final, cast

from es_lod.errors import InputError, Location, Problem
from es_lod.readers.encodings import MAX_LINE, WINDOWS, detect, too_long
from es_lod.readers.grids import MAX_CELL, MAX_COLUMNS, Cell, Grid, Opener, Row
from es_lod.readers.named import unreadable
from es_lod.readers.unread import about

_DELIMITERS: Final = (";", ",", "\t")
_SAMPLE: Final = 20
"""How many rows are asked which delimiter splits them alike."""

_REASONS: Final[dict[str, dict[str, str]]] = {
    "unclosed": {
        "pl": "cudzysłów otwarty w tym miejscu nie jest zamknięty",
        "en": "the quotation mark opened here is not closed",
    },
    "after": {
        "pl": "tekst po zamykającym cudzysłowie; cudzysłów w tekście zapisz podwójnie",
        "en": "text after a closing quotation mark; double those within a text",
    },
}


def csv_grid(name: str, open: Opener, delimiter: str | None = None) -> Grid:
    """The grid of a CSV file; without a delimiter, the header tells it (`.tsv` is tabs)."""
    if delimiter is None and PurePath(name).suffix.lower() in {".tsv", ".tab"}:
        delimiter = "\t"
    return _CsvGrid(name, open, delimiter)


class _CsvGrid:
    """A CSV file, read anew by each call of `rows`."""

    sheet: str | None = None
    hidden = False

    def __init__(self, file: str, opened: Opener, delimiter: str | None) -> None:
        self.file = file
        self.name = PurePath(file).stem
        self._open = opened
        self._delimiter = delimiter
        self.delimiter = delimiter or ";"
        """What splits the cells, once rows are read."""

    def rows(self) -> Iterator[Row | Problem]:
        try:
            yield from self._read()
        except OSError as error:
            raise InputError([unreadable(self.file, error)]) from None

    def _read(self) -> Iterator[Row | Problem]:
        encoding, head = detect(self.file, self._open)
        if encoding == WINDOWS:
            yield Problem("read-as-windows-1250", location=Location(self.file))
        stated = _stated(io.StringIO(head, newline="").readline())
        delimiter = self._delimiter or stated or _delimiter(head)
        self.delimiter = delimiter
        with self._open() as stream:
            text = io.TextIOWrapper(stream, encoding, newline="")
            if stated:
                text.readline()
            try:
                yield from _rows(self.file, text, delimiter, 1 if stated else 0)
            except UnicodeDecodeError:  # written to since its encoding was found
                raise InputError([Problem("not-utf-8", location=Location(self.file))]) from None


def _stated(line: str) -> str | None:
    """The delimiter that Excel writes into a line of its own: `sep=;`."""
    line = line.strip('" \r\n')
    if len(line) == 5 and line[:4].lower() == "sep=" and not line[4].isalnum():
        return line[4]
    return "\t" if line.lower() == "sep=\t" else None


def _delimiter(head: str) -> str:
    """The delimiter that occurs in the header and splits the rows below it alike."""
    best, found = (0.0, 1), ""
    for delimiter in _DELIMITERS:
        widths = _widths(head, delimiter)
        if widths[0] > 1 and (score := (widths.count(widths[0]) / len(widths), widths[0])) > best:
            best, found = score, delimiter
    return found if best[0] else _delimiter_below(head)


def _delimiter_below(head: str) -> str:
    """The delimiter of a table with a title of one cell above it, where its rows agree."""
    for delimiter in _DELIMITERS:
        table = list(dropwhile(lambda width: width == 1, _widths(head, delimiter)))
        width = max(table, key=table.count, default=0)
        if len(table) > 1 and width > 2 and table.count(width) * 2 >= len(table):
            return delimiter
    return "\t"  # of one column: a tab is the least likely in its cells


def _widths(head: str, delimiter: str) -> list[int]:
    """How many cells the first rows have that are not empty lines."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if row and not row[0].lstrip().startswith("#"):  # a comment
                widths.append(len(row))
            if len(widths) > _SAMPLE:
                break
    except csv.Error:
        return widths or [0]
    # The sample may end within its last row.
    return (widths[:-1] if len(widths) > 2 else widths) or [0]


def _rows(file: str, text: Iterable[str], delimiter: str, before: int) -> Iterator[Row | Problem]:
    held: list[str] = []
    reader = csv.reader(_holding(text, held, file), delimiter=delimiter, strict=True)
    line = before + 1
    while True:
        try:
            for cells in reader:
                locate = partial(_locate, file, delimiter, tuple(held), line)
                held.clear()
                if len(cells) > MAX_COLUMNS:
                    yield from about([_too_wide(locate(MAX_COLUMNS))], delimiter.join(cells))
                elif any(cells):
                    yield Row(line, cast("list[Cell]", cells), locate)
                line = before + reader.line_num + 1
        except csv.Error as error:
            problem, ends = _fault(file, delimiter, tuple(held), line, str(error))
            yield from about([problem], "".join(held))
            if ends:
                return
            held.clear()
            line = before + reader.line_num + 1
        else:
            return


def _holding(text: Iterable[str], held: list[str], file: str) -> Iterator[str]:
    """The lines, of which those of the current row are held."""
    size = 0
    for line in text:
        size = size + len(line) if held else 0
        if size > MAX_LINE:
            raise too_long(Location(file))
        held.append(line)
        yield line


def _too_wide(place: Location) -> Problem:
    return Problem("too-many-columns", location=place, params={"limit": MAX_COLUMNS})


def _fault(
    file: str, delimiter: str, lines: tuple[str, ...], number: int, error: str
) -> tuple[Problem, bool]:
    """What is wrong with a row, at its cell, and whether reading ends with it."""
    row = "".join(lines)
    starts = list(_starts(row, delimiter))
    if "expected after" in error:
        kind, ends = "after", False
        at = next((s for s in starts if _is_followed(row, s, delimiter)), starts[-1])
    elif "field larger" in error:
        place = _place(file, lines, number, starts[-1])
        return Problem("cell-too-long", location=place, params={"limit": MAX_CELL}), True
    else:
        kind, ends, at = "unclosed", True, starts[-1]
    params: dict[str, Any] = {"format": "CSV", "reason": _REASONS[kind]}
    return Problem("syntax", location=_place(file, lines, number, at), params=params), ends


def _starts(row: str, delimiter: str) -> Iterator[int]:
    """Where the cells of a row begin."""
    at = 0
    while at >= 0:
        yield at
        end = _closing(row, at) if row.startswith('"', at) else at
        at = row.find(delimiter, end) + 1 or -1


def _closing(row: str, start: int) -> int:
    """Past the quotation mark that closes the cell, or the end of the row."""
    at = start + 1
    while (at := row.find('"', at) + 1) and row.startswith('"', at):
        at += 1
    return at or len(row)


def _is_followed(row: str, start: int, delimiter: str) -> bool:
    if not row.startswith('"', start):
        return False
    following = row[_closing(row, start) :][:1]
    return following not in {"", delimiter, "\r", "\n"}


def _locate(file: str, delimiter: str, lines: tuple[str, ...], number: int, i: int) -> Location:
    starts = islice(_starts("".join(lines), delimiter), i, None)
    at = next(starts, None)
    # A cell that the row lacks would stand at its end.
    end = sum(map(len, lines)) - len(lines[-1]) + len(lines[-1].rstrip("\r\n"))
    return _place(file, lines, number, end if at is None else at)


def _place(file: str, lines: tuple[str, ...], number: int, at: int) -> Location:
    for line in lines[:-1]:
        if at < len(line):
            break
        at -= len(line)
        number += 1
    return Location(file, number, at + 1)
