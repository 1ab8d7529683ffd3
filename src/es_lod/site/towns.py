"""The town of a record, and what it is called in addresses."""

import hashlib
from functools import lru_cache

from es_lod.iris import slug
from es_lod.model import Address, Place, Record


def town(record: Record) -> str | None:
    """The town of a record, by its address or the place where it happens."""
    # Asked for an attribute that is none, pydantic takes 5 µs to say so.
    held = vars(record)
    address, place = held.get("address"), held.get("location")
    if address is None and isinstance(place, Place):
        address = place.address
    if isinstance(address, Address) and address.address_locality:
        return address.address_locality
    return str(place.name) if isinstance(place, Place) and place.name else None


@lru_cache(maxsize=65536)
def slug_of(town: str) -> str:
    """What a town is called in addresses, whatever other towns there are.

    Spellings without diacritics and in capitals share a page with the usual ones.
    """
    return slug(town) or f"x-{hashlib.sha256(town.encode()).hexdigest()[:16]}"
