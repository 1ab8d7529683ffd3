"""The lints: they find nothing on what ships, and each fault when it is put into a copy."""

import copy
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

import es_lod
from es_lod import resources
from es_lod.context import context
from es_lod.namespaces import DEFAULT_BASE
from es_lod.validate.concepts import lint_concepts
from es_lod.validate.terms import lint, lint_context

ONTOLOGY = resources.folder("ontology")
STATUS = ONTOLOGY / "concepts" / "status.ttl"
SCHEME = "https://w3id.org/es-lod/concept/status"
CONCEPTS_OF_RECORDS = '''
import io
from typing import Annotated
from es_lod import Dataset, Foundation
from es_lod.formats import FORMATS
from es_lod.model.types import Many, Ref
from es_lod.namespaces import DEFAULT_BASE, SKOS
from es_lod.readers.sources import Source


class Circle(Foundation):
    """What need not be a concept."""

    broader: Annotated[Many[Ref["Circle"]], SKOS.broader] = ()


class Notion(Circle, types=[SKOS.Concept]):
    """A concept that is a foundation, too."""


def told(*texts):
    sources = [Source(f"a.{f}", FORMATS[f], io.BytesIO(text.encode())) for f, text in texts]
    return [p.record for p in Dataset.read(sources).validate() if p.code == "broader-cycle"]


def line(kind, id_, broader):
    return f'{{"type": "{kind}", "id": "{id_}", "name": "A", "broader": ["{broader}"]}}\\n'


PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix id: <%s> ."
CONCEPTS = "id:a a skos:Concept . id:b a skos:Concept ."
circles, notions = (line(k, "a", "b") + line(k, "b", "a") for k in ("Circle", "Notion"))
assert told(("jsonl", circles)) == []
assert told(("jsonl", notions)) == ["a", "b"]
assert told(("jsonl", circles), ("ttl", PREFIXES % DEFAULT_BASE + CONCEPTS)) == ["a", "b"]
'''


def quads_of(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in parse(path=str(path))]


def found(text: str) -> set[tuple[str, str | None, str | None]]:
    problems = lint_concepts(parse(text, format=RdfFormat.TURTLE), f"{SCHEME}/")
    return {(problem.code, problem.record, problem.value) for problem in problems}


def test_the_concepts_that_ship_are_clean():
    assert lint_concepts(quads_of(*sorted(ONTOLOGY.rglob("*.ttl"))), DEFAULT_BASE) == []


def test_the_terms_that_ship_are_declared():
    files = [*ONTOLOGY.rglob("*.ttl"), *resources.folder("shapes").glob("*.ttl")]
    assert lint(quads_of(*sorted(files)), "https://w3id.org/es-lod/") == []


def test_records_that_are_concepts_are_looked_at_as_concepts():
    # In a process of its own: classes stay known once they are declared.
    subprocess.run([sys.executable, "-c", CONCEPTS_OF_RECORDS], check=True)


def test_the_context_that_ships_is_clean():
    assert lint_context(context()) == []


def test_a_misspelt_key_of_a_context_is_told():
    # As it stands in the context of an EU core vocabulary.
    misspelt = copy.deepcopy(context())
    misspelt["LegalSatus"] = "http://data.europa.eu/m8g/LegalStatus"
    (problem,) = lint_context(misspelt)
    assert (problem.code, problem.value, problem.hint) == (
        "misnamed-term",
        "LegalSatus",
        "LegalStatus",
    )


def test_a_term_of_a_context_that_is_none_is_told():
    wrong = copy.deepcopy(context())
    wrong["Event"]["@context"]["startDate"] = {"@id": "schema:startDat"}
    wrong["thoroughfare"] = "http://w3.org/ns/locn#thoroughfare"
    told = {(problem.code, problem.value) for problem in lint_context(wrong)}
    assert told == {
        ("undeclared-term", "schema:startDat"),
        ("near-miss-term", "http://w3.org/ns/locn#thoroughfare"),
    }


# A fault in a copy of a scheme's file: what is replaced, by what, and what is told.
CIS = "cis-status"
CIRCLE = ":cis-status skos:broader :zaz-status . :zaz-status skos:broader :cis-status ."
REPLACED = {
    "a concept that is a scheme (S9)": (
        ":cis-status a skos:Concept ;",
        ":cis-status a skos:Concept , skos:ConceptScheme ;",
        {("concept-and-scheme", CIS, None)},
    ),
    "one label twice (S13)": (
        'skos:altLabel "status CIS"@pl',
        'skos:altLabel "status centrum integracji społecznej"@pl',
        {("label-twice", CIS, "status centrum integracji społecznej")},
    ),
    "two preferred labels (S14)": (
        'skos:altLabel "status CIS"@pl',
        'skos:prefLabel "status CIS"@pl',
        {("several-labels", CIS, "pl")},
    ),
    "related and broader (S27)": (
        ":cis-status a skos:Concept ;",
        ":cis-status a skos:Concept ; skos:broader :zaz-status ; skos:related :zaz-status ;",
        {("related-and-broader", CIS, f"{SCHEME}/zaz-status")},
    ),
    "a circle": (
        ":cis-status a skos:Concept ;",
        f"{CIRCLE} :cis-status a skos:Concept ;",
        {("broader-cycle", CIS, None), ("broader-cycle", "zaz-status", None)},
    ),
    "an empty label": (
        'skos:altLabel "status CIS"@pl',
        'skos:altLabel " "@pl',
        {("empty-label", CIS, "skos:altLabel")},
    ),
    "a missing language": (
        'społecznej"@pl , "status of a social integration centre"@en',
        'społecznej"@pl',
        {("untranslated-concept", CIS, "skos:prefLabel@en")},
    ),
    "a definition of the label's words": (
        '"Decyzja wojewody, ważna pięć lat, bez której jednostka nie może działać jako CIS."@pl',
        '"Status, który jest dla centrum integracji społecznej."@pl',
        {("empty-definition", CIS, "Status, który jest dla centrum integracji społecznej.")},
    ),
    "a match to nothing": (
        'skos:altLabel "status CIS"@pl',
        f"skos:closeMatch <{SCHEME}/zzz>",
        {("dangling-concept", CIS, f"{SCHEME}/zzz")},
    ),
    "a match to itself": (
        'skos:altLabel "status CIS"@pl',
        "skos:exactMatch :cis-status",
        {("dangling-concept", CIS, f"{SCHEME}/cis-status")},
    ),
    "a match to a text": (
        'skos:altLabel "status CIS"@pl',
        'skos:exactMatch "CIS"',
        {("dangling-concept", CIS, "CIS")},
    ),
}


@pytest.mark.parametrize("name", REPLACED)
def test_a_fault_of_a_concept_is_told(name):
    old, new, expected = REPLACED[name]
    text = STATUS.read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert found(text.replace(old, new)) == expected


def without(subject: str, predicate: str) -> str:
    """The file as N-Triples without the triples of a concept and predicate, both ways."""
    kept = [
        quad
        for quad in quads_of(STATUS)
        if not quad.predicate.value.endswith(predicate)
        or f"{SCHEME}/{subject}" not in (quad.subject.value, getattr(quad.object, "value", ""))
    ]
    return "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in kept)


def test_a_concept_without_source_is_told():
    assert found(without(CIS, "/source")) == {("unsourced-concept", CIS, None)}


def test_a_concept_that_nothing_leads_to_is_told():
    assert found(without(CIS, "opConceptOf").replace("hasTopConcept", "member")) >= {
        ("orphan-concept", CIS, None)
    }


def test_a_stub_of_a_concept_of_others_owes_nothing():
    stub = (
        "<https://x.pl/c> a <http://www.w3.org/2004/02/skos/core#Concept> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "C"@pl ;'
        " <http://www.w3.org/2004/02/skos/core#inScheme> <https://x.pl/s> ."
    )
    assert found(stub) == set()


def test_concepts_in_data_are_linted_by_validate(tmp_path):
    path = tmp_path / "in.ttl"
    old, new, _ = REPLACED["a circle"]
    path.write_text(STATUS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    report = es_lod.load(path).validate()
    assert {p.code for p in report if p.severity == "error"} == {"broader-cycle"}
