"""Values of documents that stand, brought to what records hold of them: no record is built."""

from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from es_lod.model import kinds
from es_lod.model.fields import Field, PartKind
from es_lod.model.outline import KEPT, Inner, Outline, Told, Values, outline_of, tagged

_Settle: TypeAlias = Callable[[Any, str], Any]
"""What is held of a raw value; takes the language of plain strings, too."""
_Step: TypeAlias = tuple[int, str, _Settle | None]
"""The position of a value, the name of its field, and what is to be done, if anything."""


def settled(outline: Outline, values: Values, language: str) -> Told:
    """Outline and values as `outlined` gives them of the record that they would be built to."""
    found, steps = _prepared(outline)
    held = [values[n] if settle is None else settle(values[n], language) for n, _, settle in steps]
    if not all(held):  # of what is empty nothing is said; zero is something
        pairs = [(step[1], value) for step, value in zip(steps, held, strict=True)]
        some = {name: value for name, value in pairs if value not in ((), [])}
        found, held = outline_of(outline.cls, tuple(some), None), [*some.values()]
    return Told(found, held)


@lru_cache(maxsize=KEPT)
def _prepared(outline: Outline) -> tuple[Outline, list[_Step]]:
    steps: list[_Step] = [] if outline.id_at < 0 else [(outline.id_at, "id", None)]
    steps += [(n, field.name, _settle(field)) for n, field in outline.declared]
    return outline_of(outline.cls, tuple(name for _, name, _ in steps), None), steps


def _settle(field: Field) -> _Settle | None:
    kind = field.kind
    if isinstance(kind, PartKind):
        return lambda parts, language: [
            Inner(fragment, *settled(outline, values, language))
            for fragment, outline, values in parts
        ]
    if field.many:
        return _several
    if isinstance(kind, kinds.TextKind):
        return _text
    if isinstance(kind, kinds.TextsKind):
        return _texts
    return kind.parse if isinstance(kind, (kinds.CountKind, kinds.DecimalKind)) else None


def _text(raw: Any, language: str) -> Any:
    return ((language, raw),) if type(raw) is str else tuple(sorted(raw))


def _texts(raw: Any, language: str) -> Any:
    by_tag = groupby(tagged(raw, language), itemgetter(0))
    return tuple((tag, tuple(string for _, string in pairs)) for tag, pairs in by_tag)


def _several(raw: Any, _: str) -> Any:
    """Strings: of numbers and texts, whose order is another, several never stand."""
    items = raw if type(raw) is list else [raw]
    return tuple(items) if len(items) == 1 else tuple(sorted(set(items)))
