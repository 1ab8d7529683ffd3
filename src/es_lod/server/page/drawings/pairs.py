"""Two numbers for each label, as bars one below the other: the first full, the second hollow."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from es_lod.site.drawings.lettering import broken
from es_lod.site.pages.html import Form

_LETTERS: Final = 13
_NARROW: Final = 280
"""The width that there is on the narrowest screen."""
_ROW: Final = 62
_LONGEST: Final = 80
"""What part of the width the longest bar takes, in percent: its number stands behind it."""

_PLOT: Final = Form(
    '<svg class="plot" width="100%" height="{}" role="img" aria-label="{}">{}</svg>\n'
)
_AXIS: Final = Form('<rect class="base" width="1" height="{}" fill="#566573"/>')
_LABEL: Final = Form('<text x="6" y="{}" font-size="{}">{}</text>')
_FULL: Final = Form('<rect class="bar" x="0" y="{}" width="{}" height="14" fill="#1b4f72"/>')
_HOLLOW: Final = Form(
    '<rect class="hollow" x="0" y="{}" width="{}" height="14" fill="#fff" stroke="#7b341e"/>'
)
_SAID: Final = Form('<text x="{}" dx="6" y="{}" font-size="{}">{}</text>')


class Pair(NamedTuple):
    """A label, two shares of the largest number from 0 to 1, and the numbers as they are written.

    A number that there is not is None.
    """

    label: str
    sizes: tuple[float | None, float | None]
    said: tuple[str, str]


def rows(pairs: Sequence[Pair], label: str) -> Markup:
    """Pairs of bars one below another, each under its label."""
    height = len(pairs) * _ROW
    drawn = Markup().join(_row(pair, i * _ROW) for i, pair in enumerate(pairs))
    return _PLOT(height, label, drawn + _AXIS(height))


def _row(pair: Pair, y: int) -> Markup:
    drawn = _LABEL(y + 13, _LETTERS, broken(pair.label, _NARROW, _LETTERS, 1)[0])
    for bar, top, size, said in zip(
        (_FULL, _HOLLOW), (y + 19, y + 36), pair.sizes, pair.said, strict=True
    ):
        if size is not None:
            part = f"{size * _LONGEST:.2f}%"
            drawn += bar(top, part) + _SAID(part, top + 12, _LETTERS, said)
    return drawn
