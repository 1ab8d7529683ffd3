"""The entities of the service: the records that have pages here, by their names and numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, Final, NamedTuple

from es_lod.dataset import Dataset
from es_lod.errors import InvalidValue
from es_lod.iris import is_id, relative
from es_lod.model import Kind, Record
from es_lod.server.reconcile.alignment import Likeness, likeness
from es_lod.server.reconcile.comparing import IDENTIFYING, Given, agreement, asked_keys, keys
from es_lod.server.reconcile.index import Index, Name
from es_lod.server.reconcile.properties import Property, properties
from es_lod.server.reconcile.words import Word, words
from es_lod.site.collation import polish_order
from es_lod.site.pages.listing import name_of
from es_lod.site.towns import town

_NAMES: Final = ("alternate_name", "hidden_label")
"""The attributes that hold other names, beside the title."""
_NEAREST: Final = 40
"""How many names are compared word by word."""
_MOST_WORDS: Final = 30
"""How many words of a query are looked at."""
_FEWEST: Final = 6
"""How many digits a number has that is looked for where no register is named before it."""
_NUMBER: Final = re.compile(
    r"(?i)\W*((?:(?:krs|nip|regon)\b|pl)[\s:.]*)?([0-9][0-9\s\u00a0.–-]*)\W*"
)
_STATED: Final = re.compile(
    r"(?i)[\s,;(\[]*\b(krs|nip|regon)\b(?:\s+nr)?[\s:.]*((?:pl)?\s?[0-9](?:[\s\u00a0-]?[0-9])*)[)\]]*"
)


class Entity(NamedTuple):
    """A record that queries can find."""

    number: int
    id: str
    record: Record
    names: tuple[str, ...]
    town: frozenset[str]
    """The words of its town, in the form that an address has."""


class Entities:
    """The entities of a dataset. Immutable once made; safe to ask from several threads."""

    def __init__(self, dataset: Dataset) -> None:
        self.base = dataset.base
        self._all = [
            Entity(number, str(record.id), record, tuple(_names(record)), _town(dataset, record))
            for number, record in enumerate(r for r in dataset if is_id(str(r.id)))
        ]
        self._by_id = {entity.id: entity for entity in self._all}
        self.index = Index((e.number, name) for e in self._all for name in e.names)
        self._named: dict[int, list[Name]] = {}
        for name in self.index.names:
            self._named.setdefault(name.entity, []).append(name)
        self._places = lru_cache(maxsize=None)(self._ordered)
        self._known_by = lru_cache(maxsize=None)(self._by_keys)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._all)

    def __getitem__(self, number: int) -> Entity:
        return self._all[number]

    def __len__(self) -> int:
        return len(self._all)

    def find(self, id_: str) -> Entity | None:
        """The entity of an id, or of an IRI within the base."""
        return self._by_id.get(relative(id_.strip(), self.base))

    def names_of(self, id_: str) -> list[str]:
        """What a thing is called; nothing where the dataset does not say it."""
        entity = self.find(id_)
        return list(entity.names) if entity is not None else []

    def asked(self, text: str) -> Sequence[Word]:
        """The words of a query."""
        return self.index.taken_apart(words(text)[:_MOST_WORDS])

    def nearest(self, query: Sequence[Word]) -> dict[int, Likeness]:
        """The entities whose names are the most like a query, each by the best of its names."""
        near = dict.fromkeys(name.entity for name in self.index.nearest(query, _NEAREST))
        return {number: self.likeness(query, number) for number in near}

    def likeness(self, query: Sequence[Word], number: int) -> Likeness:
        """How like an entity's names are to a query, at best."""
        index, town = self.index, self._all[number].town
        return max(
            likeness(query, name.words, index.weight, known=index.__contains__, context=town)
            for name in self._named.get(number, (Name(number, ()),))
        )

    def places(self, language: str) -> Mapping[int, int]:
        """The place of each entity in the Polish order of their names in a language."""
        return self._places(language)

    def _ordered(self, language: str) -> Mapping[int, int]:
        def key(entity: Entity) -> tuple[tuple[str, str], str]:
            return polish_order(name_of(entity.record).best(language)), entity.id

        return {entity.number: i for i, entity in enumerate(sorted(self._all, key=key))}

    @cached_property
    def _numbers(self) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        """Property → number in a register → the entities that have it."""
        found: dict[str, dict[str, tuple[int, ...]]] = {id_: {} for id_ in _registers()}
        for entity in self._all:
            for id_, property_ in _registers().items():
                for _, value in property_.values(entity.record):
                    found[id_][value] = (*found[id_].get(value, ()), entity.number)
        return found

    def stated(self, text: str) -> tuple[str, dict[str, str]]:
        """A query without the numbers that name their register, and these: property → number."""
        found: dict[str, str] = {}
        for match in _STATED.finditer(text):
            register = match[1].lower()
            if (number := _number(register, match[2])) is not None:
                found.setdefault(register, number)
        return (_STATED.sub(" ", text).strip(), found) if found else (text, {})

    def numbered(self, text: str) -> set[int]:
        """The entities that have a number: the whole of a query, with or without its register."""
        found: set[int] = set()
        is_number = _NUMBER.fullmatch(text)
        digits = sum(c.isdigit() for c in text)
        if is_number and (is_number[1] or digits >= _FEWEST):
            for id_ in _registers():
                number = _number(id_, text.strip(" \t.,;()"))
                found |= set(self._numbers[id_].get(number or "", ()))
        return found

    def having(self, property_: Property, given: Given) -> set[int]:
        """The entities that have a value of a property."""
        if property_.id in _registers():
            number = _number(property_.id, str(given))
            return set(self._numbers[property_.id].get(number or "", ()))
        known_by, kinds = self._known_by(property_)
        wanted = {key for kind in kinds for key in asked_keys(kind, given, self.base)}
        return {number for key in wanted for number in known_by.get(key, ())}

    def _by_keys(self, property_: Property) -> tuple[Mapping[str, list[int]], set[Kind]]:
        """What values of a property are known by → the entities that have them; and their kinds."""
        found: dict[str, list[int]] = {}
        kinds: set[Kind] = set()
        for entity in self._all:
            for kind, value in property_.values(entity.record):
                kinds.add(kind)
                for key in keys(kind, value, self.names_of):
                    found.setdefault(key, []).append(entity.number)
        return found, kinds

    def agreement(
        self, entity: Entity, property_: Property, given: Sequence[Given]
    ) -> float | None:
        """How well an entity has one of the values given; nothing where it cannot be told."""
        found = [
            agreement(kind, value, wanted, self.base, self.names_of)
            for kind, value in property_.values(entity.record)
            for wanted in given
        ]
        return max((value for value in found if value is not None), default=None)


@cache
def _registers() -> Mapping[str, Property]:
    """The properties whose values only one organisation has."""
    return {
        id_: property_
        for id_, property_ in properties().items()
        if isinstance(property_.kind, IDENTIFYING)
    }


def _number(id_: str, written: str) -> str | None:
    """A number in its one form; nothing for what is none."""
    try:
        found: Any = properties()[id_].kind.parse(written)
    except InvalidValue:
        return None
    return str(found)


def _names(record: Record) -> Iterator[str]:
    """All that a record is called, each name once."""
    found: dict[str, None] = dict.fromkeys(getattr(record, record.title).values())
    for name in _NAMES:
        for texts in getattr(record, name, {}).values():
            found |= dict.fromkeys(texts)
    yield from found


def _town(dataset: Dataset, record: Record) -> frozenset[str]:
    """The words of a record's town; a unit without an address is where its operator is."""
    found = town(record)
    if found is None and (operator := getattr(record, "operator", None)):
        other = dataset.find(str(operator))
        found = town(other) if other is not None else None
    return frozenset(word.text for word in words(found or ""))
