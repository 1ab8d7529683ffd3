"""pySHACL, asked only of what the sieve is not sure of."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from es_lod.namespaces import SH
from es_lod.validate.data import Data
from es_lod.validate.facts import Facts
from es_lod.validate.queries import Queries
from es_lod.validate.results import Result
from es_lod.validate.shapes import TARGETS, Node, Shapes
from es_lod.validate.sieve import KNOWN, Sieve

_COMPONENT: Final = NamedNode(SH.ConstraintComponent)


def results(data: Data, shapes: Shapes) -> Iterator[Result]:
    """The results for data with the vocabulary beside it."""
    if any(triple.object == _COMPONENT for triple in shapes.triples):
        # Components of others may have any property for a constraint.
        yield from _by_pyshacl(data.read(), shapes)
        return
    asked = dict.fromkeys(shape for shape in shapes.targeted if shapes.is_ours(shape))
    yield from Queries(shapes, asked).results(data)
    facts = Facts(data.blocks())
    suspects = list(Sieve(shapes, facts, asked).suspects(data.beside))
    if not suspects:
        return
    judging = [t for shape, _ in suspects for t in shapes.reached(shape)]
    part = "".join(facts.around(focus for _, foci in suspects for focus in foci)).encode()
    if not all(is_known(triple, asked) for triple in judging):
        # Others may look at other shapes (siblings) and triples (inverse paths, queries).
        judging, part = list(shapes.triples), data.read()
    yield from _by_pyshacl(
        part, Shapes((*_untargeted(shapes, judging, asked), *_targets(suspects)))
    )


def _by_pyshacl(data: bytes, shapes: Shapes) -> list[Result]:
    from es_lod.validate.reference import by_pyshacl

    return by_pyshacl(parse(data, RdfFormat.N_TRIPLES), shapes)


def is_known(triple: Triple, asked: Collection[Node]) -> bool:
    """Whether the sieve knows what a triple of a shape says."""
    predicate = triple.predicate.value
    if predicate == SH.sparql:
        return triple.subject in asked
    return predicate in KNOWN or not predicate.startswith(str(SH))


def _untargeted(
    shapes: Shapes, triples: Iterable[Triple], asked: Collection[Node]
) -> Iterator[Triple]:
    """Shapes without their targets, and without the queries that were asked."""
    for triple in triples:
        is_answered = triple.predicate.value == SH.sparql and triple.subject in asked
        if triple.predicate not in TARGETS and not shapes.makes_class(triple) and not is_answered:
            yield triple


def _targets(suspects: Iterable[tuple[Node, list[str]]]) -> Iterator[Triple]:
    """The suspects as targets of the shapes to which they may not conform."""
    for shape, foci in suspects:
        text = "".join(f"{shape} <{SH.targetNode}> {focus} .\n" for focus in foci)
        yield from (quad.triple for quad in parse(text, RdfFormat.N_TRIPLES))
