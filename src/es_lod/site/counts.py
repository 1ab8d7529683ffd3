"""What is counted in the records of an edition, in one look at each of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from es_lod.model import Event, Field, Node, Record, kinds, strings
from es_lod.model.fields import PartKind
from es_lod.namespaces import XSD
from es_lod.values import PartialDate

PRECISION: Final = {
    XSD.gYear: "year",
    XSD.gYearMonth: "month",
    XSD.date: "day",
    XSD.dateTime: "time",
}
"""How precise a date is, by its datatype."""
_MEASURED: Final = (
    kinds.ChoiceKind,
    kinds.ConceptKind,
    kinds.CountKind,
    kinds.DateKind,
    kinds.DecimalKind,
    strings.KrsKind,
    strings.NipKind,
    strings.RegonKind,
)
"""The kinds of what a table of the records would have as variables: no texts, no links."""


@dataclass
class Counts:
    """Numbers of records, which add up over parts of a dataset."""

    classes: Counter[type[Record]] = field(default_factory=Counter)
    stated: Counter[tuple[type[Record], str]] = field(default_factory=Counter)
    """(class, name of a field) → records that state it."""
    dates: Counter[str] = field(default_factory=Counter)
    """Precision → dates of records and of their parts."""
    years: Counter[int] = field(default_factory=Counter)
    """Year → events that begin in it."""
    is_linked: bool = False
    """Whether any record says what it is called elsewhere."""
    nodes: set[str] = field(default_factory=set)
    """The names of the classes of records and of their parts."""
    measured: dict[str, tuple[type[Record], str]] = field(default_factory=dict)
    """Property → the class and the field by which a record first states it."""

    def add(self, record: Record) -> None:
        """Count a record."""
        cls = type(record)
        self.classes[cls] += 1
        for name, property_ in _fields(cls):
            value = getattr(record, name)
            # Zero is a statement, too.
            if value is not None and (bool(value) or value == 0):
                self.stated[cls, name] += 1
                if property_ is not None and property_ not in self.measured:
                    self.measured[property_] = (cls, name)
        for node in _nodes(record):
            self.nodes.add(type(node).__name__)
            for name in of_dates(type(node)):
                if (date := getattr(node, name)) is not None:
                    self.dates[PRECISION[PartialDate(date).datatype]] += 1
        self.is_linked = self.is_linked or bool(record.same_as)
        if isinstance(record, Event):
            self.years[int(str(record.start_date)[:4])] += 1

    def __iadd__(self, other: "Counts") -> "Counts":
        """Add those of the records that come next."""
        self.classes += other.classes
        self.stated += other.stated
        self.dates += other.dates
        self.years += other.years
        self.is_linked = self.is_linked or other.is_linked
        self.nodes |= other.nodes
        self.measured = {**other.measured, **self.measured}
        return self


@cache
def _fields(cls: type[Record]) -> tuple[tuple[str, str | None], ...]:
    """The names of all fields, and the properties of those that measure."""
    return tuple(
        (f.name, str(f.property) if isinstance(f.kind, _MEASURED) else None) for f in cls.fields()
    )


def _nodes(node: Node) -> Iterator[Node]:
    """A record and its parts, at any depth."""
    yield node
    for found in _parts(type(node)):
        value: Any = getattr(node, found.name)
        for part in value if found.many else () if value is None else (value,):
            yield from _nodes(part)


@cache
def _parts(cls: type[Node]) -> tuple[Field, ...]:
    """The fields of a class that hold parts."""
    return tuple(field for field in cls.fields() if isinstance(field.kind, PartKind))


@cache
def of_dates(cls: type[Node]) -> tuple[str, ...]:
    """The names of the fields of a class that hold dates."""
    return tuple(f.name for f in cls.fields() if isinstance(f.kind, kinds.DateKind))
