"""The columns of a table as it stands, and what a row says below them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from es_lod.errors import Path
from es_lod.model import kinds
from es_lod.readers.grids import Cell
from es_lod.tabular.columns import ID, OWNER, TYPE, Column
from es_lod.tabular.constants import Constant
from es_lod.tabular.words import Words
from es_lod.values import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Layout:
    """The columns of a table as it stands: `None` where a column is not understood.

    `type_` is the class of rows that do not say one; `constants` are values of all rows, `words`
    what the cells of a column mean.
    """

    columns: tuple[Column | None, ...]
    type_: str | None = None
    language: str = DEFAULT_LANGUAGE
    constants: tuple[Constant, ...] = ()
    words: Mapping[int, Words] = field(default_factory=dict)

    @cached_property
    def read(self) -> Sequence[tuple[int, Column, Words | None]]:
        """The columns that say something but the owner, with their cells and words."""
        numbered = enumerate(self.columns)
        return [(i, c, self.words.get(i)) for i, c in numbered if c and c.path[0] != OWNER]

    @cached_property
    def _owner_at(self) -> int | None:
        return self.cell(OWNER)

    @cached_property
    def _referring(self) -> Sequence[tuple[int, Column, Words | None]]:
        return [one for one in self.read if _refers(one[1])]

    def placed(self) -> Mapping[Path, int]:
        """Key path → the cell of a row that says it; texts also by language."""
        found: dict[Path, int] = {}
        for i, column in enumerate(self.columns):
            if column is not None:
                found.setdefault(column.path, i)
                if column.is_text:
                    found.setdefault((*column.path, column.language or self.language), i)
        return found

    def cell(self, *path: str) -> int | None:
        """Which cell of a row has the values of a key path."""
        named = (i for i, c in enumerate(self.columns) if c is not None and c.path == path)
        return next(named, None)

    def owner(self, cells: Sequence[Cell]) -> Cell:
        """The owner that a row of parts names; nothing in a table of records."""
        at = self._owner_at
        if at is not None:
            cell, words = cells[at] if at < len(cells) else "", self.words.get(at)
            return cell if words is None else words.meaning(cell, many=False)
        named = (c.value(cells) for c in self.constants if c.column.path == (OWNER,))
        return next(named, "")

    def refers(self) -> bool:
        """Whether any column or constant names records."""
        columns = (*self.columns, *(constant.column for constant in self.constants))
        return any(column is not None and _refers(column) for column in columns)

    def referred(self, cells: Sequence[Cell]) -> Iterator[Cell]:
        """What a row says of other records, its owner too."""
        yield self.owner(cells)
        told = self.said(cells) if self.constants else _told(self._referring, cells)
        yield from (cell for column, cell in told if _refers(column))

    def said(self, cells: Sequence[Cell]) -> list[tuple[Column, Cell]]:
        """What a row says but for its owner, then what the constants say where it does not."""
        told = _told(self.read, cells)
        return told + _constant(self, cells, told) if self.constants else told

    def said_of(self, key: str, cells: Sequence[Cell]) -> list[tuple[Column, Cell]]:
        """What it says of one key."""
        if self.constants:
            return [(column, cell) for column, cell in self.said(cells) if column.path[0] == key]
        return _told([one for one in self.read if one[1].path[0] == key], cells)


def _refers(column: Column) -> bool:
    if column.field is None:
        return column.path[0] not in (ID, TYPE) and not column.fields
    return isinstance(column.field.kind, kinds.RefKind)


def _told(
    read: Sequence[tuple[int, Column, Words | None]], cells: Sequence[Cell]
) -> list[tuple[Column, Cell]]:
    told = []
    for i, column, words in read:
        cell = cells[i] if i < len(cells) else ""
        meant = cell if words is None else words.meaning(cell, many=column.many)
        if meant != "":
            told.append((column, meant))
    return told


def _constant(
    layout: Layout, cells: Sequence[Cell], told: list[tuple[Column, Cell]]
) -> list[tuple[Column, Cell]]:
    """What the constants say where the row does not.

    One that is the same for all rows makes no part of a record whose columns the row leaves empty.
    """
    stated = {(column.path, column.language) for column, _ in told}
    stated.add(((OWNER,), None))
    given = [c for c in layout.constants if (c.column.path, c.column.language) not in stated]
    made = [(c.column, value) for c in given if c.is_made and (value := c.value(cells)) != ""]
    if not told and not made:
        return []
    parts = {column.path[:-1] for column in layout.columns if column is not None}
    said = {column.path[:n] for column, _ in (*told, *made) for n in range(len(column.path))}
    silent = parts - said
    made += [
        (c.column, c.value(cells))
        for c in given
        if not c.is_made and c.column.path[:-1] not in silent
    ]
    return made
