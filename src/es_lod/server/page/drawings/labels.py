"""Labels over bars, which have no size of their own: as much of a text as the screen has room for.

Each is drawn cut for narrow screens and for wide ones; the style sheet shows the one that fits.
"""

from functools import lru_cache
from typing import Final

from markupsafe import Markup

from es_lod.site.drawings.lettering import BOLD, broken
from es_lod.site.pages.html import Form

LETTERS: Final = 13
_NARROW: Final = 240
_WIDE: Final = 540
_TEXT: Final = Form('<text class="{}" x="6" y="{}" font-size="{}">{}</text>')


def label(text: str, y: int, *, is_bold: bool = False) -> Markup:
    """A line of text at a height."""
    narrow, wide = _cut(text, _NARROW, is_bold), _cut(text, _WIDE, is_bold)
    bold = " bold" if is_bold else ""
    if narrow == wide:
        return _TEXT(f"line{bold}", y, LETTERS, wide)
    return _TEXT(f"line short{bold}", y, LETTERS, narrow) + _TEXT(
        f"line long{bold}", y, LETTERS, wide
    )


@lru_cache(maxsize=1024)
def _cut(text: str, room: int, is_bold: bool) -> str:
    size = LETTERS * BOLD if is_bold else LETTERS
    return broken(text, room, size, 1)[0]
