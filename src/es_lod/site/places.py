"""Where things are: the towns that addresses and events name."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from es_lod.iris import slug
from es_lod.model import Address, Place, Record
from es_lod.site.collation import polish_order
from es_lod.site.edition import Edition

PER_PAGE: Final = 500
"""How many entries a page of a list has."""


def town(record: Record) -> str | None:
    """The town of a record, by its address or the place where it happens."""
    address = getattr(record, "address", None)
    place = getattr(record, "location", None)
    if address is None and isinstance(place, Place):
        address = place.address
    if isinstance(address, Address) and address.address_locality:
        return address.address_locality
    return str(place.name) if isinstance(place, Place) and place.name else None


@lru_cache(maxsize=2)
def towns(edition: Edition) -> Mapping[str, list[Record]]:
    """Town → what is there, in the Polish order of the towns."""
    found: dict[str, list[Record]] = {}
    for record in edition.records():
        if name := town(record):
            found.setdefault(name, []).append(record)
    return {name: found[name] for name in sorted(found, key=polish_order)}


@lru_cache(maxsize=2)
def slugs(edition: Edition) -> Mapping[str, str]:
    """Town → the name of its page in addresses; `Łódź` and `Lodz` do not share one."""
    taken: set[str] = set()
    found = {}
    for name, records in towns(edition).items():
        pages = -(-len(records) // PER_PAGE)
        plain = slug(name) or "x"
        n, chosen = 1, plain
        # The further pages of a list have a number after its name, too.
        while taken & (names := {chosen, *(f"{chosen}-{i}" for i in range(2, pages + 1))}):
            n += 1
            chosen = f"{plain}-{n}"
        taken |= names
        found[name] = chosen
    return found
