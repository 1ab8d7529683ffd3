"""Each constraint of the shapes is needed: without it, or with it weakened, some result changes."""

import logging
from collections import defaultdict
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, parse
from rdflib import SH, XSD, BNode, Graph, URIRef
from rdflib.term import Node
from shape_cases import data
from shape_engine import Slice, slices, taken_at_their_word, world
from shape_mutants import Mutant, removals, short, weakenings

from es_lod import extensions
from es_lod.rdf.interchange import to_rdflib
from es_lod.validate.reference import QuickGraph, shapes_graph
from es_lod.validate.shapes import known, vocabulary

pytestmark = pytest.mark.slow

FILES = {path.name: path for path in extensions.turtle_files("shapes")}


@pytest.fixture(scope="module")
def every() -> list[Slice]:
    """All slices, the cheapest first; those of dates also with dates taken at their word."""
    # rdflib logs a traceback for each ill-typed literal.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    graph = QuickGraph([*data(), *vocabulary()])
    credulous = Graph(bind_namespaces="none")
    for triple in taken_at_their_word(graph):
        credulous.add(triple)
    found = sorted(slices(shapes_graph(known()), world(graph)), key=lambda s: len(s.targets))
    dates = [s for s in found if {XSD.date, XSD.dateTime} & {o for _, _, o in s.triples}]
    return found + [Slice(s.shape, s.triples, world(credulous)) for s in dates]


@pytest.fixture(scope="module")
def mutants() -> dict[str, list[Mutant]]:
    """File of the shapes → its mutants."""
    shapes = shapes_graph(known())
    file_of = {
        quad.subject.value: name
        for name, path in FILES.items()
        for quad in parse(path=str(path))
        if isinstance(quad.subject, NamedNode)
    }
    found = defaultdict(list)
    for mutant in (*removals(shapes), *weakenings(shapes, to_rdflib(vocabulary()))):
        found[file_of[str(owner(mutant.subject))]].append(mutant)
    return found


def owner(node: Node) -> URIRef:
    """The named shape that a node of the shapes graph is part of."""
    while isinstance(node, BNode):
        node = next(shapes_graph(known()).subjects(None, node))
    return node


def told(mutant: Mutant) -> str:
    """A mutant as its survival is told: shape, predicate, value, change."""
    (_, predicate, value) = next(iter(mutant.taken))
    shown = "" if predicate == SH.select or isinstance(value, BNode) else f" {short(value)}"
    return f"{short(owner(mutant.subject))}: {short(predicate)}{shown} {mutant.change}"


def survivors(mutants: list[Mutant], every: list[Slice]) -> Iterator[str]:
    """The mutants that no data tells from the shapes as they are."""
    within = defaultdict(list)
    for slice_ in every:
        for triple in slice_.triples:
            within[triple].append(slice_)
    for mutant in mutants:
        (triple,) = mutant.taken
        if not any(slice_.notices(mutant) for slice_ in within[triple]):
            yield told(mutant)


@pytest.mark.parametrize("name", FILES)
def test_no_constraint_can_be_left_out_or_weakened_unnoticed(name, every, mutants):
    found = sorted(survivors(mutants[name], every))
    print(f"{name}: {len(mutants[name])} mutants, survivors: {found}")  # noqa: T201  # shown by -rP
    assert found == []


def test_shapes_that_have_not_changed_are_told_from_none(every):
    unchanged = Mutant(frozenset())
    assert [slice_.shape for slice_ in every if slice_.notices(unchanged)] == []


def test_each_slice_gives_some_result(every):
    """A shape that never fires is a defect."""
    silent = [sorted(slice_.triples) for slice_ in every if not any(slice_.before.values())]
    assert silent == []
