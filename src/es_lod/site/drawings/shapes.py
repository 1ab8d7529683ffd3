"""The shapes of pictures: what many have in common, with marks where names and links come.

Where a box stands depends on how many lines names take, not on what they say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from es_lod.site.drawings.boxes import WIDE
from es_lod.site.drawings.lettering import broken, is_one_line, plain
from es_lod.site.escaping import escaped
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


@dataclass(frozen=True, eq=False)  # each is itself: patterns are compared all the time
class Look:
    """How a thing looks, whatever it is called: `lines` has its name in both layouts."""

    kind: str
    lang: str
    is_linked: bool
    lines: tuple[int, int]


look = lru_cache(maxsize=1024)(Look)
"""One look for all that look so."""


class Pattern(NamedTuple):
    """What the pictures of items have in common that are called otherwise, and lead elsewhere."""

    label: str
    look: Look
    is_outgoing: bool
    beyond: int | None = 0
    further: tuple["Pattern", ...] = ()


class Side(NamedTuple):
    """The patterns of a side, with how many more things there are."""

    patterns: tuple[Pattern, ...]
    more: int


class Lettered(NamedTuple):
    """A name, its title and its lines in both layouts, as they are written, and how many lines."""

    values: tuple[bytes, ...]
    lines: tuple[int, int]


@lru_cache(maxsize=1024)
def in_centre(name: str) -> Lettered:
    """The name of the record itself."""
    return _lettered(name, CENTRE - 22, NARROW - 22, 4)


@lru_cache(maxsize=4096)
def beside(name: str, depth: int) -> Lettered:
    """The name of a neighbour, or of what is so much further away."""
    room, narrow = ROOMS
    return _lettered(name, room - 20 - depth * STEP, narrow - 20 - depth * STEP, 2)


def _lettered(name: str, room: int, narrow: int, most: int) -> Lettered:
    if is_one_line(name, min(room, narrow), WIDE):  # as most are
        line = escaped(plain(name)).encode()
        return Lettered((escaped(name).encode(), line, line, line), (1, 1))
    first, second = broken(name, room, WIDE, most), broken(name, narrow, WIDE, most)
    words = (name, plain(name), *first, *second)
    return Lettered(tuple([escaped(text).encode() for text in words]), (len(first), len(second)))


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


def shape(pattern: Pattern, numbers: Iterator[int]) -> Shape:
    """A pattern with marks: the numbers of its values, and then of those of what is beyond it.

    The values are those of `Lettered`, and the link, which is empty where there is none.
    """

    def marked(count: int) -> tuple[str, ...]:
        return tuple(mark(str(number)) for number in islice(numbers, count))

    drawn = pattern.look
    name, title = marked(2)
    first, second = map(marked, drawn.lines)
    (href,) = marked(1)
    further = tuple(shape(inner, numbers) for inner in pattern.further)
    item = Item(
        pattern.label,
        drawn.kind,
        name,
        href if drawn.is_linked else None,
        pattern.is_outgoing,
        tuple(inner.item for inner in further),
        pattern.beyond,
        drawn.lang,
    )
    return Shape(item, title, (first, second), further)
