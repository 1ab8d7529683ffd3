"""What programs and keyboards leave in text: mended where it has one meaning only.

`mended` returns what it returned, so that a text read again stays the same.
"""

import re
import unicodedata
from typing import Final

SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces of typesetters: no-break, thin and the like."""
UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphens and characters without width."""
JOINERS: Final = "\u200c\u200d"
"""They join emoji and shape the letters of some scripts; after Latin letters they do nothing."""
HYPHENS: Final = "\u2010-\u2015\u2212-"
"""Hyphens, dashes and minus; to stand last in a class of characters."""
INVISIBLE: Final = f"{UNSEEN}\u200c-\u200f\u202a-\u202e\u2061-\u2069"
"""All that cannot be seen, directions of writing included: none of it belongs to a number."""

_SPACE: Final = re.compile(f"[{SPACES}]")
_EDGE: Final = re.compile(f"[\\s{INVISIBLE}]")
_NOTHING: Final = re.compile(f"[{UNSEEN}]")
_IDLE_JOINERS: Final = re.compile(f"(?<![^\x00-\u036f\u1e00-\u1eff])[{JOINERS}]+")
# `,,Serwis''` as typewriters have it, `""Serwis""` as CSV doubles it. What opens stands at the
# beginning of a word, what closes at the end of one.
_TYPED: Final = re.compile(
    r"(?<![^\s(\[/-]),,(?=[^\s,'\"])((?:(?!,,|'')[^\n\"„”])*?)(?<=\S)(?:''|\"(?!\")|”|’’)(?!\w)"
)
_DOUBLED: Final = re.compile(r'(?<![^\s(\[/-])""(?=[^\s"])((?:(?!,,)[^\n"])+)(?<=\S)""(?![\w"])')


def mended(text: str) -> str:
    """A text in NFC with plain spaces, and without what cannot be seen."""
    plain = _NOTHING.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", _IDLE_JOINERS.sub("", plain))


def trimmed(text: str) -> str:
    """A text without space around it, and without what cannot be seen there."""
    plain = text.strip()
    if plain.isascii():
        return plain
    start, end = 0, len(plain)
    while start < end and _EDGE.match(plain, start):
        start += 1
    while start < end and _EDGE.match(plain, end - 1):
        end -= 1
    return plain[start:end]


def quoted(text: str) -> str:
    """A text with the quotation marks that it means: `,,Serwis''` → `„Serwis”`."""
    # A pair that is mended may free one around it; each pass makes the text shorter.
    while (better := _DOUBLED.sub(r'"\1"', _TYPED.sub(r"„\1”", text))) != text:
        text = better
    return text
