"""Inputs of tables: the sheets of each, and what their settings say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from es_lod.errors import InputError, Location, Problem
from es_lod.readers.grids import Grid, Row
from es_lod.tabular.mapping import Columns
from es_lod.tabular.settings import Pair, scope, settings_of
from es_lod.tabular.sheets import Sheet, sheets_of


@dataclass(slots=True)
class Book:
    """The tables of one input, and why it cannot be read, if so."""

    sheets: list[Sheet] = field(default_factory=list)
    base: str | None = None
    error: InputError | None = None


def opened_book(name: str, grids: Callable[[str], list[Grid]], columns: Columns | None) -> Book:
    """The tables of an input; what stops their reading is kept, to be told in its turn."""
    try:
        found = [sheet for grid in grids(name) for sheet in sheets_of(grid, columns)]
    except InputError as error:
        return Book(error=error)
    if not any(sheet.header for sheet in found):
        return Book(found, error=InputError([Problem("empty-file", location=Location(name))]))
    return Book(found)


def settled(books: Mapping[str, Book]) -> set[str]:
    """Read the settings: of a workbook for its sheets, of a folder for its CSV files.

    Returns the bases that they state.
    """
    shared: dict[str, Pair] = {}
    for name, book in books.items():
        for sheet in book.sheets:
            at = scope(name, sheet)
            if sheet.is_settings and book.error is None:
                try:
                    shared[at] = settings_of(sheet, shared.get(at))
                except InputError as error:
                    book.error = error
    for name, book in books.items():
        for sheet in book.sheets:
            base, language = shared.get(scope(name, sheet), (None, None))
            book.base = sheet.base = base
            if language:
                sheet.layout = replace(sheet.layout, language=language)
    return {book.base for book in books.values() if book.base is not None}


def passed(book: Book, sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet, on a first reading: what is wrong with them is told by the second."""
    try:
        yield from (row for row in sheet.rows() if isinstance(row, Row))
    except InputError as error:
        if sheet.table is not None and sheet.table.field is not None:
            book.error = error  # parts are missing: nothing of the input can be trusted
