"""The candidates for a query: how well each fits, and whether one of them is the right one.

A candidate is a match only where nothing speaks against it and no other one fits as well: a wrong
match does harm that nobody sees, a missing one costs a glance.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from es_lod.iris import is_id
from es_lod.server.reconcile.alignment import Likeness, Sureness
from es_lod.server.reconcile.comparing import IDENTIFYING
from es_lod.server.reconcile.entities import Entities, Entity
from es_lod.server.reconcile.properties import properties
from es_lod.server.reconcile.reading import Constraint, Query

_AGREES: Final = 0.99
_FLOOR: Final = 0.3
"""What fits less is no candidate."""
_MOST: Final = 200
"""How many entities are judged that have the values given."""
_CLEAR: Final = 0.05
"""By how much a misspelt name must be nearer than the next one."""
_CLOSE: Final = 0.6
"""How alike a name must be where a number says who is meant."""
_NUMBERED: Final = 0.9
_OTHER_NUMBER: Final = 0.6
_OTHER_TYPE: Final = 0.8
_UNKNOWN: Final = 0.97
_BONUS: Final = 0.25
_MALUS: Final = 0.3


class Grade(IntEnum):
    """By what a candidate is known."""

    NOTHING = 0
    MISSPELT = 1
    NAME = 2
    NUMBER = 3
    """Its number in a register, its id or its IRI."""


class Candidate(NamedTuple):
    """An entity that a query may mean. `score` is from 0 to 1."""

    entity: Entity
    score: float
    features: dict[str, float | bool]
    grade: Grade
    speaks_against: bool
    match: bool = False


def candidates(entities: Entities, query: Query) -> list[Candidate]:
    """The candidates for a query, the best first, at most one of them a match."""
    text, stated = entities.stated(query.text.strip())
    constraints = (
        *query.constraints,
        *(Constraint(properties()[id_], (number,)) for id_, number in stated.items()),
    )
    asked = entities.asked(text)
    named = entities.nearest(asked) if asked else {}
    known = _known(entities, text)
    pool = dict.fromkeys((*named, *known, *_constrained(entities, constraints, bool(text))))
    found: list[Candidate] = []
    for number in pool:
        likeness = None
        if asked:
            likeness = named.get(number) or entities.likeness(asked, number)
        judge = _Judge(entities, query, constraints, likeness, known.get(number))
        found.append(judge.judged(entities[number]))
    return _decided(query, found)


def _known(entities: Entities, text: str) -> dict[int, bool]:
    """The entities of which the query is the number or the id, and whether it surely is."""
    found = dict.fromkeys(entities.numbered(text), True)
    if (entity := entities.find(text)) is not None:
        # One word may be an id, and the name of something else.
        found[entity.number] = "-" in text or not is_id(text)
    return found


def _constrained(
    entities: Entities, constraints: Sequence[Constraint], is_named: bool
) -> Iterator[int]:
    """The entities with the values that are given; beside a name, numbers alone find others."""
    found: Counter[int] = Counter()
    for constraint in constraints:
        if isinstance(constraint.property.kind, IDENTIFYING) or not is_named:
            found.update(
                {n for v in constraint.values for n in entities.having(constraint.property, v)}
            )
    # Those that have the most of them first; thousands may be in one country.
    yield from sorted(found, key=lambda number: (-found[number], number))[:_MOST]


class _Judge:
    """Judges one entity; `is_known` says that the query is its id or its number: surely, or not."""

    def __init__(
        self,
        entities: Entities,
        query: Query,
        constraints: Sequence[Constraint],
        likeness: Likeness | None,
        is_known: bool | None,
    ) -> None:
        self._entities = entities
        self._query = query
        self._constraints = constraints
        self._likeness = likeness
        self._is_known = is_known
        self._features: dict[str, float | bool] = {}
        self._against = False
        self._has_number = False

    def judged(self, entity: Entity) -> Candidate:
        """What speaks for and against the entity."""
        score = self._by_name()
        for constraint in self._constraints:
            score = self._by_property(score, entity, constraint)
        if self._query.types:
            fits = _fits(entity, self._query)
            self._features["type"] = fits
            score *= 1 if fits else _OTHER_TYPE
            self._against |= not fits
        return Candidate(entity, score, self._features, self._grade(), self._against)

    def _by_name(self) -> float:
        """How well the name fits; of a query without a name all do."""
        if self._is_known is not None:
            self._features["identifier"] = True
            return 1.0
        if self._likeness is None:
            return 1.0
        self._features["name_words"] = round(100 * self._likeness.words, 1)
        self._features["name_letters"] = round(100 * self._likeness.whole, 1)
        return self._likeness.score

    def _by_property(self, score: float, entity: Entity, constraint: Constraint) -> float:
        if not constraint.values:
            return score
        agrees = self._entities.agreement(entity, constraint.property, constraint.values)
        if agrees is None:
            return score * _UNKNOWN
        self._features[constraint.property.id] = round(100 * agrees, 1)
        self._against |= agrees < _AGREES
        if isinstance(constraint.property.kind, IDENTIFYING):
            self._has_number |= agrees >= _AGREES
            return max(score, self._numbered(score)) if agrees >= _AGREES else score * _OTHER_NUMBER
        if agrees >= _AGREES:
            return score + (1 - score) * _BONUS
        return score * (1 - _MALUS * (1 - agrees))

    def _numbered(self, score: float) -> float:
        """The score of what has the number: high, but a quite different name tells of a slip."""
        return max(_NUMBERED, (1 + score) / 2) if self._is_close() else (1 + score) / 2

    def _is_close(self) -> bool:
        like = self._likeness
        return like is None or (like.score >= _CLOSE and like.is_of_kind)

    def _grade(self) -> Grade:
        if self._is_known or (self._has_number and self._is_close()):
            return Grade.NUMBER
        sureness = self._likeness.sureness if self._likeness else Sureness.OPEN
        return Grade(int(sureness))


def _fits(entity: Entity, query: Query) -> bool:
    """Whether an entity is of one of the types that are asked for, or of all of them."""
    of = [isinstance(entity.record, cls) for cls in query.types]
    return all(of) if query.strict == "all" else any(of)


def _decided(query: Query, found: list[Candidate]) -> list[Candidate]:
    """The candidates in their order; the first is a match where no other one can be meant."""
    if query.types and query.strict != "should":
        found = [candidate for candidate in found if _fits(candidate.entity, query)]
    found = [candidate for candidate in found if candidate.score >= _FLOOR]
    found.sort(key=lambda c: (-c.score, -c.grade, c.entity.id))
    if found and _is_match(found[0], found[1:]):
        found[0] = found[0]._replace(match=True)
    return found[: query.limit]


def _is_match(first: Candidate, others: Sequence[Candidate]) -> bool:
    if first.grade is Grade.NOTHING or first.speaks_against:
        return False
    for other in others:
        if not other.speaks_against and other.grade >= first.grade:
            return False
        if first.grade is Grade.MISSPELT and first.score - other.score < _CLEAR:
            return False
    return True
