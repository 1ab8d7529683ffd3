"""What a template of tables shows: which tables and columns, in the order that people need them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from es_lod.labels import choice_label, class_label, concept_label
from es_lod.model import kinds
from es_lod.model.concepts import schemes
from es_lod.model.record import NamedRecord, Record
from es_lod.model.registry import find
from es_lod.namespaces import DEFAULT_BASE
from es_lod.tabular.columns import (
    ID,
    OWNER,
    TYPE,
    Column,
    Table,
    listed_columns,
    part_tables,
    record_tables,
)
from es_lod.tabular.settings import Settings
from es_lod.templates.examples import usual
from es_lod.templates.shown import FIRST
from es_lod.values import DEFAULT_LANGUAGE

SETTINGS_OF_TEMPLATES: Final = Settings(DEFAULT_BASE)
_OWNERS: Final = ("spoldzielnia-przyklad", "wizyta-przyklad")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a template shows it: the columns that everybody needs, and further ones."""

    table: Table
    first: tuple[Column, ...]
    further: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns that are shown."""
        return self.first + self.further

    @property
    def of_parts(self) -> bool:
        """Whether its rows are parts of records of other sheets."""
        return self.table.field is not None

    def title(self, language: str) -> str:
        """What the sheet is called: its label, where that can be the name of a sheet."""
        label = self.table.label(language)
        labels = [table.label(language) for table in (*record_tables(), *part_tables())]
        is_fit = labels.count(label) == 1 and sheet_name(label) == label
        return label if is_fit else self.table.name


@cache
def sheets() -> tuple[Sheet, ...]:
    """The tables of a template, records first; those of extensions after ours."""
    order = list(FIRST)
    records, parts = (
        sorted(found, key=lambda t: order.index(t.name) if t.name in order else len(order))
        for found in (record_tables(), part_tables())
    )
    return tuple(_sheet(table) for table in (*records, *parts))


def _sheet(table: Table) -> Sheet:
    known = {c.key: c for c in (*table.columns, *listed_columns(table))}
    keys = list(FIRST.get(table.name, ()))
    if table.field is not None:
        keys = [OWNER, *keys, *(c.key for c in table.columns if c.path != (ID,))]
    elif not keys:  # of an extension
        keys = [ID, *(c.key for c in table.columns if required(c, table))]
    first = tuple(known[key] for key in dict.fromkeys(keys))
    further = [c for c in _with_english(table) if c not in first and _is_shown(c, table)]
    return Sheet(table, first, tuple(further))


def required(column: Column, table: Table) -> bool:
    """Whether a row without a value is wrong. Where there is one class, its type goes unsaid."""
    return column.required and not (column.path == (TYPE,) and len(table.classes) == 1)


def _is_shown(column: Column, table: Table) -> bool:
    """Ids of single parts are for tables that programs write."""
    if column.path == (TYPE,) and len(table.classes) == 1:
        return False
    return column.path[-1] != ID or len(column.path) == 1


def _with_english(table: Table) -> Iterator[Column]:
    """The columns of a table; a text that names or describes a record also in English."""
    for column in table.columns:
        yield column
        field = column.field
        own = field is not None and (
            field.name == table.classes[0].title or field in Record.fields() + NamedRecord.fields()
        )
        if column.is_text and own and not column.many and not table.field:
            yield column.spoken("en" if DEFAULT_LANGUAGE == "pl" else "pl")


def kinds_of(column: Column, table: Table) -> tuple[kinds.Kind, ...]:
    """The kinds of a column's values: a class of the family may narrow a field in its own way."""
    field = column.field
    if field is None:
        return ()
    found = [field.kind]
    if len(column.path) == 1 and table.field is None:
        same = (cls.by_key().get(field.key) for cls in table.classes)
        found += [other.kind for other in same if other is not None]
    return tuple(dict.fromkeys(found))


def sample(column: Column, table: Table, language: str) -> str:
    """What the example row of a table says in a column, as people write it; often nothing."""
    if column.path == (OWNER,):
        return _OWNERS[table.classes == (find("Event"),)]
    said = FIRST.get(table.name, {}).get(column.key, "-")
    if said == "-":
        return ""
    if column.path == (TYPE,):
        cls = find(said)
        return class_label(cls, language) if cls else ""
    usually = spoken_example(column.field.kind, language) if column.field else ""
    items = (said or usually).split("; ")
    return "; ".join(_spoken(item, column, table, language) for item in items)


def _spoken(said: str, column: Column, table: Table, language: str) -> str:
    """The label of a concept; other values as they are."""
    for kind in kinds_of(column, table):
        if isinstance(kind, kinds.ConceptKind) and said in schemes().get(kind.scheme, ()):
            return concept_label(kind.scheme, said, language)
    return said


def spoken_example(kind: kinds.Kind, language: str) -> str:
    """A value as people write it for a field of a kind; nothing where any text will do."""
    value = usual(kind)
    return choice_label(kind, value, language) if isinstance(kind, kinds.ChoiceKind) else value


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: Excel allows 31 characters, and not all."""
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31].strip("' ")
