"""Periods over a common axis of years: one below another, each under what it is of."""

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

from markupsafe import Markup

from es_lod.server.page.drawings.labels import LETTERS, label
from es_lod.site.pages.html import Form

_ROW: Final = 58
_TOP: Final = 24
_TICKS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST: Final = 5
"""How many years stand over the axis: no more have room on the narrowest screen."""

_PLOT: Final = Form(
    '<svg class="plot spans" width="100%" height="{}" role="img" aria-label="{}">{}</svg>\n'
)
_TICK: Final = Form(
    '<rect class="tick" x="{}" y="18" width="1" height="{}" fill="#c5d1db"/>'
    '<text class="year" x="{}" y="12" font-size="{}" text-anchor="{}">{}</text>'
)
_BAR: Final = Form('<rect class="{}" x="{}" y="{}" width="{}" height="10" rx="2" fill="#1b4f72"/>')


class Span(NamedTuple):
    """What a period is of, when it was as it is written, and its ends in years.

    An end that is not known is None: the bar is drawn to the edge, and lighter.
    """

    label: str
    said: str
    begins: float | None
    ends: float | None


def rows(spans: Sequence[Span], title: str) -> Markup:
    """The periods as bars."""
    known = [year for span in spans for year in (span.begins, span.ends) if year is not None]
    first = int(min(known))
    last = max(first + 1, ceil(max(known)))
    height = _TOP + len(spans) * _ROW
    drawn = _axis(first, last, height)
    drawn += Markup().join(_row(span, _TOP + i * _ROW, first, last) for i, span in enumerate(spans))
    return _PLOT(height, title, drawn)


def _axis(first: int, last: int, height: int) -> Markup:
    step = next((step for step in _TICKS if (last - first) / step < _MOST), last - first)
    ticks = [year for year in range(first, last + 1) if year % step == 0] or [first]
    return Markup().join(
        _TICK(
            *(_percent(year, first, last), height - 18, _percent(year, first, last)),
            *(LETTERS, _anchor(year, first, last), year),
        )
        for year in ticks
    )


def _anchor(year: int, first: int, last: int) -> str:
    """Where a year stands beside its line: at the ends within the picture."""
    share = (year - first) / (last - first)
    return "start" if share < 0.08 else "end" if share > 0.92 else "middle"


def _row(span: Span, y: int, first: int, last: int) -> Markup:
    begins = span.begins if span.begins is not None else first
    ends = span.ends if span.ends is not None else last
    share = max(0.0, ends - begins) / (last - first)
    style = "bar" if None not in (span.begins, span.ends) else "bar open"
    bar = _BAR(style, _percent(begins, first, last), y + 38, f"{max(0.6, share * 100):.2f}%")
    return label(span.label, y + 14, is_bold=True) + label(span.said, y + 31) + bar


def _percent(year: float, first: int, last: int) -> str:
    return f"{(year - first) / (last - first) * 100:.2f}%"
