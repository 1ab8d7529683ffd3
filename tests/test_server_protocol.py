"""Requests of the SPARQL 1.1 Protocol, and what of the formats on offer a client likes best."""

import time
from urllib.parse import urlencode

import pytest
from test_site_rules import FINE, LANGUAGES, NEGOTIATED, TYPES

from es_lod.server.negotiation import language, media_type
from es_lod.server.protocol import DATA, TABLES, asked, described, wanted
from es_lod.server.questions import Question, Refusal

OFFERED = [type_.partition(";")[0] for type_ in TYPES.values()]
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def refusal(call, *arguments):
    with pytest.raises(Refusal) as raised:
        call(*arguments)
    assert set(raised.value.text) == {"pl", "en"}
    return raised.value.code, raised.value.status


@pytest.mark.parametrize(("accept", "expected"), NEGOTIATED + FINE)
def test_the_best_format_is_chosen(accept, expected):
    chosen = None if expected == 406 else TYPES[expected].partition(";")[0]
    assert media_type(accept, OFFERED) == chosen


@pytest.mark.parametrize(("accept", "expected"), LANGUAGES)
def test_the_best_language_is_chosen(accept, expected):
    assert language(accept, ("pl", "en")) == expected


@pytest.mark.parametrize(
    "accept",
    [
        "a" * 60_000,
        "," * 60_000,
        ";q=" * 20_000,
        'a;b="' * 12_000,
        '"\\' * 30_000,
        f"a;q={' ' * 60_000}b",
    ],
    ids=lambda text: text[:5],
)
def test_no_header_takes_long(accept):
    started = time.monotonic()
    media_type(accept, OFFERED)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("method", "query", "type_", "body"),
    [
        ("GET", {"query": "ASK {}"}, None, ""),
        ("POST", {}, FORM, {"query": "ASK {}"}),
        ("POST", {}, f"{FORM}; charset=UTF-8", {"query": "ASK {}"}),
        ("POST", {}, QUERY, "ASK {}"),
        ("POST", {}, f'{QUERY};charset="utf-8"', "\ufeffASK {}"),
    ],
)
def test_a_query_is_asked_in_three_ways(method, query, type_, body):
    content = body if isinstance(body, str) else urlencode(body)
    assert asked(method, urlencode(query).encode(), type_, content.encode()).question == Question(
        "ASK {}"
    )


def test_graphs_are_named_in_the_address_or_in_the_form():
    graphs = [
        ("default-graph-uri", "a:1"),
        ("named-graph-uri", "a:2"),
        ("default-graph-uri", "a:3"),
    ]
    expected = Question("ASK {}", ("a:1", "a:3"), ("a:2",))
    whole = urlencode([*graphs, ("query", "ASK {}")]).encode()
    assert asked("GET", whole, None, b"").question == expected
    assert asked("POST", b"", FORM, whole).question == expected
    assert asked("POST", urlencode(graphs).encode(), QUERY, b"ASK {}").question == expected


def test_polish_letters_and_blanks_arrive():
    text = "ASK { ?s ?p 'Spółdzielnia + 100%' }"
    assert asked("GET", urlencode({"query": text}).encode(), None, b"").question == Question(text)


def test_a_bare_request_asks_nothing():
    assert asked("GET", b"", None, b"") == (None, {})
    assert asked("GET", b"name=operators&lang=en", None, b"") == (
        None,
        {"name": "operators", "lang": "en"},
    )


@pytest.mark.parametrize(
    ("method", "query", "type_", "body", "expected"),
    [
        ("GET", b"query=ASK{}&query=ASK{}", None, b"", ("several", 400)),
        ("POST", b"", FORM, b"query=ASK{}&query=ASK{}", ("several", 400)),
        ("POST", b"query=ASK{}", QUERY, b"ASK{}", ("several", 400)),
        ("POST", b"query=ASK{}", FORM, b"", ("several", 400)),
        ("POST", b"", FORM, b"", ("missing", 400)),
        ("POST", b"", None, b"query=ASK{}", ("type", 415)),
        ("POST", b"", "text/plain", b"ASK{}", ("type", 415)),
        ("POST", b"", "multipart/form-data; boundary=x", b"--x", ("type", 415)),
        ("POST", b"", "application/sparql-update", b"CLEAR ALL", ("readonly", 403)),
        ("POST", b"", FORM, b"update=CLEAR+ALL", ("readonly", 403)),
        ("GET", b"update=CLEAR+ALL", None, b"", ("readonly", 403)),
        ("GET", b"query=%ff", None, b"", ("encoding", 400)),
        ("GET", b"query=\xff", None, b"", ("encoding", 400)),
        ("POST", b"", QUERY, b"\xff", ("encoding", 400)),
        ("POST", b"", f"{QUERY}; charset=utf-16", b"ASK{}", ("encoding", 400)),
        ("GET", b"&".join([b"a=1"] * 5000), None, b"", ("fields", 400)),
    ],
)
def test_what_the_protocol_does_not_have_is_refused(method, query, type_, body, expected):
    assert refusal(asked, method, query, type_, body) == expected


@pytest.mark.parametrize(
    ("accept", "format", "expected"),
    [
        (None, None, ("json", "ttl", False)),
        ("*/*", None, ("json", "ttl", False)),
        ("text/csv", None, ("csv", None, False)),
        ("application/json", None, ("json", None, False)),
        ("text/turtle", None, (None, "ttl", False)),
        ("application/sparql-results+xml;q=0.9, application/n-triples", None, ("xml", "nt", False)),
        ("text/html,application/xhtml+xml,*/*;q=0.8", None, ("json", "ttl", True)),
        ("text/html", "csv", ("csv", None, False)),
        ("image/png", "jsonld", (None, "jsonld", False)),
        ("application/rdf+xml", "xml", ("xml", "rdf", False)),
        ("application/json", "json", ("json", "jsonld", False)),
        ("text/turtle", "turtle", (None, "ttl", False)),
    ],
)
def test_an_answer_comes_in_the_best_format_of_its_kind(accept, format, expected):
    assert wanted(accept, format) == expected


def test_a_format_that_there_is_not_is_refused_with_a_list_of_those_that_there_are():
    assert refusal(wanted, "image/png") == ("unacceptable", 406)
    assert refusal(wanted, None, "xlsx") == ("unacceptable", 406)
    assert refusal(described, "image/png") == ("unacceptable", 406)
    with pytest.raises(Refusal) as raised:
        wanted("image/png")
    for types in (*TABLES.values(), *DATA.values()):
        assert types[0] in raised.value.text["pl"]


def test_who_takes_solutions_only_has_forgotten_the_query():
    assert refusal(described, "application/sparql-results+json") == ("missing", 400)
    assert refusal(described, "text/csv, application/json;q=0.5") == ("missing", 400)


def test_the_description_is_for_machines_and_the_page_for_people():
    assert described(None) == described("*/*") == "ttl"
    assert described("application/rdf+xml") == "rdf"
    assert described("text/html,*/*;q=0.8") is None
