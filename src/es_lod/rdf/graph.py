"""The graph of an RDF input, and which records are in it."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from es_lod.iris import is_id
from es_lod.model import Record, kinds, record_classes
from es_lod.namespaces import ES, RDF, canonical

Subject: TypeAlias = NamedNode | BlankNode | Triple
Object: TypeAlias = Any  # NamedNode, BlankNode, Literal, Triple

TYPE = NamedNode(RDF.type)
_OPERATES = NamedNode(ES.operates)
_OPERATED_BY = NamedNode(ES.operatedBy)


class Canonical:
    """Quads as records have them: other spellings of schema.org's namespace brought to ours.

    `es:operates` is turned into its inverse: the operator is stated on the unit. Blank nodes are
    named anew in order of arrival, since parsers name them at random; `number` tells the inputs
    apart.
    """

    def __init__(self, number: int = 0) -> None:
        self._number = number
        self._blank: dict[BlankNode, BlankNode] = {}

    def __call__(self, quad: Quad) -> Quad:
        """A quad in this form."""
        # Each term is made anew when it is asked for.
        subject, predicate, object_, graph_name = quad
        if BlankNode in (type(subject), type(object_), type(graph_name)):
            subject, object_, graph_name = map(self._named, (subject, object_, graph_name))
            quad = Quad(subject, predicate, object_, graph_name)
        if predicate == _OPERATES and isinstance(object_, (NamedNode, BlankNode)):
            subject, predicate, object_ = object_, _OPERATED_BY, subject
            quad = Quad(subject, predicate, object_, graph_name)
        known = _canonical(predicate)
        value = object_
        if isinstance(object_, NamedNode) and (
            known == TYPE or canonical(object_.value) in _choices()
        ):
            value = _canonical(object_)
        if known is predicate and value is object_:
            return quad
        return Quad(subject, known, value, graph_name)

    def _named(self, term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        name = f"b{self._number}n{len(self._blank)}"
        return self._blank.setdefault(term, BlankNode(name))


class Graph:
    """The triples of an input by subject and predicate, in the order of the input.

    `graph_names` are those of named graphs: records do not keep them. `number` tells the inputs
    apart, `name` is what the input is called.
    """

    def __init__(self, quads: Iterable[Quad] = (), number: int = 0, name: str = "") -> None:
        self.name = name
        self._canonical = Canonical(number)
        self.quads: list[Quad] = []
        self.graph_names: set[object] = set()
        self._index: dict[Subject, dict[NamedNode, list[Object]]] = {}
        self._claimed: set[tuple[object, ...]] = set()
        for quad in quads:
            self.add(quad)

    def add(self, quad: Quad) -> None:
        """Add one quad, in the form that `Canonical` gives it."""
        quad = self._canonical(quad)
        object_: Object = quad.object
        if not isinstance(quad.graph_name, DefaultGraph):
            self.graph_names.add(quad.graph_name)
        objects = self._index.setdefault(quad.subject, {}).setdefault(quad.predicate, [])
        if object_ not in objects:
            objects.append(object_)
        self.quads.append(quad)

    def describes(self, subject: Subject) -> bool:
        """Whether a resource is the subject of any triple."""
        return subject in self._index

    def subjects(self) -> Iterator[Subject]:
        """All subjects, as first met."""
        yield from self._index

    def objects(self, subject: Subject, predicate: NamedNode) -> list[Object]:
        """The objects of a subject and predicate, as first met."""
        return self._index.get(subject, {}).get(predicate, [])

    def types(self, subject: Subject) -> set[str]:
        """The IRIs of the subject's types."""
        return {o.value for o in self.objects(subject, TYPE) if isinstance(o, NamedNode)}

    def about(self, subject: Subject) -> list[Quad]:
        """The quads of a resource, and of what belongs to it: its parts and blank nodes."""
        found: list[Quad] = []
        known, open_ = {subject}, [subject]
        while open_:
            at = open_.pop()
            for predicate, objects in self._index[at].items():
                found += (Quad(at, predicate, term) for term in objects)
                parts = [o for o in objects if self._belongs(o) and o not in known]
                known.update(parts)
                open_ += parts
        return found

    def _belongs(self, term: Object) -> bool:
        is_part = term in self._index and record_class(self.types(term)) is None
        return is_part or (isinstance(term, BlankNode) and term in self._index)

    def claim(self, subject: Subject, *rest: object) -> None:
        """Note that a triple, or all of a predicate, is carried by a record."""
        self._claimed.add((subject, *rest))

    def left_over(self) -> list[Quad]:
        """The quads that no record carries."""
        claimed = self._claimed
        return [
            q
            for q in self.quads
            if (q.subject, q.predicate) not in claimed
            and (q.subject, q.predicate, q.object) not in claimed
        ]


@cache
def _choices() -> frozenset[str]:
    """The IRIs of words, which may come in another spelling of their namespace."""
    every = (field.kind for cls in record_classes().values() for field in cls.fields())
    chosen = (kind.choices for kind in every if isinstance(kind, kinds.ChoiceKind))
    return frozenset(str(iri) for choices in chosen for _, iri in choices)


def _canonical(node: NamedNode) -> NamedNode:
    iri = canonical(node.value)
    return node if iri == node.value else NamedNode(iri)


def common_base(graph: Graph) -> str | None:
    """The namespace of all records of a graph whose last segment is an id, where there is one."""
    named = (subject for subject in graph.subjects() if isinstance(subject, NamedNode))
    return base_of(s.value for s in named if not known_types().isdisjoint(graph.types(s)))


@cache
def known_types() -> frozenset[str]:
    """The IRIs of the types that records have; what has one of them is a record."""
    return frozenset(str(type_) for cls in record_classes().values() for type_ in cls.types)


def base_of(iris: Iterable[str]) -> str | None:
    """As `common_base`, of the IRIs of records."""
    found: set[str] = set()
    for iri in iris:
        begin = max(iri.rfind("/"), iri.rfind("#")) + 1
        if is_id(iri[begin:]):
            found.add(iri[:begin])
    base = found.pop() if len(found) == 1 else ""
    return base if base.endswith("/") and not re.search(r"[?#]", base) else None


def record_class(types: set[str]) -> type[Record] | None:
    """The record class of which most types are stated, and fewest are missing."""
    best: tuple[int, int] | None = None
    found = None
    for cls in record_classes().values():
        stated = sum(1 for type_ in cls.types if type_ in types)
        if stated and (best is None or (stated, -len(cls.types)) > best):
            best, found = (stated, -len(cls.types)), cls
    return found
