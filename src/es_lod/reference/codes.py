"""The codes of problems, each with cause and remedy: of the catalogue, and warnings of shapes."""

from collections.abc import Iterator
from typing import NamedTuple

from es_lod.labels import shape_messages
from es_lod.messages import CATALOGUE


class Entry(NamedTuple):
    """A code with its texts by language, each a cause and a remedy."""

    code: str
    severity: str
    texts: dict[str, tuple[str, str]]


def codes() -> list[Entry]:
    """All codes that a report can have."""
    return [*_catalogue(), *_warnings()]


def _catalogue() -> Iterator[Entry]:
    for code, message in CATALOGUE.items():
        if code == "shape":
            continue
        texts = {"pl": message.pl, "en": message.en}
        pairs = {language: text.partition("; ") for language, text in texts.items()}
        apart = {tag: (f"{cause}.", capital(remedy)) for tag, (cause, _, remedy) in pairs.items()}
        yield Entry(code, message.severity, apart)


def _warnings() -> Iterator[Entry]:
    """The warnings of shapes: the name of the shape is the code, its message “remedy: cause.”."""
    for code, texts in shape_messages("Warning").items():
        pairs = {language: text.partition(": ") for language, text in texts.items()}
        apart = {tag: (capital(cause), f"{remedy}.") for tag, (remedy, _, cause) in pairs.items()}
        yield Entry(code, "warning", apart)


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
