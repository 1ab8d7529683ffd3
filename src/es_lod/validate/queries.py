"""The `sh:sparql` constraints of our own shapes, asked once for all focus nodes.

SHACL has the query of a constraint asked for each focus node, with `$this` bound before:
https://www.w3.org/TR/shacl/#pre-binding. Where every solution binds `$this` by a triple pattern
outside of any nested group, it is the same to ask once and to keep the solutions whose `$this` is
a focus node. All queries of ours are of this kind, and the tests hold them against pySHACL; those
of extensions are left to it. (20,000 records: 0.05 s for our sixteen queries together; by focus
node some 0.2 ms each.)
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from es_lod.namespaces import RDF, RDFS, SH
from es_lod.validate.results import Result
from es_lod.validate.shapes import Messages, Node, Shapes

_TYPE = NamedNode(RDF.type)
_SUBCLASS = NamedNode(RDFS.subClassOf)
_IRI = re.compile(r"<([^<>\s]+)>")
_PREFIXED = re.compile(r"\b([a-z]+):([A-Za-z]\w*)")


@dataclass(frozen=True)
class Constraint:
    """A query of a shape, and what its results say."""

    shape: Node
    node: Node
    path: str
    """Of a property shape; empty where the query names it."""
    severity: str
    message: Messages
    query: str
    terms: frozenset[str]
    """The IRIs that the query names."""


class Queries:
    """The constraints of some shapes."""

    def __init__(self, shapes: Shapes, targeted: Iterable[Node]) -> None:
        self._shapes = shapes
        self.constraints = [found for shape in targeted for found in _constraints(shapes, shape)]

    @cached_property
    def _wanted(self) -> frozenset[bytes]:
        """The properties that the queries look at, as they are written in N-Triples."""
        shapes = {constraint.shape for constraint in self.constraints}
        targets = {_plain(t.object) for shape in shapes for t in self._shapes.targets(shape)}
        named = frozenset[str]().union(*(c.terms for c in self.constraints))
        return frozenset(f"<{i}>".encode() for i in {RDF.type, RDFS.subClassOf} | targets | named)

    def _read(self, data: bytes) -> Store:
        """The triples that the queries look at."""
        wanted = self._wanted
        lines = [line for line in data.split(b"\n") if line and line.split(b" ", 2)[1] in wanted]
        store = Store()
        store.bulk_load(b"\n".join(lines), format=RdfFormat.N_TRIPLES)
        return store

    def results(self, data: bytes) -> Iterator[Result]:
        """The results for data in N-Triples, with the vocabulary beside it."""
        store = self._read(data)
        for constraint in self.constraints:
            solutions = cast(QuerySolutions, store.query(constraint.query))
            names = [variable.value for variable in solutions.variables]
            for row in solutions:
                if self._is_focus(store, constraint.shape, row["this"]):
                    yield _result(constraint, {name: row[name] for name in names})

    def _is_focus(self, store: Store, shape: Node, node: Any) -> bool:
        """Whether a shape has a node as its target: https://www.w3.org/TR/shacl/#targets."""
        for target in self._shapes.targets(shape):
            named: Any = target.object
            match target.predicate.value:
                case SH.targetClass:
                    found = named in _classes(store, node)
                case SH.targetSubjectsOf:
                    found = any(store.quads_for_pattern(node, named, None))
                case SH.targetObjectsOf:
                    found = any(store.quads_for_pattern(None, named, node))
                case _:
                    found = named == node
            if found:
                return True
        return False


def _classes(store: Store, node: Any) -> set[Any]:
    """The classes of a node, and those above them."""
    waiting = [quad.object for quad in store.quads_for_pattern(node, _TYPE, None)]
    found: set[Any] = set()
    while waiting:
        above = waiting.pop()
        if above not in found and not isinstance(above, Literal):
            found.add(above)
            waiting += [q.object for q in store.quads_for_pattern(above, _SUBCLASS, None)]
    return found


def _constraints(shapes: Shapes, shape: Node) -> Iterator[Constraint]:
    for node in shapes.objects(shape, SH.sparql):
        prefixes = _prefixes(shapes, node)
        text = "".join(s.value for s in shapes.objects(node, SH.select) if isinstance(s, Literal))
        severity = shapes.objects(shape, SH.severity) or [NamedNode(SH.Violation)]
        path = shapes.objects(shape, SH.path)
        named = {prefixes[p] + local for p, local in _PREFIXED.findall(text) if p in prefixes}
        yield Constraint(
            shape,
            cast(Node, node),
            _plain(path[0]) if path else "",
            _plain(severity[0]).removeprefix(str(SH)),
            shapes.message(node),
            "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes.items()) + text,
            frozenset(named.union(_IRI.findall(text))),
        )


def _prefixes(shapes: Shapes, constraint: object) -> Mapping[str, str]:
    """The prefixes of a query: https://www.w3.org/TR/shacl/#sparql-prefixes."""
    found = {}
    for ontology in shapes.objects(constraint, SH.prefixes):
        for declared in shapes.objects(ontology, SH.declare):
            (prefix,) = shapes.objects(declared, SH.prefix)
            (namespace,) = shapes.objects(declared, SH.namespace)
            found[_plain(prefix)] = _plain(namespace)
    return found


def _result(constraint: Constraint, row: Mapping[str, Any]) -> Result:
    """What a solution says: https://www.w3.org/TR/shacl/#sparql-constraints-variables."""
    path, value = row.get("path"), row.get("value")
    if value is None and not constraint.path:
        value = row["this"]
    return Result(
        _plain(row["this"]),
        "SPARQLConstraintComponent",
        constraint.severity,
        _plain(constraint.shape),
        constraint.path if path is None else _plain(path),
        _plain(value),
        _plain(constraint.node),
        constraint.message,
    )


def _plain(term: object) -> str:
    """A term without its syntax; a blank node has no name that others would know."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""
