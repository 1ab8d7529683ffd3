"""The tables that hold records, and their columns, derived from the classes.

A family of record classes has one table, with a column `type`; a list of parts has a table of its
own, whose rows name their `owner`. A part that a record has once is columns with dots:
`address.postalCode`. So nothing is lost on the way to tables and back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from es_lod.labels import class_label, field_label
from es_lod.model import Node, Part, Record, kinds, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.model.record import NamedRecord

ID: Final = "id"
TYPE: Final = "type"
OWNER: Final = "owner"
SETTINGS: Final = "settings"
"""The table of `BASE` and `LANGUAGE`, in the columns `KEY` and `VALUE`."""
KEY: Final = "key"
VALUE: Final = "value"
BASE: Final = "base"
LANGUAGE: Final = "language"
INSTRUCTIONS: Final = "instructions"
LISTS: Final = "lists"
"""The sheets of a template that hold no data."""
PROBLEM: Final = "problem"
"""The column of rows that were left out and come again: what was wrong. It is passed over."""

WORDS: Final = {
    ID: {"pl": "id", "en": "id"},
    TYPE: {"pl": "typ", "en": "type"},
    OWNER: {"pl": "właściciel", "en": "owner"},
    SETTINGS: {"pl": "ustawienia", "en": "settings"},
    INSTRUCTIONS: {"pl": "instrukcja", "en": "instructions"},
    LISTS: {"pl": "listy", "en": "lists"},
    PROBLEM: {"pl": "problem", "en": "problem"},
    KEY: {"pl": "klucz", "en": "key"},
    VALUE: {"pl": "wartość", "en": "value"},
    BASE: {"pl": "podstawa", "en": "base"},
    LANGUAGE: {"pl": "język", "en": "language"},
}
"""What is called by the same word in every table."""


@dataclass(frozen=True)
class Column:
    """A column: the keys that lead to its values, each but the last that of a part.

    `fields` are the fields of these keys with the classes that declare them; `id`, `type` and
    `owner` have none. `language` is that of the texts, where it is not the table's own.
    """

    path: tuple[str, ...]
    fields: tuple[tuple[type[Node], Field], ...] = ()
    language: str | None = None

    # Asked for each cell: looked up anew they took a tenth of the time of a table.
    @cached_property
    def field(self) -> Field | None:
        """The field whose values the column holds."""
        return self.fields[-1][1] if len(self.fields) == len(self.path) else None

    @property
    def key(self) -> str:
        """The column's name: `address.postalCode`, `name@en`."""
        return ".".join(self.path) + (f"@{self.language}" if self.language else "")

    @cached_property
    def many(self) -> bool:
        """Whether a cell may hold several values, between semicolons."""
        field = self.field
        return field is not None and (field.many or isinstance(field.kind, kinds.TextsKind))

    @property
    def required(self) -> bool:
        """Whether a row without a value is wrong; columns of a part only where the part is."""
        if not self.fields:
            return self.path[-1] in (TYPE, OWNER)
        return len(self.path) == 1 and self.fields[0][1].required and self.language is None

    @cached_property
    def is_text(self) -> bool:
        """Whether its values are in a language."""
        field = self.field
        spoken = kinds.TextKind | kinds.TextsKind | kinds.ValueKind
        return field is not None and isinstance(field.kind, spoken)

    def label(self, language: str) -> str:
        """What people call it: `adres: kod pocztowy`, `nazwa (en)`."""
        words = [field_label(owner, field, language) for owner, field in self.fields]
        if len(words) < len(self.path):
            word = self.path[-1]
            words.append(WORDS.get(word, {}).get(language, word))
        return ": ".join(words) + (f" ({self.language})" if self.language else "")

    def spoken(self, language: str) -> "Column":
        """The column of the same texts in another language."""
        return replace(self, language=language)


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: to hash one by its content is dear
class Table:
    """A table of the records of `classes`, or of the parts that `field` of their owners lists."""

    name: str
    classes: tuple[type[Record], ...]
    field: Field | None
    columns: tuple[Column, ...]

    def label(self, language: str) -> str:
        """What people call it: `organizacja`, `punkty programu`."""
        if self.field is None:
            return class_label(self.classes[0], language)
        return field_label(self.classes[0], self.field, language)


@cache
def record_tables() -> tuple[Table, ...]:
    """A table for each family: the classes that have one root."""
    classes = tuple(record_classes().values())
    roots = [cls for cls in classes if not set(cls.__mro__[1:]) & set(classes)]
    families = [tuple(cls for cls in classes if issubclass(cls, root)) for root in roots]
    return tuple(
        Table(family[0].__name__, family, None, (Column((ID,)), Column((TYPE,)), *_own(family)))
        for family in families
    )


@cache
def part_tables() -> tuple[Table, ...]:
    """A table for each list of parts, by its key, whatever the class of their owner."""
    owners: dict[tuple[str, type[Part]], list[tuple[type[Record], Field]]] = {}
    for cls in record_classes().values():
        for field in cls.links():
            if isinstance(field.kind, PartKind) and field.many:
                owners.setdefault((field.key, field.kind.part), []).append((cls, field))
    keys = [key for key, _ in owners]
    return tuple(
        Table(
            key if keys.count(key) == 1 else f"{found[0][0].__name__}.{key}",
            tuple(cls for cls, _ in found),
            found[0][1],
            (Column((OWNER,)), Column((ID,)), *_columns((part,))),
        )
        for (key, part), found in owners.items()
    )


@cache
def family_of(cls: type[Record]) -> Table:
    """The table of a class of records."""
    return next(table for table in record_tables() if cls in table.classes)


def part_table(cls: type[Record], field: Field) -> Table:
    """The table of a list of parts."""
    return next(
        table
        for table in part_tables()
        if cls in table.classes and table.field is not None and table.field.key == field.key
    )


def _own(classes: tuple[type[Record], ...]) -> Iterator[Column]:
    """The columns of a family: those of all classes alike last, as on their pages."""
    common = {field.key for field in Record.fields()} | {
        field.key for field in NamedRecord.fields()
    }
    columns = list(_columns(classes))
    title = classes[0].title
    first = [c for c in columns if c.fields[0][1].name == title]
    own = [c for c in columns if c.path[0] not in common]
    yield from dict.fromkeys((*first, *own, *columns))


def _columns(
    classes: tuple[type[Node], ...],
    path: tuple[str, ...] = (),
    fields: tuple[tuple[type[Node], Field], ...] = (),
) -> Iterator[Column]:
    """A column for each field of the classes; a single part gives its own id and its fields."""
    seen: set[str] = set()
    for cls in classes:
        for field in cls.fields():
            if field.key in seen:
                continue
            seen.add(field.key)
            at, chain = (*path, field.key), (*fields, (cls, field))
            if not isinstance(field.kind, PartKind):
                yield Column(at, chain)
            elif not field.many:
                yield Column((*at, ID), chain)
                yield from _columns((field.kind.part,), at, chain)
            elif path:
                # No class has such a list today; a table cannot hold it.
                raise TypeError(f"{'.'.join(at)}: a list of parts within a part")


def listed_columns(table: Table) -> Iterator[Column]:
    """The dotted columns of lists of parts: a row may hold one part of a list itself."""
    seen: set[str] = set()
    for cls in table.classes if table.field is None else ():
        for field in cls.links():
            if isinstance(field.kind, PartKind) and field.many and field.key not in seen:
                seen.add(field.key)
                chain = ((cls, field),)
                yield Column((field.key, ID), chain)
                yield from _columns((field.kind.part,), (field.key,), chain)


def claimed(table: Table) -> frozenset[str]:
    """The keys that other records may state for those of a table: `operates` says an `operator`."""
    classes = record_classes()
    inverse = {pair for cls in classes.values() for pair in cls.inverse.values()}
    return frozenset(
        field.key
        for cls in (table.classes if table.field is None else ())
        for field in cls.fields()
        for target, attribute in inverse
        if field.name == attribute and issubclass(cls, classes[target])
    )


def inverse_columns(table: Table) -> Iterator[Column]:
    """The columns of keys that set a field of other records: `operates`."""
    inverse = {key for cls in table.classes if table.field is None for key in cls.inverse}
    yield from (Column((key,)) for key in sorted(inverse))
