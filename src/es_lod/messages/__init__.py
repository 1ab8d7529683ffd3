"""The texts of problems, in Polish and English, by code.

Each text is of the form “what is wrong; what to do.”, with no other semicolon: the page of the
problems shows cause and remedy apart. `{name}` is filled from the problem's parameters;
`{count:błąd|błędy|błędów}` is a number followed by the right form of the noun.
"""

from collections.abc import Mapping
from typing import Final

from es_lod.messages import graphs, inputs, records, tables
from es_lod.messages.message import Message


class Number(int):
    """An integer whose format specification is the forms of a noun.

    `{n:error|errors}` takes English plurals, `{n:błąd|błędy|błędów}` Polish ones (one; two to
    four, but not twelve to fourteen; many).
    """

    def __format__(self, spec: str) -> str:
        forms = spec.split("|")
        if len(forms) == 2:
            return f"{int(self)} {forms[self != 1]}"
        if len(forms) == 3:
            return f"{int(self)} {forms[self._polish()]}"
        return int.__format__(self, spec)

    def _polish(self) -> int:
        if self == 1:
            return 0
        few = 2 <= self % 10 <= 4 and not 12 <= self % 100 <= 14
        return 1 if few else 2


def render(code: str, params: Mapping[str, object]) -> dict[str, str]:
    """The texts of a problem: `{"pl": …, "en": …}`.

    A parameter that is a mapping `{"pl": …, "en": …}` is itself taken in the language.
    """
    message = CATALOGUE[code]
    return {
        "pl": message.pl.format_map(_Parameters(params, "pl")),
        "en": message.en.format_map(_Parameters(params, "en")),
    }


class _Parameters(dict[str, object]):
    def __init__(self, params: Mapping[str, object], language: str) -> None:
        super().__init__(
            (key, _printable(value, language, 900 if key == "known" else 200))
            for key, value in params.items()
        )

    def __missing__(self, key: str) -> str:
        return "–"


def _printable(value: object, language: str, longest: int) -> object:
    if isinstance(value, Mapping):
        return value.get(language, "{…}")
    if isinstance(value, bool) or value is None:
        return "–"
    if isinstance(value, int):
        return Number(value)
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= longest else text[: longest - 1] + "…"


CATALOGUE: Final[dict[str, Message]] = {
    **inputs.MESSAGES,
    **tables.MESSAGES,
    **records.MESSAGES,
    **graphs.MESSAGES,
}
"""Every code with its severity and its texts."""
