"""Rows as trees: what a document would say, with a way back from each value to its cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from es_lod.errors import Location, Path
from es_lod.model import Node, kinds, record_classes
from es_lod.model.misfit import Misfit
from es_lod.readers.grids import Cell, Row
from es_lod.tabular.cells import class_name, values
from es_lod.tabular.columns import ID, LANGUAGE, OWNER, TYPE, Column
from es_lod.tabular.words import Constant, Words

Resolve: TypeAlias = Callable[[str], str]
"""From a reference as written to an id, or a `Misfit`."""


class Layout(NamedTuple):
    """The columns of a table as it stands: `None` where a column is not understood.

    `type_` is the class of rows that do not say one; `constants` are values of all rows, `words`
    what the cells of a column mean.
    """

    columns: tuple[Column | None, ...]
    type_: str | None = None
    language: str = LANGUAGE
    constants: tuple[Constant, ...] = ()
    words: Mapping[int, Words] = MappingProxyType({})

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
        at = self.cell(OWNER)
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
        told = [*_told(self, cells)]
        yield self.owner(cells)
        for column, cell in (*told, *_constant(self, cells, told)):
            if _refers(column):
                yield cell


def _refers(column: Column) -> bool:
    if column.field is None:
        return column.path[0] not in (ID, TYPE) and not column.fields
    return isinstance(column.field.kind, kinds.RefKind)


def tree(layout: Layout, cells: Sequence[Cell], resolve: Resolve) -> dict[str, Any]:
    """What a row says, as a document would."""
    found: dict[str, Any] = {}
    told = [*_told(layout, cells)]
    told += _constant(layout, cells, told)
    cls = _class(layout, told)
    stated = {column.path for column, _ in told}
    if cls is not None and layout.type_ is not None and (TYPE,) not in stated:
        found[TYPE] = layout.type_
    for column, cell in told:
        value = _value(column, cell, cls, resolve)
        if value is not None:
            _put(found, column, value, layout.language)
    return found


def _told(layout: Layout, cells: Sequence[Cell]) -> Iterator[tuple[Column, Cell]]:
    for i, column in enumerate(layout.columns):
        if column is None or column.path[0] == OWNER:
            continue
        cell = cells[i] if i < len(cells) else ""
        words = layout.words.get(i)
        meant = cell if words is None else words.meaning(cell, many=column.many)
        if meant != "":
            yield column, meant


def _constant(
    layout: Layout, cells: Sequence[Cell], told: list[tuple[Column, Cell]]
) -> list[tuple[Column, Cell]]:
    """What the constants say where the row does not.

    One that is the same for all rows makes no part of a record whose columns the row leaves empty.
    """
    if not layout.constants:
        return []
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


def _class(layout: Layout, told: list[tuple[Column, Cell]]) -> type[Node] | None:
    written = next((cell for column, cell in told if column.path == (TYPE,)), layout.type_)
    return record_classes().get(class_name(written.strip())) if isinstance(written, str) else None


def _value(column: Column, cell: Cell, cls: type[Node] | None, resolve: Resolve) -> Any:
    field = column.field
    if field is None:
        # An inverse (`operates`) may name several records; `id` and `type` are one word.
        many = column.path[-1] in getattr(cls, "inverse", ())
        value = values(cell, None, many=many)
        if column.path == (TYPE,) and isinstance(value, str):
            return class_name(value)
        return [_resolved(item, resolve) for item in value] if many and value else value
    if len(column.path) == 1 and cls is not None:
        field = cls.by_key().get(column.path[0], field)  # a subclass may take other concepts
    value = values(cell, field, many=column.many)
    if value is None or not isinstance(field.kind, kinds.RefKind):
        return value
    if isinstance(value, list):
        return [_resolved(item, resolve) for item in value]
    return _resolved(value, resolve)


def _resolved(written: Any, resolve: Resolve) -> Any:
    return written if isinstance(written, Misfit) else resolve(written)


def _put(found: dict[str, Any], column: Column, value: Any, language: str) -> None:
    """Set a value at its key path; texts in several languages become a mapping."""
    for step, key in enumerate(column.path[:-1]):
        many = column.fields[step][1].many
        inner = found.setdefault(key, [{}] if many else {})
        found = inner[0] if many else inner
    key = column.path[-1]
    present = found.get(key)
    if isinstance(value, Misfit) or isinstance(present, Misfit):
        found[key] = present if isinstance(present, Misfit) else value
    elif column.language is not None:
        spoken = present if isinstance(present, dict) else {}
        found[key] = spoken | ({language: present} if isinstance(present, (str, list)) else {})
        found[key][column.language] = value
    elif isinstance(present, dict):
        present[language] = value
    elif isinstance(present, list) and isinstance(value, list):
        present.extend(value)  # two columns of one field of several values
    else:
        found[key] = value


class Places:
    """Where the values of one record stand: in its row, and in the rows of its parts."""

    def __init__(self, layout: Layout, row: Row, parts: Mapping[str, list["Places"]]) -> None:
        self._layout = layout
        self._row = row
        self._parts = parts

    def __call__(self, path: Path, key: bool) -> Location:  # noqa: ARG002  # a cell has no key
        """The place of the value at a path; of what is missing, the cell where it would stand."""
        listed = self._parts.get(str(path[0])) if path else None
        if listed and len(path) > 1 and isinstance(path[1], int):
            # A part that stands in the owner's own row goes before those of rows.
            own = any(c and len(c.path) > 1 and c.path[0] == path[0] for c in self._filled())
            at = path[1] - own
            if 0 <= at < len(listed):
                return listed[at](path[2:], False)
        steps = tuple(step for step in path if isinstance(step, str))
        constant = self._constant(steps)
        if constant is None:
            return self._row.locate(self._cell(steps))
        cell = next(constant.cells, None)
        return constant.at if cell is None else self._row.locate(cell)

    def _constant(self, steps: tuple[str, ...]) -> Constant | None:
        """The constant that says the value at a path, where no cell of the row does."""
        for constant in self._layout.constants:
            column = constant.column
            spoken = (*column.path, column.language or self._layout.language)
            if steps in (column.path, spoken) and column not in self._filled():
                return constant
        return None

    def _filled(self) -> Iterator[Column | None]:
        for column, cell in zip(self._layout.columns, self._row.cells, strict=False):
            if cell != "":
                yield column

    def _cell(self, steps: tuple[str, ...]) -> int:
        same = [i for i, c in enumerate(self._layout.columns) if c and c.path == steps]
        if len(same) > 1:  # one text in several languages: the one that is wrong, or is there
            return min(same, key=self._rank)
        placed = self._layout.placed()
        for length in range(len(steps), 0, -1):
            if steps[:length] in placed:
                return placed[steps[:length]]
            inner = (i for at, i in placed.items() if at[:length] == steps[:length])
            if (found := next(inner, None)) is not None:
                return found
        filled = (i for i, cell in enumerate(self._row.cells) if cell != "")
        return next(filled, 0)

    def _rank(self, i: int) -> int:
        cell = self._row.cells[i] if i < len(self._row.cells) else ""
        return 0 if type(cell) is not str else 1 if cell else 2
