"""Charts of a table: one or two amounts for each label, or for each year."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from es_lod.server.page import places
from es_lod.server.page.columns import number
from es_lod.server.page.drawings import pairs
from es_lod.server.page.naming import Naming
from es_lod.server.page.periods import year_of
from es_lod.server.page.picture import SMALL, Picture
from es_lod.site.drawings import plots
from es_lod.site.pages.html import Form
from es_lod.site.pages.spelling import number_said

_MOST: Final = 60
"""How many bars are drawn; of more nobody sees anything."""
_FINE: Final = 10_000
# Numbers that order or name things: nothing to be measured.
_NO_AMOUNT: Final = re.compile(
    r"(?:position|order|rank|no|nr|number|id|year|rok|month|day)|.*(?:Id|Year|Position)"
)
_YEAR: Final = re.compile(r"(?:year|rok)|.*Year")
_LEGEND: Final = Form(
    '<p class="legend"><span class="full">{}</span> <span class="hollow">{}</span></p>\n'
)
_Numbers = Sequence[Decimal | None]


def charts(naming: Naming) -> Iterator[Picture]:
    """The chart of a table, where it has a label that tells its rows apart, and amounts."""
    taken = places.degrees(naming) or ()
    amounts = [
        i
        for i in naming.columns("number")
        if i not in taken and not _NO_AMOUNT.fullmatch(naming.about[i].name)
    ]
    if not 0 < len(amounts) < 3 or len(naming.table.rows) > _MOST:
        return
    numbers = [[number(value) for value in naming.values(i)] for i in amounts]
    if any(n is not None and n < 0 for column in numbers for n in column):
        return
    label = next((i for i in naming.labels if _tells_apart(naming, i)), None)
    if label is not None:
        labels = [naming.said(row, label) for row in naming.table.rows]
        names = [naming.variable(i) for i in (*amounts, label)]
        yield _bars(naming, labels, numbers, names)
    elif len(amounts) == 1:
        yield from _over_time(naming, amounts[0], numbers[0])


def _tells_apart(naming: Naming, i: int) -> bool:
    values = naming.values(i)
    return None not in values and len(set(values)) == len(values)


def _bars(
    naming: Naming, labels: list[str], numbers: Sequence[_Numbers], names: list[str]
) -> Picture:
    say, is_small = naming.say, len(labels) <= SMALL
    most = max((n for column in numbers for n in column if n is not None), default=Decimal(0))
    said = [[_said(naming, n) for n in column] for column in numbers]
    if len(numbers) == 1:
        told = say("chart-of", number=names[0], label=names[1])
        sizes = (round(share(n, most) * _FINE) for n in numbers[0])
        bars = [plots.Bar(*bar) for bar in zip(labels, sizes, said[0], strict=True)]
        return Picture(say("chart"), told, plots.rows(bars, told), is_small=is_small)
    told = say("chart-pair", number=names[0], other=names[1], label=names[2])
    sized = [[None if n is None else share(n, most) for n in column] for column in numbers]
    rows = [
        pairs.Pair(text, (one, other), (one_said, other_said))
        for text, one, other, one_said, other_said in zip(labels, *sized, *said, strict=True)
    ]
    drawn = _LEGEND(names[0], names[1]) + pairs.rows(rows, told)
    return Picture(say("chart"), told, drawn, is_small=is_small)


def share(amount: Decimal | None, most: Decimal) -> float:
    """An amount as a share of the largest."""
    return float(amount / most) if amount and most else 0.0


def _said(naming: Naming, amount: Decimal | None) -> str:
    return "–" if amount is None else number_said(amount, naming.page.language)


def _over_time(naming: Naming, amount: int, numbers: _Numbers) -> Iterator[Picture]:
    """Bars side by side over the years, without a gap, where each row is of one."""
    years = [i for i in naming.columns("number") if _YEAR.fullmatch(naming.about[i].name)]
    for i in (*years, *naming.columns("date")):
        found = [year_of(value) for value in naming.values(i)]
        known = {year: n for year, n in zip(found, numbers, strict=True) if year is not None}
        if len(known) < len(found) or len(known) < 2 or max(known) - min(known) >= _MOST:
            continue
        most = max((n for n in numbers if n is not None), default=Decimal(0))
        bars = [
            plots.Bar(
                str(year), round(share(known.get(year), most) * _FINE), _of(naming, known, year)
            )
            for year in range(min(known), max(known) + 1)
        ]
        told = naming.say("chart-of", number=naming.variable(amount), label=naming.variable(i))
        yield Picture(naming.say("chart"), told, plots.columns(bars, told), is_small=True)
        return


def _of(naming: Naming, known: dict[int, Decimal | None], year: int) -> str:
    return _said(naming, known.get(year)) if year in known else ""
