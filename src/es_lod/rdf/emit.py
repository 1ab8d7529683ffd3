"""Records as triples.

Order: a record's types, its fields as declared, then its parts, by IRI. Values of one field come
in their canonical order. Nothing is sorted across records.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, cast

from pyoxigraph import Literal, NamedNode, Quad

from es_lod.iris import resolve
from es_lod.model import kinds
from es_lod.model.concepts import concept_iri
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement
from es_lod.namespaces import RDF, XSD
from es_lod.values import PartialDate, Text

Object: TypeAlias = NamedNode | Literal

_TYPE = NamedNode(RDF.type)


def quads(record: Record, base: str) -> Iterator[Quad]:
    """The triples of a record in normal form, as quads of the default graph.

    Raises `ValueError` for a record without an id.
    """
    if record.id is None:
        raise ValueError("a record without an id has no IRI")
    iri = resolve(record.id, base)
    yield from _node(record, NamedNode(iri), record, iri, base)
    parts = [(f"{iri}#{fragment}", part) for fragment, part in parts_of(record)]
    for part_iri, part in sorted(parts, key=lambda item: item[0]):
        yield from _node(part, NamedNode(part_iri), record, iri, base)


def parts_of(node: Node) -> Iterator[tuple[str, Part]]:
    """The parts within a record, at any depth, with their fragments.

    A part within a part has its owner's fragment and its own: `location-address`.
    """
    for field in _part_fields(type(node)):
        value = getattr(node, field.name)
        for part in value if field.many else () if value is None else (value,):
            fragment = part.fragment(field)
            yield fragment, part
            for inner, nested in parts_of(part):
                yield nested.id or f"{fragment}-{inner}", nested


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


def statement_object(field: Field, value: str | Text, iri: str, base: str) -> Object:
    """The term of a statement's value: the one that the record has in the field itself."""
    if isinstance(field.kind, PartKind):
        return NamedNode(f"{iri}#{value}")
    return object_of(field.kind, field.kind.parse(value), base)


def object_of(kind: kinds.Kind, value: Any, base: str) -> Object:
    """The term of a value, the first where it has several."""
    return next(iter(_objects(kind)(value, base)))


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
        return statement_object(stated, cast("str | Text", statement.value), iri, base)
    except ValueError:
        return None


@cache
def _types(cls: type[Node]) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(type_) for type_ in cls.types)


@cache
def _part_fields(cls: type[Node]) -> tuple[Field, ...]:
    return tuple(field for field in cls.fields() if isinstance(field.kind, PartKind))


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
            return lambda number, _: (Literal(plain(number), datatype=_datatype(XSD.decimal)),)
        case kinds.RefKind():
            return lambda id_, base: (NamedNode(resolve(id_, base)),)
        case kinds.IriKind():
            return lambda iri, _: (NamedNode(iri),)
        case _:
            return lambda string, _: (Literal(string),)


def plain(number: Decimal) -> str:
    """A decimal without exponent: https://www.w3.org/TR/xmlschema11-2/#decimal."""
    return format(number, "f")


@cache
def _datatype(iri: str) -> NamedNode:
    return NamedNode(iri)
