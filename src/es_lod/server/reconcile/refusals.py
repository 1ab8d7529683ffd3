"""Why a request is not answered, in words."""

from typing import Any, Final

from es_lod.personal import masked
from es_lod.site.words import Speaker, Words

WORDS: Final[Words] = {
    "bad-encoding": ("Żądanie nie jest w UTF-8.", "The request is not in UTF-8."),
    "bad-json": (
        "Parametr „{parameter}” nie zawiera poprawnego JSON: {reason}.",
        "The parameter “{parameter}” is not valid JSON: {reason}.",
    ),
    "bad-parameter": (
        "Parametr „{parameter}” nie może mieć wartości „{value}”: {expected}.",
        "The parameter “{parameter}” cannot be “{value}”: {expected}.",
    ),
    "bad-shape": ("{place}: {expected}.", "{place}: {expected}."),
    "missing-parameter": (
        "Brakuje parametru „{parameter}”.",
        "The parameter “{parameter}” is missing.",
    ),
    "no-queries": (
        "Brakuje parametru „queries” albo „extend”, jakie ma wersja 0.2 API.",
        "A parameter “queries” or “extend” is missing, as version 0.2 of the API has them.",
    ),
    "too-many": (
        "{place}: najwyżej {most:pozycja|pozycje|pozycji}, a jest ich {count}.",
        "{place}: at most {most:item|items}, and there are {count}.",
    ),
    "too-long": (
        "{place}: najwyżej {most:znak|znaki|znaków}.",
        "{place}: at most {most:character|characters}.",
    ),
    "unknown-entity": ("Nie ma tu rzeczy „{value}”.", "There is no thing “{value}” here."),
    "unknown-property": (
        "{place}: nie ma własności „{value}”.",
        "{place}: there is no property “{value}”.",
    ),
    "unknown-type": ("{place}: nie ma typu „{value}”.", "{place}: there is no type “{value}”."),
    "wrong-media-type": (
        "Treść żądania musi być formularzem (application/x-www-form-urlencoded).",
        "The body of the request must be a form (application/x-www-form-urlencoded).",
    ),
}
_STATUS: Final = {
    "too-many": 413,
    "unknown-entity": 404,
    "wrong-media-type": 415,
}
_SHOWN: Final = 100
"""How many characters of a value a message repeats."""


class Refused(Exception):
    """A request that cannot be answered; `code` is stable, `params` fill its words."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = _STATUS.get(code, 400)
        self.params = params

    def body(self, language: str) -> dict[str, Any]:
        """The answer: `{status, code, message, details}`."""
        details = {key: _said(value, language) for key, value in self.params.items()}
        message = Speaker(language, WORDS)(self.code, **details)
        return {"status": "error", "code": self.code, "message": message, "details": details}


def _said(value: Any, language: str) -> Any:
    """A parameter in a language, where it has several; what came from outside is cut short."""
    if isinstance(value, dict):
        value = value[language]
    if not isinstance(value, str):
        return value
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value)
    return masked(plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…")
