"""Suggestions while one types: entities, types and properties whose names begin so.

https://reconciliation-api.github.io/specs/0.2/#suggest-services
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from es_lod.iris import transliterated
from es_lod.labels import class_definition
from es_lod.messages.message import LANGUAGES
from es_lod.model import Record, record_classes
from es_lod.server.reconcile.entities import Entities, Entity
from es_lod.server.reconcile.index import Index
from es_lod.server.reconcile.preview import what_it_is
from es_lod.server.reconcile.properties import (
    Property,
    described_type,
    lineage,
    properties,
    type_names,
)
from es_lod.server.reconcile.words import Word, typed, words
from es_lod.site.pages.listing import name_of

_T = TypeVar("_T")
PAGE: Final = 20
"""How many suggestions are given at once."""


def entities(found: Entities, prefix: str, cursor: int, language: str) -> dict[str, Any]:
    """The entities with a name that has words that begin so, those first that begin with them."""
    chosen = list(_beginning(found, prefix)) if prefix.strip() else list(found)
    start, places = _plain(prefix), found.places(language)

    def order(entity: Entity) -> tuple[bool, int]:
        begins = any(_plain(name).startswith(start) for name in entity.names)
        return not begins, places[entity.number]

    known = found.numbered(prefix)
    if (named := found.find(prefix)) is not None:
        known.add(named.number)
    ordered = [found[number] for number in sorted(known)]
    ordered += sorted((e for e in chosen if e.number not in known), key=order)
    return {
        "result": [
            {
                "id": entity.id,
                "name": name_of(entity.record).best(language),
                "description": what_it_is(entity.record, language),
                "notable": [described_type(cls, language) for cls in lineage(type(entity.record))],
            }
            for entity in ordered[cursor : cursor + PAGE]
        ]
    }


def _beginning(found: Entities, prefix: str) -> Iterator[Entity]:
    """The entities with a name that has for each word of the prefix one that begins so."""
    index = found.index
    numbers = _having(index, words(prefix)) | _having(index, typed(prefix))
    for entity in sorted({index.names[number].entity for number in numbers}):
        yield found[entity]


def _having(index: Index, asked: Sequence[Word]) -> set[int]:
    """The names with words that begin so."""
    having = [
        {number for word in index.beginning_with(begin.text) for number in index.having(word)}
        for begin in asked
    ]
    return set.intersection(*having) if having else set()


def types(prefix: str, cursor: int, language: str) -> dict[str, Any]:
    """The types that are called so, or whose name has a word that begins so."""
    found = _named(prefix, ((cls, type_names(cls)) for cls in record_classes().values()))
    return {"result": [_type(cls, language) for cls in found[cursor : cursor + PAGE]]}


def _type(cls: type[Record], language: str) -> dict[str, Any]:
    told = described_type(cls, language)
    if definition := class_definition(cls, language):
        told["description"] = definition
    if above := lineage(cls)[1:]:
        told["broader"] = [described_type(above[0], language)]
    return told


def properties_named(prefix: str, cursor: int, language: str) -> dict[str, Any]:
    """The properties that are called so, or whose name has a word that begins so."""
    called = (
        (p, (p.id, p.id.rpartition(".")[2], *map(p.label, LANGUAGES)))
        for p in properties().values()
    )
    found = _named(prefix, called)
    return {"result": [_property(p, language) for p in found[cursor : cursor + PAGE]]}


def _property(property_: Property, language: str) -> dict[str, Any]:
    told = {"id": property_.id, "name": property_.label(language)}
    if text := property_.description(language):
        told["description"] = text
    return told


def _named(prefix: str, among: Iterable[tuple[_T, Iterable[str]]]) -> list[_T]:
    """Those with a name that begins so first, then those with a word that does."""
    start = _plain(prefix)
    begin, contain = [], []
    for thing, names in among:
        plain = [_plain(name) for name in names]
        if any(name.startswith(start) for name in plain):
            begin.append(thing)
        elif any(f" {start}" in f" {name}" for name in plain):
            contain.append(thing)
    return begin + contain


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """A text without what one types one way or another: case, diacritics, hyphens, spaces."""
    return " ".join(transliterated(text).casefold().replace("-", "").replace(":", " ").split())
