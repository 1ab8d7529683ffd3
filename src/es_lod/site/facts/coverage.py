"""How complete the data is: what records state, how precisely, and where they lead."""

from typing import Final, NamedTuple

from es_lod.model import Field, Record, record_classes
from es_lod.site.counts import PRECISION
from es_lod.site.edition import Edition
from es_lod.site.links import leading

_IDENTIFIERS: Final = ("krs", "nip", "regon")


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
    """The completeness of an edition."""
    counts, stated, dates = edition.counts.classes, edition.counts.stated, edition.counts.dates
    led = leading(edition.register)
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
        *led,
        _of_key(classes, "source"),
    )


def _of_key(classes: tuple[ClassCoverage, ...], key: str) -> Share:
    """The share of a key among all records whose class has it."""
    found = [share for item in classes for field, share in item.fields if field.key == key]
    return Share(sum(share.part for share in found), sum(share.whole for share in found))
