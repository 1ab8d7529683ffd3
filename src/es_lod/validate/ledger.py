"""What is checked across the fields of a record and across records, as they stream by.

References and duplicates need the whole input: the ledger keeps the class of each IRI and the
references whose target has not been met yet, and judges them at the end.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any, NamedTuple

from es_lod.errors import Path, Problem, key_path
from es_lod.iris import is_absolute, relative, resolve
from es_lod.model import find
from es_lod.model.kinds import RefKind, TextKind, TextsKind
from es_lod.model.normal import references
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement
from es_lod.rdf.emit import parts_of
from es_lod.readers.origins import Claim, Origin
from es_lod.validate import personal
from es_lod.values import Text, Texts

_SUGGESTED = 100
"""For how many dangling references a right id is looked for: each look goes over all ids."""


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


class _Pending(NamedTuple):
    told: Told
    steps: Path
    kind: RefKind


class Ledger:
    """The records met so far. `base` makes IRIs of ids."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.bases = {base}
        """The bases of all documents: an IRI within one of them names a record of theirs."""
        self._classes: dict[str, type[Record]] = {}
        self._pending: dict[str, list[_Pending]] = {}
        self._operators: dict[str, str] = {}
        self._claims: list[Claim] = []
        self.claimed: dict[str, str] = {}
        """Unit → the operator that claims it."""

    def note_unbuilt(self, id_: str) -> None:
        """A record that could not be built has this id: references to it do not dangle."""
        iri = resolve(id_, self.base)
        self._classes.setdefault(iri, Record)
        self._pending.pop(iri, None)

    def add(self, record: Record, origin: Origin | None = None) -> list[Problem]:
        """What is wrong with a record beside its fields' values. A duplicate comes back alone."""
        told = Told(record, origin)
        iri = resolve(str(record.id), self.base)
        if self._classes.get(iri, Record) is not Record:
            return [told.problem("duplicate-id", ("id",), record.id)]
        self._classes[iri] = type(record)
        if is_absolute(str(record.id)) and iri.startswith(self.base):
            return [told.problem("invalid-id", ("id",), record.id)]
        found = [*_conflicts(told), *_collisions(told), *_statements(told)]
        found += personal.in_record(told, _nodes(record))
        found += self._arrived(iri, type(record))
        for steps, kind, target in references(record):
            found += self._refers(told, steps, kind, target)
        operator = getattr(record, "operator", None)
        if operator is not None:
            self._operators[iri] = operator
        return found

    def claim(self, claim: Claim) -> None:
        """Note an organisation's word that it operates a unit."""
        self._claims.append(claim)
        self.claimed.setdefault(claim.unit, claim.operator)

    def finish(self) -> Iterator[Problem]:
        """What only the end of the input shows: claims that do not fit, dangling references."""
        for claim in self._claims:
            yield from self._judge(claim)
        known: list[str] | None = None
        for n, (iri, waiting) in enumerate(self._pending.items()):
            target = relative(iri, self.base)
            if n < _SUGGESTED:
                known = known or [relative(seen, self.base) for seen in self._classes]
                near = get_close_matches(target, known, 1)
            else:
                near = []
            for pending in waiting:
                # What differs from an id only in its form is shown as it was written.
                hint = near[0] if near and near[0] != target else None
                yield pending.told.problem("dangling-reference", pending.steps, target, hint=hint)

    def _refers(self, told: Told, steps: Path, kind: RefKind, target: str) -> Iterator[Problem]:
        iri = resolve(target, self.base)
        pending = _Pending(told, steps, kind)
        if iri == resolve(str(told.record.id), self.base):
            yield told.problem("self-reference", steps, target)
        if iri in self._classes:
            yield from self._misfit(pending, target, self._classes[iri])
        elif iri.startswith(tuple(self.bases)):
            self._pending.setdefault(iri, []).append(pending)

    def _arrived(self, iri: str, cls: type[Record]) -> Iterator[Problem]:
        for pending in self._pending.pop(iri, ()):
            yield from self._misfit(pending, relative(iri, self.base), cls)

    @staticmethod
    def _misfit(pending: _Pending, target: str, cls: type[Record]) -> Iterator[Problem]:
        expected = [found for name in pending.kind.targets if (found := find(name))]
        fits = cls is Record or "Record" in pending.kind.targets or issubclass(cls, tuple(expected))
        if not fits:
            names = ", ".join(pending.kind.targets)
            params = {"actual": cls.__name__, "expected": names}
            yield pending.told.problem("wrong-class", pending.steps, target, **params)

    def _judge(self, claim: Claim) -> Iterator[Problem]:
        iri = resolve(claim.unit, self.base)
        path, place = claim.origin.locate((claim.key,), claim.unit)
        field = key_path(path)
        cls = self._classes.get(iri)
        if cls is None:
            inside = iri.startswith(tuple(self.bases))
            code = "dangling-reference" if inside else "described-elsewhere"
            yield Problem(code, claim.operator, field, claim.unit, place)
        elif cls is not Record and not issubclass(cls, find(claim.target) or Record):
            params = {"actual": cls.__name__, "expected": claim.target}
            yield Problem("wrong-class", claim.operator, field, claim.unit, place, params=params)
        elif resolve(self._operators.get(iri, claim.operator), self.base) != resolve(
            claim.operator, self.base
        ):
            params = {"other": claim.operator}
            stated = self._operators[iri]
            yield Problem("operator-conflict", claim.operator, field, stated, place, params=params)


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
