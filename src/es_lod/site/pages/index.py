"""What the script of the search reads: one file of all records, or of many of them parts by words.

A part has the records of a run of words in their order; `search.json` then says which there are, so
that of the words that are typed the rarest decides what is read.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, NamedTuple

from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.site.cards import cards
from es_lod.site.edition import Edition, File
from es_lod.site.pages.folding import LONGEST, words
from es_lod.site.pages.listing import named
from es_lod.site.pages.lists import by_class
from es_lod.site.pages.spelling import capitalised

PATH: Final = "search.json"
"""The index as a whole, or what parts of it there are."""
WHOLE: Final = 20_000
"""Up to how many records are one file; no word has more in its parts."""
PART: Final = 2_000
"""How many records a part has at most."""
FOLDER: Final = "words"
_LENGTH: Final = 500
"""How many characters of a name or town count in parts."""
# A database without a name is a temporary file, which goes with its connection:
# https://www.sqlite.org/inmemorydb.html#temp_db
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE line (n INTEGER PRIMARY KEY, line TEXT NOT NULL);
CREATE TABLE word (word BLOB NOT NULL, n INTEGER NOT NULL);
BEGIN;
"""
# Strings of scripts are in the order of UTF-16.
_CODE: Final = "utf-16-be"


class _Line(NamedTuple):
    """A record: `[id, pl, en, class, town]`; an English name that is the Polish one is 0."""

    id: str
    polish: str
    english: str | int
    cls: int
    town: str


class _Run(NamedTuple):
    """Words that follow each other; how many records have one of them, and the first of these.

    A word that has more records than a part is alone.
    """

    first: str
    last: str
    total: int
    records: list[int]


def is_in_parts(edition: Edition) -> bool:
    """Whether there are too many records for one file."""
    return edition.register.count() > WHOLE


def index(edition: Edition) -> Iterator[File]:
    """The files of the index."""
    if is_in_parts(edition):
        yield from _parts(edition)
        return
    lines = ",\n".join(map(_written, _lines(edition)))
    head = json.dumps(_labels(edition), ensure_ascii=False)
    yield File(PATH, f'{{"classes": {head}, "records": [\n{lines}\n]}}\n'.encode())


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


def _parts(edition: Edition) -> Iterator[File]:
    labels = _labels(edition)
    runs = []
    with closing(sqlite3.connect("", isolation_level=None)) as known:
        known.executescript(_TABLES)
        known.executemany("INSERT INTO word VALUES (?, ?)", _taken(known, edition, labels))
        for first, last, count, records in _runs(_by_word(known)):
            runs.append(json.dumps([first, last, count], ensure_ascii=False))
            for i, begin in enumerate(range(0, len(records), PART), 1):
                lines = _found(known, records[begin : begin + PART])
                yield File(_path(first, i), ("[\n" + ",\n".join(lines) + "\n]\n").encode())
    head = {
        "classes": labels,
        "count": edition.register.count(),
        "most": WHOLE,
        "part": PART,
        "longest": LONGEST,
    }
    start = json.dumps(head, ensure_ascii=False).removesuffix("}")
    yield File(PATH, (start + ', "words": [\n' + ",\n".join(runs) + "\n]}\n").encode())


def _taken(
    known: sqlite3.Connection, edition: Edition, labels: Mapping[str, list[str]]
) -> Iterator[tuple[bytes, int]]:
    """Each word of each record, which is kept aside."""
    called = [" ".join(names) for names in zip(*labels.values(), strict=True)]
    for n, line in enumerate(_lines(edition, _LENGTH)):
        known.execute("INSERT INTO line VALUES (?, ?)", (n, _written(line)))
        text = f"{line.polish} {line.english or ''} {called[line.cls]} {line.town} {line.id}"
        for word in words(text):
            yield word.encode(_CODE), n


def _by_word(known: sqlite3.Connection) -> Iterator[tuple[str, int, list[int]]]:
    """Each word with how many records have it, and the first of these."""
    rows: Iterable[Any] = known.execute("SELECT word, n FROM word ORDER BY word, n")
    for word, group in groupby(rows, itemgetter(0)):
        records = [n for _, n in islice(group, WHOLE)]
        yield word.decode(_CODE), len(records) + sum(1 for _ in group), records


def _runs(found: Iterable[tuple[str, int, list[int]]]) -> Iterator[_Run]:
    """Words one after another, as long as their records make one part."""
    first, last, together = "", "", set[int]()
    for word, count, records in found:
        more = len(together) + sum(n not in together for n in records)
        if together and more > PART:
            yield _Run(first, last, len(together), sorted(together))
            together = set()
        if count > PART:
            yield _Run(word, word, count, records)
            continue
        first, last = first if together else word, word
        together.update(records)
    if together:
        yield _Run(first, last, len(together), sorted(together))


def _found(known: sqlite3.Connection, records: list[int]) -> list[str]:
    """The lines of records in their order."""
    query = "SELECT line FROM line WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    return [line for (line,) in known.execute(query, (json.dumps(records),))]


def _path(word: str, i: int) -> str:
    """The path of a part by its first word, which may be in any script; of several the `i`th."""
    name = f"w-{word}" if word.isascii() else f"x-{word.encode().hex()}"
    return f"{FOLDER}/{name}{'' if i == 1 else f'-{i}'}.json"
