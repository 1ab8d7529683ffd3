"""Nodes of JSON-LD in the words of schema.org, and what is said in them."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, TypeAlias

from es_lod.labels import concept_label
from es_lod.model import Record, Service
from es_lod.model.concepts import concept_iri
from es_lod.model.record import Node as Described
from es_lod.namespaces import CONCEPT, ES, SDO, Term
from es_lod.values import Text

Node: TypeAlias = dict[str, Any]
"""A node of JSON-LD."""
Said: TypeAlias = Callable[[str], str]
"""What is said in a language."""
Pairs: TypeAlias = Iterable[tuple[str, Any]]
"""Keys, and what they have for values."""


@cache
def main_class(cls: type[Described]) -> str | None:
    """The name of the class of schema.org that the instances of a class belong to."""
    # That a service is one stands in the ontology: rdfs:subClassOf.
    own = (*cls.types, SDO.Service) if issubclass(cls, Service) else cls.types
    return next((local(type_) for type_ in own if local(type_)), None)


def concept(scheme: str, notation: str) -> Node:
    """A concept as a term of its scheme."""
    iri, name, terms = concept_iri(scheme, notation), label(scheme, notation), CONCEPT + scheme
    return {"@type": "DefinedTerm", "@id": iri, "name": name, "inDefinedTermSet": terms}


def audience(scheme: str, notation: str) -> Node:
    """A concept as those whom something is for."""
    return {"@type": "Audience", "audienceType": label(scheme, notation)}


def label(scheme: str, notation: str) -> Said:
    """What a concept is called."""
    return partial(concept_label, scheme, notation)


def said(text: Text) -> str | Said:
    """A text, as each language has it."""
    return text.best if len(text) > 1 else text.best()


@cache
def own_type(cls: type[Record]) -> str | None:
    """The most specific type in the vocabulary of this project."""
    return next((type_ for type_ in cls.types if type_.startswith(str(ES))), None)


@cache
def local(iri: Term) -> str:
    """The name of a term of schema.org; empty for others."""
    return iri.removeprefix(str(SDO)) if iri.startswith(str(SDO)) else ""


def identifier(register: str | Said, value: str) -> Node:
    """A number of a register."""
    return {"@type": "PropertyValue", "propertyID": register, "value": value}


def listed(value: Any) -> tuple[Any, ...]:
    """The values of a field."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def add(node: Node, key: str, value: Any) -> None:
    """Add a value to a key; a second one makes a list."""
    if value is None or value == {}:
        return
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
