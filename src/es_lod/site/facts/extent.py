"""How far a dataset reaches: in time, and to the data of others."""

from es_lod.site import cards
from es_lod.site.edition import Edition
from es_lod.values import PartialDate


def period(edition: Edition) -> tuple[PartialDate, PartialDate] | None:
    """From the first to the last day that a record speaks of, as precise as they are stated."""
    found = cards.period(edition.register)
    return (PartialDate(found[0]), PartialDate(found[1])) if found else None


def is_linked(edition: Edition) -> bool:
    """Whether any record says what it is called elsewhere."""
    return edition.counts.is_linked
