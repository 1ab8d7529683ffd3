"""Words as the search compares them: the same here and in its script, `assets/search.js`."""

import unicodedata
from typing import Final

LONGEST: Final = 24
"""How many characters of a word count: its bytes in hexadecimal digits name a file."""
# NFKD leaves ł whole; sigma has a form of its own at the end of a word.
_ALIKE: Final = str.maketrans({"ł": "l", "ς": "\N{GREEK SMALL LETTER SIGMA}"})


class _Folded(dict[int, str]):
    """Each character without case and diacritics, one that is in no word as a space.

    What becomes of a character does not depend on those around it.
    """

    def __missing__(self, code: int) -> str:
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not _is(c, "M"))
        folded = plain.lower().translate(_ALIKE)
        found = "".join(c if _is(c, "LN") else " " for c in folded)
        if code < 0x2100:  # alphabets and marks of print; there are a million others
            self[code] = found
        return found


_FOLDED: Final = _Folded()


def _is(character: str, categories: str) -> bool:
    return unicodedata.category(character)[0] in categories


def words(text: str) -> set[str]:
    """The words of a text: runs of letters and digits, without case and diacritics."""
    return {word[:LONGEST] for word in text.translate(_FOLDED).split()}
