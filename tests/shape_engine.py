"""Judging by a few shapes at a time: what a change of the shapes changes in the results.

pySHACL's own shapes are asked for chosen focus nodes: thousands of mutants would take hours if
each were put to all data. A slice is what one target, with one property shape or one query, needs
of the shapes; the constraints of a node shape are independent of each other.
https://www.w3.org/TR/shacl/#validation
"""

import datetime
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shape import Shape
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node
from shape_cases import cases
from shape_mutants import SHOWN, Mutant, Triple, is_constraint
from shape_tables import thing, triples, valid_files
from text_mutants import prefixes

_TARGETS = frozenset({SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf})
_FRAME = frozenset({*_TARGETS, RDF.type, SH.path, SH.severity, SH.deactivated})
_STRUCTURE = frozenset({RDF.first, RDF.rest, RDF.type, SH.severity})
_RESULT = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
    SH.sourceShape,
    SH.sourceConstraint,
)
_ILL_FORMED = (
    ShapeLoadError,
    ReportableRuntimeError,
    StopIteration,
    SyntaxError,
    ValueError,
    KeyError,
)
Outcome = frozenset[tuple[Node | None, ...]]


@dataclass
class World:
    """The data, and which predicates each focus node has got other values of."""

    graph: Graph
    changed: dict[URIRef, frozenset[URIRef]]


def world(graph: Graph) -> World:
    """The data with its focus nodes: cases with what they change, the rest without."""
    described = [
        *(thing(cls) for cls in valid_files()),
        *(t.subject for t in triples("others.ttl")),
    ]
    changed = {URIRef(node.value): frozenset[URIRef]() for node in described}
    for case in cases():
        changed[URIRef(case.focus.value)] = frozenset(map(URIRef, case.changes))
    return World(graph, changed)


@dataclass
class Slice:
    """What one node shape asks by one property shape, by one query, or by itself."""

    shape: Node
    triples: frozenset[Triple]
    world: World
    foci: list[URIRef] = field(init=False)

    def __post_init__(self) -> None:
        spoken = {str(o) for _, _, o in self.triples if isinstance(o, URIRef)}
        queries = [str(o) for _, p, o in self.triples if p == SH.select]
        locals_ = {word for text in queries for word in re.findall(r"\w+:(\w+)", text)}
        self.foci = [
            focus
            for focus, predicates in self.world.changed.items()
            if not predicates
            or RDF.type in predicates
            or any(str(p) in spoken or re.split("[/#]", p)[-1] in locals_ for p in predicates)
        ]

    @cached_property
    def subjects(self) -> frozenset[Node]:
        """The nodes of the shapes graph that it is made of."""
        return frozenset(s for s, _, _ in self.triples)

    @cached_property
    def before(self) -> dict[Node, Outcome]:
        """Focus node → the results of the shapes as they are."""
        shape = self._shape(Mutant(frozenset()))
        targets = shape.focus_nodes(self.world.graph)
        return {focus: self._results(shape, focus, targets) for focus in self.foci}

    @cached_property
    def targets(self) -> set[Node]:
        """The focus nodes of the shapes as they are."""
        return self._shape(Mutant(frozenset())).focus_nodes(self.world.graph) & set(self.foci)

    def notices(self, mutant: Mutant) -> bool:
        """Whether a mutant gives other results for some focus node, or is no longer well-formed.

        A focus node that has seen one mutant is asked first for the next: it often sees that too.
        """
        try:
            shape = self._shape(mutant)
            moved = any(p in _TARGETS for _, p, _ in mutant.taken)
            targets = shape.focus_nodes(self.world.graph) if moved else self.targets
            for place, focus in enumerate(self.foci):
                if self._results(shape, focus, targets) != self.before[focus]:
                    self.foci.insert(0, self.foci.pop(place))
                    return True
        except _ILL_FORMED:
            if mutant.put:
                raise  # a weakening is well-formed, and judged by its results
            return True
        return False

    def _shape(self, mutant: Mutant) -> Shape:
        graph = mutant.applied(self.triples)
        declarations = graph.objects(None, SH.declare)
        declared = {str(prefix) for d in declarations for prefix in graph.objects(d, SH.prefix)}
        for query in graph.objects(None, SH.select):
            # pySHACL knows some prefixes by itself; SHACL wants each one declared.
            if undeclared := prefixes(str(query)) - declared:
                raise ShapeLoadError(f"undeclared prefixes: {undeclared}", str(SH.prefixes))
        return next(shape for shape in ShapesGraph(graph).shapes if shape.node == self.shape)

    def _results(self, shape: Shape, focus: Node, targets: Container[Node]) -> Outcome:
        if focus not in targets:
            return frozenset()
        _, reports = shape.validate(SHACLExecutor(), self.world.graph, focus=focus)
        return frozenset(_read(node, parts) for _, node, parts in reports)


def _read(result: Node, parts: Iterable[tuple]) -> tuple[Node | None, ...]:
    said = {p: o[1] if isinstance(o, tuple) else o for s, p, o in parts if s == result}
    return tuple(said.get(predicate) for predicate in _RESULT)


def slices(shapes: Graph, world: World) -> Iterator[Slice]:
    """All slices: each constraint belongs to one or more."""
    for shape in sorted({s for target in _TARGETS for s in shapes.subjects(target)}):
        own = [
            (shape, p, o)
            for p, o in shapes.predicate_objects(shape)
            if p == RDF.type or (p in SH and p not in SHOWN)
        ]
        frame = [triple for triple in own if triple[1] in _FRAME]
        apart = [triple for triple in own if triple[1] in {SH.property, SH.sparql}]
        rest = [triple for triple in own if triple not in frame and triple not in apart]
        for group in (rest, *([triple] for triple in apart)):
            if group:
                triples = _closure(shapes, [*frame, *group])
                yield Slice(shape, frozenset(triples), world)


def _closure(shapes: Graph, triples: list[Triple]) -> set[Triple]:
    """The triples and all that they lead to."""
    found, pending = set(triples), [o for _, p, o in triples if p not in _TARGETS]
    seen = {triples[0][0]}
    while pending:
        node = pending.pop()
        if node in seen or isinstance(node, Literal):
            continue
        seen.add(node)
        for predicate, value in shapes.predicate_objects(node):
            if is_constraint((node, predicate, value)) or predicate in _STRUCTURE:
                found.add((node, predicate, value))
                pending.append(value)
    return found


def taken_at_their_word(graph: Graph) -> Iterator[Triple]:
    """The data with dates that no calendar has as if they were dates.

    SHACL leaves it to the engine whether the lexical forms of xsd:date and others outside SPARQL
    are looked at: https://www.w3.org/TR/shacl/#DatatypeConstraintComponent. The patterns have to
    do without that.
    """
    day = datetime.date.min
    values = {XSD.date: day, XSD.dateTime: datetime.datetime.combine(day, datetime.time.min)}
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.ill_typed and value.datatype in values:
            taken = Literal(str(value), datatype=value.datatype, normalize=False)
            taken._ill_typed, taken._value = False, values[value.datatype]
            yield subject, predicate, taken
        else:
            yield subject, predicate, value
