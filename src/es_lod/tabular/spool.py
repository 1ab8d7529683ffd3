"""Records as rows of tables, kept aside until it is known which columns they fill."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from typing import IO, Any, Final

from es_lod.model import Node, Part, Record, kinds
from es_lod.model.fields import Field, PartKind
from es_lod.readers.aside import naming_folder
from es_lod.readers.grids import Cell
from es_lod.tabular.cells import escaped, joined
from es_lod.tabular.columns import (
    ID,
    OWNER,
    TYPE,
    Column,
    Table,
    family_of,
    part_table,
    part_tables,
    record_tables,
)
from es_lod.values import DEFAULT_LANGUAGE, Text, decimal_text

Cells = dict[str, Cell]
"""Key of a column → what stands there."""


def rows_of(record: Record) -> Iterator[tuple[Table, Cells]]:
    """The row of a record in normal form, then those of the parts that it has lists of."""
    cells: Cells = {ID: str(record.id), TYPE: type(record).__name__}
    parts: list[tuple[Table, Cells]] = []
    _fill(record, cells, (), "")
    for field, table in _listed(type(record)):
        for part in getattr(record, field.name):
            row: Cells = {OWNER: str(record.id)}
            if part.id:
                row[ID] = part.id
            _fill(part, row, (), f"{part.fragment(field)}-")
            parts.append((table, row))
    yield family_of(type(record)), cells
    yield from parts


@cache
def _listed(cls: type[Record]) -> list[tuple[Field, Table]]:
    """The fields of a class that hold lists of parts, with the tables of these."""
    fields = (field for field in cls.links() if isinstance(field.kind, PartKind) and field.many)
    return [(field, part_table(cls, field)) for field in fields]


def _fill(node: Node, cells: Cells, path: tuple[str, ...], prefix: str) -> None:
    """Put a node's values under their key paths; `prefix` begins the fragments of its parts."""
    for field in type(node).fields():
        value = getattr(node, field.name)
        # What is compared with `()`, or asked whether it is a mapping, is asked in Python.
        if value is None or (type(value) is tuple and not value):
            continue
        at = (*path, field.key)
        if isinstance(field.kind, PartKind):
            if not field.many:
                _fill_part(value, field, cells, at, prefix)
        elif type(value) is Text or isinstance(field.kind, kinds.TextsKind):
            for tag, texts in value.items():
                spoken = "" if tag == DEFAULT_LANGUAGE else f"@{tag}"
                text = texts if isinstance(texts, str) else joined(list(texts))
                cells[".".join(at) + spoken] = text
        else:
            cells[".".join(at)] = _cell(value, field)


def _fill_part(part: Part, field: Field, cells: Cells, at: tuple[str, ...], prefix: str) -> None:
    fragment = part.id or prefix + part.minted(field)
    before = len(cells)
    _fill(part, cells, at, f"{fragment}-")
    if part.id or len(cells) == before:
        # A part that says nothing is there by its id; one that would be minted is no data.
        cells[".".join((*at, ID))] = fragment


def _cell(value: Any, field: Field) -> Cell:
    if field.many:
        return joined([str(item) for item in value])
    if isinstance(field.kind, kinds.CountKind):
        return int(value)
    return decimal_text(value) if isinstance(field.kind, kinds.DecimalKind) else str(value)


# `json.dumps` would make one for each row.
_encoded: Final = json.JSONEncoder(ensure_ascii=False).encode


class Spool:
    """The rows of all tables. Each is kept in a temporary file: memory stays flat."""

    def __init__(
        self, records: Iterable[Record], look: Callable[[Table, Cells], None] = lambda *_: None
    ) -> None:
        """Take the rows of records; each is looked at as it comes."""
        self._files: dict[str, IO[str]] = {}
        self._used: dict[Table, set[str]] = {}
        self._open = ExitStack()
        for record in records:
            for table, cells in rows_of(record):
                look(table, cells)
                self._add(table, cells)

    def _add(self, table: Table, cells: Cells) -> None:
        if table.name not in self._files:
            file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115  # the spool closes it
            self._files[table.name] = self._open.enter_context(file)
        self._used.setdefault(table, set()).update(cells)
        kept = {
            key: escaped(cell) if isinstance(cell, str) else cell for key, cell in cells.items()
        }
        with naming_folder():
            self._files[table.name].write(_encoded(kept) + "\n")

    def tables(self) -> Iterator[tuple[Table, list[Column], Iterator[list[Cell]]]]:
        """Each table that has rows, with the columns that are filled, and its rows."""
        for table, columns in filled(self._used):
            yield table, columns, self._rows(table, columns)

    def _rows(self, table: Table, columns: list[Column]) -> Iterator[list[Cell]]:
        file = self._files[table.name]
        keys = [column.key for column in columns]
        with naming_folder():
            file.seek(0)  # what is not written yet is now
        for line in file:
            cells = json.loads(line)
            yield [cells.get(key, "") for key in keys]

    def close(self) -> None:
        """Remove the temporary files."""
        self._open.close()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def filled(used: Mapping[Table, set[str]]) -> Iterator[tuple[Table, list[Column]]]:
    """The tables that have rows, with the columns of which the keys are used."""
    for table in (*record_tables(), *part_tables()):
        if table in used:
            yield table, list(_filled(table, used[table]))


def _filled(table: Table, used: set[str]) -> Iterator[Column]:
    """The columns that hold something, as declared; other languages behind the first."""
    for column in table.columns:
        if column.key in used:
            yield column
        tags = (key.partition("@")[2] for key in used if key.startswith(f"{column.key}@"))
        yield from (column.spoken(tag) for tag in sorted(tags))
