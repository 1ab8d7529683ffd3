"""Tables of words in Polish and English, and who says them."""

from collections.abc import Mapping
from typing import Any

from es_lod.messages import Number

Words = Mapping[str, tuple[str, str]]
"""Key → the Polish and the English text, with `{name}` for parameters and `{n:one|few|many}`."""


class Speaker:
    """Says the words of tables in a language, the last that has the key; else it is an error."""

    def __init__(self, language: str, *tables: Words) -> None:
        self.language = language
        self._tables = tables[::-1]

    def __call__(self, key: str, /, **params: Any) -> str:
        """The text of a key; whole numbers choose the form of their noun."""
        for table in self._tables:
            if key in table:
                break
        text = table[key][self.language == "en"]
        if not params:
            return text
        numbers = {k: Number(v) if isinstance(v, int) else v for k, v in params.items()}
        return text.format(**numbers)
