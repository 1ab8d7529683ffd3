"""Dates as people and spreadsheets write them."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final, NamedTuple

from es_lod.values.typography import HYPHENS, INVISIBLE


class Spoken(NamedTuple):
    """What was read: a `date` with one meaning only, or a `hint` at one of several."""

    date: str | None = None
    hint: str | None = None


_MONTHS: Final = (
    "stycznia styczen sty i",
    "lutego luty lut ii",
    "marca marzec mar iii",
    "kwietnia kwiecien kwi iv",
    "maja maj v",
    "czerwca czerwiec cze vi",
    "lipca lipiec lip vii",
    "sierpnia sierpien sie viii",
    "wrzesnia wrzesien wrz ix",
    "pazdziernika pazdziernik paz x",
    "listopada listopad lis xi",
    "grudnia grudzien gru xii",
)
"""In words without diacritics, as Polish spreadsheets shorten them, and in Roman numerals."""
_MONTH: Final = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}
_UNSEEN: Final = re.compile(f"[{INVISIBLE}]")
_HYPHEN: Final = re.compile(f"[{HYPHENS}]")
_YEAR_WORD: Final = re.compile(r"\s*(?:r\.?|roku)$")
_SPACED: Final = re.compile(r"\s*([./-])\s*")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([ ./-])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([ ./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_MONTH_YEAR: Final = re.compile("([0-9]{1,2})[./-]([0-9]{4})")
_WORDS: Final = re.compile(r"(?:([0-9]{1,2})[ ./-]+)?([a-z]+)[ ./-]+'?([0-9]{4}|[0-9]{2})")
_TIMED: Final = re.compile(
    r"(.*?[0-9r.])(?:t|,?\s+(?:o\s+)?(?:godz\.?|g\.)?\s*)"
    r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?\s*(z|[+-][0-9]{2}:[0-9]{2})?"
)
_FLOATING_YEAR: Final = re.compile(r"([12][0-9]{3})[.,]0+")
_SERIAL: Final = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_RUN: Final = re.compile("[0-9]{8}")


def spoken(raw: str) -> Spoken:
    """Read a date that is not in the form of XSD."""
    said = _day(_folded(raw))
    if said is None and (timed := _TIMED.fullmatch(_folded(raw))):
        said = _time(*timed.groups())
    return said or Spoken()


def _folded(raw: str) -> str:
    """In lower case and ASCII: words of months need no diacritics to be known."""
    if not raw.isascii():
        raw = _HYPHEN.sub("-", _UNSEEN.sub("", raw))
        apart = unicodedata.normalize("NFD", raw.replace("’", "'"))
        raw = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(raw.lower().split())


def _day(plain: str) -> Spoken | None:
    """A day, month or year; nothing where it is of no known form."""
    if not plain[-1:].isdigit():
        plain = _YEAR_WORD.sub("", plain)
    if " " in plain:
        plain = _SPACED.sub(r"\1", plain)
    if whole := re.fullmatch("[0-9]{4}", plain) or _FLOATING_YEAR.fullmatch(plain):
        return Spoken(_lexical(whole[0][:4]))
    if first := _YEAR_FIRST.fullmatch(plain):
        read = _lexical(first[1], first[3], first[4])
        # `2011/12` may be two years.
        return Spoken(read) if first[4] or first[2] == "-" else Spoken(hint=read)
    if last := _YEAR_LAST.fullmatch(plain):
        return _numbers(last[1], last[2], last[3], last[4])
    if month := _MONTH_YEAR.fullmatch(plain):
        return Spoken(_lexical(month[2], month[1]))
    if (words := _WORDS.fullmatch(plain)) and words[2] in _MONTH:
        read = _lexical(_century(words[3]), str(_MONTH[words[2]]), words[1])
        return Spoken(read) if len(words[3]) == 4 else Spoken(hint=read)
    return _from_spreadsheet(plain)


def _numbers(day: str, between: str, month: str, year: str) -> Spoken:
    """Day, month and year: dots say that the day is first, slashes and hyphens do not."""
    read = _lexical(_century(year), month, day)
    if read is None:
        return Spoken(hint=_lexical(_century(year), day, month))
    is_sure = between == "." or _lexical(_century(year), day, month) in (None, read)
    return Spoken(read) if is_sure and len(year) == 4 else Spoken(hint=read)


def _from_spreadsheet(plain: str) -> Spoken | None:
    """A day that a spreadsheet counted or ran together: each may be something else."""
    if serial := _SERIAL.fullmatch(plain):
        # Days since 1899-12-30, as spreadsheets count.
        number = int(serial[1])
        counted = date(1899, 12, 30) + timedelta(number)
        return Spoken(hint=counted.isoformat() if 1954 < counted.year < 2050 else None)
    if _RUN.fullmatch(plain):
        ahead = _lexical(plain[:4], plain[4:6], plain[6:]) if plain[:2] in ("19", "20") else None
        return Spoken(hint=ahead or _lexical(plain[4:], plain[2:4], plain[:2]))
    return None


def _time(
    day: str, hour: str, minute: str, second: str | None, fraction: str | None, offset: str | None
) -> Spoken:
    """A day with a time. Without an offset it is only a hint, with that of Poland."""
    said = _day(day) or Spoken()
    on = said.date
    if on is None or len(on) < 10 or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return Spoken()
    time = f"T{hour.zfill(2)}:{minute}:{second or '00'}"
    if offset:
        hours, _, minutes = offset[1:].partition(":")
        if offset != "z" and (int(hours) * 60 + int(minutes) > 14 * 60 or int(minutes) > 59):
            return Spoken()
        is_utc = offset in ("z", "+00:00", "-00:00")
        read = on + time + ("Z" if is_utc else offset)
        return Spoken(hint=read) if (fraction or "").strip("0") else Spoken(read)
    shift = polish_offset(date.fromisoformat(on), int(hour))
    # Midnight is what a spreadsheet adds to a day.
    if time == "T00:00:00" or shift is None:
        return Spoken(hint=on)
    return Spoken(hint=on + (time if second else time.removesuffix(":00")) + shift)


def polish_offset(day: date, hour: int) -> str | None:
    """The offset of Poland's time; nothing for hours that summer time leaves out or repeats.

    Summer time lasts from the last Sunday of March to that of October, since 1996:
    https://eur-lex.europa.eu/eli/dir/2000/84/oj
    """
    if day.year < 1996:
        return None
    start, end = (_last_sunday(day.year, month) for month in (3, 10))
    if day in (start, end) and hour == 2:
        return None
    after = (day, hour) >= (start, 2)
    return "+02:00" if after and (day, hour) < (end, 3) else "+01:00"


def _last_sunday(year: int, month: int) -> date:
    """Of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta((last.weekday() + 1) % 7)


def _century(year: str) -> str:
    """A year of two digits as spreadsheets take it: up to 29 it is of this century."""
    if len(year) == 4:
        return year
    return f"20{year}" if year < "30" else f"19{year}"


def _lexical(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The date in the form of XSD; nothing where the calendar has none."""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
