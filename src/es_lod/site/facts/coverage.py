"""How complete the data is: what records state, how precisely, and where they lead."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from es_lod.iris import is_absolute
from es_lod.model import Field, Node, Record, kinds, record_classes
from es_lod.model.fields import PartKind
from es_lod.namespaces import XSD
from es_lod.site.edition import Edition
from es_lod.values import PartialDate

_IDENTIFIERS: Final = ("krs", "nip", "regon")
PRECISION: Final = {
    XSD.gYear: "year",
    XSD.gYearMonth: "month",
    XSD.date: "day",
    XSD.dateTime: "time",
}
"""How precise a date is, by its datatype."""


class Share(NamedTuple):
    """How many of how many."""

    part: int
    whole: int


class ClassCoverage(NamedTuple):
    """A class, how many records it has, and how many of them state each field."""

    cls: type[Record]
    records: int
    fields: tuple[tuple[Field, Share], ...]


class Coverage(NamedTuple):
    """What is known of an edition's completeness.

    `identifiers` are told of the records that can have them, by key; `dates` are the dates of
    each precision, of records and their parts; references lead to records, outside the base, or
    to an id of the base that nothing is said of.
    """

    classes: tuple[ClassCoverage, ...]
    identifiers: dict[str, Share]
    dates: dict[str, Share]
    inside: int
    outside: int
    missing: int
    sourced: Share


def coverage(edition: Edition) -> Coverage:
    """The completeness of an edition, in one pass over its records."""
    counts: Counter[type[Record]] = Counter()
    stated: Counter[tuple[type[Record], str]] = Counter()
    dates: Counter[str] = Counter()
    led: Counter[str] = Counter()
    for record in edition.dataset:
        cls = type(record)
        counts[cls] += 1
        stated.update((cls, f.name) for f in cls.fields() if _says(getattr(record, f.name)))
        dates.update(PRECISION[date.datatype] for date in _dates(record))
        led.update(_leads(edition, link.target) for link in edition.outgoing(record))
    order = [cls for cls in record_classes().values() if counts[cls]]
    classes = tuple(
        ClassCoverage(
            cls,
            counts[cls],
            tuple((f, Share(stated[cls, f.name], counts[cls])) for f in cls.fields()),
        )
        for cls in order
    )
    shares = {precision: Share(dates[precision], dates.total()) for precision in PRECISION.values()}
    return Coverage(
        classes,
        {key: _of_key(classes, key) for key in _IDENTIFIERS},
        shares,
        led["inside"],
        led["outside"],
        led["missing"],
        _of_key(classes, "source"),
    )


def _of_key(classes: tuple[ClassCoverage, ...], key: str) -> Share:
    """The share of a key among all records whose class has it."""
    found = [share for item in classes for field, share in item.fields if field.key == key]
    return Share(sum(share.part for share in found), sum(share.whole for share in found))


def _says(value: Any) -> bool:
    """Whether a field is stated: zero is a statement, too."""
    return value is not None and (bool(value) or value == 0)


def _leads(edition: Edition, target: str) -> str:
    if edition.dataset.find(target) is not None:
        return "inside"
    return "outside" if is_absolute(target) else "missing"


def _dates(node: Node) -> Iterator[PartialDate]:
    dates, parts = _dated(type(node))
    for field in dates:
        if (value := getattr(node, field.name)) is not None:
            yield PartialDate(value)
    for field in parts:
        value = getattr(node, field.name)
        for part in value if field.many else () if value is None else (value,):
            yield from _dates(part)


@cache
def _dated(cls: type[Node]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields of a class that hold dates, and those that hold parts."""
    fields = cls.fields()
    dates = tuple(field for field in fields if isinstance(field.kind, kinds.DateKind))
    return dates, tuple(field for field in fields if isinstance(field.kind, PartKind))
