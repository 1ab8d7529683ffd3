"""Plots: numbers as bars, with the numbers beside them.

They have no size of their own: bars are parts of the width that there is, letters stay as they are.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from es_lod.site.drawings.lettering import broken, width

_LETTERS: Final = 13
_NARROW: Final = 280
"""The width that there is on the narrowest screen."""
_ROW: Final = 44
_LONGEST: Final = 82
"""What part of the width the longest bar takes, in percent: its number stands behind it."""
_TALL: Final = 160
_FILL: Final = "#1b4f72"


class Bar(NamedTuple):
    """A label, a number, and the number as it is written."""

    label: str
    size: int
    said: str


def rows(bars: Sequence[Bar], label: str) -> Markup:
    """Bars one below another, each under its label."""
    most = max(1, *(bar.size for bar in bars))
    drawn = Markup().join(_row(bar, i * _ROW, most) for i, bar in enumerate(bars))
    height = len(bars) * _ROW
    axis = Markup('<rect class="base" width="1" height="{}" fill="#566573"/>').format(height)
    return _plot(label, height, drawn + axis)


def _row(bar: Bar, y: int, most: int) -> Markup:
    part = _percent(bar.size * _LONGEST / most)
    words = broken(bar.label, _NARROW, _LETTERS, 1)[0]
    return Markup(
        '<text x="6" y="{}" font-size="{}">{}</text>'
        '<rect class="bar" x="0" y="{}" width="{}" height="16" fill="{}"/>'
        '<text x="{}" dx="6" y="{}" font-size="{}">{}</text>'
    ).format(
        *(y + 13, _LETTERS, words),
        *(y + 19, part, _FILL),
        *(part, y + 32, _LETTERS, bar.said),
    )


def columns(bars: Sequence[Bar], label: str) -> Markup:
    """Bars side by side over their labels, for what has an order.

    Where there is no room for a label or a number below or above each, some are left out.
    """
    most = max(1, *(bar.size for bar in bars))
    step = 100 / len(bars)
    room = _NARROW / len(bars)
    every = _every([bar.label for bar in bars], room)
    numbered = _every([bar.said for bar in bars], room) == 1
    drawn = Markup()
    for i, bar in enumerate(bars):
        tall = bar.size * _TALL / most
        middle = _percent((i + 0.5) * step)
        drawn += Markup(
            '<rect class="bar" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        ).format(
            *(_percent((i + 0.15) * step), f"{20 + _TALL - tall:g}"),
            *(_percent(0.7 * step), f"{tall:g}", _FILL),
        )
        if bar.size and (numbered or bar.size == most):
            drawn += _centred(middle, 14 + _TALL - tall, bar.said)
        if i % every == 0:
            drawn += _centred(middle, 38 + _TALL, bar.label)
    axis = Markup('<rect class="base" y="{}" width="100%" height="1" fill="#566573"/>').format(
        20 + _TALL
    )
    return _plot(label, 46 + _TALL, drawn + axis)


def _every(words: Sequence[str], room: float) -> int:
    """Of how many words one can stand, where each has so much room."""
    longest = max(width(word, _LETTERS) for word in words) + 4
    return max(1, -(-int(longest) // max(1, int(room))))


def _centred(x: str, y: float, words: str) -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>').format(
        x, f"{y:g}", _LETTERS, words
    )


def _plot(label: str, height: int, drawn: Markup) -> Markup:
    head = Markup('<svg class="plot" width="100%" height="{}" role="img" aria-label="{}">')
    return head.format(height, label) + drawn + Markup("</svg>\n")


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
