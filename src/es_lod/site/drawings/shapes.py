"""The shapes of pictures: what many have in common, with marks where names and links come.

Where a box stands depends on how many lines names take, not on what they say.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import escape

from es_lod.site.drawings.boxes import WIDE
from es_lod.site.drawings.lettering import broken, plain
from es_lod.site.drawings.marks import escaped
from es_lod.site.facts.relations import Item
from es_lod.site.prepared import mark

STEP: Final = 18
"""How far what is beyond a neighbour stands to the right of it."""
NARROW: Final = 296
"""The width of a picture on a narrow screen."""
COLUMN, CENTRE = 300, 250
"""The widths of boxes of neighbours and of the record, where the picture is wide."""
ROOMS: Final = (COLUMN, NARROW - STEP)
"""The widths of neighbours in the two layouts, wide and narrow."""


class Shape(NamedTuple):
    """An item with marks for its names and links, and for the lines of its name in both layouts."""

    item: Item
    title: str
    lines: tuple[tuple[str, ...], tuple[str, ...]]
    further: tuple["Shape", ...] = ()


class Column(NamedTuple):
    """The shapes of a side, with how many more there are."""

    shapes: tuple[Shape, ...]
    more: int


def centre(item: Item, values: list[str]) -> Shape:
    """The shape of the record itself; `values` takes what comes where its marks are."""
    return _marked(item, values, CENTRE - 22, NARROW - 22, 4)


def shape(item: Item, values: list[str], depth: int = 0) -> Shape:
    """The shape of a neighbour and of what is beyond it."""
    wide, narrow = (room - 20 - depth * STEP for room in ROOMS)
    own = _marked(item, values, wide, narrow, 2)
    if not item.further:
        return own
    further = tuple(shape(inner, values, depth + 1) for inner in item.further)
    inside = own.item._replace(further=tuple(inner.item for inner in further))
    return own._replace(item=inside, further=further)


def _marked(item: Item, values: list[str], wide: int, narrow: int, most: int) -> Shape:
    written, first, second = _lettered(item.name, wide, narrow, most)
    marks = _marks(len(values), len(written) + 1)
    href = marks[-1] if item.href else None
    values += written
    values.append(escaped(item.href) if item.href else "")
    without = Item(
        *(item.label, item.kind, marks[0], href, item.is_outgoing, (), item.beyond, item.lang)
    )
    return Shape(without, marks[1], (marks[2 : 2 + first], marks[2 + first : 2 + first + second]))


@lru_cache(maxsize=4096)
def _lettered(name: str, wide: int, narrow: int, most: int) -> tuple[tuple[str, ...], int, int]:
    """A name, its title and its lines, escaped; how many lines there are in each layout."""
    first, second = broken(name, wide, WIDE, most), broken(name, narrow, WIDE, most)
    words = (plain(name), *first, *second)
    return (str(escape(name)), *map(str, map(escape, words))), len(first), len(second)


@lru_cache(maxsize=4096)
def _marks(start: int, count: int) -> tuple[str, ...]:
    return tuple(mark(str(number)) for number in range(start, start + count))
