"""The town of a record, and what it is called in addresses."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from es_lod.iris import slug
from es_lod.model import Address, Node, Place, Record
from es_lod.model.outline import Told
from es_lod.values import Text

_Get: TypeAlias = Callable[[str], Any]
"""The value of a field by its name, where there is one."""


def town(record: Record) -> str | None:
    """The town of a record, by its address or the place where it happens."""
    # Asked for an attribute that is none, pydantic takes 5 µs to say so.
    return _town(vars(record).get, lambda part, cls: isinstance(part, cls) and vars(part).get)


def town_of(told: Told) -> str | None:
    """As `town`, of a record by outline and values."""
    return _town(told.get, _within)


def _town(get: _Get, within: Callable[[Any, type[Node]], _Get | Literal[False]]) -> str | None:
    address, place = get("address"), within(get("location"), Place)
    if address is None and place:
        address = place("address")
    known = within(address, Address)
    locality = known and known("address_locality")
    if locality:
        return str(locality)
    name = place and place("name")
    return str(Text(dict(name))) if name else None


def _within(parts: Any, cls: type[Node]) -> _Get | Literal[False]:
    if not (isinstance(parts, list) and issubclass(parts[0].outline.cls, cls)):
        return False
    return Told(parts[0].outline, parts[0].values).get


@lru_cache(maxsize=65536)
def slug_of(town: str) -> str:
    """What a town is called in addresses, whatever other towns there are.

    Spellings without diacritics and in capitals share a page with the usual ones.
    """
    return slug(town) or f"x-{hashlib.sha256(town.encode()).hexdigest()[:16]}"
