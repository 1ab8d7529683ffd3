"""What the columns of a table hold: links, numbers, dates; which of them names another."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, NamedTuple, TypeAlias

from es_lod.namespaces import XSD
from es_lod.server.page.results import Solutions, Value

Kind: TypeAlias = Literal["iri", "number", "date", "text", "mixed", "empty"]

_INTEGERS: Final = (
    *("integer", "int", "long", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_NUMBERS: Final = frozenset(str(XSD[name]) for name in ("decimal", "float", "double", *_INTEGERS))
_DATES: Final = frozenset(str(XSD[name]) for name in ("date", "dateTime", "gYear", "gYearMonth"))
# Cut, as by SUBSTR(STR(?date), 1, 4), a date is a string.
_DATE: Final = re.compile(r"[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9](?:T[0-9:.Z+-]*)?)?)?")
_NAMING: Final = ("Name", "Label", "name", "label")


class Column(NamedTuple):
    """A column: what all its values are; their languages and datatypes, where the head says them.

    It does where all share one, and of dates and numbers, which show theirs. `named_by` is the
    number of the column with the names of what is in this one.
    """

    name: str
    kind: Kind
    marks: tuple[str, ...]
    named_by: int | None


def columns(table: Solutions) -> tuple[Column, ...]:
    """The columns of a table."""
    numbers = {name: i for i, name in enumerate(table.columns)}
    return tuple(
        _column(name, [row[i] for row in table.rows], numbers)
        for i, name in enumerate(table.columns)
    )


def _column(name: str, values: list[Value | None], numbers: dict[str, int]) -> Column:
    there = [value for value in values if value is not None]
    kinds = {_kind(value) for value in there}
    kind: Kind = kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "empty"
    marks = {mark(value) for value in there if value.kind == "literal"}
    is_said = len(marks) == 1 or kind in ("number", "date")
    naming = (numbers[name + end] for end in _NAMING if name + end in numbers)
    named_by = next(naming, None) if kind == "iri" else None
    said = tuple(sorted(filter(None, marks))) if is_said else ()
    return Column(name, kind, said, named_by)


def _kind(value: Value) -> Kind:
    if value.kind != "literal":
        return "iri" if value.kind == "iri" else "mixed"
    if value.datatype in _NUMBERS and number(value) is not None:
        return "number"
    may_be_date = value.datatype in _DATES or not (value.datatype or value.language)
    return "date" if may_be_date and _DATE.fullmatch(value.text) else "text"


def mark(value: Value) -> str:
    """The language or datatype of a literal: that which its text does not say."""
    return value.language or value.datatype


def number(value: Value | None) -> Decimal | None:
    """The number that a literal is; nothing for what cannot be drawn, such as infinity."""
    try:
        found = Decimal(value.text) if value is not None else None
    except InvalidOperation:
        return None
    is_drawable = found is not None and found.is_finite() and abs(found.adjusted()) < 16
    return found if is_drawable else None
