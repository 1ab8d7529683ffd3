"""The engines agree also on other shapes: on mutants of ours, a constraint less or a weaker one."""

import random
import re
from collections import defaultdict
from importlib.util import find_spec

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph
from shape_cases import data
from shape_engine import slices, world
from shape_mutants import removals, weakenings

from es_lod.namespaces import ES
from es_lod.rdf.interchange import to_rdflib
from es_lod.validate import sifted
from es_lod.validate.data import Data, ntriples
from es_lod.validate.facts import Facts
from es_lod.validate.reference import by_pyshacl, shapes_graph
from es_lod.validate.results import Result
from es_lod.validate.shapes import Shapes, known, vocabulary

MUTANTS = 120
"""Of some 4,100: each takes some 0.1 s, almost all of it in pySHACL."""
FOCI = 25


@pytest.mark.slow
def test_mutants_of_the_shapes_give_the_report_of_pyshacl():
    draw = random.Random(7)  # noqa: S311  # no secret
    graph = shapes_graph(known())
    within = defaultdict(list)
    for part in slices(graph, world(Graph())):
        for triple in part.triples:
            within[triple].append(part)
    beside = [quad.triple for quad in vocabulary()]
    classes = dict.fromkeys(str(t.subject) for t in beside if t.subject.value.startswith(str(ES)))
    facts = Facts(ntriples([*data(), *beside]))
    mutants = [*removals(graph), *weakenings(graph, to_rdflib(beside))]
    results = 0
    for mutant in draw.sample(mutants, MUTANTS):
        (taken,) = mutant.taken
        part = draw.choice(within[taken])
        written = mutant.applied(part.triples).serialize(format="nt", encoding="utf-8")
        found = [quad.triple for quad in parse(written, RdfFormat.N_TRIPLES)]
        foci = [str(NamedNode(f)) for f in draw.sample(part.foci, min(FOCI, len(part.foci)))]
        judged = "".join(dict.fromkeys(facts.around([*foci, *classes]))).encode()
        results += compare(judged, Shapes(found, found))
    assert results > MUTANTS


def told(result: Result) -> tuple[str, ...]:
    """A result without its message: the mutants are of what constrains, and say nothing."""
    severity, *where = result.severity, result.focus, result.path, result.value
    return (severity, *where, result.component, result.shape, result.constraint)


def compare(judged: bytes, shapes: Shapes) -> int:
    """Compare the engines, and count the results."""
    try:
        by_reference = set(map(told, by_pyshacl(parse(judged, RdfFormat.N_TRIPLES), shapes)))
    except Exception:  # noqa: BLE001  # the mutant is ill-formed, which pySHACL says in many ways
        return 0
    assert set(map(told, sifted.results(Data([judged]), shapes))) == by_reference
    # rdflib reads no year of five digits. Our shapes have a pattern beside the datatype, with which
    # the engines agree on it; some mutants have one of the two.
    if find_spec("shacl") and not re.search(rb'"-?[0-9]{5,}-', judged):
        from es_lod.validate.compiled import Compiled

        assert set(map(told, Compiled(shapes).results(Data([judged])))) == by_reference
    return len(by_reference)
