"""Boxes with what a thing is and what it is called, which lead to its page."""

from functools import lru_cache
from typing import Final, NamedTuple

from es_lod.site.drawings.lettering import BOLD, broken
from es_lod.site.drawings.marks import text
from es_lod.site.escaping import escaped
from es_lod.site.facts.relations import Item

SMALL: Final = 13.0
LETTERS: Final = 14.0
"""The sizes of letters: no narrower screen than 320 pixels makes them smaller than 12."""
WIDE: Final = LETTERS * BOLD
"""The size that names take: they are bold."""
LABEL: Final = 16
"""The height of a line of a label."""
_LINE: Final = 18


class Box(NamedTuple):
    """An item at its place: the lines of its name and of its label, which stand above; a title."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    label: tuple[str, ...]
    item: Item
    title: str

    @property
    def height(self) -> int:
        """Its height."""
        return 28 + _LINE * len(self.lines)

    @property
    def middle(self) -> float:
        """The height at which lines reach it."""
        return self.y + self.height / 2


def node(box: Box, *, is_centre: bool = False) -> str:
    """A box with what it is and what it is called, below the label of its relation."""
    item, x, y = box.item, box.x, box.y
    body = f"<title>{escaped(f'{box.title} ({item.kind})')}</title>"
    style = "centre" if is_centre else "linked" if item.href else "unlinked"
    body += _frame(x, y, box.width, box.height, style)
    body += text(x + 10, y + 18, broken(item.kind, box.width - 20, SMALL, 1)[0], SMALL, "kind")
    names = "".join(
        text(x + 10, y + 36 + i * _LINE, words, LETTERS, "name")
        for i, words in enumerate(box.lines)
    )
    body += f'<g lang="{escaped(item.lang)}">{names}</g>' if item.lang else names
    drawn = f'<a href="{escaped(item.href)}">{body}</a>' if item.href else f"<g>{body}</g>"
    for i, words in enumerate(reversed(box.label)):
        drawn = text(x + 4, y - 5 - i * LABEL, words, SMALL, "label") + drawn
    return drawn


_FRAMES: Final = {
    "centre": ("box centre", "#d6e6f2", ""),
    "linked": ("box", "#fff", ""),
    "unlinked": ("box", "#fff", ' stroke-dasharray="4 3"'),
}


@lru_cache(maxsize=4096)
def _frame(x: float, y: float, width: float, height: float, style: str) -> str:
    class_, fill, dashes = _FRAMES[style]
    return (
        f'<rect class="{class_}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        f' rx="3" fill="{fill}" stroke="#1b4f72"{dashes}/>'
    )
