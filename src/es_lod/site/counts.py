"""What is counted in the records of an edition, in one look at each of them."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, cast

from es_lod.model import Event, Node, Record, kinds, strings
from es_lod.model.outline import KEPT, Outline, Told, Values, parts_of
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

    def add(self, told: Told) -> None:
        """Count a record, by outline and values as it holds them."""
        outline, values = told
        self.classes[cast("type[Record]", outline.cls)] += 1
        # What is empty has no place in an outline. Zero is a statement, too.
        self.stated.update(_stated(outline))
        for property_, where in _measured(outline):
            self.measured.setdefault(property_, where)
        for node in (told, *(part[1:] for part in parts_of(outline, values))):
            self._add_node(*node)
        self.is_linked = self.is_linked or "same_as" in outline.at
        if issubclass(outline.cls, Event):
            self.years[int(str(told.get("start_date"))[:4])] += 1

    def _add_node(self, outline: Outline, values: Values) -> None:
        self.nodes.add(outline.cls.__name__)
        for n in _dates(outline):
            self.dates[_precision(values[n])] += 1

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


@lru_cache(maxsize=KEPT)
def _stated(outline: Outline) -> list[tuple[type[Record], str]]:
    """The class with the names of the fields that are stated."""
    return [(cast("type[Record]", outline.cls), field.name) for _, field in outline.declared]


@lru_cache(maxsize=KEPT)
def _measured(outline: Outline) -> list[tuple[str, tuple[type[Record], str]]]:
    """The properties of those of them that measure, each with class and name."""
    fields = (field for _, field in outline.declared)
    pairs = zip(fields, _stated(outline), strict=True)
    return [(str(f.property), where) for f, where in pairs if isinstance(f.kind, _MEASURED)]


@lru_cache(maxsize=KEPT)
def _dates(outline: Outline) -> list[int]:
    """The positions of dates."""
    return [n for n, field in outline.declared if isinstance(field.kind, kinds.DateKind)]


@lru_cache(maxsize=65536)
def _precision(date: str) -> str:
    return PRECISION[PartialDate(date).datatype]


@cache
def of_dates(cls: type[Node]) -> tuple[str, ...]:
    """The names of the fields of a class that hold dates."""
    return tuple(f.name for f in cls.fields() if isinstance(f.kind, kinds.DateKind))
