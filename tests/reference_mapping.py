"""The mapping of records to triples, said once more: what the templates are held to.

It makes each term of what a record holds, and knows nothing of outlines and text. Order: a record's
types, its fields as declared, then its parts, by IRI; the values of a field in their canonical
order.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from es_lod.iris import resolve
from es_lod.model import kinds
from es_lod.model.concepts import concept_iri
from es_lod.model.normal import parts_of
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement
from es_lod.namespaces import RDF, XSD
from es_lod.values import PartialDate, decimal_text

Object: TypeAlias = NamedNode | Literal
"""What is said of a subject: no blank node."""

_TYPE = NamedNode(RDF.type)


def quads(record: Record, base: str) -> Iterator[Quad]:
    """The triples of a record in normal form, as quads of the default graph."""
    iri = resolve(record.id, base)
    yield from _node(record, NamedNode(iri), record, iri, base)
    parts = [(f"{iri}#{fragment}", part) for fragment, part in parts_of(record)]
    for part_iri, part in sorted(parts, key=lambda item: item[0]):
        yield from _node(part, NamedNode(part_iri), record, iri, base)


def _node(node: Node, subject: NamedNode, record: Record, iri: str, base: str) -> Iterator[Quad]:
    for type_ in _types(type(node)):
        yield Quad(subject, _TYPE, type_)
    if isinstance(node, Part) and node.owner_property:
        yield Quad(subject, NamedNode(node.owner_property), NamedNode(iri))
    own = subject.value.partition("#")[2] if isinstance(node, Part) else None
    for field, predicate, objects in _plan(type(node)):
        value = getattr(node, field.name)
        if value is None or value == ():
            continue
        for item in value if field.many else (value,):
            if isinstance(field.kind, PartKind):
                fragment = item.fragment(field)
                fragment = item.id or (f"{own}-{fragment}" if own else fragment)
                yield Quad(subject, predicate, NamedNode(f"{iri}#{fragment}"))
            elif isinstance(node, Statement) and field.name in ("property", "value"):
                term = _stated(record, node, field, iri, base)
                # A statement about no field of the record is an error that is told elsewhere.
                if term is not None:
                    yield Quad(subject, predicate, term)
            else:
                for term in objects(item, base):
                    yield Quad(subject, predicate, term)


def _stated(
    record: Record, statement: Statement, field: Field, iri: str, base: str
) -> Object | None:
    """The term of a statement's property or value."""
    stated = type(record).by_key().get(statement.property)
    if stated is None:
        return None
    if field.name == "property":
        return NamedNode(stated.property)
    try:
        if isinstance(stated.kind, PartKind):
            return NamedNode(f"{iri}#{statement.value}")
        value = stated.kind.parse(statement.value)
        return next(iter(_objects(stated.kind)(value, base)))
    except ValueError:
        return None


@cache
def _types(cls: type[Node]) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(type_) for type_ in cls.types)


_Objects: TypeAlias = Callable[[Any, str], Iterator[Object] | tuple[Object, ...]]


@cache
def _plan(cls: type[Node]) -> tuple[tuple[Field, NamedNode, _Objects], ...]:
    return tuple((f, NamedNode(f.property), _objects(f.kind)) for f in cls.fields())


def _objects(kind: kinds.Kind) -> _Objects:
    """How the values of a kind become terms: a function of value and base."""
    match kind:
        case kinds.TextKind():
            return lambda text, _: tuple(
                Literal(string, language=tag) for tag, string in text.items()
            )
        case kinds.TextsKind():
            return lambda texts, _: tuple(
                Literal(string, language=tag)
                for tag, strings in texts.items()
                for string in strings
            )
        case kinds.ConceptKind(scheme):
            return lambda notation, _: (NamedNode(concept_iri(scheme, notation)),)
        case kinds.ChoiceKind(choices):
            chosen = {word: (NamedNode(term),) for word, term in choices}
            return lambda word, _: chosen[word]
        case kinds.DateKind():
            return lambda date, _: (Literal(date, datatype=_datatype(PartialDate(date).datatype)),)
        case kinds.CountKind():
            return lambda count, _: (Literal(str(count), datatype=_datatype(XSD.integer)),)
        case kinds.DecimalKind():
            return lambda number, _: (
                Literal(decimal_text(number), datatype=_datatype(XSD.decimal)),
            )
        case kinds.RefKind():
            return lambda id_, base: (NamedNode(resolve(id_, base)),)
        case kinds.IriKind():
            return lambda iri, _: (NamedNode(iri),)
        case _:
            return lambda string, _: (Literal(string),)


@cache
def _datatype(iri: str) -> NamedNode:
    return NamedNode(iri)
