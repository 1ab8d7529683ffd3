"""What a value became: the trace of normalisation.

Silent are only changes that nobody sees or that change no value: space around it, NFC, line ends,
and how a number is written that is the same.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from es_lod.errors import InvalidValue, Path
from es_lod.model import kinds
from es_lod.model.strings import StringKind
from es_lod.readers.entries import Tree
from es_lod.values import as_written, text

_TEXTS = (kinds.TextKind, kinds.TextsKind)
_SCALARS = (
    StringKind,
    kinds.DateKind,
    kinds.CountKind,
    kinds.DecimalKind,
    kinds.IriKind,
    kinds.RefKind,
    kinds.IdKind,
)


class Change(NamedTuple):
    """A value that is kept otherwise than it was written; `steps` lead to it within the field."""

    steps: Path
    original: str
    value: str


def changes(kind: kinds.Kind, raw: Tree, held: Any = None) -> Iterator[Change]:
    """The changes between what stands in a tree for a field and what the node holds.

    `held` spares a second look at values that are kept as they are.
    """
    if isinstance(kind, _TEXTS):
        yield from _of_texts(raw, _strings_of(held))
    elif isinstance(kind, _SCALARS):
        kept = held if isinstance(held, tuple) else (held,)
        for steps, item in _items(raw):
            if item not in kept and (change := _of_scalar(kind, steps, item)):
                yield change


def _of_texts(raw: Tree, kept: set[str]) -> Iterator[Change]:
    for steps, string in _strings(raw):
        if string not in kept:
            original = as_written(string)
            try:
                value = text(string)
            except InvalidValue:
                continue  # no text: what is written beside it in JSON-LD
            if value != original:
                yield Change(steps, original, value)


def _strings_of(held: Any) -> set[str]:
    if not isinstance(held, Mapping):
        return set()
    return {s for of in held.values() for s in ((of,) if isinstance(of, str) else of)}


def _strings(raw: Tree) -> Iterator[tuple[Path, str]]:
    """All strings of a text, of its languages and of lists of them, each with the way to it."""
    if isinstance(raw, str):
        yield (), raw
    elif isinstance(raw, (list, dict)):
        for step, item in enumerate(raw) if isinstance(raw, list) else raw.items():
            for steps, string in _strings(item):
                yield (step, *steps), string


def _items(raw: Tree) -> Iterator[tuple[Path, Any]]:
    """The values of a field, written with their type or without."""
    if isinstance(raw, list):
        for i, item in enumerate(raw):
            for steps, value in _items(item):
                yield (i, *steps), value
    elif isinstance(raw, dict) and "@value" in raw:
        for steps, value in _items(raw["@value"]):
            yield ("@value", *steps), value
    elif isinstance(raw, (str, int, float)) and not isinstance(raw, bool):
        yield (), raw


def _of_scalar(kind: kinds.Kind, steps: Path, item: str | float) -> Change | None:
    try:
        value = kind.parse(item)
    except InvalidValue:
        return None  # told elsewhere
    original = str(item).strip()
    if isinstance(item, str) and type(kind) is StringKind:
        original = as_written(item)
    if str(value) == original or (isinstance(value, (int, Decimal)) and _is(value, original)):
        return None
    return Change(steps, original, str(value))


def _is(number: int | Decimal, written: str) -> bool:
    """Whether a number is written as such, with zeros, sign or exponent."""
    try:
        return Decimal(written) == number
    except ArithmeticError:
        return False
