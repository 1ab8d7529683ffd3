"""The endpoint over HTTP: the W3C's protocol tests, the service description, formats, tags."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from conftest import ROOT
from rdflib import Graph, Literal, Namespace, URIRef
from servers import es_lod

from es_lod.query import named_queries
from es_lod.server.questions import Refusal
from es_lod.server.sparql import refused
from es_lod.site.settings import read_settings

CONFORMANCE = Path(os.environ.get("ES_LOD_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
SUITE = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
RECORD = "https://w3id.org/es-lod/id/wizyta-studyjna-tarnow-2018"


@pytest.fixture(scope="module")
def server(tmp_path_factory, examples_site):
    """The examples, and beside them the graphs of the W3C's suite."""
    folder = tmp_path_factory.mktemp("server")
    suite = folder / "suite.nq"
    lines = (
        f"<{SUITE.format(i)}> a <http://xmlns.com/foaf/0.1/Document> <{SUITE.format(i)}> .\n"
        for i in (1, 2, 3)
    )
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    suite.write_text("".join(lines).replace(" a ", f" {type_} "), encoding="utf-8")
    with es_lod(folder, examples_site, "/", suite) as server:
        yield server


def ask(server, query, accept=None, **parameters):
    return server.ask("sparql?" + urlencode({"query": query, **parameters}), accept)


@pytest.mark.skipif(
    not CONFORMANCE.is_dir(),
    reason="needs the folder of conformance checks beside the checkout, or ES_LOD_CONFORMANCE",
)
def test_the_protocol_tests_of_the_w3c_pass(server):
    command = [CONFORMANCE / "sparql-protocol-check", f"http://127.0.0.1:{server.port}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "27 passed, 0 failed, 7 skipped"


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_solutions_come_in_four_formats(server, accept, type_):
    answer = ask(server, f"SELECT ?type {{ <{RECORD}> a ?type }}", accept)
    assert (answer.status, answer.type) == (200, type_)
    assert b"https://schema.org/Event" in answer.body


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_graphs_come_in_four_formats(server, suffix):
    type_ = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
    answer = ask(server, f"DESCRIBE <{RECORD}>", type_.get(suffix, "application/ld+json"))
    assert answer.status == 200
    format = pyoxigraph.RdfFormat.from_extension(suffix)
    assert URIRef(RECORD).n3() in {str(q.subject) for q in pyoxigraph.parse(answer.body, format)}


def test_the_format_may_be_named_in_the_address(server):
    answer = ask(server, f"SELECT ?type {{ <{RECORD}> a ?type }}", "text/html", format="csv")
    assert next(csv.reader(io.StringIO(answer.body.decode()))) == ["type"]
    assert ask(server, "ASK {}", format="xlsx").status == 406
    assert ask(server, "ASK {}", format="ttl").status == 406


def test_named_queries_are_asked_by_name(server):
    for name, query in named_queries().items():
        answer = server.ask(f"sparql?name={name}", "text/csv")
        assert (answer.status, answer.body) == (200, ask(server, query.text, "text/csv").body)
    assert server.ask("sparql?name=nic", "text/csv").status == 404


def test_a_name_that_no_query_has_is_told_on_the_page_that_lists_them(server):
    answer = server.ask("sparql?name=nic&lang=pl", "text/html")
    page = answer.body.decode()
    assert (answer.status, 'role="alert"' in page) == (404, True)
    assert "Nie ma gotowego zapytania „nic”" in page
    assert "sparql?name=operators" in page


def test_named_graphs_are_kept_and_can_be_chosen(server):
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = json.loads(ask(server, text).body)["results"]["bindings"]
    graphs = {row["g"]["value"]: int(row["n"]["value"]) for row in found}
    catalogue = read_settings(ROOT / "examples" / "site.yaml").catalogue_iri
    assert graphs.pop(catalogue) > 100
    assert graphs == {SUITE.format(i): 1 for i in (1, 2, 3)}
    one = "default-graph-uri=" + quote(SUITE.format(1))
    answer = server.ask(f"sparql?{one}&query={quote('SELECT * { ?s ?p ?o }')}", "text/csv")
    assert answer.body.decode().count("\n") == 2


def test_machines_get_a_description_of_the_service(server):
    url = f"http://127.0.0.1:{server.port}/sparql"
    graphs = []
    for accept, format in ((None, "turtle"), ("application/rdf+xml", "xml")):
        answer = server.ask("sparql", accept)
        assert answer.status == 200
        graphs.append(Graph().parse(data=answer.body, format=format))
    first, second = graphs
    assert set(first) == set(second)
    service = URIRef(url)
    assert (service, SD.endpoint, service) in first
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in first
    assert (service, SD.feature, SD.UnionDefaultGraph) in first
    assert (service, SD.feature, SD.BasicFederatedQuery) not in first
    named = {str(name) for name in first.objects(None, SD.name)}
    assert {SUITE.format(i) for i in (1, 2, 3)} < named
    assert any(
        "30 s" in str(text) for text in first.objects(service, None) if isinstance(text, Literal)
    )


def test_people_get_a_page_in_their_language(server):
    for query, language, expected in (
        ("", "en", "en"),
        ("", "pl,en;q=0.5", "pl"),
        ("?lang=pl", "en", "pl"),
        ("?lang=en", None, "en"),
        ("?lang=xx", "en", "en"),
    ):
        headers = {"accept_language": language} if language else {}
        answer = server.ask("sparql" + query, "text/html", **headers)
        assert (answer.status, answer.type) == (200, "text/html; charset=utf-8")
        assert answer.header("content-language") == expected
        assert f'<html lang="{expected}">' in answer.body.decode()


def test_the_page_is_in_the_menu_and_loads_what_it_names(server):
    page = server.ask("sparql?lang=pl", "text/html").body.decode()
    assert re.search(r'<a href="sparql\?lang=pl" aria-current="page">', page)
    for path in re.findall(r'(?:src|href)="(sparql/[^"]+)"', page):
        answer = server.ask(path)
        assert answer.status == 200
        assert server.ask(path, if_none_match=answer.header("etag")).status == 304
    assert json.loads(server.ask("sparql/terms.json").body)
    assert server.ask("sparql/assets/nic.js").status == 404


def test_the_page_shows_what_came_of_a_query(server):
    answer = ask(server, f"SELECT ?type {{ <{RECORD}> a ?type }}", "text/html", lang="en")
    assert (answer.status, "schema:Event" in answer.body.decode()) == (200, True)
    failed = ask(server, "SELECT * {", "text/html", lang="pl")
    assert failed.status == 400
    assert 'role="alert"' in failed.body.decode()


def test_each_page_has_a_nonce_of_its_own(server):
    nonces = {
        re.search(r"'nonce-([^']+)'", server.ask("sparql", "text/html").body.decode())[1]
        for _ in range(3)
    }
    assert len(nonces) == 3


def test_what_a_client_knows_is_not_answered_again(server):
    query = "SELECT * { ?s a <https://schema.org/Event> } ORDER BY ?s"
    first = ask(server, query, "text/csv")
    path = "sparql?" + urlencode({"query": query})
    again = server.ask(path, "text/csv", if_none_match=first.header("etag"))
    assert (again.status, again.body) == (304, b"")
    assert (
        server.ask(
            path, "text/turtle;q=0.1, application/json", if_none_match=first.header("etag")
        ).status
        == 200
    )
    assert ask(server, "SELECT (NOW() AS ?now) {}").header("etag") is None


def test_only_what_was_answered_is_known(server):
    query = "SELECT * { ?s a <https://schema.org/Event> } ORDER BY ?s"
    tag = ask(server, query).header("etag")
    form = urlencode({"query": query}).encode()
    type_ = "application/x-www-form-urlencoded"
    posted = server.ask("sparql", None, "POST", form, content_type=type_, if_none_match=tag)
    assert (posted.status, posted.header("etag")) == (200, None)
    assert server.ask("sparql?query=SELECT", if_none_match="*").status == 400


def test_what_other_endpoints_say_may_change(tmp_path, examples_site):
    query = "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }"
    with es_lod(tmp_path, examples_site, "/", "--federated") as federated:
        answer = ask(federated, query)
        assert (answer.status, answer.header("etag")) == (200, None)
        assert ask(federated, "ASK {}").header("etag") is not None


def test_head_tells_what_get_would(server):
    path = "sparql?" + urlencode(
        {"query": "SELECT * { ?s a <https://schema.org/Event> } ORDER BY ?s"}
    )
    got, told = server.ask(path), server.ask(path, method="HEAD")
    assert (told.status, told.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert told.header(name) == got.header(name)


def test_scripts_of_other_sites_may_ask(server):
    asked = server.ask("sparql", None, "OPTIONS", origin="https://inna.example")
    assert asked.status == 204
    assert "POST" in asked.header("access-control-allow-methods")
    for answer in (
        ask(server, "ASK {}"),
        ask(server, "SELECT"),
        ask(server, "ASK {}", "image/png"),
    ):
        assert answer.header("access-control-allow-origin") == "*"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(server, method):
    posted, others = "GET, HEAD, POST, OPTIONS", "GET, HEAD, OPTIONS"
    for path, methods in (("sparql", posted), ("sparql/terms.json", others), ("", others)):
        answer = server.ask(path, None, method)
        assert (answer.status, answer.header("allow")) == (405, methods)
        assert server.ask(path, None, "OPTIONS").header("allow") == methods
        english, polish = answer.body.decode().splitlines()
        assert f"use one of {methods}" in english
        assert f"użyj jednej z metod {methods}" in polish


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT", 400, "SPARQL"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 400, "SPARQL"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "SERVICE"),
        ("(" * 100_000, 400, ""),
    ],
)
def test_a_refusal_says_why_in_both_languages(server, query, status, words):
    form = urlencode({"query": query}).encode()
    answer = server.ask(
        "sparql", None, "POST", form, content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status, answer.type) == (status, "text/plain; charset=utf-8")
    english, polish = answer.body.decode().splitlines()
    assert words in english
    assert words in polish
    assert english != polish


def test_only_what_passes_is_to_be_asked_again():
    for code, again in (("busy", "10"), ("closed", "10"), ("time", None), ("memory", None)):
        answer = refused(Refusal(code, seconds=30))
        assert (answer.status_code, answer.headers.get("retry-after")) == (503, again)


def test_a_refusal_depends_on_what_the_answer_does(server):
    for answer in (ask(server, "SELECT"), ask(server, "ASK {}", "image/png")):
        assert {"Accept", "Accept-Language"} <= set(re.split(", *", answer.header("vary")))


def test_the_server_says_that_it_is_well(server):
    answer = server.ask("health")
    assert answer.status == 200
    assert json.loads(answer.body)["status"] == "ok"


def test_addresses_in_answers_begin_where_the_client_reached_the_site(server):
    own = f"http://127.0.0.1:{server.port}/"
    for host, root in (
        (f"127.0.0.1:{server.port}", own),
        ("w3id.org", "https://w3id.org/es-lod/"),  # which `url` states: a proxy took the path away
        ("inna.example", "http://inna.example/"),
        ('x"><script>', "http://localhost/"),
        ("a/b@c", "http://localhost/"),
    ):
        manifest = json.loads(server.ask("reconcile", host=host).body)
        assert manifest["view"]["url"] == f"{root}id/{{{{id}}}}"
        description = Graph().parse(data=server.ask("sparql", host=host).body, format="turtle")
        assert (URIRef(f"{root}sparql"), SD.endpoint, URIRef(f"{root}sparql")) in description
