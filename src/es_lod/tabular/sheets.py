"""Sheets: which table a grid is, by its name and its headers, and what is wrong with these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from es_lod.errors import Problem
from es_lod.iris import fold
from es_lod.messages.message import LANGUAGES
from es_lod.model import record_classes
from es_lod.readers.grids import Grid, Row
from es_lod.tabular.applied import Applied, applied, described_table
from es_lod.tabular.columns import (
    INSTRUCTIONS,
    LISTS,
    OWNER,
    PROBLEM,
    SETTINGS,
    TYPE,
    Column,
    Table,
    claimed,
)
from es_lod.tabular.headers import (
    best_table,
    is_called,
    named_class,
    named_table,
    resembled,
    spelling,
    understood,
)
from es_lod.tabular.heads import is_comment, is_special, opened, texts_of
from es_lod.tabular.layouts import Layout
from es_lod.tabular.mapping import Columns, Described, named, numbered


@dataclass(slots=True)
class Sheet:
    """A grid with what its header says. `table` is `None` for a sheet without records.

    `excused` are keys whose absence is told for the whole table, `left_out` the columns that a
    columns file leaves out, `silent` those of them that are not used in its templates either. A
    table that is read `again` gives the records of another class.
    """

    grid: Grid
    table: Table | None
    layout: Layout = field(default_factory=lambda: Layout(()))
    header: Row | None = None
    problems: list[Problem] = field(default_factory=list)
    excused: frozenset[str] = frozenset()
    is_settings: bool = False
    left_out: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    is_again: bool = False
    base: str | None = None
    """The base that the settings state."""
    notes: frozenset[int] = frozenset()
    """The columns in which an earlier run noted what was wrong: they are passed over."""

    def rows(self) -> Iterator[Row | Problem]:
        """The rows below the header, without comments."""
        started = False
        for row in self.grid.rows():
            if isinstance(row, Problem):
                if started and not self.is_again:
                    yield row
            elif not started:
                started = self.header is not None and row.number == self.header.number
            elif is_comment(row.cells):
                if self.table is not None and not self._is_example(row, self.table):
                    shown = str(row.cells[0]).strip()
                    yield Problem("comment-row", value=shown, location=row.locate(0))
            elif self._says_something(row):
                yield row

    def _is_example(self, row: Row, table: Table) -> bool:
        """Whether a comment says no more than a template's example row, or is words alone."""
        from es_lod.templates.sheets import sample

        columns = [column for column in self.layout.columns if column is not None]
        known = {sample(column, table, tag) for column in columns for tag in LANGUAGES}
        return {str(cell).strip() for cell in row.cells[1:] if cell != ""} <= known

    def _says_something(self, row: Row) -> bool:
        """Whether a row has more than blanks, what is left out, and the headers once more."""
        if self.header is not None and row.cells == self.header.cells:
            return False
        return any(
            i not in self.silent and (cell.strip() if isinstance(cell, str) else True)
            for i, cell in enumerate(row.cells)
        )

    def unread(self, row: Row) -> Iterator[int]:
        """The filled cells of a row that belong to no column."""
        columns = self.layout.columns
        for i, cell in enumerate(row.cells):
            is_read = i in self.left_out or (i < len(columns) and columns[i] is not None)
            if cell != "" and not is_read and i not in self.notes:
                yield i


def sheets_of(grid: Grid, columns: Columns | None = None) -> list[Sheet]:
    """The tables that a grid is: as a columns file describes it, once or several times, or one."""
    if columns is None:
        return [sheet_of(grid)]
    heads = {number: opened(grid, number) for number in {d.header for d in columns.tables}}
    found = [(described, *heads[described.header]) for described in columns.tables]
    fitting = [(d, header, told) for d, header, told in found if _fits(d, grid, header)]
    if not fitting:
        return [sheet_of(grid)]
    sheets = []
    for n, (described, header, problems) in enumerate(fitting):
        if header is None:
            row = str(described.header or 1)
            columns.tell(Problem("no-header-row", value=row, location=described.header_at))
            continue
        others = [d.names for d, _, _ in fitting if d is not described]
        elsewhere = frozenset().union(*others) if n == 0 else None
        sheet = Sheet(grid, None, header=header, problems=[] if n else problems, is_again=n > 0)
        _describe(sheet, header, described, columns, elsewhere)
        sheets.append(sheet)
    return sheets


def _fits(described: Described, grid: Grid, header: Row | None) -> bool:
    """Whether a description is of this table: by its name, else by its headers.

    Of a table that is understood without it, it has to name more than a header or two.
    """
    if described.table is not None:
        return fold(described.table) in {fold(grid.name), fold(PurePath(grid.file).name)}
    if header is None or is_special(grid):
        return False
    present = described.names & set(map(named, numbered(texts_of(header))))
    return len(present) * 2 >= len(described.names) or (
        bool(present) and any(told.severity == "error" for told in sheet_of(grid).problems)
    )


def _describe(
    sheet: Sheet,
    header: Row,
    described: Described,
    columns: Columns,
    elsewhere: frozenset[str] | None,
) -> None:
    texts = texts_of(header)
    targets = [described.targets.get(named(name)) for name in numbered(texts)]
    keys = [t.key if t and t.key else text for t, text in zip(targets, texts, strict=True)]
    table = described_table(described, columns)
    if table is None and described.type_ is None:
        table = _table(sheet.grid, keys)
    if table is None:
        columns.note(described, described.names)
        _tell_unknown(sheet, header)
        return
    sheet.table = table
    found = applied(described, columns, table, texts, elsewhere)
    sheet.left_out = frozenset(found.left_out)
    sheet.silent = sheet.left_out - found.used
    _lay_out(sheet, table, header, texts, found)


def sheet_of(grid: Grid) -> Sheet:
    """The table that a grid is: by its headers, where they do not say it by its name."""
    header, problems = opened(grid)
    if header is None or is_called(grid.name, INSTRUCTIONS) or is_called(grid.name, LISTS):
        return Sheet(grid, None, problems=problems)
    if is_called(grid.name, SETTINGS):
        return Sheet(grid, None, header=header, problems=problems, is_settings=True)
    sheet = Sheet(grid, None, header=header, problems=problems)
    sheet.table = _table(grid, texts_of(header))
    if sheet.table is None:
        _tell_unknown(sheet, header)
    else:
        _lay_out(sheet, sheet.table, header, texts_of(header))
    return sheet


def _tell_unknown(sheet: Sheet, header: Row) -> None:
    code = "sheet-skipped" if sheet.grid.sheet else "unknown-table"
    sheet.problems.append(Problem(code, value=sheet.grid.name, location=header.locate(0)))


def _table(grid: Grid, texts: list[str]) -> Table | None:
    named = named_table(grid.name)
    is_parts = any(is_called(text, OWNER) for text in texts)
    fits = named is not None and (named.field is not None) == is_parts
    return named if fits else best_table(texts)


def _lay_out(
    sheet: Sheet, table: Table, header: Row, texts: list[str], described: Applied | None = None
) -> None:
    """Find each header's column, and tell what is wrong with the headers."""
    told = described or Applied("", None)
    # The last one, as an earlier run has put it there; one in the midst is a person's own.
    last = len(texts) - 1
    is_note = last >= 0 and is_called(texts[last], PROBLEM) and last not in told.columns
    sheet.notes = frozenset([last] if is_note else [])
    texts = ["" if i in sheet.notes else text for i, text in enumerate(texts)]
    columns, near = _columns_of(sheet, table, header, texts, told)
    stated = {column.path[0] for column in columns if column is not None}
    stated |= {constant.column.path[0] for constant in told.constants}
    type_ = told.type_ or _class_of(sheet.grid.name, table, is_stated=TYPE in stated)
    elsewhere = claimed(table) - near
    absent = [c for c in table.columns if c.required and c.path[0] not in stated | elsewhere]
    # A misspelt header is told already; of parts and of tables of one class the type is known.
    known = near | ({TYPE} if table.field or type_ else set())
    for column in dict.fromkeys(c for c in absent if c.path[0] not in known):
        params = {"column": {tag: column.label(tag) for tag in LANGUAGES}}
        sheet.problems.append(
            Problem("missing-column", value=column.key, location=header.locate(0), params=params)
        )
    root = table.classes[0].__name__ if table.field is None else None
    sheet.layout = Layout(
        tuple(columns),
        type_ or (None if TYPE in stated else root),
        constants=told.constants,
        words=told.words,
    )
    sheet.excused = frozenset(c.path[0] for c in absent)


def _columns_of(
    sheet: Sheet, table: Table, header: Row, texts: list[str], told: Applied
) -> tuple[list[Column | None], set[str]]:
    """The column of each header, and the keys that headers without one are nearest to."""
    columns: list[Column | None] = []
    near: set[str] = set()
    for i, text in enumerate(texts):
        is_told = i in told.columns or i in told.unmapped or i in told.left_out
        column = told.columns.get(i) if is_told or not text else understood(text, table)
        if i in told.unmapped:
            where = header.locate(i)
            file = {"columns": told.file}
            sheet.problems.append(Problem("unmapped-column", None, None, text, where, params=file))
        if text and not is_told and column is None:
            meant = resembled(text, table)
            hint = spelling(text, meant) if meant else None
            near |= {meant.path[0]} if meant else set()
            sheet.problems.append(
                Problem("unknown-column", value=text, location=header.locate(i), hint=hint)
            )
        if not is_told and column is not None and column in columns and not column.many:
            sheet.problems.append(
                Problem("duplicate-column", value=text, location=header.locate(i))
            )
            column = None
        columns.append(column)
    return columns, near


def _class_of(name: str, table: Table, *, is_stated: bool) -> str | None:
    """The class of rows that do not say one: the only one of the table, or the sheet's name."""
    if table.field is None and len(table.classes) == 1:
        return table.classes[0].__name__
    named = record_classes().get(named_class(name) or "")
    # The name of a whole family says nothing of the classes in it.
    return named.__name__ if named in table.classes[1:] and not is_stated else None
