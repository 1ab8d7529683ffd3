"""Time in a table: periods between two columns of dates, or how many rows are of which year."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from es_lod.server.page.drawings import spans
from es_lod.server.page.naming import Naming
from es_lod.server.page.picture import SMALL, Picture
from es_lod.server.page.results import Value
from es_lod.site.drawings import plots
from es_lod.site.facts.figures import by_years
from es_lod.site.pages.spelling import number_said

_MOST: Final = 60
_PAIRS: Final = (
    ("From", "Until"),
    ("from", "until"),
    ("Since", "Until"),
    ("since", "until"),
    ("from", "to"),
    ("start", "end"),
    ("Start", "End"),
    ("begin", "end"),
    ("founding", "dissolution"),
)
"""What the names of a beginning and an end have in place of each other."""
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def year_of(value: Value | None) -> int | None:
    """The year of a date, or that a number is."""
    found = _DATE.match(value.text) if value is not None else None
    return int(found[1]) if found and int(found[1]) > 999 else None


def periods(naming: Naming) -> Iterator[Picture]:
    """The periods of the rows, where there are columns of their beginnings and ends."""
    pair = _pair(naming)
    if pair is None:
        return
    drawn = [span for row in naming.table.rows if (span := _span(naming, row, *pair))]
    if len(drawn) < 2:
        return
    told = naming.say("spans-of", begins=naming.variable(pair[0]), ends=naming.variable(pair[1]))
    shown = drawn[:_MOST]
    yield Picture(
        naming.say("spans"),
        told,
        spans.rows(shown, told),
        hidden=len(drawn) - len(shown),
        is_small=len(shown) <= SMALL,
    )


def _pair(naming: Naming) -> tuple[int, int] | None:
    dates = {naming.about[i].name: i for i in naming.columns("date")}
    for begins, ends in _PAIRS:
        for name, i in dates.items():
            other = dates.get(name.replace(begins, ends))
            if other is not None and other != i:
                return i, other
    return None


def _span(
    naming: Naming, row: tuple[Value | None, ...], begins: int, ends: int
) -> spans.Span | None:
    first, last = _moment(row[begins], 0), _moment(row[ends], 1)
    if first is None and last is None:
        return None
    said = " – ".join(_said(row[i]) for i in (begins, ends))
    subtitle = naming.subtitle(row)
    told = f"{said}, {subtitle}" if subtitle else said
    return spans.Span(naming.title(row), told, first, last)


def _said(value: Value | None) -> str:
    found = _DATE.match(value.text) if value is not None else None
    return found[0] if found else "…"


def _moment(value: Value | None, at_end: int) -> float | None:
    """A date as years: its beginning, or its end, which of a year is the next year."""
    found = _DATE.match(value.text) if value is not None else None
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not month:
        return year + at_end
    if not day:
        return year + (month - 1 + at_end) / 12
    return year + (month - 1) / 12 + (day - 1 + at_end) / 372


def years(naming: Naming) -> Iterator[Picture]:
    """How many rows are of which year, by the first column of dates that has several."""
    for i in naming.columns("date"):
        counted = Counter(year for value in naming.values(i) if (year := year_of(value)))
        if len(counted) < 2:
            continue
        told = naming.say("years-of", date=naming.variable(i))
        bars = [
            plots.Bar(span.said, span.events, number_said(span.events, naming.page.language))
            for span in by_years(counted)
        ]
        yield Picture(naming.say("timeline"), told, plots.columns(bars, told), is_small=True)
        return
