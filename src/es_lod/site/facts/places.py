"""Where things are: the towns that addresses and events name."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from es_lod.iris import slug
from es_lod.model import Address, Place, Record
from es_lod.site.collation import polish_order
from es_lod.site.edition import Edition, once


def town(record: Record) -> str | None:
    """The town of a record, by its address or the place where it happens."""
    address = getattr(record, "address", None)
    place = getattr(record, "location", None)
    if address is None and isinstance(place, Place):
        address = place.address
    if isinstance(address, Address) and address.address_locality:
        return address.address_locality
    return str(place.name) if isinstance(place, Place) and place.name else None


class Town(NamedTuple):
    """A town as its records spell it, most often in one way, and what is there."""

    name: str
    records: list[Record]


@lru_cache(maxsize=65536)
def slug_of(town: str) -> str:
    """What a town is called in addresses, whatever other towns there are.

    Spellings without diacritics and in capitals share a page with the usual ones.
    """
    return slug(town) or f"x-{hashlib.sha256(town.encode()).hexdigest()[:16]}"


@once
def towns(edition: Edition) -> Mapping[str, Town]:
    """Slug → town with all that is there, in the Polish order of their names."""
    spellings: dict[str, set[str]] = {}
    records: dict[str, list[Record]] = {}
    for record in edition.records():
        if name := town(record):
            spellings.setdefault(slug_of(name), set()).add(name)
            records.setdefault(slug_of(name), []).append(record)
    found = [
        (slug_, Town(", ".join(sorted(names, key=polish_order)), records[slug_]))
        for slug_, names in spellings.items()
    ]
    return dict(sorted(found, key=lambda item: (polish_order(item[1].name), item[0])))
