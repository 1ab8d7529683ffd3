"""Drafting a columns file: what could be guessed of a table, for a person to look at."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from es_lod.iris import fold
from es_lod.model.concepts import nearest_notation
from es_lod.model.kinds import ConceptKind
from es_lod.personal import masked
from es_lod.readers.grids import Fault, Grid, Row
from es_lod.tabular.cells import plain
from es_lod.tabular.columns import TYPE, Column
from es_lod.tabular.guesses import (
    Values,
    dates_guess,
    key_guess,
    scheme_words,
    table_guess,
    type_guess,
)
from es_lod.tabular.headers import understood
from es_lod.tabular.heads import is_comment, is_special, likely, texts_of
from es_lod.tabular.mapping import numbered

_Say: TypeAlias = Callable[..., str]

_WORDS_SHOWN: Final = 30
_SAFE: Final = re.compile(r"[^\W\d_][\w()/]*(?:[ .-]+[\w()/]+)*\.?")
_NOTHING: Final = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")

_TEXTS: Final = {
    "left": (
        "Z lewej nagłówki tabeli, z prawej nasze pola: etykiety albo klucze z szablonu.",
        "On the left the table's headers, on the right our fields: labels or keys of a template.",
    ),
    "check": (
        'To propozycja: sprawdź każdy wiersz, puste uzupełnij, zbędną kolumnę oznacz "-".',
        'These are guesses: check each line, fill in the empty ones, put "-" to leave one out.',
    ),
    "type": ("zgadnięto; sprawdź", "a guess; check it"),
    "no-type": ("wpisz typ, na przykład {}", "write the type, for example {}"),
    "count": ("wartości: {}, pierwsza: „{}”", "values: {}, the first: “{}”"),
    "empty": ("kolumna pusta", "an empty column"),
    "dates": ("sprawdź kolejność", "check the order"),
    "nearest": ("najbliższe: {}", "nearest: {}"),
    "more": ("i inne, razem {}", "and others, {} in all"),
}


def draft(grids: Iterable[Grid], language: str) -> str | None:
    """A columns file for the tables of an input; nothing where there is none with headers."""

    def say(key: str, *words: object) -> str:
        return _TEXTS[key][language == "en"].format(*words)

    found = [(grid, *likely(grid)) for grid in grids if not is_special(grid)]
    named = {grid.name: (grid, header, first) for grid, header, first in found if header}
    tables = list(named.values())
    if not tables:
        return None
    lines = [f"# {say('left')}", f"# {say('check')}"]
    if len({tuple(texts_of(header)) for _, header, _ in tables}) == 1:
        lines += _table(*tables[0], say)
    else:
        lines.append("tables:")
        for grid, header, first in tables:
            lines.append(f"  - table: {_scalar(masked(grid.name))}")
            lines += [f"    {line}" for line in _table(grid, header, first, say)]
    return "\n".join(lines) + "\n"


def _table(grid: Grid, header: Row, is_first: bool, say: _Say) -> Iterator[str]:
    columns = _values(grid, header)
    type_ = type_guess(grid.name, columns)
    table = table_guess(type_, columns)
    taken: list[str] = []
    described: list[str] = []
    for values in columns:
        key = key_guess(values, table, taken)
        taken += [key] if key else []
        described += _column(values, key, understood(key, table) if key else None, say)
    if type_ is not None:
        yield f"type: {type_}  # {say('type')}"
    elif TYPE not in taken:
        names = ", ".join(cls.__name__ for cls in table.classes[:4])
        yield f"type:  # {say('no-type', names)}"
    if not is_first:
        yield f"header: {header.number}"
    yield "columns:"
    yield from (f"  {line}" for line in described)


def _values(grid: Grid, header: Row) -> list[Values]:
    columns = [Values(name) for name in numbered(texts_of(header))]
    below = False
    for row in grid.rows():
        if not isinstance(row, Row):
            continue
        if below and not is_comment(row.cells):
            for values, cell in zip(columns, row.cells, strict=False):
                values.add("" if isinstance(cell, Fault) else plain(cell))
        below = below or row.number == header.number
    return [values for values in columns if values.header]


def _column(values: Values, key: str | None, column: Column | None, say: _Say) -> Iterator[str]:
    """The lines of a column: its header, the field, and what its words mean."""
    name = _key(values.header)
    told = say("count", values.count, _shown(values.first)) if values.count else say("empty")
    words = _unknown(values, column) if column else []
    form = dates_guess(values)
    if not words and form is None:
        yield f"{name} {_scalar(key)}" if key else f"{name}  # {told}"
        return
    yield name
    yield f"  key: {_scalar(key)}" if key else f"  key:  # {told}"
    if form is not None:
        yield f"  dates: {form}  # {say('dates')}"
    if words and column:
        yield "  values:"
        for word in words[:_WORDS_SHOWN]:
            near = _nearest(column, word)
            hint = f", {say('nearest', near)}" if near else ""
            yield f"    {_key(word)}  # {values.counts[word]}×{hint}"
        if len(words) > _WORDS_SHOWN:
            yield f"    # {say('more', len(words))}"


def _unknown(values: Values, column: Column) -> list[str]:
    """The words of a column of concepts that are no notation and no label, by how often."""
    known = scheme_words(column)
    words = [word for word in values.counts if len(known.get(fold(word), ())) != 1]
    return sorted(words, key=lambda word: (-values.counts[word], word)) if known else []


def _nearest(column: Column, word: str) -> str | None:
    kind = column.field.kind if column.field else None
    return nearest_notation(kind.scheme, word) if isinstance(kind, ConceptKind) else None


def _shown(text: str) -> str:
    """A value for a comment: one line, no longer than a glance, without a person's number."""
    line = " ".join("".join(c if c.isprintable() else " " for c in masked(text)).split())
    return line if len(line) <= 40 else line[:39] + "…"


def _key(text: str) -> str:
    """A text as the key of a line; YAML takes long ones only behind a question mark."""
    written = _scalar(masked(text))
    return f"{written}:" if len(written) < 1000 else f"? {written}\n:"


def _scalar(text: str) -> str:
    """A text as YAML takes it for that text and nothing else."""
    if _SAFE.fullmatch(text) and text.lower() not in _NOTHING:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in quoted)
