"""Mutants of the shapes: each constraint triple left out, or weakened.

A constraint triple has a predicate of SHACL that says more than how a shape is shown. `rdf:type`
of shapes is none: what makes a shape is its targets and its use. A severity of Violation is the
default, so that only another one is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node
from text_mutants import weaker_patterns, weaker_queries

Triple = tuple[Node, Node, Node]

SHOWN = frozenset({SH.name, SH.description, SH.message, SH.order, SH.group})
"""What speaks to people."""
LISTS = frozenset({SH["in"], SH["or"], SH["and"], SH.xone, SH.languageIn, SH.path})
_BOUNDS = {
    SH.minInclusive: SH.minExclusive,
    SH.maxInclusive: SH.maxExclusive,
    SH.minExclusive: SH.minInclusive,
    SH.maxExclusive: SH.maxInclusive,
}
_COUNTS = frozenset(
    {SH.minCount, SH.maxCount, SH.minLength, SH.maxLength, *_BOUNDS}
    | {SH.qualifiedMinCount, SH.qualifiedMaxCount}
)
_NODE_KINDS = frozenset(
    {SH.IRI, SH.BlankNode, SH.Literal, SH.IRIOrLiteral, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral}
)
_SEVERITIES = frozenset({SH.Violation, SH.Warning, SH.Info})
_DATATYPES = frozenset({XSD.string, RDF.langString, XSD.integer, XSD.decimal, XSD.date, XSD.gYear})
_KINDS = {SH.severity: _SEVERITIES, SH.nodeKind: _NODE_KINDS, SH.datatype: _DATATYPES}
_NOWHERE = URIRef("https://example.org/nowhere")


@dataclass(frozen=True)
class Mutant:
    """What is taken from the shapes, and what is put in its place."""

    taken: frozenset[Triple]
    put: frozenset[Triple] = frozenset()
    change: str = "left out"

    @property
    def subject(self) -> Node:
        """The node of the shapes graph that changes."""
        return next(iter(self.taken))[0]

    def applied(self, triples: Iterator[Triple]) -> Graph:
        """The shapes with the change made."""
        graph = Graph(bind_namespaces="none")
        for triple in (*(t for t in triples if t not in self.taken), *self.put):
            graph.add(triple)
        return graph


def is_constraint(triple: Triple) -> bool:
    """Whether a triple of the shapes is one that data is judged by."""
    _, predicate, value = triple
    return (
        predicate in SH
        and predicate not in SHOWN
        and (predicate, value) != (SH.severity, SH.Violation)
    )


def removals(shapes: Graph) -> Iterator[Mutant]:
    """Each constraint triple left out."""
    yield from (Mutant(frozenset({triple})) for triple in shapes if is_constraint(triple))


def weakenings(shapes: Graph, ontology: Graph) -> Iterator[Mutant]:
    """Each constraint triple with another value, each list without one of its members."""
    for triple in shapes:
        subject, predicate, value = triple
        if predicate not in SH or predicate in SHOWN:
            continue
        for other, change in _others(predicate, value, ontology):
            yield Mutant(frozenset({triple}), frozenset({(subject, predicate, other)}), change)
        if predicate in _BOUNDS:
            other = (subject, _BOUNDS[predicate], value)
            yield Mutant(frozenset({triple}), frozenset({other}), "the bound itself")
        if (
            predicate == SH.pattern
            and _is_cased(str(value))
            and (subject, SH.flags, None) not in shapes
        ):
            other = (subject, SH.flags, Literal("i"))
            yield Mutant(frozenset({triple}), frozenset({triple, other}), "any case")
        if predicate in LISTS and isinstance(value, BNode) and (value, RDF.rest, None) in shapes:
            yield from _shorter(shapes, triple)


def _is_cased(pattern: str) -> bool:
    """Whether a pattern names letters of one case only."""
    return bool(re.search("[A-Za-z]", re.sub(r"\\.|A-Za-z", "", pattern)))


def _others(predicate: Node, value: Node, ontology: Graph) -> Iterator[tuple[Node, str]]:
    if predicate in _COUNTS:
        for other in (value.value - 1, value.value + 1):
            if other >= 0 or predicate in _BOUNDS:
                yield Literal(other), f"→ {other}"
    elif predicate == SH.pattern:
        for other in dict.fromkeys(weaker_patterns(str(value))):
            yield Literal(other), f"→ {other}"
    elif predicate == SH.select:
        for other in dict.fromkeys(weaker_queries(str(value))):
            yield Literal(other), difference(str(value), other)
    elif predicate in {SH["class"], SH.targetClass}:
        above = set(ontology.objects(value, RDFS.subClassOf))
        below = set(ontology.subjects(RDFS.subClassOf, value))
        yield from _each(above | below | {OWL.Thing})
    elif predicate in {SH.hasValue, SH.targetSubjectsOf, SH.targetObjectsOf, SH.zeroOrMorePath}:
        yield _NOWHERE, "→ another"
    else:
        yield from _each(_KINDS.get(predicate, frozenset()) - {value})


def _each(values: set[Node]) -> Iterator[tuple[Node, str]]:
    return ((other, f"→ {short(other)}") for other in sorted(values))


def _shorter(shapes: Graph, triple: Triple) -> Iterator[Mutant]:
    """The list of a triple without each of its members."""
    cells = [triple[2]]
    while (rest := shapes.value(cells[-1], RDF.rest)) != RDF.nil:
        cells.append(rest)
    before = [triple, *((cell, RDF.rest, after) for cell, after in pairwise(cells))]
    if triple[1] == SH.path and len(cells) == 2:
        for cell in cells:  # a path of one step is no list
            step = shapes.value(cell, RDF.first)
            yield Mutant(frozenset({triple}), frozenset({(*triple[:2], step)}), f"→ {short(step)}")
        return
    if len(cells) == 1 and triple[1] != SH["in"]:
        return
    for cell, (subject, predicate, _) in zip(cells, before, strict=True):
        taken = frozenset({(subject, predicate, cell)})
        put = frozenset({(subject, predicate, shapes.value(cell, RDF.rest))})
        member = shapes.value(cell, RDF.first)
        yield Mutant(taken, put, f"without {_described(shapes, member)}")


def _described(shapes: Graph, node: Node) -> str:
    if not isinstance(node, BNode):
        return short(node)
    said = sorted((short(p), _described(shapes, o)) for p, o in shapes.predicate_objects(node))
    return "[" + " ; ".join(" ".join(pair) for pair in said) + "]"


def short(node: Node) -> str:
    """The last part of an IRI, the text of a literal."""
    return (
        str(node).rpartition("#")[2].rpartition("/")[2] if isinstance(node, URIRef) else str(node)
    )


def difference(old: str, new: str) -> str:
    """Where a text differs from another, with what comes before."""
    ends = min(len(old), len(new))
    start = next((n for n in range(ends) if old[n] != new[n]), ends)
    tail = next((n for n in range(ends - start) if old[-1 - n] != new[-1 - n]), ends - start)
    was, now = old[start : len(old) - tail], new[start : len(new) - tail]
    return f"“{old[max(0, start - 25) : start]}⟦{was} → {now}⟧”"
