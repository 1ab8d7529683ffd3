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


def width(text: str, size: float) -> float:
    """The width of a text in a font of that size; times `BOLD` where it is bold."""
    return size * _advances(text)


@lru_cache(maxsize=4096)
def _advances(text: str) -> float:
    return sum(map(_advance, text))


@lru_cache(maxsize=8192)
def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.39
    if character in _WIDE:
        return 0.96
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    return 0.7 if character.isupper() else 0.6


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text in one line, without what turns writing around or cannot stand in XML."""
    line = " ".join(text[: _LONGEST * 2].split())
    whole = line if line.isprintable() else "".join(filter(str.isprintable, line))
    return whole[:_LONGEST]


def is_one_line(text: str, room: float, size: float) -> bool:
    """Whether a text has room in one line."""
    line = plain(text)
    return len(line) < _LONGEST and width(line, size) <= room


@lru_cache(maxsize=4096)
def broken(text: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """A text in so many lines at most, broken between words where it can be, cut with `…`."""
    line = plain(text)
    if is_one_line(text, room, size):
        return (line,)
    is_whole = len(line) < _LONGEST
    found = [""]
    for word in line.split(" "):
        for piece in _pieces(word, room, size):
            longer = f"{found[-1]} {piece}" if found[-1] else piece
            if width(longer, size) <= room:
                found[-1] = longer
            elif len(found) < lines:
                found.append(piece)
            else:
                return (*found[:-1], _cut(longer, room, size))
    return tuple(found) if is_whole else (*found[:-1], _cut(found[-1] + " …", room, size))


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word, in pieces where it has no room in a line."""
    if width(word, size) <= room:
        return [word]
    pieces, used = [""], 0.0
    for character in word:
        advance = size * _advance(character)
        if used + advance > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += advance
    return pieces


def _cut(text: str, room: float, size: float) -> str:
    """A text with `…` at its end, as much of it as has room."""
    kept = text.removesuffix(" …")
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
