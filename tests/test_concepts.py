"""The concept schemes as the design fixes them: notations that people type, matches, size."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode

from es_lod import resources
from es_lod.namespaces import CONCEPT

SKOS = "http://www.w3.org/2004/02/skos/core#"

FIXED = {
    "legal-form": """foundation association ordinary-association local-government budgetary-unit
        social-cooperative-of-natural-persons social-cooperative-of-legal-persons
        workers-cooperative limited-liability-company church-legal-person
        local-budgetary-establishment""",
    "event-type": """study-visit networking-meeting conference training workshop-event fair forum
        general-assembly consultation gala""",
    "article-type": "report announcement",
    "session-type": """presentation questions-and-answers site-tour discussion
        good-practice-exchange panel formal-part""",
    "workshop-type": """construction artistic-handicraft culinary gardening sewing carpentry
        cleaning care office-and-computing""",
    "regulated-role": """employment-agency job-placement personnel-consulting career-guidance
        temporary-work""",
    "purpose": """good-practice-dissemination networking education promotion consultation
        recruitment""",
    "participant-kind": """reintegration-entity-representatives
        social-welfare-centre-representatives local-government-representatives
        ngo-representatives companies""",
    "status": """cis-status kis-registration zaz-status social-enterprise-status
        public-benefit-status owes-accreditation""",
    "count-qualifier": "exact approximate at-least",
    "certainty": "stated inferred conflicting",
}
"""The notations that data and queries outside the project already use."""

MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def lists() -> dict[str, set[str]]:
    """Namespace → the local names of its concepts, from tests/matches."""
    found = {}
    for path in sorted((Path(__file__).parent / "matches").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        (namespace,) = (line[13:] for line in lines if line.startswith("# namespace: "))
        found[namespace] = {line for line in lines if not line.startswith("#")}
    return found


MATCHED = lists()
"""Where matches may lead: concepts that were seen in their vocabularies' own files."""


def store_of_concepts() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in sorted(resources.folder("ontology").glob("concepts/*.ttl")):
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return store


STORE = store_of_concepts()


@pytest.mark.parametrize(
    ("scheme", "notation"),
    [(scheme, notation) for scheme, listed in FIXED.items() for notation in listed.split()],
)
def test_a_fixed_notation_stays(scheme, notation):
    concept = NamedNode(f"{CONCEPT}{scheme}/{notation}")
    (found,) = STORE.quads_for_pattern(concept, NamedNode(f"{SKOS}notation"), None)
    assert found.object.value == notation


@pytest.mark.parametrize("match", MATCHES)
def test_a_match_leads_to_a_concept_that_there_is(match):
    targets = {
        quad.object.value
        for quad in STORE.quads_for_pattern(None, NamedNode(f"{SKOS}{match}"), None)
    }
    known = {namespace + name for namespace, names in MATCHED.items() for name in names}
    assert {target for target in targets if not target.startswith(CONCEPT)} <= known


def test_the_schemes_cover_the_field_and_stay_small():
    concepts = list(STORE.quads_for_pattern(None, NamedNode(f"{SKOS}notation"), None))
    assert 150 <= len(concepts) <= 250
