"""What is checked across records, as they stream by.

References and duplicates need the whole input: the ledger keeps the class of each id and the
references whose target has not been met yet, and judges them at the end.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from es_lod.errors import Path, Problem, key_path
from es_lod.iris import is_absolute, relative, resolve
from es_lod.model import find
from es_lod.model.kinds import RefKind
from es_lod.model.normal import references
from es_lod.model.record import Record
from es_lod.readers.origins import Claim, Origin
from es_lod.readers.plain import Where
from es_lod.validate.links import Summary, fits
from es_lod.validate.within import Told, contradictions

_SUGGESTED = 100
"""For how many dangling references a right id is looked for: each look goes over all ids."""


class _Pending(NamedTuple):
    """A reference whose target has not been met yet."""

    of: Told | Where
    steps: Path
    kind: RefKind

    @property
    def told(self) -> Told:
        """The record that refers."""
        return self.of if isinstance(self.of, Told) else Told(self.of.record, self.of.origin)


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
        name = self._name(resolve(id_, self.base))  # perhaps no id that a record can have
        self._classes.setdefault(name, Record)
        self._pending.pop(name, None)

    def add(self, record: Record, origin: Origin | None = None) -> list[Problem]:
        """What is wrong with a record beside its fields' values. A duplicate comes back alone."""
        told = Told(record, origin)
        name = self._name(str(record.id))
        if self._classes.get(name, Record) is not Record:
            return [told.problem("duplicate-id", ("id",), record.id)]
        self._classes[name] = type(record)
        if str(record.id).startswith(self.base):
            return [told.problem("invalid-id", ("id",), record.id)]
        found = list(contradictions(told))
        found += self._arrived(name, type(record))
        for steps, kind, target in references(record):
            found += self._refers(told, steps, kind, target)
        operator = getattr(record, "operator", None)
        if operator is not None:
            self._operators[name] = operator
        return found

    def takes(self, met: Summary) -> bool:
        """Take records that are plainly right, where nothing can be told of them here either.

        Where one of them has an id that another has, or a reference that leads to no record of its
        class, none is taken: `add` tells, one by one.
        """
        if not met.is_sound or not self._classes.keys().isdisjoint(met.classes):
            return False
        arrived = self._pending.keys() & met.classes.keys()
        if not all(fits(p.kind, met.classes[id_]) for id_ in arrived for p in self._pending[id_]):
            return False
        known = [(found, self._classes.get(found.target)) for found in met.references]
        if not all(cls is None or fits(found.kind, cls) for found, cls in known):
            return False
        self._classes |= met.classes
        self._operators |= met.operators
        for id_ in arrived:
            del self._pending[id_]
        for (target, of, steps, kind), cls in known:
            if cls is None:
                self._pending.setdefault(target, []).append(_Pending(of, steps, kind))
        return True

    def claim(self, claim: Claim) -> None:
        """Note an organisation's word that it operates a unit."""
        self._claims.append(claim)
        self.claimed.setdefault(claim.unit, claim.operator)

    def finish(self) -> Iterator[Problem]:
        """What only the end of the input shows: claims that do not fit, dangling references."""
        for claim in self._claims:
            yield from self._judge(claim)
        known: list[str] | None = None
        for n, (target, waiting) in enumerate(self._pending.items()):
            if n < _SUGGESTED:
                known = known or list(self._classes)
                near = get_close_matches(target, known, 1)
            else:
                near = []
            for pending in waiting:
                # What differs from an id only in its form is shown as it was written.
                hint = near[0] if near and near[0] != target else None
                yield pending.told.problem("dangling-reference", pending.steps, target, hint=hint)

    def _refers(self, told: Told, steps: Path, kind: RefKind, target: str) -> Iterator[Problem]:
        name = self._name(target)
        pending = _Pending(told, steps, kind)
        if name == self._name(str(told.record.id)):
            yield told.problem("self-reference", steps, target)
        if name in self._classes:
            yield from self._misfit(pending, target, self._classes[name])
        elif self._is_ours(name):
            self._pending.setdefault(name, []).append(pending)

    def _name(self, written: str) -> str:
        """The id of a record; the IRI of one that has none in the base.

        Millions of them are kept: an id takes half the memory of its IRI.
        """
        return relative(written, self.base) if is_absolute(written) else written

    def _is_ours(self, name: str) -> bool:
        """Whether a record of this name would be one of the documents'."""
        return resolve(name, self.base).startswith(tuple(self.bases))

    def _arrived(self, name: str, cls: type[Record]) -> Iterator[Problem]:
        for pending in self._pending.pop(name, ()):
            yield from self._misfit(pending, name, cls)

    @staticmethod
    def _misfit(pending: _Pending, target: str, cls: type[Record]) -> Iterator[Problem]:
        if not fits(pending.kind, cls):
            names = ", ".join(pending.kind.targets)
            params = {"actual": cls.__name__, "expected": names}
            yield pending.told.problem("wrong-class", pending.steps, target, **params)

    def _judge(self, claim: Claim) -> Iterator[Problem]:
        name = self._name(claim.unit)
        path, place = claim.origin.locate((claim.key,), claim.unit)
        field = key_path(path)
        cls = self._classes.get(name)
        if cls is None:
            code = "dangling-reference" if self._is_ours(name) else "described-elsewhere"
            yield Problem(code, claim.operator, field, claim.unit, place)
        elif cls is not Record and not issubclass(cls, find(claim.target) or Record):
            params = {"actual": cls.__name__, "expected": claim.target}
            yield Problem("wrong-class", claim.operator, field, claim.unit, place, params=params)
        elif self._name(self._operators.get(name, claim.operator)) != self._name(claim.operator):
            params = {"other": claim.operator}
            stated = self._operators[name]
            yield Problem("operator-conflict", claim.operator, field, stated, place, params=params)
