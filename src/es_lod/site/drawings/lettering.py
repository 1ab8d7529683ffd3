"""Lettering: how much room a text takes, and where it is broken or cut.

Readers' fonts differ: the widths are those of a wide one, so that text stays in its box.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_NARROW: Final = frozenset("iIjlłtfr.,:;'!|()[]{}/\\- \u201e\u201d\u2019·")
_WIDE: Final = frozenset("mwMW@%—…")
BOLD: Final = 1.1
"""How much wider bold letters are."""
_LONGEST: Final = 400
"""Of a longer text the rest is not looked at: no box has room for it."""


class _Advances(dict[str, int]):
    """How much room each character takes, in hundredths of the size of the font.

    Whole numbers: in whatever order they are added, the sum is the same.
    """

    def __missing__(self, character: str) -> int:
        found = _advance(character)
        if character < "\u2100":  # alphabets and marks of print; there are a million others
            self[character] = found
        return found


def _advance(character: str) -> int:
    if character in _NARROW:
        return 39
    if character in _WIDE:
        return 96
    if unicodedata.east_asian_width(character) in "WF":
        return 105
    if unicodedata.combining(character):
        return 0
    return 70 if character.isupper() else 60


_ADVANCES: Final = _Advances()


def _units(text: str) -> int:
    """The width of a text in hundredths of the size of its font."""
    return sum(map(_ADVANCES.__getitem__, text))


def width(text: str, size: float) -> float:
    """The width of a text in a font of that size; times `BOLD` where it is bold."""
    return size * _units(text) / 100


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text in one line, without what turns writing around or cannot stand in XML."""
    line = " ".join(text[: _LONGEST * 2].split())
    whole = line if line.isprintable() else "".join(filter(str.isprintable, line))
    return whole[:_LONGEST]


def is_one_line(text: str, room: float, size: float) -> bool:
    """Whether a text has room in one line."""
    line = plain(text)
    return len(line) < _LONGEST and _units(line) <= room * 100 / size


@lru_cache(maxsize=4096)
def broken(text: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """A text in so many lines at most, broken between words where it can be, cut with `…`."""
    line = plain(text)
    if is_one_line(text, room, size):
        return (line,)
    most, space = room * 100 / size, _ADVANCES[" "]
    found, used = [""], 0
    for word in line.split(" "):
        for piece, units in _pieces(word, most):
            longer = used + space + units if found[-1] else units
            if longer <= most:
                found[-1] += f" {piece}" if found[-1] else piece
                used = longer
            elif len(found) < lines:
                found.append(piece)
                used = units
            else:
                return (*found[:-1], _cut(f"{found[-1]} {piece}", most))
    return tuple(found) if len(line) < _LONGEST else (*found[:-1], _cut(found[-1], most))


def _pieces(word: str, most: float) -> list[tuple[str, int]]:
    """A word with its width, in pieces where it has no room in a line."""
    units = _units(word)
    if units <= most:
        return [(word, units)]
    pieces, used = [("", 0)], 0
    for character in word:
        advance = _ADVANCES[character]
        if used + advance > most:
            pieces.append(("", 0))
            used = 0
        used += advance
        pieces[-1] = (pieces[-1][0] + character, used)
    return pieces


def _cut(text: str, most: float) -> str:
    """A text with `…` at its end, as much of it as has room."""
    used = _units(text + "…")
    while text and used > most:
        used -= _ADVANCES[text[-1]]
        text = text[:-1]
    return text.rstrip() + "…"
