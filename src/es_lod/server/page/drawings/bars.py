"""One or two numbers for each label, as bars under it: the first full, the second hollow."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from es_lod.server.page.drawings.labels import LETTERS, label
from es_lod.site.pages.html import Form

_BAR: Final = 18
_HEAD: Final = 19
_LONGEST: Final = 82
"""What part of the width the longest bar takes, in percent: its number stands behind it."""

_PLOT: Final = Form(
    '<svg class="plot" width="100%" height="{}" role="img" aria-label="{}">{}</svg>\n'
)
_AXIS: Final = Form('<rect class="base" width="1" height="{}" fill="#566573"/>')
_DRAWN: Final = (
    Form('<rect class="bar" x="0" y="{}" width="{}" height="14" fill="#1b4f72"/>'),
    Form('<rect class="hollow" x="0" y="{}" width="{}" height="14" fill="#fff" stroke="#7b341e"/>'),
)
_SAID: Final = Form('<text x="{}" dx="6" y="{}" font-size="{}">{}</text>')


class Amount(NamedTuple):
    """A number as a share of the largest, from 0 to 1, and as it is written."""

    share: float
    said: str


class Row(NamedTuple):
    """A label and its amounts; where there is none, None."""

    label: str
    amounts: tuple[Amount | None, ...]


def rows(given: Sequence[Row], title: str) -> Markup:
    """The bars one below another, each group under its label."""
    step = _HEAD + _BAR * len(given[0].amounts) + 8
    height = len(given) * step
    drawn = Markup().join(_row(row, i * step) for i, row in enumerate(given))
    return _PLOT(height, title, drawn + _AXIS(height))


def _row(row: Row, y: int) -> Markup:
    drawn = label(row.label, y + 13)
    for i, (bar, amount) in enumerate(zip(_DRAWN, row.amounts, strict=False)):
        top = y + _HEAD + i * _BAR
        part = f"{(amount.share if amount else 0) * _LONGEST:.2f}%"
        if amount is not None:
            drawn += bar(top, part)
        drawn += _SAID(part, top + 12, LETTERS, amount.said if amount else "–")
    return drawn
