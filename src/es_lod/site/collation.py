"""The Polish order of words, for lists: no locale of the machine has a say in it."""

import re
from functools import lru_cache
from typing import Final

from es_lod.iris import transliterated

# In ASCII `{`, `|` and `}` follow `z`: a letter so written comes after all words with its base.
_LETTERS: Final = str.maketrans(
    {"ą": "a{", "ć": "c{", "ę": "e{", "ł": "l{", "ń": "n{", "ó": "o{", "ś": "s{"}
    | {"ź": "z{", "ż": "z|"}
)
_APART: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 200
"""Names that agree in so many characters stay in the order of their spelling."""


# A name is asked for in one language after the other: few are needed, and one takes 400 bytes.
@lru_cache(maxsize=4096)
def polish_order(text: str) -> tuple[str, str]:
    """A key to sort by: `lad` < `las` < `ląd` < `łan`, `zero` < `źle` < `żal`.

    Case, marks and diacritics that are not Polish decide only between texts that are else equal.
    """
    words = _APART.sub(" ", text[:_LONGEST].casefold()).strip()
    return transliterated(words.translate(_LETTERS)), text
