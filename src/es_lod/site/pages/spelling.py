"""Dates, numbers and telephone numbers as people write them."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from es_lod.values import PartialDate

_SPACE: Final = "\u00a0"
# A month beside a day is in the genitive, alone in the nominative.
_MONTHS: Final = {
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik "
    "listopad grudzień",
    "of": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "en": "January February March April May June July August September October November December",
}
_MONTH: Final = {key: names.split() for key, names in _MONTHS.items()}
_POLISH_PHONE: Final = re.compile(r"\+48([0-9]{3})([0-9]{3})([0-9]{3})")


@lru_cache(maxsize=4096)
def date_said(date: str, language: str) -> str:
    """A date in words, as precise as it is stated: `19 czerwca 2018 r.`, `June 2018`, `2014 r.`."""
    day = _day_said(date[:10], language)
    if not PartialDate(date).has_time:
        return day
    clock = date[11:16] if date[16:19] in ("", ":00") else date[11:19]
    hour = f"godz.{_SPACE}{clock}" if language == "pl" else clock
    zone = "" if _is_polish_time(date) else f" ({_zone(date[19:])})"
    return f"{day}, {hour}{zone}"


def _day_said(date: str, language: str) -> str:
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if language == "pl":
        if not month:
            return f"{year}{_SPACE}r."
        if not day:
            return f"{_MONTH['pl'][month - 1]} {year}{_SPACE}r."
        return f"{day}{_SPACE}{_MONTH['of'][month - 1]} {year}{_SPACE}r."
    if not month:
        return str(year)
    name = f"{_MONTH['en'][month - 1]} {year}"
    return f"{day}{_SPACE}{name}" if day else name


def _zone(offset: str) -> str:
    return "UTC" if offset == "Z" else f"UTC{offset}"


def _is_polish_time(date: str) -> bool:
    """Whether the offset is the one of Poland on that day: then the clock says it all.

    Summer time lasts from the last Sunday of March to the last Sunday of October
    (Directive 2000/84/EC); of hours and days before that rule nothing is assumed.
    """
    moment = datetime.fromisoformat(date)
    if moment.year < 1996 or moment.year > 9000:
        return False
    begins, ends = (_last_sunday(moment.year, month) for month in (3, 10))
    is_summer = begins <= moment.date().isoformat() < ends
    return moment.utcoffset() == timedelta(hours=2 if is_summer else 1)


def _last_sunday(year: int, month: int) -> str:
    last = datetime.fromisoformat(f"{year}-{month:02}-31")
    return (last - timedelta(days=last.isoweekday() % 7)).date().isoformat()


def number_said(number: int | Decimal, language: str) -> str:
    """A number: `12 500` and `50,0121` in Polish, `12,500` and `50.0121` in English."""
    written = format(number, "f") if isinstance(number, Decimal) else str(number)
    whole, point, rest = written.partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = format(int(whole), ",").replace(",", _SPACE if language == "pl" else ",")
    return whole + (point and ("," if language == "pl" else ".")) + rest


def size_said(size: int, language: str) -> str:
    """The size of a file: `12,3 kB`."""
    unit, amount = next(
        ((unit, size / n) for unit, n in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)) if size >= n),
        ("B", float(size)),
    )
    digits = f"{amount:.1f}" if unit != "B" else str(size)
    return digits.replace(".", "," if language == "pl" else ".") + _SPACE + unit


def phone_said(number: str) -> str:
    """A telephone number; a Polish one in groups: `+48 124 220 636`."""
    polish = _POLISH_PHONE.fullmatch(number)
    return _SPACE.join(("+48", *polish.groups())) if polish else number


def capitalised(text: str) -> str:
    """A text that begins a line: with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
