"""The JSON-LD context of the records, derived from the model.

Type-scoped: each class term brings its own keys, so that a key may mean another scheme in another
class. https://www.w3.org/TR/json-ld11/#type-scoped-contexts
"""

from collections.abc import Set
from functools import cache
from typing import Any

from es_lod import extensions
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.record import Field, Node, Part, PartKind, Record
from es_lod.namespaces import CONCEPT, DEFAULT_BASE, PREFIXES, RDF, XSD, prefixed

Definition = dict[str, Any] | str | None

_UNUSED = ("rdfs", "owl", "sh")


@cache
def context() -> dict[str, Definition]:
    """The whole context: the aliases, the prefixes, and a term for each class."""
    terms: dict[str, Definition] = {
        "@version": 1.1,  # type: ignore[dict-item]
        "@base": DEFAULT_BASE,
        "records": "@graph",
        "id": "@id",
        "type": "@type",
        "base": None,
        "language": None,
    }
    terms |= prefixes()
    for cls in (*record_classes().values(), *part_classes().values()):
        terms[cls.__name__] = {"@id": prefixed(cls.types[0]), "@context": _keys(cls)}
    return terms


def prefixes() -> dict[str, str]:
    """The prefixes that records use, those of extensions included."""
    extensions.modules()  # loaded before anything is written: no prefix is new further down
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in _UNUSED}


def inline(base: str, classes: Set[str]) -> dict[str, Definition]:
    """The context with a base and the terms of some classes only: to stand in a document."""
    every = {**record_classes(), **part_classes()}
    terms = {key: term for key, term in context().items() if key not in every or key in classes}
    return terms | {"@base": base}


def _keys(cls: type[Node]) -> dict[str, Definition]:
    keys = {field.key: _definition(field) for field in cls.fields()}
    if issubclass(cls, Part) and cls.owner_property:
        keys["subject"] = {"@id": prefixed(RDF.subject), "@type": "@id"}
    if issubclass(cls, Record):
        for key, (target, attribute) in cls.inverse.items():
            reverse = next(f for f in record_classes()[target].fields() if f.name == attribute)
            keys[key] = {"@reverse": prefixed(reverse.property), "@type": "@id"}
    return keys


def _definition(field: Field) -> Definition:
    term = prefixed(field.property)
    match field.kind:
        case kinds.TextKind() | kinds.TextsKind():
            return {"@id": term, "@container": "@language"}
        case kinds.DateKind():
            return {"@id": term, "@type": prefixed(XSD.date)}
        case kinds.DecimalKind():
            return {"@id": term, "@type": prefixed(XSD.decimal)}
        case kinds.ConceptKind(scheme):
            scoped = {"@vocab": f"{CONCEPT}{scheme}/"}
            return {"@id": term, "@type": "@vocab", "@context": scoped}
        case kinds.ChoiceKind(choices):
            words = {word: prefixed(iri) for word, iri in choices}
            return {"@id": term, "@type": "@vocab", "@context": words}
        case kinds.RefKind() | kinds.IriKind() | kinds.PropertyKind():
            return {"@id": term, "@type": "@id"}
        case PartKind() | _:
            return term
