"""Headers of tables: what people call a column, understood.

A header is a key (`address.postalCode`, `name@en`) or a label in Polish or English („adres: kod
pocztowy”, „nazwa (en)”). Case, diacritics, spaces and punctuation do not matter, nor does the `*`
that templates put behind required columns.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.iris import fold
from es_lod.labels import class_names
from es_lod.messages.message import LANGUAGES
from es_lod.model import record_classes
from es_lod.tabular.columns import (
    OWNER,
    WORDS,
    Column,
    Table,
    inverse_columns,
    listed_columns,
    part_tables,
    record_tables,
)
from es_lod.values import language_tag

_LANGUAGE: Final = re.compile(
    r"(?s)(.*?)\s*(?:@\s*([A-Za-z][A-Za-z0-9-]*)|\(([A-Za-z]{2,3})\))\s*\*?\s*"
)
_INFLECTED: Final = 0.84
"""How like a word in the plural, or in a case, is to the word itself."""


def understood(text: str, table: Table) -> Column | None:
    """The column of a table that a header names."""
    names = _names(table)
    spoken = _LANGUAGE.fullmatch(text)
    if spoken:
        column = names.get(fold(spoken[1]))
        if column is not None and column.is_text:
            try:
                return column.spoken(language_tag(spoken[2] or spoken[3]))
            except InvalidValue:
                return None
    return names.get(fold(text))


def resembled(text: str, table: Table) -> Column | None:
    """The column whose name is nearest: misspelt, or the last word of a dotted one."""
    names, folded = _names(table), fold(text.partition("@")[0])
    near = get_close_matches(folded, list(names), 1, 0.75)
    if near:
        return names[near[0]]
    lasts = [c for c in dict.fromkeys(names.values()) if folded in _last_words(c)]
    return lasts[0] if len(lasts) == 1 else None


def spelling(text: str, column: Column) -> str:
    """The key or label of a column that a header is most like."""
    names = (column.key, *_labels(column))
    return max(names, key=lambda name: SequenceMatcher(None, fold(text), fold(name)).ratio())


def _last_words(column: Column) -> set[str]:
    labels = (column.label(tag).rpartition(": ")[2] for tag in LANGUAGES)
    return {fold(column.path[-1]), *map(fold, labels)}


@cache
def _names(table: Table) -> Mapping[str, Column]:
    """Each folded key and label of a table's columns; a key goes before a label."""
    columns = [*table.columns, *listed_columns(table), *inverse_columns(table)]
    names: dict[str, Column] = {}
    for words in (lambda column: [column.key], _labels):
        for column in columns:
            for word in words(column):
                names.setdefault(fold(word), column)
    return names


def _labels(column: Column) -> list[str]:
    return [column.label(tag) for tag in LANGUAGES]


def is_called(name: str, key: str) -> bool:
    """Whether a sheet or a header is called by a word that all tables have: `owner`, `settings`."""
    return fold(name) in {fold(word) for word in (key, *WORDS[key].values())}


def named_table(name: str) -> Table | None:
    """The table that a sheet or a file is named for: by key or label, its own or of a class.

    Words are inflected: „wydarzenia” are those of „wydarzenie”.
    """
    near = get_close_matches(fold(name), list(_tables()), 1, _INFLECTED)
    return _tables()[near[0]] if near else None


def called_table(name: str) -> Table | None:
    """The table of a name, as it is written: what a person states is not guessed at."""
    return _tables().get(fold(name))


def named_class(name: str) -> str | None:
    """The class that a sheet or a file is named for, as `named_table` has it."""
    words = {
        fold(word): name for name, cls in record_classes().items() for word in class_names(cls)
    }
    near = get_close_matches(fold(name), list(words), 1, _INFLECTED)
    return words[near[0]] if near else None


@cache
def _tables() -> Mapping[str, Table]:
    names: dict[str, Table] = {}
    for table in (*record_tables(), *part_tables()):
        for name in table_names(table):
            names.setdefault(fold(name), table)
    return names


def table_names(table: Table) -> Iterator[str]:
    """All that a table is called: its name and labels, then those of its classes."""
    yield table.name
    yield from (table.label(tag) for tag in LANGUAGES)
    for cls in table.classes if table.field is None else ():
        yield from class_names(cls)


def best_table(headers: list[str]) -> Table | None:
    """The table that most headers are of; nothing where no table has two of them."""
    is_parts = any(is_called(header, OWNER) for header in headers)
    tables = part_tables() if is_parts else record_tables()
    counts = {table: sum(understood(h, table) is not None for h in headers) for table in tables}
    best = max(counts, key=lambda table: counts[table])
    return best if counts[best] > 1 else None
