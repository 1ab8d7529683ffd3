"""The shapes on their own: valid files give no result, each row of the tables its one."""

from collections import defaultdict

import pytest
from pyoxigraph import RdfFormat, parse
from shape_cases import Case, cases, data
from shape_tables import thing, valid_files

from es_lod.namespaces import SHAPES
from es_lod.validate import shacl
from es_lod.validate.data import Data, ntriples
from es_lod.validate.results import Result


@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    """Focus node → results, of all cases in one run."""
    found = defaultdict(list)
    for result in shacl.results(Data(ntriples(data()))):
        found[result.focus].append(result)
    return found


@pytest.mark.parametrize("cls", valid_files())
def test_a_valid_file_gives_no_result(cls, results):
    assert results[thing(cls).value] == []


def test_nothing_else_gives_a_result(results):
    of_cases = {case.focus.value for case in cases()}
    assert {focus: results[focus] for focus in results.keys() - of_cases if results[focus]} == {}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_change_gives_the_one_result_of_its_row(case: Case, results):
    found = results[case.focus.value]
    assert [case.expects(result) for result in found] == [True] * (case.row.expected is not None)


def test_a_query_is_asked_for_its_own_focus_node_also_where_that_is_blank():
    turtle = """
        @prefix es: <https://w3id.org/es-lod/ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        [] es:validFrom "2018"^^xsd:gYear ; es:validUntil "2017"^^xsd:gYear ; a es:RegulatedRole .
        [] es:validFrom "2018"^^xsd:gYear ; es:validUntil "2016"^^xsd:gYear ; a es:StatusGrant .
    """
    triples = Data(ntriples(parse(turtle, RdfFormat.TURTLE)))
    found = [result for result in shacl.results(triples) if result.constraint]
    told = {(r.constraint.removeprefix(SHAPES), r.value) for r in found}
    assert told == {
        ("RegulatedRole-validUntil-order", "2017"),
        ("StatusGrant-validUntil-order", "2016"),
    }
