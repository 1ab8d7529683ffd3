"""The alignments: each target exists in its vocabulary, each term of ours is aligned or alone."""

from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from es_lod import resources
from es_lod.namespaces import ES

FILE = resources.folder("ontology") / "alignments.ttl"
FACTS = Path(__file__).parent / "vocabularies"
HEADER = URIRef("https://w3id.org/es-lod/alignments")
CONTEXT_ONLY = "cv-context"

AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf}
MATCHES = {SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}

# Terms of ours that none of the vocabularies has, with the reason.
NOBODY = {
    "ChurchLegalPerson": "legal personality by statute, not by registration, is known to none",
    "SupportCentre": "support for social economy entities is no kind of its own anywhere",
    "Workshop": "nobody has a place of training for one trade as a part of a unit",
    "LegalFormPeriod": "the change events of ORG and OntoPiA make a new organisation; "
    "cv:LegalStatus says whether a company is solvent",
    "Statement": "RDF's own reification alone has it, and es.ttl says so",
    "status": "rov:orgStatus, legal:companyStatus and schema.org's statuses mean something else",
    "legalFormPeriod": "see LegalFormPeriod",
    "register": "others name the agency that issues a number, not the register",
    "visited": "nobody says whom the participants came to see",
    "withinProgramme": "schema:superEvent is an event, schema:Project an organisation",
    "lead": "schema:Project, an organisation, has members and no lead",
    "partner": "schema:Project, an organisation, has members and no partners",
    "countQualifier": "nobody qualifies a count",
    "statement": "RDF points from the statement to its subject, not back",
    "certainty": "nobody tells what is stated from what is inferred",
    "participantCount": "schema:maximumAttendeeCapacity is a limit and "
    "cv:expectedNumberOfParticipants a guess; neither counts who came",
    "operatedSince": "ORG has dates of memberships only",
    "operatedUntil": "ORG has dates of memberships only",
    "foundingNote": "others have the date, not the words of the source",
    "quote": "schema:Quotation is a work, not the words behind one fact",
}


def graph_of(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


def facts() -> dict[str, tuple[str, frozenset[str]]]:
    """Vocabulary → its namespace, and the local names that were seen in its files."""
    found = {}
    for path in sorted(FACTS.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        (namespace,) = (
            line.removeprefix("# namespace: ") for line in lines if line.startswith("# namespace: ")
        )
        names = [line for line in lines if not line.startswith("#")]
        assert names == sorted(set(names)), path.name
        found[path.stem] = (namespace, frozenset(names))
    return found


VOCABULARIES = facts()
ALIGNMENTS = graph_of(FILE)
ES_TTL = graph_of(FILE.with_name("es.ttl"))
PAIRS = sorted(
    (subject, predicate, target) for subject, predicate, target in ALIGNMENTS if subject != HEADER
)
OURS = {
    str(term).removeprefix(str(ES))
    for type_ in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in ES_TTL.subjects(RDF.type, type_)
    if str(term).startswith(str(ES))
}


def vocabulary_of(term: URIRef) -> tuple[str, str]:
    """The vocabulary of a term and its local name there; the longest namespace counts."""
    iri = str(term)
    named = [
        (namespace, name)
        for name, (namespace, _) in VOCABULARIES.items()
        if iri.startswith(namespace) and name != CONTEXT_ONLY
    ]
    assert named, f"{iri} is in no vocabulary of {FACTS.name}/"
    namespace, name = max(named, key=lambda pair: len(pair[0]))
    return name, iri.removeprefix(namespace)


@pytest.mark.parametrize("target", sorted({str(target) for _, _, target in PAIRS}))
def test_a_target_is_declared_in_its_vocabulary(target):
    vocabulary, name = vocabulary_of(URIRef(target))
    assert name in VOCABULARIES[vocabulary][1]


def test_every_vocabulary_is_aligned_with():
    used = {vocabulary_of(target)[0] for _, _, target in PAIRS}
    assert used == set(VOCABULARIES) - {CONTEXT_ONLY}


def test_a_name_that_only_a_context_has_is_declared_nowhere():
    namespace, names = VOCABULARIES[CONTEXT_ONLY]
    assert namespace == VOCABULARIES["cv"][0]
    assert not names & VOCABULARIES["cv"][1]


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_term_of_ours_is_aligned_or_nobody_has_it(name):
    aligned = any(subject == URIRef(ES[name]) for subject, _, _ in PAIRS)
    assert aligned != (name in NOBODY)


def test_nobody_has_terms_that_we_have_not_either():
    assert set(NOBODY) <= OURS


def test_only_terms_that_the_ontology_declares_are_aligned():
    # The term lint takes every subject of an ontology file for a declared term.
    declared = {term for term in ES_TTL.subjects(RDFS.label) if isinstance(term, URIRef)}
    assert {subject for subject, _, _ in PAIRS} <= declared


def test_relations_are_axioms_and_matches():
    assert {predicate for _, predicate, _ in PAIRS} <= AXIOMS | MATCHES


def test_two_terms_are_related_in_one_way():
    related = [(subject, target) for subject, _, target in PAIRS]
    also = {(s, o) for predicate in AXIOMS for s, o in ES_TTL.subject_objects(predicate)}
    assert len(related) == len(set(related))
    assert not set(related) & also


def test_axioms_are_of_our_own_terms_only():
    subjects = {subject for subject, predicate, _ in PAIRS if predicate in AXIOMS}
    assert {s for s in subjects if not s.startswith(str(ES))} == set()


def test_essglobal_and_ontopia_are_matched_without_axioms():
    named = {vocabulary_of(o)[0] for _, predicate, o in PAIRS if predicate in AXIOMS}
    assert not named & {"essglobal", "covapit", "cpevapit", "legal"}


def test_a_programme_is_close_to_a_project_and_no_more():
    project = URIRef("https://schema.org/Project")
    assert [p for s, p, o in PAIRS if s == URIRef(ES.Programme)] == [SKOS.closeMatch]
    assert [s for s, _, o in PAIRS if o == project] == [URIRef(ES.Programme)]


@pytest.mark.parametrize("name", ["LegalStatus", "legalStatusDate", "expectedNumberOfParticipants"])
def test_a_term_that_means_something_else_is_not_aligned(name):
    assert URIRef(VOCABULARIES["cv"][0] + name) not in {target for _, _, target in PAIRS}


def above(graph: rdflib.Graph, predicate: URIRef) -> set[tuple[URIRef, URIRef]]:
    """The pairs of a term and one that it is below of, at any distance."""
    return {
        (term, higher)
        for term in set(graph.subjects(predicate))
        for higher in graph.transitive_objects(term, predicate)
        if higher != term
    }


def test_alignments_lead_no_class_to_a_shape():
    shapes = graph_of(*sorted(resources.folder("shapes").glob("*.ttl")))
    looked_for = {
        cls
        for predicate in (SH.targetClass, SH["class"])
        for cls in shapes.objects(None, predicate)
    }
    added = above(ES_TTL + ALIGNMENTS, RDFS.subClassOf) - above(ES_TTL, RDFS.subClassOf)
    assert added
    assert not {higher for _, higher in added} & looked_for


def test_alignments_put_no_property_under_one_that_data_have():
    # A query that follows rdfs:subPropertyOf* from a property of the data finds what it found.
    used = set(ES_TTL.subjects(RDFS.label))
    added = above(ES_TTL + ALIGNMENTS, RDFS.subPropertyOf) - above(ES_TTL, RDFS.subPropertyOf)
    assert added
    assert not {higher for _, higher in added} & used
