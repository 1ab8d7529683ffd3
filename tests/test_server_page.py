"""The query page: what was asked and what came of it, whatever that is, in valid HTML."""

import json
import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlencode, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from conftest import ROOT, WEB, need
from query_page import NONCE, SETTINGS, answered, edition, examples, shown

import es_lod
from es_lod.query import named_queries
from es_lod.query import query as answer
from es_lod.server import page
from es_lod.server.page.frame import LONGEST
from es_lod.server.page.queries import named
from es_lod.server.page.refusals import told
from es_lod.server.questions import Limits, Refusal

PREFIXES = "PREFIX es: <https://w3id.org/es-lod/ns#>\nPREFIX schema: <https://schema.org/>\n"
LANGUAGES = ("pl", "en")


@pytest.fixture(scope="module")
def store():
    return examples()


@pytest.fixture(scope="module")
def asked(store):
    """The page for a question, parsed; asserts that it is valid."""
    frame = edition()

    def ask(text="", name=None, language="pl", **more):
        found = shown(store, text, name)._replace(**more)
        return parsed(page.query_page(frame, language, found, NONCE))

    return ask


def parsed(data):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(data.decode())
    assert parser.errors == []
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    return tree


def written(element):
    return " ".join("".join(element.itertext()).split())


def links(tree):
    return [a.attrib["href"] for a in tree.iter("a")]


def cells(tree):
    return [
        [written(td) for td in tr.iter("td")] for tr in tree.iter("tr") if tr.find("td") is not None
    ]


def classes(tree, name):
    return [e for e in tree.iter() if name in str(e.attrib.get("class", "")).split()]


def values(*rows):
    """A query that answers these rows: the first has the names of the columns."""
    head, *rest = rows
    names = " ".join(f"?{name}" for name in head)
    lines = " ".join(f"({' '.join(row)})" for row in rest)
    return f"{PREFIXES}SELECT {names} {{ VALUES ({names}) {{ {lines} }} }}"


# The page as one comes to it


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_question_the_page_has_an_editor_and_the_named_queries(asked, language):
    tree = asked(language=language)
    (form,) = tree.iter("form")
    (area,) = form.iter("textarea")
    assert form.attrib["method"] == "get"
    assert area.text.startswith("PREFIX")
    assert tree.attrib["lang"] == language
    assert classes(tree, "result") == []
    offered = {parse_qs(urlsplit(link).query)["name"][0] for link in links(tree) if "name=" in link}
    assert offered == set(named_queries())
    text = written(tree.find(".//main"))
    assert all(query.question[language] in text for query in named_queries().values())


def test_the_query_that_stands_in_the_editor_at_first_has_an_answer(store, asked):
    (area,) = asked().iter("textarea")
    assert list(store.query(area.text))


def test_the_twin_asks_the_same_in_the_other_language(asked):
    tree = asked("ASK {}", language="en")
    (twin,) = classes(tree, "twin")
    assert parse_qs(urlsplit(twin.attrib["href"]).query) == {"query": ["ASK {}"], "lang": ["pl"]}


def test_the_policy_allows_the_style_sheet_of_the_editor_and_nothing_else(asked):
    policy = next(m.attrib["content"] for m in asked().iter("meta") if "http-equiv" in m.attrib)
    assert f"style-src 'self' 'nonce-{NONCE}';" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert [s.attrib.get("src") for s in asked().iter("script")] == ["sparql/assets/editor.js"]


# Named queries


@pytest.mark.parametrize("name", named_queries())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_named_query_is_explained_and_answered(asked, name, language):
    tree = asked(name=name, language=language)
    query = named_queries()[name]
    assert written(next(tree.iter("h1"))) == query.title[language]
    explained = written(classes(tree, "explained")[0])
    columns = re.findall(r"^# column: (\?\w+)", query.text, re.MULTILINE)
    assert columns
    assert all(column in explained for column in columns)
    assert all(f"VALUES ?{parameter} " in explained for parameter in query.parameters)
    assert cells(tree)
    (permanent,) = classes(tree, "permanent")
    assert permanent.attrib["href"] == f"sparql?name={name}"


def test_a_query_that_has_the_text_of_a_named_one_is_that(asked):
    text = page.named_text("operators").replace("\n", "\r\n")
    assert written(next(asked(text).iter("h1"))) == named_queries()["operators"].title["pl"]


@pytest.mark.parametrize("name", named_queries())
def test_a_value_written_where_the_page_says_narrows_as_the_parameter_does(name):
    dataset = es_lod.load(ROOT / "examples")
    store = dataset.store()

    def answered(text, parameters=None):
        return list(answer(store, text, parameters, base=dataset.base))

    query, text = named("en")[name], named_queries()[name].text
    rows = answered(text)
    iris = {term for row in rows for term in row if isinstance(term, ox.NamedNode)}
    columns = {column.name for column in query.columns}
    for parameter in query.parameters:
        name_ = parameter.name
        own = {row[name_] for row in rows if row[name_]} if name_ in columns else iris
        told = re.findall(r"https?://[^\s:]+", parameter.told)
        tried = ["2023-01-01"] if parameter.is_date else [*told, *sorted(i.value for i in own)]
        answers = ((v, answered(text, {parameter.name: v})) for v in tried)
        value, expected = next(answer for answer in answers if answer[1])
        term = ox.Literal(value) if parameter.is_date else ox.NamedNode(value)
        bound = re.sub(r"\{.*\}", lambda _, term=term: f"{{ {term} }}", parameter.bound)
        edited = query.text.replace("WHERE {", f"WHERE {{ {bound}", 1)
        assert sorted(map(str, answered(edited))) == sorted(map(str, expected)), parameter


# Results


def test_records_concepts_and_terms_link_to_their_pages(asked):
    text = values(
        ["record", "part", "concept", "term", "other", "word"],
        [
            "<https://w3id.org/es-lod/id/cis-serwis>",
            "<https://w3id.org/es-lod/id/cis-serwis#a>",
            "<https://w3id.org/es-lod/concept/legal-form/social-cooperative>",
            "es:Workshop",
            "<https://example.org/a>",
            "schema:name",
        ],
    )
    tree = asked(text, language="en")
    (table,) = classes(tree, "rows")
    assert links(table) == [
        "doc/cis-serwis.en.html",
        "doc/cis-serwis.en.html#a",
        "concept/legal-form.en.html#social-cooperative",
        "ns.en.html#Workshop",
        "https://example.org/a",
        "https://schema.org/name",
    ]
    assert cells(tree) == [
        [
            "cis-serwis",
            "cis-serwis#a",
            "legal-form:social-cooperative social co-operative",
            "es:Workshop workshop",
            "https://example.org/a",
            "schema:name name",
        ]
    ]


def test_a_language_or_datatype_is_said_once_where_all_share_it(asked):
    text = values(
        ["one", "mixed", "plain", "day"],
        ['"a"@pl', '"a"@pl', '"x"', '"2018-06-19"^^<http://www.w3.org/2001/XMLSchema#date>'],
        ['"b"@pl', '"b"@en', '"y"', '"2018"^^<http://www.w3.org/2001/XMLSchema#gYear>'],
    )
    tree = asked(text)
    heads = [written(th) for th in next(tree.iter("thead")).iter("th")]
    assert heads == ["Nr", "one pl", "mixed", "plain", "day xsd:date, xsd:gYear"]
    assert cells(tree) == [["a", "a pl", "x", "2018-06-19"], ["b", "b en", "y", "2018"]]


def test_the_downloads_are_the_same_question_in_each_format(asked):
    tree = asked("SELECT ?x { VALUES ?x { 1 } }")
    (taken,) = classes(tree, "take")
    asked_for = [parse_qs(urlsplit(link).query) for link in links(taken)]
    assert [a["format"] for a in asked_for] == [["csv"], ["tsv"], ["json"], ["xml"]]
    assert {a["query"][0] for a in asked_for} == {"SELECT ?x { VALUES ?x { 1 } }"}
    (taken,) = classes(asked("CONSTRUCT WHERE { ?s ?p ?o }"), "take")
    assert [parse_qs(urlsplit(link).query)["format"][0] for link in links(taken)] == [
        *("ttl", "nt", "rdf", "jsonld")
    ]


@pytest.mark.parametrize(("text", "verdict"), [("ASK {}", "Yes"), ("ASK { FILTER(false) }", "No")])
def test_a_boolean_is_said(asked, text, verdict):
    (said,) = classes(asked(text, language="en"), "verdict")
    assert written(said) == verdict


def test_a_graph_is_a_table_of_triples_and_turtle(asked):
    tree = asked(
        f"{PREFIXES}CONSTRUCT {{ ?x schema:name ?n }} WHERE {{ ?x a es:Workshop ; schema:name ?n }}"
    )
    assert len(cells(tree)) > 3
    turtle = next(e for e in tree.iter("pre") if "schema:name" in written(e))
    assert len(list(ox.parse("".join(turtle.itertext()), format=ox.RdfFormat.TURTLE))) == len(
        cells(tree)
    )


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }",
        "SELECT ?x { FILTER(false) }",
        "SELECT * {}",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rows_and_no_columns_are_said(asked, text, language):
    tree = asked(text, language=language)
    assert cells(tree) == []
    assert len(classes(tree, "result")) == 1


def test_the_first_thousand_rows_are_shown_and_the_rest_announced(asked):
    numbers = [[str(i)] for i in range(1200)]
    tree = asked(values(["x"], *numbers), language="en", total=1200)
    assert len(cells(tree)) == 1000
    assert "1200 rows" in written(classes(tree, "count")[0])
    assert "The first 1000 rows are shown" in written(classes(tree, "count")[0])


# Reading


def test_no_more_of_a_file_is_read_than_is_shown(tmp_path):
    row = '{"x":{"type":"literal","value":"a"}},'
    path = tmp_path / "answer.srj"
    path.write_text('{"head":{"vars":["x"]},"results":{"bindings":[' + row * 1001 + "broken")
    found = page.read_result(path, "solutions")
    assert len(found.rows) == page.ROWS
    assert not found.is_whole


def test_wide_rows_and_long_values_leave_room_for_fewer(tmp_path):
    names = [f"v{i}" for i in range(200)]
    row = ",".join(f'"{name}":{{"type":"literal","value":"{"x" * 5000}"}}' for name in names)
    path = tmp_path / "answer.srj"
    head = json.dumps({"vars": names})
    path.write_text(
        f'{{"head":{head},"results":{{"bindings":[{",".join(["{" + row + "}"] * 20)}]}}}}'
    )
    found = page.read_result(path, "solutions")
    assert 0 < len(found.rows) < 20
    assert {len(value.text) for row in found.rows for value in row} == {1000}
    data = page.query_page(edition(), "pl", page.Shown("SELECT * {}", answer=found), NONCE)
    assert len(data) < 3_000_000


def test_blank_nodes_are_numbered_as_they_are_met(asked):
    tree = asked("SELECT ?x ?y { VALUES ?n { 1 2 } BIND(BNODE() AS ?x) BIND(?x AS ?y) }")
    assert cells(tree) == [["_:b1", "_:b1"], ["_:b2", "_:b2"]]


# Hostile results


def test_what_a_browser_would_run_is_text(asked):
    evil = "<img src=x onerror=alert(1)>"
    text = values(
        ["x", "xName", "count"],
        ["<javascript:alert(1)>", f'"{evil}"', "1"],
        ["<data:text/html,a>", f'"{evil}"@en', "2"],
        ["<http://a.example/%22%3E'onclick='a>", '"\\u202e</textarea></script>"', "3"],
    )
    tree = asked(text)
    assert not any(e.tag == "img" and "onerror" in e.attrib for e in tree.iter())
    assert not any(re.match("javascript:|data:", link) for link in links(tree))
    assert cells(tree)[0][:2] == ["javascript:alert(1)", evil]
    (area,) = tree.iter("textarea")
    assert area.text == text


def test_control_characters_and_bidi_marks_stay_in_their_cells(asked):
    tree = asked(values(["x"], ['"a\\u0000\\u0001\\u001b[31mb\\uFFFE\\u0085"'], ['"\\u202eabc"']))
    found = cells(tree)
    assert not re.search("[\x00-\x08\x1b\x85\ufffe]", found[0][0])
    (table,) = classes(tree, "rows")
    for td in table.iter("td"):
        assert td[0].tag == "bdi"


def test_a_language_tag_that_is_none_of_html_is_shown_and_not_used(asked):
    tree = asked(values(["x", "y"], ['"a"@pl-x-abc', '"b"@de'], ['"a"@fr', '"b"@de']))
    assert "fr" in {e.attrib.get("lang") for e in tree.iter("bdi")}


# Refusals


def refused(reason):
    return Refusal("malformed", reason=reason)


def test_a_refusal_is_an_alert_that_shows_the_place(asked):
    tree = asked("SELECT * {\n  ?s ?p\n}", language="en")
    (alert,) = (e for e in tree.iter() if e.attrib.get("role") == "alert")
    text = written(alert)
    assert "line 3" in text
    (area,) = tree.iter("textarea")
    assert area.attrib["aria-invalid"] == "true"
    assert alert.attrib["id"] in area.attrib["aria-describedby"].split()
    assert written(next(tree.iter("title"))).startswith("Error")
    (form,) = tree.iter("form")
    assert form.attrib["data-line"] == "3"
    assert "u{00" not in text


def test_a_prefix_that_is_not_declared_is_given(asked):
    tree = asked("SELECT * { ?s a es:Workshop }", language="en")
    (alert,) = (e for e in tree.iter() if e.attrib.get("role") == "alert")
    assert "PREFIX es: <https://w3id.org/es-lod/ns#>" in written(alert)


@pytest.mark.parametrize("text", ["\x00\x01\ufffe", "\ud800", "\u202e", "]]>--></textarea>", " "])
def test_any_text_can_stand_in_the_editor(text):
    (area,) = parsed(page.query_page(edition(), "pl", page.Shown(text), NONCE)).iter("textarea")
    assert area.text


def test_a_name_that_no_query_has_is_no_page():
    with pytest.raises(KeyError):
        page.query_page(edition(), "pl", page.Shown(name="nothing"), NONCE)
    assert page.named_text("nothing") is None


@pytest.mark.parametrize(
    "reason", ["error at 99:1: no such line", "error at 0:0: x", "none", "<b>&", "\x00"]
)
def test_any_refusal_can_be_shown(reason):
    refusal = refused(reason)
    assert told(refusal, "ASK {}", "pl").line == 0
    data = page.query_page(edition(), "pl", page.Shown("ASK {}", refusal=refusal), NONCE)
    parsed(data)


def test_the_limits_of_the_server_are_said(asked):
    tree = asked(limits=Limits(seconds=7, rows=12_345))
    assert "7 s" in written(tree.find(".//main"))
    assert "12 345 wierszy" in written(tree.find(".//main"))


# Long queries


def test_a_query_that_is_too_long_for_an_address_is_posted(asked):
    text = "ASK {} # " + "ą" * (LONGEST // 6)
    tree = asked(text)
    query, take = tree.iter("form")
    assert query.attrib["method"] == take.attrib["method"] == "post"
    (hidden,) = (e for e in take.iter("input") if e.attrib["name"] == "query")
    assert hidden.attrib["value"] == text
    assert {e.attrib["value"] for e in take.iter("button")} == {"json", "xml"}
    assert classes(tree, "permanent") == []
    assert max(map(len, links(tree))) < LONGEST
    (twin,) = classes(tree, "twin")
    assert twin.attrib["href"] == "sparql?lang=en"


def test_no_link_is_longer_than_an_address_may_be(asked):
    text = "ASK {} # " + "ą" * (LONGEST // 6 - 60)
    assert len(urlencode({"query": text})) < LONGEST
    assert max(map(len, links(asked(text)))) <= LONGEST + len("sparql?")


def test_the_graphs_that_were_asked_are_asked_again(asked):
    graphs = {"default_graphs": ("urn:a", "urn:b"), "named_graphs": ("urn:c",)}
    tree = asked("ASK {}", **graphs)
    expected = {"default-graph-uri": ["urn:a", "urn:b"], "named-graph-uri": ["urn:c"]}
    (permanent,) = classes(tree, "permanent")
    found = parse_qs(urlsplit(permanent.attrib["href"]).query)
    assert found == {"query": ["ASK {}"], **expected}
    (form,) = tree.iter("form")
    inputs = [(e.attrib["name"], e.attrib["value"]) for e in form.iter("input")]
    assert inputs == [
        ("lang", "pl"),
        *(("default-graph-uri", iri) for iri in ("urn:a", "urn:b")),
        ("named-graph-uri", "urn:c"),
    ]


# Terms


def test_the_terms_are_known_by_their_names_in_both_languages():
    found = json.loads(page.terms_json())
    assert ["es:Workshop", "class", "warsztat", "workshop"] in found["terms"]
    by_name = {name: rest for name, *rest in found["terms"]}
    assert by_name["schema:name"] == ["property", "nazwa", "name"]
    assert by_name["legal-form:social-cooperative"][0] == "concept"
    assert by_name["schema:EventCancelled"][0] == "value"
    assert "CIS" in by_name["entity-kind:social-integration-centre"]
    assert {kind for _, kind, *_ in found["terms"]} == {"class", "property", "concept", "value"}


def test_every_term_can_be_written_with_the_prefixes_that_come_with_it():
    found = json.loads(page.terms_json())
    head = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in found["prefixes"].items())
    names = " ".join(name for name, *_ in found["terms"])
    answer = ox.Store().query(f"{head}SELECT ?x {{ VALUES ?x {{ {names} }} }}")
    assert len(list(answer)) == len(found["terms"]) > 300


# Judged by others


@pytest.mark.slow
def test_html_validate_finds_nothing(store, tmp_path):
    program = WEB / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    need(None if program.exists() else "html-validate is not installed (make web, which needs npm)")
    frame = edition()
    questions = {
        "fresh": {},
        "refused": {"text": "SELECT"},
        "yes": {"text": "ASK {}"},
        "graph": {"text": "CONSTRUCT WHERE { ?s ?p ?o }"},
        "long": {"text": "SELECT * { ?s ?p ?o } # " + "x" * LONGEST},
        **{name: {"name": name} for name in named_queries()},
    }
    for name, question in questions.items():
        data = page.query_page(frame, "en", shown(store, **question), NONCE)
        (tmp_path / f"{name}.html").write_bytes(data)
    options = ["--config", WEB / "htmlvalidate.json"]
    done = subprocess.run(
        [shutil.which("node"), program, *options, *sorted(tmp_path.glob("*.html"))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_answers_are_read_as_the_pool_writes_them(store, tmp_path):
    kind, path, _ = answered(store, "SELECT * { ?s ?p ?o } LIMIT 5", tmp_path)
    assert len(page.read_result(path, kind).rows) == 5
    assert SETTINGS.url
