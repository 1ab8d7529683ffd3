"""What the script of the search reads: one file of all records, or of many of them parts by words.

`search.json` then says which parts there are, so that of the words that are typed the rarest
decides what is read.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.site.cards import cards
from es_lod.site.edition import Edition, File
from es_lod.site.pages import index_parts
from es_lod.site.pages.index_parts import FOLDER, PATH
from es_lod.site.pages.listing import named
from es_lod.site.pages.lists import by_class
from es_lod.site.pages.spelling import capitalised

__all__ = ["FOLDER", "PATH", "index", "is_in_parts"]

_LENGTH: Final = 500
"""How many characters of a name or town count in parts."""


class _Line(NamedTuple):
    """A record: `[id, pl, en, class, town]`; an English name that is the Polish one is 0."""

    id: str
    polish: str
    english: str | int
    cls: int
    town: str


def is_in_parts(edition: Edition) -> bool:
    """Whether there are more records than a search reads."""
    return edition.register.count() > index_parts.WHOLE


def index(edition: Edition) -> Iterator[File]:
    """The files of the index."""
    labels = _labels(edition)
    if is_in_parts(edition):
        head = {"classes": labels, "count": edition.register.count()}
        return index_parts.parts(_records(edition, labels), head)
    lines = ",\n".join(map(_written, _lines(edition)))
    classes = json.dumps(labels, ensure_ascii=False)
    return iter([File(PATH, f'{{"classes": {classes}, "records": [\n{lines}\n]}}\n'.encode())])


def _labels(edition: Edition) -> Mapping[str, list[str]]:
    """What the classes are called, in each language, in the order of their numbers."""
    return {
        tag: [capitalised(class_label(cls, tag)) for cls in by_class(edition)] for tag in LANGUAGES
    }


def _lines(edition: Edition, length: int | None = None) -> Iterator[_Line]:
    """The records by name; of names and towns so many characters."""
    numbers = {cls.__name__: i for i, cls in enumerate(by_class(edition))}
    for card in cards(edition.register, "pl"):
        name = named(card)
        polish, english = (name.best(language)[:length] for language in LANGUAGES)
        other = english if english != polish else 0
        yield _Line(card.id, polish, other, numbers[card.cls], (card.town or "")[:length])


def _written(line: _Line) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _records(edition: Edition, labels: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each record with the text that is searched."""
    called = [" ".join(names) for names in zip(*labels.values(), strict=True)]
    for line in _lines(edition, _LENGTH):
        text = f"{line.polish} {line.english or ''} {called[line.cls]} {line.town} {line.id}"
        yield _written(line), text
