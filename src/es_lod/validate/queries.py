"""The `sh:sparql` constraints of our own shapes, asked once for all focus nodes.

SHACL has the query of a constraint asked for each focus node, with `$this` bound before:
https://www.w3.org/TR/shacl/#pre-binding. Where every solution binds `$this` by a triple pattern
outside of any nested group, it is the same to ask once and to keep the solutions whose `$this` is
a focus node. All queries of ours are of this kind, and the tests hold them against pySHACL; those
of extensions are left to it. (20,000 records: 0.05 s for our sixteen queries together; by focus
node some 0.2 ms each.)
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from es_lod.namespaces import RDF, RDFS, SH
from es_lod.validate.data import Data
from es_lod.validate.results import Result
from es_lod.validate.shapes import Messages, Node, Shapes

_TYPE = NamedNode(RDF.type)
_SUBCLASS = NamedNode(RDFS.subClassOf)
_IRI = re.compile(r"<([^<>\s]+)>")
_A = re.compile(r"\ba\b(?=[\s/|*+^])")
_FIRST = re.compile(r"WHERE\s*\{\s*\$this\s+(\w+):(\w+)\s")
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
    first: str | None
    """A property without which `$this` is no solution, if one can be told."""

    def solutions(self, store: Store) -> Iterator[Mapping[str, Any]]:
        """The solutions for all focus nodes, and for others."""
        found = cast(QuerySolutions, store.query(self.query))
        names = [variable.value for variable in found.variables]
        return ({name: row[name] for name in names} for row in found)


class Queries:
    """The constraints of some shapes."""

    def __init__(self, shapes: Shapes, targeted: Iterable[Node]) -> None:
        self._shapes = shapes
        self.constraints = [found for shape in targeted for found in _constraints(shapes, shape)]

    def results(self, data: Data) -> list[Result]:
        """The results for data with the vocabulary beside it."""
        said = self._said(data)
        asked = [c for c in self.constraints if c.first is None or c.first in said]
        terms = frozenset[str]().union(*(constraint.terms for constraint in asked))
        wanted = frozenset(map(_written, terms))
        # To load less is to need less: of 720,000 triples a fifth, in place of half with all types.
        store = _loaded(line for line in _lines(data) if line.split(b" ", 2)[1] in wanted)
        found = [(constraint, row) for constraint in asked for row in constraint.solutions(store)]
        targets = self._targets(data, {str(row["this"]).encode() for _, row in found})
        return [
            _result(c, row) for c, row in found if self._is_focus(targets, c.shape, row["this"])
        ]

    def _said(self, data: Data) -> set[str]:
        """Those of the first properties of queries that the data have; as text, others too."""
        sought = {c.first: b" " + _written(c.first) for c in self.constraints if c.first}
        for block in data.blocks():
            sought = {first: text for first, text in sought.items() if text not in block}
        return {c.first for c in self.constraints if c.first}.difference(sought)

    def _targets(self, data: Data, nodes: Collection[bytes]) -> Store:
        """What says whether nodes are focus nodes."""
        if not nodes:
            return Store()
        shapes = {constraint.shape for constraint in self.constraints}
        named = {_plain(t.object) for shape in shapes for t in self._shapes.targets(shape)}
        wanted = frozenset(map(_written, named | {RDFS.subClassOf}))
        type_ = _written(RDF.type)

        def is_needed(line: bytes) -> bool:
            subject, predicate, _ = line.split(b" ", 2)
            return predicate in wanted or (predicate == type_ and subject in nodes)

        return _loaded(filter(is_needed, _lines(data)))

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


def _lines(data: Data) -> Iterator[bytes]:
    return (line for block in data.blocks() for line in BytesIO(block))


def _loaded(lines: Iterable[bytes]) -> Store:
    """A store of lines; blank nodes keep their labels, which `bulk_load` would not let them."""
    store = Store()
    store.bulk_extend(parse(b"".join(lines), format=RdfFormat.N_TRIPLES))
    return store


def _written(iri: str) -> bytes:
    """An IRI as it stands in N-Triples."""
    return f"<{iri}>".encode()


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
        if _A.search(text):
            named.add(RDF.type)
        first = _FIRST.search(text)
        yield Constraint(
            shape,
            cast(Node, node),
            _plain(path[0]) if path else "",
            _plain(severity[0]).removeprefix(str(SH)),
            shapes.message(node),
            "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes.items()) + text,
            frozenset(named.union(_IRI.findall(text))),
            prefixes[first[1]] + first[2] if first else None,
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
