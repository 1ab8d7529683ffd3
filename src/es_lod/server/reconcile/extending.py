"""Data extension: the values of properties, for tables that were reconciled.

https://reconciliation-api.github.io/specs/0.2/#data-extension-service
"""

from collections.abc import Iterator
from typing import Any, Final

from es_lod.iris import is_id, resolve
from es_lod.labels import choice_label, concept_label
from es_lod.model import Kind, Record, kinds, record_classes
from es_lod.server.reconcile.entities import Entities
from es_lod.server.reconcile.properties import Property, described_type, properties_of
from es_lod.server.reconcile.reading import Extension, Wanted
from es_lod.site.pages.listing import name_of
from es_lod.values import PartialDate

_DAY: Final = len("2018-06-19")


def extended(entities: Entities, extension: Extension, language: str) -> dict[str, Any]:
    """The values of the properties that are wanted; of an unknown entity there are none."""
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for id_ in extension.ids:
        entity = entities.find(id_)
        rows[id_] = {
            wanted.property.id: list(_values(entities, entity.record, wanted, language))
            if entity is not None
            else []
            for wanted in extension.wanted
        }
    meta = [_described(wanted.property, language) for wanted in extension.wanted]
    return {"meta": meta, "rows": rows}


def _described(property_: Property, language: str) -> dict[str, Any]:
    """A property, and what its values are where they are entities of one type."""
    found: dict[str, Any] = {"id": property_.id, "name": property_.label(language)}
    targets = property_.kind.targets if isinstance(property_.kind, kinds.RefKind) else ()
    if len(targets) == 1 and targets[0] in record_classes():
        found["type"] = described_type(record_classes()[targets[0]], language)
    return found


def _values(
    entities: Entities, record: Record, wanted: Wanted, language: str
) -> Iterator[dict[str, Any]]:
    found = (
        told
        for kind, value in wanted.property.values(record)
        for told in _told(entities, kind, value, language, is_code=wanted.content == "code")
    )
    for i, told in enumerate(found):
        if wanted.limit and i >= wanted.limit:
            return
        yield told


def _told(
    entities: Entities, kind: Kind, value: Any, language: str, *, is_code: bool
) -> Iterator[dict[str, Any]]:
    """A value as the API has it: an entity, a text, a whole number, a number or a moment."""
    match kind:
        case kinds.RefKind():
            yield _referred(entities, str(value), language)
        case kinds.TextKind():
            yield {"str": value.best(language)}
        case kinds.TextsKind():
            for tag in sorted(value, key=lambda tag: (tag != language, tag)):
                yield from ({"str": text} for text in value[tag])
        case kinds.ConceptKind(scheme):
            yield {"str": value if is_code else concept_label(scheme, value, language)}
        case kinds.ChoiceKind():
            yield {"str": value if is_code else choice_label(kind, value, language)}
        case kinds.CountKind():
            yield {"int": value}
        case kinds.DecimalKind():
            yield {"float": float(value)}
        case kinds.DateKind():
            yield _date(value)
        case _:
            yield {"str": str(value)}


def _date(value: PartialDate) -> dict[str, Any]:
    """A moment; a month or a year stays a text, since a moment would claim to know the day."""
    if len(value) < _DAY:
        return {"str": str(value)}
    return {"date": str(value) if value.has_time else f"{value}T00:00:00Z"}


def _referred(entities: Entities, target: str, language: str) -> dict[str, Any]:
    """An entity with its name; of a thing outside the base, which is none here, the IRI."""
    entity = entities.find(target)
    if entity is not None:
        return {"id": entity.id, "name": name_of(entity.record).best(language)}
    if is_id(target):
        return {"id": target, "name": target}
    return {"str": resolve(target, entities.base)}


def proposed(cls: type[Record] | None, limit: int | None, language: str) -> dict[str, Any]:
    """The properties that can be fetched for entities of a type, or of any."""
    classes = [cls] if cls is not None else list(record_classes().values())
    found = {property_.id: property_ for cls in classes for property_ in properties_of(cls)}
    told = [{"id": p.id, "name": p.label(language)} for p in found.values()]
    answer: dict[str, Any] = {"properties": told[:limit]}
    if cls is not None:
        answer["type"] = cls.__name__
    return answer if limit is None else answer | {"limit": limit}
