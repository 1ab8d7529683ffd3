"""What clients of others get from the server: SPARQLWrapper, rdflib and Comunica, as pyoxigraph."""

import json
import shutil
import subprocess
from itertools import chain

import pyoxigraph
import pytest
from conftest import ROOT, WEB, need
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from servers import es_lod
from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

from es_lod import Dataset
from es_lod.query import named_queries
from es_lod.query import query as answered

QUERIES = {name: query.text for name, query in named_queries().items()}
RECORD = "wizyta-studyjna-tarnow-2018"


@pytest.fixture(scope="module")
def server(tmp_path_factory, examples_site):
    with es_lod(tmp_path_factory.mktemp("server"), examples_site, "/") as server:
        yield server


@pytest.fixture(scope="module")
def endpoint(server):
    return f"http://127.0.0.1:{server.port}/sparql"


@pytest.fixture(scope="module")
def expected():
    """What pyoxigraph answers from the examples."""
    dataset = Dataset.load(ROOT / "examples")
    store = dataset.store()
    return {name: rows(answered(store, text, base=dataset.base)) for name, text in QUERIES.items()}


def rows(solutions):
    """The solutions of pyoxigraph, in the form of the JSON results."""
    found = json.loads(solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON))
    return bindings(found)


def bindings(found):
    """The solutions of a JSON document, in no order, strings without their datatype."""
    string = "http://www.w3.org/2001/XMLSchema#string"
    return sorted(
        sorted(
            (
                name,
                term["value"],
                term.get("xml:lang", ""),
                term.get("datatype", "").replace(string, ""),
            )
            for name, term in row.items()
        )
        for row in found["results"]["bindings"]
    )


def test_sparqlwrapper_gets_the_answers_of_all_named_queries(endpoint, expected):
    for name, text in QUERIES.items():
        client = SPARQLWrapper(endpoint, returnFormat=JSON)
        client.setMethod("POST")
        client.setQuery(text)
        assert bindings(client.queryAndConvert()) == expected[name], name


def test_sparqlwrapper_gets_graphs_and_truth(endpoint):
    client = SPARQLWrapper(endpoint)
    client.setQuery(f"DESCRIBE <https://w3id.org/es-lod/id/{RECORD}>")
    assert b"<rdf:RDF" in client.query().response.read()
    client.setReturnFormat(TURTLE)
    assert b"schema:Event" in client.query().response.read()
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True


def test_rdflib_gets_the_answers_of_all_named_queries(endpoint, expected):
    graph = Graph(SPARQLStore(endpoint, method="POST"))
    for name, text in QUERIES.items():
        found = graph.query(text)
        rows = sorted(
            sorted(
                (
                    str(variable),
                    str(term),
                    getattr(term, "language", None) or "",
                    str(getattr(term, "datatype", None) or ""),
                )
                for variable, term in zip(found.vars, row, strict=True)
                if term is not None
            )
            for row in found
        )
        assert rows == expected[name], name


def test_rdflib_reads_a_thing_by_its_address(server):
    thing = f"http://127.0.0.1:{server.port}/id/{RECORD}"
    assert len(Graph().parse(thing)) == len(
        Graph().parse(data=server.ask(f"doc/{RECORD}.ttl").body, format="turtle")
    )


def comunica(*sources):
    need(None if shutil.which("node") else "node is not installed")
    installed = (WEB / "node_modules" / "@comunica").is_dir()
    need(None if installed else "Comunica is not installed (make web)")
    asked = json.dumps({"sources": sources, "queries": QUERIES})
    command = ["node", "queries.mjs"]
    done = subprocess.run(
        command, input=asked, cwd=WEB, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: bindings(found) for name, found in json.loads(done.stdout).items()}


def local(*documents):
    """What pyoxigraph answers from documents."""
    store = pyoxigraph.Store()
    store.extend(chain.from_iterable(pyoxigraph.parse(path=str(path)) for path in documents))
    return {
        name: rows(answered(store, text, base="https://w3id.org/"))
        for name, text in QUERIES.items()
    }


def test_comunica_gets_the_answers_of_all_named_queries_from_the_endpoint(endpoint, expected):
    assert comunica(endpoint) == expected


@pytest.mark.parametrize(
    ("address", "documents"),
    [("dump/es.ttl", ["dump/es.ttl"]), (f"id/{RECORD}", [f"doc/{RECORD}.ttl"])],
    ids=["dump", "thing"],
)
def test_comunica_gets_the_answers_of_all_named_queries_from(
    server, examples_site, address, documents
):
    found = comunica(f"http://127.0.0.1:{server.port}/{address}")
    assert found == local(*(examples_site / document for document in documents))
