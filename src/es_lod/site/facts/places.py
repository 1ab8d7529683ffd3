"""Where things are: the towns that addresses and events name."""

from collections.abc import Mapping
from typing import NamedTuple

from es_lod.site.cards import places
from es_lod.site.collation import polish_order
from es_lod.site.edition import Edition, once


class Town(NamedTuple):
    """A town as its records spell it, most often in one way, and how many are there."""

    name: str
    records: int


@once
def towns(edition: Edition) -> Mapping[str, Town]:
    """Slug → town, in the Polish order of their names."""
    spellings: dict[str, dict[str, int]] = {}
    for slug, name, count in places(edition.register):
        spellings.setdefault(slug, {})[name] = count
    found = [
        (slug, Town(", ".join(sorted(names, key=polish_order)), sum(names.values())))
        for slug, names in spellings.items()
    ]
    return dict(sorted(found, key=lambda item: (polish_order(item[1].name), item[0])))
