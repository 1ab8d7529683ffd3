"""Rows as trees: what a document would say, with a way back from each value to its cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from es_lod.errors import Location, Path
from es_lod.model import Node, kinds, record_classes
from es_lod.model.misfit import Misfit
from es_lod.readers.grids import Cell, Row
from es_lod.tabular.cells import class_name, values
from es_lod.tabular.columns import ID, TYPE, Column
from es_lod.tabular.constants import Constant
from es_lod.tabular.layouts import Layout

Resolve: TypeAlias = Callable[[str], str]
"""From a reference as written to an id, or a `Misfit`."""


def tree(layout: Layout, cells: Sequence[Cell], resolve: Resolve) -> dict[str, Any]:
    """What a row says, as a document would."""
    found: dict[str, Any] = {}
    told = layout.said(cells)
    cls = _class(layout, told)
    stated = {column.path for column, _ in told}
    if cls is not None and layout.type_ is not None and (TYPE,) not in stated:
        found[TYPE] = layout.type_
    for column, cell in told:
        value = _value(column, cell, cls, resolve)
        if value is not None:
            _put(found, column, value, layout.language)
    return found


def id_of(layout: Layout, cells: Sequence[Cell]) -> Any:
    """The id that a row states, as it is in its tree."""
    found: dict[str, Any] = {}
    for column, cell in layout.said_of(ID, cells):
        value = _value(column, cell, None, str)
        if value is not None:
            _put(found, column, value, layout.language)
    return found.get(ID)


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
    is_foreign = column.is_text and column.language not in (None, language)
    if present is None and not is_foreign:
        found[key] = value
    elif isinstance(value, Misfit) or isinstance(present, Misfit):
        found[key] = present if isinstance(present, Misfit) else value
    elif column.is_text:
        spoken = present if isinstance(present, dict) else {language: present} if present else {}
        tag = column.language or language
        said = _both(spoken.get(tag), value)
        plain = not spoken.keys() - {tag} and tag == language
        found[key] = said if plain or isinstance(said, Misfit) else {**spoken, tag: said}
    else:
        found[key] = _both(present, value)


def _both(present: Any, value: Any) -> Any:
    """What two columns of one field say: several values together, or the same."""
    if present is None or present == value:
        return value
    if isinstance(present, list) and isinstance(value, list):
        return present + value
    return Misfit(str(value), "not-one-value")


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
