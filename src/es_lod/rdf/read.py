"""Records from RDF: each becomes a tree as in a document, and is built as one.

What no field claims is left over and counted; nothing is dropped silently.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from es_lod.errors import InputError, Problem
from es_lod.iris import relative
from es_lod.model import kinds, record_classes
from es_lod.model.misfit import Misfit
from es_lod.model.record import Field, Node, Part, PartKind, Record
from es_lod.namespaces import CONCEPT, RDF, XSD, prefixed
from es_lod.rdf.graph import TYPE, Graph, Object, Subject, record_class
from es_lod.values import PartialDate

MAX_DEPTH: Final = 64
"""How deep records without an IRI may nest, as documents may."""


def trees(graph: Graph, base: str) -> Iterator[tuple[Subject, dict[str, Any]] | Problem]:
    """The records of a graph as trees, as first met, and resources with conflicting types."""
    reader = _Reader(graph, base)
    nested = reader.nested()
    for subject in graph.subjects():
        if subject in nested:
            continue
        cls = record_class(graph.types(subject))
        if cls is not None:
            yield from reader.conflicting(subject, cls)
            yield subject, reader.tree(subject, cls)
    yield from reader.renamed


class _Reader:
    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = graph
        self.base = base
        self._open: set[Subject] = set()
        self._built: Counter[Subject] = Counter()
        self.renamed: list[Problem] = []
        """Parts whose IRI is none of their owner's."""

    def nested(self) -> set[object]:
        """Blank nodes that another resource refers to: read where they are referred to."""
        return {q.object for q in self.graph.quads if isinstance(q.object, BlankNode)}

    def conflicting(self, subject: Subject, cls: type[Record]) -> Iterator[Problem]:
        stated = self.graph.types(subject)
        own = [
            other
            for other in record_classes().values()
            if other.types[0] in stated and not issubclass(cls, other)
        ]
        rivals = [other for other in own if other.types[0] not in cls.types]
        if rivals:
            names = [prefixed(cls.types[0]), *(prefixed(rival.types[0]) for rival in rivals)]
            record = relative(str(getattr(subject, "value", subject)), self.base)
            yield Problem("ambiguous-type", record, "type", ", ".join(names))

    def tree(self, subject: Subject, cls: type[Record]) -> dict[str, Any]:
        tree: dict[str, Any] = {"type": cls.__name__}
        if isinstance(subject, NamedNode):
            tree["id"] = relative(subject.value, self.base)
        return tree | self._fields(subject, cls, cls, subject)

    def _fields(
        self, subject: Subject, cls: type[Node], owner: type[Node], root: Subject
    ) -> dict[str, Any]:
        self._open.add(subject)
        for type_ in cls.types:
            self.graph.claim(subject, TYPE, NamedNode(type_))
        found: dict[str, Any] = {}
        for field in cls.fields():
            predicate = NamedNode(field.property)
            objects = self.graph.objects(subject, predicate)
            if not objects:
                continue
            self.graph.claim(subject, predicate)
            if isinstance(field.kind, kinds.ValueKind):
                found[field.key] = self._stated(subject, owner, objects, root)
            elif isinstance(field.kind, kinds.PropertyKind):
                found[field.key] = _property_key(owner, objects)
            else:
                found[field.key] = self._values(field, objects, owner, root)
        self._open.discard(subject)
        return found

    def _values(self, field: Field, objects: list[Object], owner: type[Node], root: Subject) -> Any:
        if isinstance(field.kind, (kinds.TextKind, kinds.TextsKind)):
            return _tagged(objects, many=isinstance(field.kind, kinds.TextsKind))
        items = [self._value(field.kind, term, owner, root) for term in objects]
        return items if field.many or len(items) > 1 else items[0]

    def _value(self, kind: kinds.Kind, term: Object, owner: type[Node], root: Subject) -> Any:
        if isinstance(kind, PartKind):
            return self._part(kind.part, term, owner, root)
        if isinstance(kind, kinds.RefKind):
            if isinstance(term, BlankNode) and term not in self._open:
                return self._nested(term)
            return relative(term.value, self.base) if isinstance(term, NamedNode) else _misfit(term)
        return lexical(kind, term)

    def _nested(self, term: BlankNode) -> Any:
        """A record without an IRI, where it is referred to.

        A second time, so that it is told as a duplicate; no more, since nodes that share others
        would multiply.
        """
        if len(self._open) > MAX_DEPTH:
            raise InputError([Problem("too-deep", params={"limit": MAX_DEPTH})])
        self._built[term] += 1
        cls = record_class(self.graph.types(term))
        return self.tree(term, cls) if cls and self._built[term] <= 2 else Misfit(str(term))

    def _part(self, cls: type[Part], term: Object, owner: type[Node], root: Subject) -> Any:
        if term in self._open or not self.graph.describes(term):
            return _misfit(term)
        tree: dict[str, Any] = {}
        if isinstance(term, NamedNode) and isinstance(root, NamedNode):
            fragment = term.value.removeprefix(root.value + "#")
            if fragment != term.value:
                tree["id"] = fragment
            else:
                record = relative(root.value, self.base)
                self.renamed.append(Problem("part-renamed", record, value=term.value))
        if cls.owner_property:
            self.graph.claim(term, NamedNode(cls.owner_property), root)
        return tree | self._fields(term, cls, owner, root)

    def _stated(
        self, subject: Subject, owner: type[Node], objects: list[Object], root: Subject
    ) -> Any:
        """A statement's value, in the form of the field that the statement is about."""
        properties = self.graph.objects(subject, NamedNode(RDF.predicate))
        field = owner.by_key().get(str(_property_key(owner, properties)))
        term = objects[0]
        if field is None or len(objects) > 1:
            return [str(o) for o in objects]
        if isinstance(field.kind, (kinds.TextKind, kinds.TextsKind)):
            return _tagged(objects, many=False)
        if isinstance(field.kind, PartKind) and isinstance(term, NamedNode):
            return term.value.partition("#")[2]
        return self._value(field.kind, term, owner, root)


def _property_key(owner: type[Node], objects: list[Object]) -> Any:
    if len(objects) != 1 or not isinstance(objects[0], NamedNode):
        return Misfit(", ".join(str(term) for term in objects) or "–")
    iri = objects[0].value
    return next((f.key for f in owner.fields() if f.property == iri), iri)


def _tagged(objects: list[Object], *, many: bool) -> Any:
    tagged: dict[str, Any] = {}
    for term in objects:
        if not isinstance(term, Literal) or term.language is None:
            return _misfit(term, "missing-language" if isinstance(term, Literal) else None)
        tagged.setdefault(term.language, []).append(term.value)
    if many:
        return tagged
    return {tag: strings if len(strings) > 1 else strings[0] for tag, strings in tagged.items()}


def lexical(kind: kinds.Kind, term: Object) -> str:
    """What a document says for a term; a `Misfit` where the term is none of the kind."""
    match kind:
        case kinds.IriKind():
            fits = isinstance(term, NamedNode)
            return term.value if fits else _misfit(term)
        case kinds.ConceptKind(scheme):
            prefix = f"{CONCEPT}{scheme}/"
            fits = isinstance(term, NamedNode) and term.value.startswith(prefix)
            return term.value.removeprefix(prefix) if fits else _misfit(term)
        case kinds.ChoiceKind(choices):
            words = {str(iri): word for word, iri in choices}
            fits = isinstance(term, NamedNode) and term.value in words
            return words[term.value] if fits else _misfit(term)
    if not isinstance(term, Literal) or term.language is not None:
        return _misfit(term)
    return term.value if term.datatype.value == _datatype(kind, term.value) else _misfit(term)


def _datatype(kind: kinds.Kind, value: str) -> str:
    match kind:
        case kinds.DateKind():
            try:
                date = PartialDate(value)
            except ValueError:
                return ""
            return date.datatype if date == value else ""
        case kinds.CountKind():
            return XSD.integer
        case kinds.DecimalKind():
            return XSD.decimal
    return XSD.string


def _misfit(term: Object, code: str | None = None) -> Misfit:
    return Misfit(getattr(term, "value", None) or str(term), code)
