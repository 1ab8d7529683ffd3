"""The named queries: their headers, their answers over `examples/`, on two engines.

The expected answers stand in `tests/answers`; `make answers` writes them anew, for `git diff`.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph
import pytest
import rdflib
from conftest import ROOT

import es_lod
from es_lod import extensions
from es_lod.errors import InputError
from es_lod.model import record_classes
from es_lod.namespaces import RDF, SDO
from es_lod.query import Answer, named_queries, query, store
from es_lod.values import Texts

QUERIES = named_queries()
NAMES = sorted(QUERIES)
LANGUAGES = {"pl", "en"}
BASE = "https://w3id.org/es-lod/id/"


class Term(NamedTuple):
    """A term of an answer, the same for either engine."""

    kind: str
    value: str
    language: str | None = None
    datatype: str | None = None


Row = tuple[Term | None, ...]
Ask = Callable[..., list[Row]]


def from_pyoxigraph(term: object) -> Term | None:
    if isinstance(term, pyoxigraph.Literal):
        plain = term.language or term.datatype.value.endswith("XMLSchema#string")
        return Term("literal", term.value, term.language, None if plain else term.datatype.value)
    assert term is None or isinstance(term, pyoxigraph.NamedNode), "no blank nodes in answers"
    return term and Term("iri", term.value)


def from_rdflib(term: object) -> Term | None:
    if isinstance(term, rdflib.Literal):
        return Term("literal", str(term), term.language, term.datatype and str(term.datatype))
    assert term is None or isinstance(term, rdflib.URIRef), "no blank nodes in answers"
    return term and Term("iri", str(term))


def asked(
    dataset: es_lod.Dataset, text: str, parameters: Mapping[str, str] | None = None
) -> Answer:
    """What the engine answers, in RDF terms."""
    return query(dataset.store(), text, parameters, base=dataset.base)


def on_pyoxigraph(dataset: es_lod.Dataset) -> Ask:
    def ask(name: str, **parameters: str) -> list[Row]:
        answer = asked(dataset, QUERIES[name].text, parameters)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return [tuple(map(from_pyoxigraph, row)) for row in answer]

    return ask


def on_rdflib(dataset: es_lod.Dataset) -> Ask:
    graph = dataset.to_rdflib()
    for path in extensions.turtle_files("ontology"):
        graph.parse(path)

    def ask(name: str, **parameters: str) -> list[Row]:
        bound = {
            key: rdflib.URIRef(value) if "://" in value else rdflib.Literal(value)
            for key, value in parameters.items()
        }
        answer = graph.query(QUERIES[name].text, initBindings=bound)
        return [tuple(map(from_rdflib, row)) for row in answer]  # type: ignore[union-attr]

    return ask


ENGINES = {"pyoxigraph": on_pyoxigraph, "rdflib": on_rdflib}


@pytest.fixture(scope="module")
def examples() -> dict[str, Ask]:
    dataset = es_lod.load(ROOT / "examples")
    return {name: engine(dataset) for name, engine in ENGINES.items()}


@pytest.fixture(scope="module")
def answers(examples) -> dict[str, list[Row]]:
    return {name: examples["pyoxigraph"](name) for name in NAMES}


def columns(name: str) -> list[str]:
    answer = pyoxigraph.Store().query(QUERIES[name].text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [variable.value for variable in answer.variables]


def header(name: str, key: str) -> Iterator[tuple[str, str]]:
    """Each line of the header with that key: its language, its text."""
    for tag, value in re.findall(rf"^# {key}(?:@(\w+))?: (.+)$", QUERIES[name].text, re.MULTILINE):
        yield tag or "en", value


# The headers


@pytest.mark.parametrize("name", NAMES)
def test_title_and_question_are_there_in_both_languages(name):
    assert set(QUERIES[name].title) == set(QUERIES[name].question) == LANGUAGES
    assert all(text.endswith("?") for text in QUERIES[name].question.values())


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_those_of_the_answer_each_with_its_meaning(name):
    for language in LANGUAGES:
        lines = [line for tag, line in header(name, "column") if tag == language]
        assert [re.match(r"\?(\w+) — \S", line)[1] for line in lines] == columns(name)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_described_in_both_languages_and_are_variables(name):
    described = {
        language: [
            re.match(r"(\w+)( \(date\))? — \S", line).groups()
            for tag, line in header(name, "parameter")
            if tag == language
        ]
        for language in LANGUAGES
    }
    assert described["pl"] == described["en"]
    assert [parameter for parameter, _ in described["en"]] == list(QUERIES[name].parameters)
    body = re.sub(r"^#.*$", "", QUERIES[name].text, flags=re.MULTILINE)
    assert all(re.search(rf"\?{parameter}\b", body) for parameter in QUERIES[name].parameters)


# The answers


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_over_the_examples_is_the_expected_one(name, answers):
    path = ROOT / "tests" / "answers" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    found = [[term.value if term else "" for term in row] for row in answers[name]]
    assert [columns(name), *found] == expected, "if that is meant: make answers"
    assert found, "the examples have no row for it"


def test_there_is_no_expected_answer_without_its_query():
    assert sorted(path.stem for path in (ROOT / "tests" / "answers").iterdir()) == NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows_in_the_same_order(name, answers, examples):
    assert examples["rdflib"](name) == answers[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_row_comes_twice(name, answers):
    assert len(answers[name]) == len(set(answers[name]))


@pytest.mark.parametrize("engine", ENGINES)
def test_over_an_empty_dataset_no_query_has_rows(engine):
    """Ontology and concepts are loaded beside the data, and are no data."""
    ask = ENGINES[engine](es_lod.Dataset())
    assert {name: ask(name) for name in NAMES} == {name: [] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_each_column_of_iris_has_its_label_beside_it(name, answers):
    names = columns(name)
    for row in answers[name]:
        for at, term in enumerate(row):
            if term is None or term.kind != "iri":
                continue
            beside = names[at + 1 : at + 2]
            assert beside in ([f"{names[at]}Name"], [f"{names[at]}Label"])
            # What the data only refer to, such as a web page, has no name there.
            elsewhere = names[at] == "source" and not term.value.startswith(BASE)
            assert elsewhere or (row[at + 1] and row[at + 1].value)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, key) for name in NAMES for key in QUERIES[name].parameters if key in columns(name)],
)
def test_a_parameter_that_is_a_column_picks_its_rows(name, parameter, answers, examples):
    at = columns(name).index(parameter)
    for value in sorted({row[at].value for row in answers[name] if row[at]})[:10]:
        picked = [row for row in answers[name] if row[at] and row[at].value == value]
        assert examples["pyoxigraph"](name, **{parameter: value}) == picked


@pytest.mark.parametrize("engine", ENGINES)
def test_provenance_takes_one_source(engine, answers, examples):
    at = columns("provenance").index("source")
    report = f"{BASE}relacja-z-wizyty-studyjnej-tarnow-2018"
    picked = [row for row in answers["provenance"] if row[at] and row[at].value == report]
    assert len(picked) > 10
    assert examples[engine]("provenance", article=report) == picked


# What single queries mean, over small data

STATUSES = """
records:
  - {type: PublicBody, id: wojewoda, name: Wojewoda}
  - {type: Association, id: s, name: Stowarzyszenie}
  - type: SocialIntegrationCentre
    id: cis
    name: CIS
    operator: s
    statuses:
      - {id: a, status: cis-status, validFrom: 2016-03-02, validUntil: 2021-03-01}
      - {id: b, status: cis-status, validFrom: 2021-03-02, validUntil: 2026-03-01}
      - {id: c, status: kis-registration, validUntil: 2026}
      - {id: d, status: zaz-status, validUntil: 2015-06}
      - {id: e, status: zaz-status, validFrom: 2015-07-01}
      - {id: f, status: owes-accreditation, validFrom: 2015}
"""


@pytest.fixture(scope="module", params=ENGINES)
def statuses(request) -> Ask:
    return ENGINES[request.param](es_lod.loads(STATUSES))


@pytest.mark.parametrize(
    ("parameters", "ends"),
    [
        ({}, ["2015-06", "2021-03-01", "2026", "2026-03-01"]),
        ({"date": "2026-03-01"}, ["2015-06", "2021-03-01", "2026", "2026-03-01"]),
        ({"date": "2026-02-28"}, ["2015-06", "2021-03-01", "2026"]),
        ({"date": "2025-12-31"}, ["2015-06", "2021-03-01"]),
        ({"date": "2026"}, ["2015-06", "2021-03-01", "2026", "2026-03-01"]),
        ({"date": "2021-02"}, ["2015-06"]),
        ({"date": "2015-06-01"}, ["2015-06"]),
        ({"date": "2015-05-31"}, []),
        ({"from": "2021-03-01", "date": "2026-12"}, ["2021-03-01", "2026", "2026-03-01"]),
        ({"from": "2026-03-02"}, ["2026"]),
    ],
)
def test_statuses_end_by_a_date_at_the_precision_that_is_known(parameters, ends, statuses):
    assert [row[0].value for row in statuses("status-expiring", **parameters)] == ends


def test_a_status_that_was_granted_anew_says_so(statuses):
    at = columns("status-expiring").index("renewed")
    renewed = {row[0].value: row[at].value for row in statuses("status-expiring")}
    assert renewed == {
        "2015-06": "true",
        "2021-03-01": "true",
        "2026": "false",
        "2026-03-01": "false",
    }


def test_a_date_is_taken_as_people_write_it_and_nothing_else_is():
    dataset = es_lod.loads(STATUSES)
    text = QUERIES["status-expiring"].text
    found = asked(dataset, text, {"date": "28.02.2026"})
    assert [row["validUntil"].value for row in found] == ["2015-06", "2021-03-01", "2026"]
    with pytest.raises(InputError, match="is no date"):
        asked(dataset, text, {"date": "wkrótce"})


LEGAL_FORMS = """
records:
  - type: SocialCooperative
    id: s
    name: Spółdzielnia
    legalForm: social-cooperative-of-natural-persons
    legalForms:
      - {legalForm: social-cooperative-of-natural-persons, validFrom: 2006, validUntil: 2010, id: a}
      - {legalForm: social-cooperative-of-legal-persons, validFrom: 2010, id: b}
    statements: [{property: legalForms, value: b, certainty: inferred}]
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_legal_form_left_and_taken_again_is_current_once(engine):
    rows = ENGINES[engine](es_lod.loads(LEGAL_FORMS))("legal-forms")
    shown = [
        [(term.value.rpartition("/")[2] if term else "") for term in row[2:9:2]] for row in rows
    ]
    # legalForm, current, validUntil, certainty
    assert shown == [
        ["social-cooperative-of-natural-persons", "false", "2010", "stated"],
        ["social-cooperative-of-legal-persons", "false", "", "inferred"],
        ["social-cooperative-of-natural-persons", "true", "", "stated"],
    ]


PROGRAMME = """
records:
  - {type: Programme, id: a, name: Program, fundedBy: {pl: [UE, Gmina], en: [EU]}}
  - {type: Programme, id: b, name: {en: Programme}, fundedBy: {de: [Land], cs: [Kraj]}}
  - {type: Programme, id: c, name: {en: Bare}}
  - {type: Association, id: ue, name: UE}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_funder_has_a_row_in_the_best_language_and_is_nobody_of_that_name(engine):
    rows = ENGINES[engine](es_lod.loads(PROGRAMME))("programmes")
    member = columns("programmes").index("member")
    assert [(row[1].value, row[member], row[member + 1]) for row in rows] == [
        ("Bare", None, None),
        ("Program", None, Term("literal", "Gmina", "pl")),
        ("Program", None, Term("literal", "UE", "pl")),
        ("Programme", None, Term("literal", "Kraj", "cs")),
    ]


EDGES = """
records:
  - {type: LocalGovernment, id: g, name: Gmina}
  - {type: SocialCooperative, id: s, name: Spółdzielnia, founders: [g]}
  - {type: Unit, id: u, name: Jednostka, operator: s}
  - type: Event
    id: e
    name: Forum
    eventType: forum
    startDate: 2025-05-06T09:00:00+02:00
    endDate: 2025-05-06
  - type: Event
    id: c
    name: Wizyta
    eventType: study-visit
    startDate: 2025-06-01
    eventStatus: cancelled
    organizer: g
    visited: u
    agenda: [{name: Zwiedzanie, shows: s}]
  - {type: Programme, id: p, name: Program, startDate: 2024, endDate: 2024}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edge_needs_no_date_but_an_event_that_was_not_cancelled(engine):
    ask = ENGINES[engine](es_lod.loads(EDGES))
    edges = {(row[2].value, row[4].value, row[6]) for row in ask("network")}
    assert edges == {(f"{BASE}s", f"{BASE}g", None), (f"{BASE}u", f"{BASE}s", None)}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_event_ends_unsaid_on_its_first_day_and_says_if_it_was_cancelled(engine):
    ask = ENGINES[engine](es_lod.loads(EDGES))
    rows = ask("timeline")
    assert [(row[0].value, row[6] and row[6].value) for row in rows] == [
        ("2024", None),
        ("2024", None),
        ("2025-05-06T09:00:00+02:00", None),
        ("2025-06-01", "odwołane"),
    ]
    for parameters, count in (
        ({"from": "2025-05-06", "until": "2025-05-06"}, 1),
        ({"from": "2025-05-07"}, 1),
        ({"from": "2025-06-02"}, 0),
        ({"until": "2025-04"}, 2),
    ):
        assert len(ask("timeline", **parameters)) == count


@pytest.mark.parametrize("cls", record_classes().values(), ids=record_classes())
def test_coverage_knows_the_fields_of_each_class(cls):
    thing = pyoxigraph.NamedNode(f"{BASE}x")
    types = [pyoxigraph.NamedNode(type_) for type_ in cls.types]
    data = store(pyoxigraph.Triple(thing, pyoxigraph.NamedNode(RDF.type), t) for t in types)
    rows = list(query(data, QUERIES["coverage"].text, base=BASE))
    assert {row["field"].value for row in rows} == {field.property for field in cls.fields()}
    own = next(type_ for type_ in cls.types if type_ != SDO.Organization)
    assert {row["class"].value for row in rows} == {own}
    assert {(row["records"].value, row["filled"].value) for row in rows} == {("1", "0")}


def test_coverage_of_the_examples_is_that_of_their_records(answers):
    counts: dict[tuple[str, str], list[int]] = {}
    for record in es_lod.load(ROOT / "examples"):
        own = next(type_ for type_ in record.types if type_ != SDO.Organization)
        for field in record.fields():
            records_filled = counts.setdefault((own, field.property), [0, 0])
            records_filled[0] += 1
            records_filled[1] += getattr(record, field.name) not in (None, (), Texts())
    rows = [row for row in answers["coverage"] if "/register/" not in row[2].value]
    found = {(row[0].value, row[2].value): [int(row[4].value), int(row[5].value)] for row in rows}
    assert found == counts


COVERAGE = """
records:
  - {type: Foundation, id: a, name: A, krs: "0000000001", alternateName: [B, C]}
  - {type: Foundation, id: b, name: B, identifiers: [{register: kraz, notation: "1"}]}
  - {type: Foundation, id: c, name: C, alternateName: D}
  - {type: Association, id: d, name: D}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_coverage_counts_records_not_values_and_shows_what_nobody_has(engine):
    rows = ENGINES[engine](es_lod.loads(COVERAGE))("coverage")
    shares = {
        tuple(re.split("[#/]", term.value)[-1] for term in (row[0], row[2])): tuple(
            term.value for term in row[4:]
        )
        for row in rows
    }
    assert shares["Foundation", "krs"] == ("3", "1", "0.333")
    assert shares["Foundation", "alternateName"] == ("3", "2", "0.667")
    assert shares["Foundation", "kraz"] == ("3", "1", "0.333")
    assert shares["Foundation", "nip"] == ("3", "0", "0")
    assert shares["Foundation", "name"] == ("3", "3", "1")
    assert shares["Association", "krs"] == shares["Association", "kraz"] == ("1", "0", "0")


# Parameters of any query


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SELECT ?s { ?s a ?c FILTER (?c = ?x) }", [f"{BASE}a"]),
        ("SELECT (?s AS ?y) WHERE { ?s a ?c FILTER (?c = $x) }", [f"{BASE}a"]),
        ("SELECT * { ?s a ?c FILTER (?c = ?x) }", [f"{BASE}a"]),
        ("SELECT ?s ?x { ?s a ?x }", [f"{BASE}a"]),
        (
            '# {\nSELECT (CONCAT("{", STR(?s)) AS ?y) { ?s a ?c FILTER (?c = ?x) }',
            ["{" + BASE + "a"],
        ),
    ],
)
def test_a_parameter_reaches_filters_and_need_not_be_a_column(text, answer):
    dataset = es_lod.loads("records: [{type: Foundation, id: a, name: A}]")
    rows = asked(dataset, text, {"x": "https://w3id.org/es-lod/ns#Foundation"})
    names = {variable.value for variable in rows.variables}
    key = "y" if "y" in names else "s"
    assert [row[key].value for row in rows] == answer


def test_a_parameter_reaches_ask_and_construct():
    dataset = es_lod.loads("records: [{type: Foundation, id: a, name: A}]")
    foundation = {"x": "https://w3id.org/es-lod/ns#Foundation"}
    pattern = "{ ?s a ?c FILTER (?c = ?x) }"
    assert asked(dataset, f"ASK {pattern}", foundation)
    assert not asked(dataset, f"ASK {pattern}", {"x": "nothing"})
    (triple,) = asked(dataset, f"CONSTRUCT {{ ?s a ?x }} WHERE {pattern}", foundation)
    assert triple.object.value == foundation["x"]


# Parameters


KIND = "https://w3id.org/es-lod/ns#Foundation"


@pytest.mark.parametrize(
    "pattern",
    [
        "{ ?s a ?t FILTER (!BOUND(?k) || ?t = ?k) }",
        "{ { ?s a ?t FILTER (!BOUND(?k) || ?t = ?k) } }",
        "{ { ?s a ?t FILTER (?t = $k) } UNION { ?s a ?t FILTER (bound( ?k ) && ?t = ?k) } }",
        "{ { SELECT ?s ?t { ?s a ?t FILTER (?t = ?k) } } }",
        "{ ?s a ?t FILTER (?t = ?k && '?k' != \"$k\") } # ?k",
        "{ ?s a ?t OPTIONAL { ?t ?K ?kk } FILTER (?t = ?k) }",
    ],
)
def test_a_parameter_reaches_every_depth(pattern):
    dataset = es_lod.load(ROOT / "examples")
    answer = asked(dataset, f"SELECT DISTINCT ?t {pattern}", {"k": KIND})
    assert [row["t"].value for row in answer] == [KIND]


def test_a_parameter_of_a_query_that_constructs():
    dataset = es_lod.load(ROOT / "examples")
    text = f"CONSTRUCT WHERE {{ ?s a <{KIND}> ; <{SDO.name}> ?n . ?s a ?k }}"
    assert len(list(asked(dataset, text, {"k": KIND}))) > 0


@pytest.mark.parametrize("text", ["# ?x\nSELECT * { ?s ?p ?o }", "SELECT * { ?s ?p '?x' }"])
def test_a_parameter_that_stands_in_no_pattern_is_refused(text):
    with pytest.raises(InputError):
        es_lod.Dataset().query(text, {"x": "1"})
