"""The index of the search in parts: each has the records of a run of words, in their order.

Words and records are kept in a file meanwhile, which SQLite sorts: memory does not grow with them.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from heapq import nlargest
from itertools import combinations, groupby, islice
from operator import itemgetter
from typing import Any, Final, NamedTuple
from zlib import crc32

from es_lod.site.edition import File
from es_lod.site.pages.folding import LONGEST, words
from es_lod.site.register import without_room

PATH: Final = "search.json"
"""What says which parts there are."""
FOLDER: Final = "words"
WHOLE: Final = 20_000
"""How many records of a word are in parts, and how many records a search reads at most."""
PART: Final = 2_000
"""How many records a part has at most."""
_FREQUENT: Final = 256
"""Of how many words that have more records than are in parts there are parts for two of them."""
# A database without a name is a temporary file, which goes with its connection:
# https://www.sqlite.org/inmemorydb.html#temp_db
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE line (n INTEGER PRIMARY KEY, line TEXT NOT NULL);
CREATE TABLE word (word BLOB NOT NULL, n INTEGER NOT NULL);
CREATE TABLE frequent (word BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE pair (first BLOB NOT NULL, second BLOB NOT NULL, n INTEGER NOT NULL);
BEGIN;
"""
# Strings of scripts are in the order of UTF-16.
_CODE: Final = "utf-16-be"

_Found = tuple[str, int, list[int]]
"""A word, how many records have it, and the first of these."""


class _Run(NamedTuple):
    """Words that follow each other; how many records have one of them, and the first of these.

    A word that has more records than a part is alone.
    """

    first: str
    last: str
    total: int
    records: list[int]


def parts(records: Iterable[tuple[str, str]], head: Mapping[str, Any]) -> Iterator[File]:
    """The parts, and what says which there are: `head`, and each run `[first, last, total]`.

    `records` are lines of JSON, each with the text whose words lead to it.
    """
    try:
        yield from _parts(records, head)
    except sqlite3.OperationalError as error:
        raise without_room(error) from error


def _parts(records: Iterable[tuple[str, str]], head: Mapping[str, Any]) -> Iterator[File]:
    with closing(sqlite3.connect("", isolation_level=None)) as known:
        known.executescript(_TABLES)
        known.executemany("INSERT INTO word VALUES (?, ?)", _taken(known, records))
        runs, frequent = [], Counter[str]()
        for run in _runs(_by_word(known)):
            runs.append(run[:3])
            if run.total > WHOLE:
                frequent[run.first] = run.total
            yield from _files(known, f"{FOLDER}/", run)
        pairs: dict[str, list[tuple[str, str, int]]] = {}
        for word, found in _pairs(known, nlargest(_FREQUENT, frequent, key=frequent.__getitem__)):
            pairs[word] = []
            for run in _runs(found):
                pairs[word].append(run[:3])
                yield from _files(known, f"{FOLDER}/{_name(word)}/", run)
    sizes = {"most": WHOLE, "part": PART, "longest": LONGEST}
    tree = {**head, **sizes, "words": runs, "pairs": pairs}
    yield File(PATH, json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _taken(
    known: sqlite3.Connection, records: Iterable[tuple[str, str]]
) -> Iterator[tuple[bytes, int]]:
    """Each word of each record, whose line is kept."""
    for n, (line, text) in enumerate(records):
        known.execute("INSERT INTO line VALUES (?, ?)", (n, line))
        for word in words(text):
            yield word.encode(_CODE), n


def _by_word(known: sqlite3.Connection) -> Iterator[_Found]:
    """The words in their order."""
    rows: Iterable[Any] = known.execute("SELECT word, n FROM word ORDER BY word, n")
    for word, group in groupby(rows, itemgetter(0)):
        records = [n for _, n in islice(group, WHOLE)]
        yield word.decode(_CODE), len(records) + sum(1 for _ in group), records


def _pairs(
    known: sqlite3.Connection, frequent: list[str]
) -> Iterator[tuple[str, Iterator[_Found]]]:
    """Each frequent word with those of the others after it that records have beside it.

    Neither of two such words leads to all of its records; of both there is one part.
    """
    known.executemany(
        "INSERT INTO frequent VALUES (?)", [(word.encode(_CODE),) for word in frequent]
    )
    totals = Counter[tuple[bytes, bytes]]()
    query = "SELECT n, word FROM word JOIN frequent USING (word) ORDER BY n, word"
    for n, group in groupby(known.execute(query), itemgetter(0)):
        for pair in combinations([word for _, word in group], 2):
            totals[pair] += 1
            if totals[pair] <= PART:
                known.execute("INSERT INTO pair VALUES (?, ?, ?)", (*pair, n))
    known.execute("CREATE INDEX pair_words ON pair (first, second, n)")
    for word in sorted(word.encode(_CODE) for word in frequent):
        rows: Iterable[Any] = known.execute(
            "SELECT second, n FROM pair WHERE first = ? ORDER BY second, n", (word,)
        )
        yield (
            word.decode(_CODE),
            (
                (second.decode(_CODE), totals[word, second], [n for _, n in group])
                for second, group in groupby(rows, itemgetter(0))
            ),
        )


def _runs(found: Iterable[_Found]) -> Iterator[_Run]:
    """Words one after another, as long as their records make one part."""
    first, last, together = "", "", set[int]()
    for word, total, records in found:
        more = len(together) + sum(n not in together for n in records)
        if together and (more > PART or _ends(last, len(together))):
            yield _Run(first, last, len(together), sorted(together))
            together = set()
        if total > PART:
            yield _Run(word, word, total, records)
            continue
        first, last = first if together else word, word
        together.update(records)
    if together:
        yield _Run(first, last, len(together), sorted(together))


def _ends(word: str, records: int) -> bool:
    """Whether a part of so many records ends after a word.

    The words decide, not only how much was before them: else a word that comes to be in one edition
    would move the beginnings of all parts after it.
    """
    return 4 * records > 3 * PART and crc32(word.encode()) % 16 == 0


def _files(known: sqlite3.Connection, folder: str, run: _Run) -> Iterator[File]:
    """The parts of a run: `[id, pl, en, class, town]` of each record."""
    query = "SELECT line FROM line WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    for i, begin in enumerate(range(0, len(run.records), PART), 1):
        asked = json.dumps(run.records[begin : begin + PART])
        lines = ",\n".join(line for (line,) in known.execute(query, (asked,)))
        name = _name(run.first) + ("" if i == 1 else f"-{i}")
        yield File(f"{folder}{name}.json", f"[\n{lines}\n]\n".encode())


def _name(word: str) -> str:
    """What a word, in any script, is called in the names of files."""
    return f"w-{word}" if word.isascii() else f"x-{word.encode().hex()}"
