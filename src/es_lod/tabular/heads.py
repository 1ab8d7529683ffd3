"""The row of headers of a table, and what is no table of records."""

from typing import Final

from es_lod.errors import Problem
from es_lod.readers.grids import Cell, Grid, Row
from es_lod.tabular.cells import plain
from es_lod.tabular.columns import INSTRUCTIONS, LISTS, SETTINGS
from es_lod.tabular.headers import is_called

_LOOKED_AT: Final = 20
"""Among how many rows that of the headers is looked for."""


def is_comment(cells: list[Cell]) -> bool:
    """Whether a row is not data: its first cell begins with `#` and says more than that."""
    first = cells[0].strip() if cells and isinstance(cells[0], str) else ""
    return first.startswith("#") and (len(first) > 1 or not any(cells[1:]))


def is_special(grid: Grid) -> bool:
    """Whether a grid holds no records, by its name: settings, instructions, lists."""
    return any(is_called(grid.name, key) for key in (INSTRUCTIONS, LISTS, SETTINGS))


def opened(grid: Grid, number: int | None = None) -> tuple[Row | None, list[Problem]]:
    """The row of headers: the first, or that of a number; and what is told before it."""
    problems: list[Problem] = []
    for row in grid.rows():
        if isinstance(row, Problem):
            problems.append(row)
        elif row.number == number or (number is None and not is_comment(row.cells)):
            return row, problems
        elif number is not None and row.number > number:
            break
    return None, problems


def texts_of(header: Row) -> list[str]:
    """The headers as people wrote them."""
    return [plain(cell) for cell in header.cells]


def likely(grid: Grid) -> tuple[Row | None, bool]:
    """The row of headers, and whether it is the first: titles above it are narrow."""
    rows: list[Row] = []
    for row in grid.rows():
        if isinstance(row, Row) and not is_comment(row.cells):
            rows.append(row)
        if len(rows) == _LOOKED_AT:
            break
    widths = [sum(cell != "" for cell in row.cells) for row in rows]
    wide = (n for n, width in enumerate(widths) if width * 2 > max(widths))
    n = next(wide, None)
    return (None, True) if n is None else (rows[n], n == 0)
