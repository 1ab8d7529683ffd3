"""What number formats of spreadsheets show: dates as precise as they appear, fixed digits.

A spreadsheet keeps a date as a number of days; only the format says whether a month or a day was
meant. The codes are those of ECMA-376, part 1, 18.8.30 and 18.8.31.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Final, TypeAlias

from es_lod.readers.grids import Cell, Fault, Moment

Show: TypeAlias = Callable[[int | float, bool], Cell]
"""Shows a number; the flag says that days are counted from 1904."""

BUILT_IN: Final[dict[int, str]] = {
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
}
"""Formats that a workbook names by number alone. Those of East Asia differ by locale: left out."""

# Texts, escaped and padding characters, brackets (colours, locales), and what is no date.
_NO_LETTERS: Final = re.compile(
    r'"[^"]*"?|[\\_*].|\[[^\]]*\]|AM/PM|A/P|E[+-]|General|Standard', re.IGNORECASE
)
_ELAPSED: Final = re.compile(r"\[[hmsg]+\]", re.IGNORECASE)
_LETTERS: Final = re.compile(r"([yrmdhgs])\1*", re.IGNORECASE)
_ENGLISH: Final = {"r": "y", "g": "h"}  # rok and godzina: codes that were never translated
_DIGITS: Final = re.compile(r'(?:0|\\?[-/ ]|"[-/ ]")+')

_LAST_DAY: Final = 2_958_465  # 9999-12-31


@cache
def shows(code: str) -> Show | None:
    """How a number format shows a number, where that is more than the number."""
    first = code.split(";", 1)[0]
    if _DIGITS.fullmatch(first) and first.count("0") > 1:
        template = re.sub(r'[\\"]', "", first)
        return lambda number, _: _digits(number, template)
    letters = "" if _ELAPSED.search(first) else _letters(_NO_LETTERS.sub(" ", first))
    return (lambda number, is_1904: _moment(number, letters, is_1904)) if letters else None


def precise(when: datetime, code: str | None) -> Cell:
    """A date that is written as a date, as its format shows it."""
    letters = _letters(_NO_LETTERS.sub(" ", code.split(";", 1)[0])) if code else ""
    return _shown(when, letters or "yMdhms")


def _letters(code: str) -> str:
    """The units that a format shows: `y M d h m s`."""
    runs = [found[0].lower() for found in _LETTERS.finditer(code)]
    units = [_ENGLISH.get(run[0], run[0]) for run in runs]
    for i, run in enumerate(runs):
        # m is minutes beside hours or seconds, else a month.
        beside = units[i - 1 : i] == ["h"] or units[i + 1 : i + 2] == ["s"]
        if run[0] == "m" and not (beside and len(run) < 3):
            units[i] = "M"
    return "".join(sorted(set(units), key="yMdhms".index))


@lru_cache(maxsize=4096)
def _moment(number: int | float, letters: str, is_1904: bool) -> Cell:
    if not 0 <= number < _LAST_DAY + 1:
        return Fault("cell-error")
    if is_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001  # spreadsheets know no time zones
    elif number < 60:
        start = datetime(1899, 12, 31)  # noqa: DTZ001
    else:
        start = datetime(1899, 12, 30)  # noqa: DTZ001
    is_time = not set(letters) & set("yMd")
    if not is_time and not is_1904 and (number < 1 or 60 <= number < 61):
        return Fault("cell-error")  # shown as 1900-01-00, and a 29 February that never was
    days = number % 1 if is_time else number
    try:
        return _shown(start + timedelta(seconds=round(days * 86_400)), letters)
    except OverflowError:
        return Fault("cell-error")


def _shown(when: datetime, letters: str) -> Cell:
    text = when.isoformat(timespec="seconds")
    date, time = text[:10], text[11:]
    if not set(letters) & set("yMd"):
        return Moment(time)
    if "y" not in letters:
        return Fault("date-without-year")
    if "M" not in letters:
        return Moment(date[:4])
    if "d" not in letters:
        return Moment(date[:7])
    return Moment(text if "h" in letters else date)


def _digits(number: int | float, template: str) -> Cell:
    """A number in a format of zeros, as for KRS (`0000000000`) and postcodes (`00-000`)."""
    places = template.count("0")
    digits = f"{number:.0f}".zfill(places)
    if number < 0 or number != int(number) or len(digits) > places:
        return number
    left = iter(digits)
    return "".join(next(left) if c == "0" else c for c in template)
