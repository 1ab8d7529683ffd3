"""Sheets: which table a grid is, by its name and its headers, and what is wrong with these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from es_lod.errors import Location, Problem
from es_lod.iris import fold
from es_lod.model import record_classes
from es_lod.readers.grids import Cell, Grid, Row
from es_lod.tabular.columns import (
    INSTRUCTIONS,
    LISTS,
    OWNER,
    SETTINGS,
    TYPE,
    WORDS,
    Column,
    Table,
)
from es_lod.tabular.headers import best_table, named_class, named_table, resembled, understood
from es_lod.tabular.rows import Layout

_LANGUAGES: Final = ("pl", "en")


@dataclass(slots=True)
class Sheet:
    """A grid with what its header says. `table` is `None` for a sheet without records.

    `excused` are keys whose absence is told for the whole table; `unread` the cells of each row
    that belong to no column, with their headers.
    """

    grid: Grid
    table: Table | None
    layout: Layout = field(default_factory=lambda: Layout(()))
    header: Row | None = None
    problems: list[Problem] = field(default_factory=list)
    excused: frozenset[str] = frozenset()
    is_settings: bool = False

    def rows(self) -> Iterator[Row | Problem]:
        """The rows below the header, without comments."""
        started = False
        for row in self.grid.rows():
            if isinstance(row, Problem):
                if started:
                    yield row
            elif not started:
                started = self.header is not None and row.number == self.header.number
            elif not is_comment(row.cells):
                yield row

    def unread(self, row: Row) -> Iterator[int]:
        """The filled cells of a row that belong to no column."""
        columns = self.layout.columns
        for i, cell in enumerate(row.cells):
            if cell != "" and (i >= len(columns) or columns[i] is None):
                yield i


def is_comment(cells: list[Cell]) -> bool:
    """Whether a row is not data: its first cell begins with `#`."""
    return bool(cells) and isinstance(cells[0], str) and cells[0].lstrip().startswith("#")


def sheet_of(grid: Grid) -> Sheet:
    """The table that a grid is: by its headers, where they do not say it by its name."""
    problems: list[Problem] = []
    header: Row | None = None
    for row in grid.rows():
        if isinstance(row, Problem):
            problems.append(row)
        elif not is_comment(row.cells):
            header = row
            break
    if header is None or _is(grid.name, INSTRUCTIONS) or _is(grid.name, LISTS):
        return Sheet(grid, None, problems=problems)
    texts = [str(cell).strip() for cell in header.cells]
    if _is(grid.name, SETTINGS):
        return Sheet(grid, None, header=header, problems=problems, is_settings=True)
    table = _table(grid, texts)
    if table is None:
        code = "sheet-skipped" if grid.sheet else "unknown-table"
        where = header.locate(0)
        problems.append(Problem(code, value=grid.name, location=where))
        return Sheet(grid, None, header=header, problems=problems)
    sheet = Sheet(grid, table, header=header, problems=problems)
    _lay_out(sheet, table, header, texts)
    return sheet


def _is(name: str, key: str) -> bool:
    return fold(name) in {fold(word) for word in (key, *WORDS[key].values())}


def _table(grid: Grid, texts: list[str]) -> Table | None:
    named = named_table(grid.name)
    is_parts = any(_is(text, OWNER) for text in texts)
    fits = named is not None and (named.field is not None) == is_parts
    return named if fits else best_table(texts)


def _lay_out(sheet: Sheet, table: Table, header: Row, texts: list[str]) -> None:
    """Find each header's column, and tell what is wrong with the headers."""
    columns: list[Column | None] = []
    near: set[str] = set()
    for i, text in enumerate(texts):
        column = understood(text, table) if text else None
        if text and column is None:
            meant = resembled(text, table)
            hint = _spelling(text, meant) if meant else None
            near |= {meant.path[0]} if meant else set()
            sheet.problems.append(_told("unknown-column", text, header.locate(i), hint))
        if column is not None and column in columns and not column.many:
            sheet.problems.append(_told("duplicate-column", text, header.locate(i)))
            column = None
        columns.append(column)
    stated = {column.path[0] for column in columns if column is not None}
    absent = [c for c in table.columns if c.required and c.path[0] not in stated]
    type_ = _class_of(sheet.grid.name, table, is_stated=TYPE in stated)
    for column in dict.fromkeys(absent):
        if column.path[0] in near or (column.path[0] == TYPE and (table.field or type_)):
            continue
        label = {tag: column.label(tag) for tag in _LANGUAGES}
        params = {"column": label}
        sheet.problems.append(
            Problem("missing-column", value=column.key, location=header.locate(0), params=params)
        )
    root = table.classes[0].__name__ if table.field is None else None
    sheet.layout = Layout(tuple(columns), type_ or (None if TYPE in stated else root))
    sheet.excused = frozenset(c.path[0] for c in absent)


def _class_of(name: str, table: Table, *, is_stated: bool) -> str | None:
    """The class of rows that do not say one: the only one of the table, or the sheet's name."""
    if table.field is None and len(table.classes) == 1:
        return table.classes[0].__name__
    named = record_classes().get(named_class(name) or "")
    # The name of a whole family says nothing of the classes in it.
    return named.__name__ if named in table.classes[1:] and not is_stated else None


def _told(code: str, text: str, where: Location, hint: str | None = None) -> Problem:
    return Problem(code, value=text, location=where, hint=hint)


def _spelling(text: str, column: Column) -> str:
    """The key or label of a column that a header is most like."""
    names = (column.key, *(column.label(tag) for tag in _LANGUAGES))
    return max(names, key=lambda name: SequenceMatcher(None, fold(text), fold(name)).ratio())
