"""The term lint: undeclared terms and mistyped namespaces, as they stand in real publications."""

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE

import es_lod
from es_lod.cli import commands
from es_lod.validate.terms import lint

SUBJECT = "<https://w3id.org/es-lod/id/a>"
FAULTS = {
    "owl:subClassOf, which OWL does not have": (
        "<http://www.w3.org/2002/07/owl#subClassOf> <https://w3id.org/es-lod/ns#Foundation>",
        ("undeclared-term", "owl:subClassOf", None),
    ),
    "locn without www": (
        '<http://w3.org/ns/locn#thoroughfare> "x"',
        (
            "near-miss-term",
            "http://w3.org/ns/locn#thoroughfare",
            "http://www.w3.org/ns/locn#thoroughfare",
        ),
    ),
    "https for a namespace of http": (
        '<https://purl.org/dc/terms/title> "x"',
        ("near-miss-term", "https://purl.org/dc/terms/title", "http://purl.org/dc/terms/title"),
    ),
    "a slash for a hash": (
        '<https://w3id.org/es-lod/ns/krs> "x"',
        ("near-miss-term", "https://w3id.org/es-lod/ns/krs", "https://w3id.org/es-lod/ns#krs"),
    ),
    "a term of ours that is none": (
        '<https://w3id.org/es-lod/ns#krss> "x"',
        ("undeclared-term", "es:krss", None),
    ),
    "a type that schema.org does not have": (
        "a <https://schema.org/Evnt>",
        ("undeclared-term", "schema:Evnt", None),
    ),
    "a development address": (
        "<http://www.w3.org/2002/07/owl#sameAs> <http://dev.mydata.pl/1>",
        ("development-iri", "http://dev.mydata.pl/1", None),
    ),
    "localhost": (
        "<http://www.w3.org/2002/07/owl#sameAs> <http://localhost:8080/1>",
        ("development-iri", "http://localhost:8080/1", None),
    ),
}


def found(rest: str) -> list[tuple[str, str | None, str | None]]:
    dataset = es_lod.loads(f"{SUBJECT} {rest} .", "ttl")
    problems = [p for p in dataset.validate() if p.code != "not-carried-over"]
    assert all(problem.record == "a" for problem in problems)
    return [(problem.code, problem.value, problem.hint) for problem in problems]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(name):
    rest, expected = FAULTS[name]
    assert found(rest) == [expected]


def test_terms_of_others_pass_where_they_are_declared():
    assert found('<http://purl.org/dc/terms/extent> "1"') == []
    assert found("<https://schema.org/funder> <https://example-foundation.pl/>") == []
    assert found('<https://unknown.pl/ns#what> "1"') == []


def test_map_lints_what_it_writes(tmp_path):
    path = tmp_path / "in.nt"
    path.write_text(f'{SUBJECT} <http://w3.org/ns/locn#thoroughfare> "x" .\n', encoding="utf-8")
    done = CliRunner().invoke(commands, ["map", str(path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[near-miss-term]" in done.stderr


def test_the_example_and_our_own_files_are_clean():
    dataset = es_lod.load(EXAMPLE)
    assert lint(dataset.quads(), dataset.base) == []
    vocabulary = dataset.store()
    mistyped = [p for p in lint(vocabulary, dataset.base) if p.code == "near-miss-term"]
    assert mistyped == []


@pytest.mark.parametrize("base", ["https://example.org/", "http://localhost:8000/id/"])
def test_a_base_for_development_is_told_once(base):
    records = "[{type: Foundation, id: a, name: A}, {type: Foundation, id: b, name: B}]"
    report = es_lod.loads(records, base=base).validate()
    assert [(p.code, p.severity, p.value) for p in report] == [("development-iri", "warning", base)]
