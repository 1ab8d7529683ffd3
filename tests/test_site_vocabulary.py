"""The pages of the vocabulary, and the copies beside them."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import html5lib
import pyoxigraph
import pytest
from conftest import ROOT
from pyoxigraph import Literal
from test_roundtrip import rdfc_hash

from es_lod import Dataset
from es_lod.context import context
from es_lod.jsonschema import json_schema
from es_lod.report import Report
from es_lod.site import copies
from es_lod.site.edition import Edition
from es_lod.site.pages import vocabulary
from es_lod.site.settings import read_settings

ONTOLOGY = ROOT / "ontology"
SCHEMES = sorted((ONTOLOGY / "concepts").glob("*.ttl"))
ES = "https://w3id.org/es-lod/ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
HTML = "{http://www.w3.org/1999/xhtml}"
SUFFIXES = {"pl": ".html", "en": ".en.html"}


@pytest.fixture(scope="module")
def site():
    edition = Edition(Dataset([]), read_settings(ROOT / "examples" / "site.yaml"), Report(()))
    made = [*copies.files(edition, ()), *vocabulary.files(edition, ())]
    found = {file.path: file.data for file in made}
    assert len(found) == len(made)
    return found


def quads(path: Path):
    return list(pyoxigraph.parse(path=str(path)))


def said(path: Path, predicate: str, language: str | None = None):
    """Subject → what a file says of it."""
    return {
        q.subject.value: q.object.value
        for q in quads(path)
        if q.predicate.value == predicate
        and isinstance(q.object, Literal)
        and language in {None, q.object.language}
    }


class Page:
    """A page, parsed; an error of its HTML is raised."""

    def __init__(self, site, name, language):
        text = site[name + SUFFIXES[language]].decode()
        self.elements = list(html5lib.HTMLParser(strict=True).parse(text).iter())
        self.by_id = {e.get("id"): e for e in self.elements if e.get("id")}

    def heading(self, anchor):
        """The text of the heading of the section at an anchor."""
        return text_of(self.by_id[anchor].find(f"{HTML}h3"))


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


PAGES = ["ns", *(f"concept/{path.stem}" for path in SCHEMES)]
every_page = pytest.mark.parametrize("name", PAGES)
both_languages = pytest.mark.parametrize("language", SUFFIXES)


@both_languages
def test_every_term_is_described_at_its_anchor(site, language):
    page = Page(site, "ns", language)
    labels = said(ONTOLOGY / "es.ttl", f"{RDFS}label", language)
    definitions = said(ONTOLOGY / "es.ttl", f"{SKOS}definition", language)
    ours = [iri for iri in labels if iri.startswith(ES)]
    assert len(ours) == 62
    for iri in ours:
        anchor = iri.removeprefix(ES)
        assert page.heading(anchor).startswith(labels[iri])
        assert definitions[iri] in text_of(page.by_id[anchor])
    shown = [element for element in page.elements if element.tag == f"{HTML}h3"]
    assert len(shown) == len(labels)  # those of others, too


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
@both_languages
def test_every_concept_is_described_at_its_notation(site, path, language):
    page = Page(site, f"concept/{path.stem}", language)
    labels = said(path, f"{SKOS}prefLabel", language)
    definitions = said(path, f"{SKOS}definition", language)
    citations = said(path, "http://purl.org/dc/terms/bibliographicCitation")
    notations = said(path, f"{SKOS}notation")
    assert notations
    for iri, notation in notations.items():
        text = text_of(page.by_id[notation])
        assert page.heading(notation).startswith(labels[iri])
        assert definitions[iri] in text
        assert " ".join(citations[iri].split()) in text
    below = [q for q in quads(path) if q.predicate.value == f"{SKOS}broader"]
    for quad in below:
        linked = page.by_id[notations[quad.subject.value]].iter(f"{HTML}a")
        assert f"#{notations[quad.object.value]}" in {link.get("href") for link in linked}


@every_page
@both_languages
def test_links_lead_to_what_is_there(site, name, language):
    elements = Page(site, name, language).elements
    own = name + SUFFIXES[language]
    ids = Counter(e.get("id") for e in elements if e.get("id"))
    assert max(ids.values()) == 1
    for element in elements:
        target = element.get("href") or element.get("src") or ""
        if not target or re.match("https?:", target):
            continue
        path, _, fragment = target.partition("#")
        there = (Path("/", own).parent / path).resolve().relative_to("/") if path else Path(own)
        if there.as_posix() in site and fragment:
            assert f' id="{fragment}"' in site[there.as_posix()].decode(), target


@every_page
def test_both_languages_say_the_same(site, name):
    first, second = (Page(site, name, language).by_id for language in SUFFIXES)
    assert set(first) == set(second)


def test_a_term_shows_what_is_known_of_it(site):
    text = text_of(Page(site, "ns", "en").by_id["operatedBy"])
    for part in (
        "operated by prowadzony przez es:operatedBy",
        "Organizacja, która prowadzi jednostkę",
        "org:subOrganizationOf",
        "org:OrganizationalUnit",
        "operates es:operates",
        "wider: covapit:subOrganizationOf",
        "Unit.operator (organisational unit: operator)",
    ):
        assert part in text


def test_a_withdrawn_term_says_so(monkeypatch, tmp_path):
    text = (ONTOLOGY / "es.ttl").read_text(encoding="utf-8")
    old = "es:host a owl:ObjectProperty ;"
    assert text.count(old) == 1
    (tmp_path / "es.ttl").write_text(text.replace(old, f"{old} owl:deprecated true ;"))
    ontology = vocabulary.terms.Ontology([tmp_path / "es.ttl"])
    monkeypatch.setattr(vocabulary.terms, "everything", lambda: ontology)
    edition = Edition(Dataset([]), read_settings(ROOT / "examples" / "site.yaml"), Report(()))
    made = {file.path: file.data for file in vocabulary.files(edition, ())}
    assert made["ns.html"].decode().count("Termin wycofany") == 1
    assert made["ns.en.html"].decode().count("Deprecated") == 1


@pytest.mark.parametrize("path", [ONTOLOGY / "es.ttl", *SCHEMES], ids=lambda path: path.stem)
def test_the_copies_are_one_graph_with_the_original(site, path):
    name = "ns" if path.stem == "es" else f"concept/{path.stem}"
    expected = rdfc_hash(quads(path))
    assert site[f"{name}.ttl"] == path.read_bytes()
    for suffix in ("ttl", "jsonld", "nt", "rdf"):
        format_ = pyoxigraph.RdfFormat.from_extension(suffix)
        read = pyoxigraph.parse(site[f"{name}.{suffix}"], format=format_)
        assert rdfc_hash(read) == expected
    assert "skos" in json.loads(site[f"{name}.jsonld"])["@context"]


def test_the_shapes_are_those_of_all_files(site):
    # Files one by one: a blank node of one is none of another.
    every = [q.triple for path in sorted((ROOT / "shapes").glob("*.ttl")) for q in quads(path)]
    assert len({triple.subject for triple in every}) > 500
    together = pyoxigraph.parse(site["shapes.ttl"], format=pyoxigraph.RdfFormat.TURTLE)
    assert rdfc_hash(q.triple for q in together) == rdfc_hash(every)


def test_the_rest_is_what_the_library_gives(site):
    assert site["alignments.ttl"] == (ONTOLOGY / "alignments.ttl").read_bytes()
    assert json.loads(site["context.jsonld"]) == {"@context": context()}
    assert json.loads(site["records.schema.json"]) == json_schema()
    assert site["ns.svg"].decode() == (ROOT / "docs" / "vocabulary.svg").read_text("utf-8")
    assert ET.fromstring(site["ns.svg"]).tag.endswith("}svg")  # noqa: S314  # our own
