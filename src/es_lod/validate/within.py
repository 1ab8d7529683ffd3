"""What is checked across the fields of one record."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any, NamedTuple

from es_lod.errors import Path, Problem, key_path
from es_lod.model.kinds import TextKind, TextsKind
from es_lod.model.normal import parts_of
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement
from es_lod.readers.origins import Origin
from es_lod.validate import personal
from es_lod.values import Text, Texts


class Told(NamedTuple):
    """A record and where it comes from: enough to tell a problem of it."""

    record: Record
    origin: Origin | None

    def problem(
        self,
        code: str,
        steps: Path = (),
        value: str | None = None,
        hint: str | None = None,
        **params: Any,
    ) -> Problem:
        """A problem of a field; `steps` into lists of parts are fragments."""
        field, place = steps, None
        if self.origin is not None:
            found, place = self.origin.locate(steps, value)
            # A lone part needs no list: the source then has no step for its fragment.
            is_there = found[-1:] == steps[-1:] or len(found) >= len(steps)
            field = found if is_there else steps
        return Problem(code, self.record.id, key_path(field), value, place, hint, params)


def contradictions(told: Told) -> Iterator[Problem]:
    """What contradicts within a record, and what may tell of a person."""
    yield from _conflicts(told)
    yield from _collisions(told)
    yield from _statements(told)
    yield from personal.in_record(told, _nodes(told.record))


def _conflicts(told: Told) -> Iterator[Problem]:
    for steps, node in _nodes(told.record):
        for code, key, params, hint in node.conflicts():
            value = str(params.pop("value"))
            yield told.problem(code, (*steps, key), value, hint, **params)


def _nodes(node: Node, steps: Path = ()) -> Iterator[tuple[Path, Node]]:
    yield steps, node
    for field in type(node).links():
        if isinstance(field.kind, PartKind):
            value = getattr(node, field.name)
            for part in value if field.many else () if value is None else (value,):
                inner = (field.key, part.fragment(field)) if field.many else (field.key,)
                yield from _nodes(part, (*steps, *inner))


def _collisions(told: Told) -> Iterator[Problem]:
    seen: set[str] = set()
    places = islice(_nodes(told.record), 1, None)  # but the record itself
    for (fragment, _), (steps, _) in zip(parts_of(told.record), places, strict=True):
        if fragment in seen:
            yield told.problem("part-collision", steps, fragment)
        seen.add(fragment)


def _statements(told: Told) -> Iterator[Problem]:
    by_key = type(told.record).by_key()
    for statement in told.record.statements:
        if not statement.property:
            continue  # told as missing
        steps: Path = ("statements", statement.fragment(by_key["statements"]))
        field = by_key.get(statement.property)
        if field is None:
            near = get_close_matches(statement.property, list(by_key), 1)
            expected = {"pl": "polem", "en": "field"}
            at = (*steps, "property")
            hint = near[0] if near else None
            yield told.problem(
                "invalid-statement", at, statement.property, hint=hint, expected=expected
            )
        elif statement.value is not None and not _holds(told.record, field, statement):
            expected = {"pl": f"wartością pola {field.key}", "en": f"value of {field.key}"}
            shown = str(statement.value)
            yield told.problem("invalid-statement", (*steps, "value"), shown, expected=expected)


def _holds(record: Record, field: Field, statement: Statement) -> bool:
    """Whether a record has the value that a statement is about, in that very field."""
    value, stated = getattr(record, field.name), statement.value
    if isinstance(field.kind, (TextKind, TextsKind)):
        if not isinstance(stated, Text) or not isinstance(value, (Text, Texts)) or len(stated) > 1:
            return False
        tag, string = next(iter(stated.items()))
        return string in ((value.get(tag),) if isinstance(value, Text) else value.get(tag, ()))
    items = (value or ()) if field.many else (value,)
    if isinstance(field.kind, PartKind):
        parts: list[Part] = [item for item in items if item is not None]
        return stated in [part.fragment(field) for part in parts]
    return stated in [str(item) for item in items if item is not None]
