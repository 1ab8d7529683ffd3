"""The types and properties of the service: the classes of records and their fields.

A type is named by its class (`SocialCooperative`), a property by the keys that lead to its values
(`krs`, `address.addressLocality`, `statuses.status`). None of them is listed here.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from es_lod.iris import fold
from es_lod.labels import (
    class_label,
    class_names,
    class_of_word,
    field_description,
    field_label,
    own_type,
)
from es_lod.messages.message import LANGUAGES
from es_lod.model import Address, Field, Kind, Node, Record, Statement, record_classes
from es_lod.model.fields import PartKind
from es_lod.model.strings import StringKind
from es_lod.site.towns import town

TOWN: Final = "town"
"""The one property that is no field: the town of an address or of where an event takes place."""


class Property(NamedTuple):
    """A property: the keys that lead to its values, and a class that has it."""

    id: str
    cls: type[Node]
    path: tuple[Field, ...]

    @property
    def kind(self) -> Kind:
        """The kind of its values, as the first class that has it declares it."""
        return self.path[-1].kind

    def label(self, language: str) -> str:
        """What it is called: `adres: miejscowość`."""
        labels = []
        cls = self.cls
        for field in self.path:
            labels.append(field_label(cls, field, language))
            cls = field.kind.part if isinstance(field.kind, PartKind) else cls
        return ": ".join(labels)

    def description(self, language: str) -> str:
        """What stands in it, in one sentence."""
        cls = self.cls
        for field in self.path[:-1]:
            cls = field.kind.part if isinstance(field.kind, PartKind) else cls
        return field_description(cls, self.path[-1], language)

    def values(self, record: Record) -> Iterator[tuple[Kind, Any]]:
        """The values that a record has of it, each with its kind in that record's class."""
        if self.id == TOWN:
            if found := town(record):
                yield StringKind(), found
            return
        yield from _values(record, tuple(field.key for field in self.path))

    def is_of(self, cls: type[Record]) -> bool:
        """Whether records of a class can have it."""
        if self.id == TOWN:
            return any(name in cls.by_key() for name in ("address", "location"))
        return self.id in _of_class(cls)


def _values(node: Node, keys: tuple[str, ...]) -> Iterator[tuple[Kind, Any]]:
    field = type(node).by_key().get(keys[0])
    value = getattr(node, field.name) if field is not None else None
    if field is None or value is None:
        return
    for item in value if field.many else (value,):
        if len(keys) > 1:
            yield from _values(item, keys[1:])
        else:
            yield field.kind, item


def _paths(cls: type[Node], before: tuple[Field, ...] = ()) -> Iterator[tuple[Field, ...]]:
    for field in cls.fields():
        if not isinstance(field.kind, PartKind):
            yield (*before, field)
        # What is known about a fact says nothing apart from that fact.
        elif not issubclass(field.kind.part, Statement):
            yield from _paths(field.kind.part, (*before, field))


@cache
def _of_class(cls: type[Record]) -> Mapping[str, tuple[Field, ...]]:
    return {".".join(field.key for field in path): path for path in _paths(cls)}


@cache
def properties() -> Mapping[str, Property]:
    """Id → property, in the order of the classes and of their fields, the town before all parts."""
    locality = Address.by_key()["addressLocality"]
    found: dict[str, Property] = {}
    for cls in record_classes().values():
        for id_, path in _of_class(cls).items():
            if id_.startswith("address."):
                found.setdefault(TOWN, Property(TOWN, Address, (locality,)))
            found.setdefault(id_, Property(id_, cls, path))
    return found


@lru_cache(maxsize=1024)
def property_named(word: str) -> Property | None:
    """The property that a word names: by its id, or by its label in either language."""
    if word in properties():
        return properties()[word]
    folded = fold(word)
    for property_ in properties().values():
        if folded and folded in (fold(property_.label(tag)) for tag in LANGUAGES):
            return property_
    return None


def properties_of(cls: type[Record]) -> list[Property]:
    """The properties that records of a class, or of one below it, can have."""
    classes = [other for other in record_classes().values() if issubclass(other, cls)]
    return [p for p in properties().values() if any(p.is_of(other) for other in classes)]


@lru_cache(maxsize=1024)
def type_named(word: str) -> type[Record] | None:
    """The class that a word names: by its name, its IRI, its label, or as people call it."""
    classes = record_classes()
    if word in classes:
        return classes[word]
    for cls in classes.values():
        if word == own_type(cls):
            return cls
    return classes.get(class_of_word(word) or "")


@cache
def lineage(cls: type[Record]) -> tuple[type[Record], ...]:
    """A class and those above it that records can have."""
    known = record_classes().values()
    return tuple(base for base in cls.__mro__ if base in known)


def basic_types() -> list[type[Record]]:
    """The classes that have none above them."""
    return [cls for cls in record_classes().values() if len(lineage(cls)) == 1]


def type_names(cls: type[Record]) -> tuple[str, ...]:
    """All that a type is called."""
    return class_names(cls)


def described_type(cls: type[Record], language: str) -> dict[str, Any]:
    """A type as the API has it: `{id, name}`."""
    return {"id": cls.__name__, "name": class_label(cls, language)}
