"""Answers for notebooks: columns of one type each, which pandas and polars take as they are."""

import datetime

import pandas
import polars
import pytest
import rdflib
from conftest import ROOT

import es_lod
from es_lod.errors import InputError
from es_lod.query import named_queries

QUERIES = named_queries()
EMPTY = es_lod.Dataset()


@pytest.fixture(scope="module")
def examples() -> es_lod.Dataset:
    return es_lod.load(ROOT / "examples")


def answer(text: str) -> es_lod.Solutions:
    return EMPTY.query(f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> {text}")


def column(*literals: str) -> list[object]:
    values = " ".join(f"({literal})" for literal in literals)
    return answer(f"SELECT ?x {{ VALUES (?x) {{ {values} }} }}")["x"]


@pytest.mark.parametrize("name", QUERIES)
def test_pandas_and_polars_take_the_named_queries_as_they_are(name, examples):
    found = examples.query(QUERIES[name].text)
    in_pandas, in_polars = pandas.DataFrame(found), polars.DataFrame(found)
    assert tuple(in_pandas.columns) == tuple(in_polars.columns) == found.columns
    assert len(in_pandas) == in_polars.height == len(found.rows()) > 0
    assert in_polars.rows(named=True) == found.rows()
    bound = in_pandas.astype(object).where(in_pandas.notna(), None)
    assert bound.to_dict("records") == found.rows()
    for values in found.values():
        assert len({type(value) for value in values if value is not None}) <= 1
    in_pandas.convert_dtypes()


@pytest.mark.parametrize("name", QUERIES)
def test_an_answer_without_rows_has_its_columns(name, examples):
    columns = examples.query(QUERIES[name].text).columns
    found = EMPTY.query(QUERIES[name].text)
    assert found.rows() == []
    assert tuple(pandas.DataFrame(found)) == tuple(polars.DataFrame(found).columns) == columns


def test_the_columns_have_the_types_of_their_values(examples):
    found = polars.DataFrame(examples.query(QUERIES["coverage"].text))
    types = {name: found.schema[name] for name in ("class", "records", "share")}
    assert types == {"class": polars.String, "records": polars.Int64, "share": polars.Float64}
    operators = pandas.DataFrame(examples.query(QUERIES["operators"].text)).convert_dtypes()
    assert str(operators.dtypes["capacity"]) == "Int64"
    assert operators["capacity"].sum() == 135


def test_a_column_that_begins_with_many_empty_cells_has_its_type():
    """Given a list of rows, polars would look at the first hundred and then fail."""
    found = answer(
        "SELECT ?n ?name { VALUES (?n ?name) {"
        + "(1 UNDEF)" * 500
        + '(UNDEF "Gmina") } } ORDER BY DESC(?n)'
    )
    for rows in (found, es_lod.Solutions({"n": found["n"][::-1], "name": found["name"]})):
        assert polars.DataFrame(rows).schema == {"n": polars.Int64, "name": polars.String}
        assert pandas.DataFrame(rows)["name"].notna().sum() == 1


@pytest.mark.parametrize(
    ("literals", "values"),
    [
        (["7", "UNDEF", '"-07"^^xsd:nonPositiveInteger'], [7, None, -7]),
        (["1", "2.5", "1e3", "'INF'^^xsd:double"], [1.0, 2.5, 1000.0, float("inf")]),
        (["true", "'0'^^xsd:boolean"], [True, False]),
        (["'2014-12-31'^^xsd:date", "UNDEF"], [datetime.date(2014, 12, 31), None]),
        (["'2014-12-31'^^xsd:date", "'2014'^^xsd:gYear"], ["2014-12-31", "2014"]),
        (["'2014-02-30'^^xsd:date"], ["2014-02-30"]),
        (["'2014-12-31Z'^^xsd:date"], ["2014-12-31Z"]),
        (["'2025-10-14T09:30:00+02:00'^^xsd:dateTime"], ["2025-10-14T09:30:00+02:00"]),
        (["'gmina'@pl", "'commune'@en", "'7'"], ["gmina", "commune", "7"]),
        (["<https://example.org/a>", "UNDEF"], ["https://example.org/a", None]),
        (["7", "true"], ["7", "true"]),
        (["7", "'7'"], ["7", "7"]),
        (["'1_000'^^xsd:integer"], ["1_000"]),
        (["'1'^^xsd:boolean", "true"], [True, True]),
        (["7", "9223372036854775808"], ["7", "9223372036854775808"]),
        (["UNDEF"], [None]),
    ],
)
def test_a_column_is_of_the_type_that_all_its_literals_have(literals, values):
    found = column(*literals)
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]
    polars.DataFrame({"x": found})


def test_a_blank_node_is_told_from_an_iri():
    (node,) = answer("SELECT ?x { BIND (BNODE() AS ?x) }")["x"]
    assert node.startswith("_:")


def test_rows_are_dictionaries_in_the_order_of_the_query(examples):
    found = examples.query(
        "PREFIX schema: <https://schema.org/> SELECT ?name ?id { ?id schema:name ?name"
        ' FILTER (?id = ?thing && LANG(?name) = "en") }',
        {"thing": "cis-przykladow"},
    )
    name = "Social Integration Centre in Przykładów"
    iri = "https://w3id.org/es-lod/id/cis-przykladow"
    assert found.rows() == [{"name": name, "id": iri}]
    assert found.columns == ("name", "id")


def test_other_forms_of_query_answer_a_truth_value_or_a_graph(examples):
    assert examples.query("ASK { ?s ?p ?o }") is True
    assert EMPTY.query("ASK { <x:a> ?p ?o }") is False
    graph = examples.query("DESCRIBE <https://w3id.org/es-lod/id/cis-przykladow>")
    assert isinstance(graph, rdflib.Graph)
    assert len(graph) > 10
    assert (None, rdflib.RDF.type, None) in graph


def test_a_prefix_that_is_not_declared_is_told_without_the_letters_expected():
    with pytest.raises(InputError, match=r"at 1:\d+: the prefix is not declared \(PREFIX\); "):
        es_lod.Dataset().query("SELECT ?n WHERE { ?a schema:name ?n }")


def test_what_the_engine_refuses_on_its_way_is_told_as_ours():
    with pytest.raises(InputError):
        EMPTY.query("SELECT ?x {")
