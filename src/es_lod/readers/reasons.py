"""Why parsers refuse a text, in words that people understand, in both languages."""

import json
from typing import Final

# What people meet most often of the reasons of ruamel.yaml; the others stay English.
_OF_YAML: Final[dict[str, str]] = {
    "mapping values are not allowed here": "dwukropek w tekście: weź cały tekst w cudzysłów",
    "could not find expected ':'": "brakuje dwukropka po kluczu",
    "while scanning for the next token": "niedozwolony znak: weź tekst w cudzysłów",
    "found unexpected end of stream": "brakuje końca: cudzysłowu albo nawiasu",
    "found character '\\t' that cannot start any token": "tabulator: wcięcia rób spacjami",
    "expected <block end>, but found '-'": "wcięcie listy nie pasuje do wierszy nad nim",
    "expected <block end>, but found '<block mapping start>'": "wcięcie nie pasuje do poprzednich",
}

# The reasons of Python's parser of JSON, by how they begin.
_OF_JSON: Final[dict[str, dict[str, str]]] = {
    "Expecting value": {
        "pl": "brakuje wartości (tekst stoi w cudzysłowie)",
        "en": "a value is missing (a text stands in quotation marks)",
    },
    "Expecting property name": {
        "pl": "brakuje klucza w cudzysłowie",
        "en": "a key in quotation marks is missing",
    },
    "Expecting ':'": {"pl": "brakuje dwukropka po kluczu", "en": "a colon is missing after a key"},
    "Expecting ','": {
        "pl": "brakuje przecinka albo nawiasu przed tym miejscem",
        "en": "a comma or a bracket is missing before this place",
    },
    "Illegal trailing comma": {
        "pl": "po przecinku nie ma już wartości",
        "en": "no value follows the comma",
    },
    "Unterminated string": {
        "pl": "tekst nie ma cudzysłowu na końcu",
        "en": "the text has no quotation mark at its end",
    },
    "Invalid control character": {
        "pl": "koniec wiersza, tabulator lub inny znak sterujący w tekście",
        "en": "the end of the line, a tab or another control character in a text",
    },
    "Invalid \\": {"pl": "nieznany znak po „\\”", "en": "an unknown character after “\\”"},
    "Extra data": {
        "pl": "po końcu danych stoi coś jeszcze",
        "en": "something follows the end of the data",
    },
}


def of_yaml(english: str) -> dict[str, str]:
    """The parser's reason, in Polish where that is known."""
    return {"pl": _OF_YAML.get(english, english), "en": english}


def of_json(text: str, error: json.JSONDecodeError) -> tuple[dict[str, str], int]:
    """Why a text is no JSON, in our words, and where."""
    before = text[: error.pos].rstrip()
    if before.endswith(",") and text[error.pos : error.pos + 1] in ("]", "}"):
        # Python 3.13 says so itself, with this place.
        return _OF_JSON["Illegal trailing comma"], len(before) - 1
    known = (words for start, words in _OF_JSON.items() if error.msg.startswith(start))
    return next(known, {"pl": error.msg, "en": error.msg}), error.pos
