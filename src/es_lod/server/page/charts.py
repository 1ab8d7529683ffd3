"""Charts of a table: one or two amounts for each label, or for each year."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from es_lod.server.page import places
from es_lod.server.page.columns import number
from es_lod.server.page.drawings import bars
from es_lod.server.page.naming import Naming
from es_lod.server.page.periods import year_of
from es_lod.server.page.picture import SMALL, Picture
from es_lod.site.drawings import plots
from es_lod.site.pages.html import Form
from es_lod.site.pages.spelling import number_said

_MOST: Final = 60
"""How many bars are drawn; of more nobody sees anything."""
_FINE: Final = 10_000
_DECIMALS: Final = 3
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
    say = naming.say
    most = max((n for column in numbers for n in column if n is not None), default=Decimal(0))
    amounts = ([_amount(naming, n, most) for n in column] for column in numbers)
    rows = [bars.Row(*row) for row in zip(labels, zip(*amounts, strict=True), strict=True)]
    *of, label = names
    if len(of) == 1:
        told, legend = say("chart-of", number=of[0], label=label), Markup()
    else:
        told = say("chart-pair", number=of[0], other=of[1], label=label)
        legend = _LEGEND(*of)
    drawn = legend + bars.rows(rows, told)
    return Picture(say("chart"), told, drawn, is_small=len(labels) <= SMALL)


def _amount(naming: Naming, number: Decimal | None, most: Decimal) -> bars.Amount | None:
    if number is None:
        return None
    return bars.Amount(_share(number, most), _said(naming, number))


def _share(amount: Decimal | None, most: Decimal) -> float:
    """An amount as a share of the largest."""
    return float(amount / most) if amount and most else 0.0


def _said(naming: Naming, amount: Decimal | None) -> str:
    """A number with three decimals at most: the table has the others."""
    if amount is None:
        return "–"
    exponent = amount.as_tuple().exponent
    is_fine = isinstance(exponent, int) and exponent < -_DECIMALS
    return number_said(round(amount, _DECIMALS) if is_fine else amount, naming.page.language)


def _over_time(naming: Naming, amount: int, numbers: _Numbers) -> Iterator[Picture]:
    """Bars side by side over the years, without a gap, where each row is of one."""
    years = [i for i in naming.columns("number") if _YEAR.fullmatch(naming.about[i].name)]
    for i in (*years, *naming.columns("date")):
        found = [year_of(value) for value in naming.values(i)]
        known = {year: n for year, n in zip(found, numbers, strict=True) if year is not None}
        if len(known) < len(found) or len(known) < 2 or max(known) - min(known) >= _MOST:
            continue
        most = max((n for n in numbers if n is not None), default=Decimal(0))
        drawn = [
            plots.Bar(
                str(year), round(_share(known.get(year), most) * _FINE), _of(naming, known, year)
            )
            for year in range(min(known), max(known) + 1)
        ]
        told = naming.say("chart-of", number=naming.variable(amount), label=naming.variable(i))
        yield Picture(naming.say("chart"), told, plots.columns(drawn, told), is_small=True)
        return


def _of(naming: Naming, known: dict[int, Decimal | None], year: int) -> str:
    return _said(naming, known.get(year)) if year in known else ""
