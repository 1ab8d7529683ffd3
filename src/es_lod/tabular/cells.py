"""Cells: from what stands in a table to what the fields of records take, and back.

Texts are taken as they are. What a spreadsheet made of them, a number or a date, is brought back
where only one meaning is possible, and refused otherwise: never changed silently.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

from es_lod.iris import fold
from es_lod.labels import choice_label, class_names
from es_lod.messages.message import LANGUAGES
from es_lod.model import kinds, record_classes
from es_lod.model.concepts import meanings
from es_lod.model.fields import Field
from es_lod.model.misfit import Misfit
from es_lod.model.strings import StringKind
from es_lod.readers.grids import EXACT, MAX_CELL, Cell, Fault, Moment

_DANGEROUS: Final = "=+-@'\t"
_REMEMBERED: Final = 8192
"""How many words are kept in mind: columns of concepts repeat a few."""
_SPLIT: Final = re.compile(r"(\\*);")


def escaped(text: str) -> str:
    """A text for a cell: one `'` before what a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] and text[0] in _DANGEROUS else text


def unescaped(text: str) -> str:
    """A cell's text, without the `'` of `escaped`."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _DANGEROUS else text


def joined(items: list[str]) -> str:
    r"""Several values for one cell: semicolons between them, `\;` within them.

    Backslashes are doubled only before a semicolon, so that others stay as they are.
    """
    marked = [re.sub(r"(\\*);", r"\1\1\\;", item) if ";" in item else item for item in items]
    return "; ".join([*(item + _trail(item) for item in marked[:-1]), *marked[-1:]])


def _trail(item: str) -> str:
    return item[len(item.rstrip("\\")) :]


def split(text: str) -> list[str]:
    """The values of a cell that holds several; empty ones are left out."""
    if ";" not in text:
        return [text.strip()] if text.strip() else []
    items, current, at = [], "", 0
    for found in _SPLIT.finditer(text):
        slashes = len(found[1])
        current += text[at : found.start()] + "\\" * (slashes // 2)
        at = found.end()
        if slashes % 2:
            current += ";"
        else:
            items.append(current)
            current = ""
    items.append(current + text[at:])
    return [item.strip() for item in items if item.strip()]


def values(cell: Cell, field: Field | None, *, many: bool) -> Any:
    """What a cell says for a field: a text, a list of texts where it holds several, or nothing.

    A `Misfit` is what the field cannot take, with the code of the problem.
    """
    if isinstance(cell, Fault):
        return Misfit("", str(cell), limit=MAX_CELL)
    if isinstance(cell, Moment):
        is_date = field is not None and isinstance(field.kind, kinds.DateKind)
        value: Any = str(cell) if is_date else Misfit(cell, "not-text")
    elif isinstance(cell, str):
        text = unescaped(cell.strip(" \r\n\u00a0"))
        if many:
            return [_meant(item, field) for item in split(text)] or None
        return _meant(text, field) if text else None
    else:
        value = number(cell, field)
    return [value] if many else value


def number(cell: float, field: Field | None) -> Any:
    """A number of a spreadsheet as text, where that cannot be another one than was typed."""
    if isinstance(cell, bool):
        return Misfit(str(cell).lower(), "not-text")
    kind = field.kind if field is not None else None
    if isinstance(kind, kinds.DecimalKind):
        return repr(cell)
    whole = cell == int(cell) if abs(cell) < EXACT else False
    if not whole or (cell < 0 and isinstance(kind, StringKind)):
        return Misfit(repr(cell), None if isinstance(kind, kinds.CountKind) else "not-text")
    return str(int(cell))


def plain(cell: Cell) -> str:
    """A cell as text: whole numbers without a point."""
    return cell.strip() if isinstance(cell, str) else str(number(cell, None))


def is_exact(cell: float) -> bool:
    """Whether a number is a whole one with all its digits."""
    return abs(cell) < EXACT and cell == int(cell)


def is_guess(cell: Cell, field: Field | None) -> bool:
    """Whether zeros in front of a number may be lost that nobody can know of."""
    if isinstance(cell, (str, bool)) or field is None:
        return False
    plain = isinstance(field.kind, StringKind) and field.kind.pattern is None
    return plain or isinstance(field.kind, (kinds.TextKind, kinds.TextsKind, kinds.ValueKind))


def _meant(text: str, field: Field | None) -> str:
    """A concept's notation for its label, an enumeration's word for its own; others stay."""
    if field is not None and isinstance(field.kind, kinds.ConceptKind):
        return notation(field.kind.scheme, text)
    if field is not None and isinstance(field.kind, kinds.ChoiceKind):
        return choice(field.kind, text)
    return text


@lru_cache(_REMEMBERED)
def choice(kind: kinds.ChoiceKind, word: str) -> str:
    """The word of an enumeration that is called so; the word itself where there is none."""
    called = (
        (known, choice_label(kind, known, tag)) for known, _ in kind.choices for tag in LANGUAGES
    )
    return next((known for known, label in called if fold(label) == fold(word)), word)


@lru_cache(_REMEMBERED)
def notation(scheme: str, word: str) -> str:
    """The notation of the one concept that is called so; the word itself where there is none."""
    found = meanings(scheme).get(fold(word), frozenset())
    return next(iter(found)) if len(found) == 1 else word


@lru_cache(_REMEMBERED)
def class_name(word: str) -> str:
    """The name of the one class that is called so; the word itself where there is none."""
    return _classes().get(fold(word), word)


@cache
def _classes() -> dict[str, str]:
    classes = record_classes()
    return {fold(word): name for name, cls in classes.items() for word in class_names(cls)}


def several(cell: Cell) -> Iterator[str]:
    """The values of a cell, whatever its column takes: for looking references up."""
    if isinstance(cell, str) and not isinstance(cell, (Fault, Moment)):
        yield from split(unescaped(cell.strip()))
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        yield str(number(cell, None))
