"""The reference example, fact by fact.

`examples/wizyta-studyjna-tarnow-2018.yaml` says what one news page says: 25 facts, and number 26,
that the furniture of the page is none. Each fact is read back from the graph by a query, and the
query fails once the lines that say the fact are taken out of the example.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

import es_lod

EXAMPLES = Path(__file__).parent.parent / "examples"
EXAMPLE = EXAMPLES / "wizyta-studyjna-tarnow-2018.yaml"


def graph_of(text: str) -> pyoxigraph.Store:
    """The graph of the records of a YAML document that are whole."""
    store = pyoxigraph.Store()
    store.extend(es_lod.loads(text).quads())
    return store


class Fact(NamedTuple):
    """What the page says, the pattern that asks for it, the lines of the example that say it."""

    number: int
    says: str
    pattern: str
    lines: tuple[str, ...]
    """Regular expressions; a line that one of them finds goes with the lines indented below it."""


PROLOGUE = """
    BASE <https://w3id.org/es-lod/concept/>
    PREFIX : <https://w3id.org/es-lod/id/>
    PREFIX article: <https://w3id.org/es-lod/id/relacja-z-wizyty-studyjnej-tarnow-2018>
    PREFIX centre: <https://w3id.org/es-lod/id/cis-serwis>
    PREFIX coop: <https://w3id.org/es-lod/id/spoldzielnia-socjalna-serwis>
    PREFIX rops: <https://w3id.org/es-lod/id/rops-krakow>
    PREFIX visit: <https://w3id.org/es-lod/id/wizyta-studyjna-tarnow-2018>
    PREFIX es: <https://w3id.org/es-lod/ns#>
    PREFIX schema: <https://schema.org/>
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX rov: <http://www.w3.org/ns/regorg#>
    PREFIX locn: <http://www.w3.org/ns/locn#>
    PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

FACTS = [
    Fact(
        1,
        "headline and lead, in Polish; about the visit and the co-operative",
        """
        article: a schema:NewsArticle ;
          schema:headline 'Wizyta studyjna w CIS i Spółdzielni Socjalnej "Serwis" w Tarnowie'@pl ;
          schema:abstract "Spotkanie sieciujące dla PES reintegracyjnych i OPS."@pl ;
          schema:inLanguage "pl" ;
          schema:about visit: , coop: .
        """,
        ("headline:", "abstract:", "inLanguage:", "about:"),
    ),
    Fact(
        2,
        "published on 20 June 2018",
        'article: schema:datePublished "2018-06-20"^^xsd:date .',
        ("datePublished:",),
    ),
    Fact(
        3,
        "published by the ROPS in Kraków, a public body and no legal person",
        """
        article: schema:publisher ?rops .
        ?rops a es:PublicBody , schema:GovernmentOrganization ;
          schema:name "Regionalny Ośrodek Polityki Społecznej w Krakowie"@pl ;
          org:classification <public-body/regional-social-policy-centre> .
        FILTER NOT EXISTS { ?rops a org:FormalOrganization }
        """,
        ("publisher:",),
    ),
    Fact(
        4,
        "30-070 Kraków, ul. Piastowska 32",
        """
        rops: schema:address [ a schema:PostalAddress ;
          schema:streetAddress "ul. Piastowska 32" ;
          locn:thoroughfare "ul. Piastowska" ; locn:locatorDesignator "32" ;
          schema:postalCode "30-070" ; schema:addressLocality "Kraków" ] .
        """,
        (
            "streetAddress:",
            "thoroughfare:",
            "locatorDesignator:",
            "postalCode:",
            "addressLocality: Kraków",
        ),
    ),
    Fact(
        5,
        "tel./fax (+48 12) 422 06 36, biuro@rops.krakow.pl",
        """
        rops: schema:contactPoint [ a schema:ContactPoint ; schema:telephone "+48124220636" ;
          schema:faxNumber "+48124220636" ; schema:email "biuro@rops.krakow.pl" ] .
        """,
        ("contactPoint:",),
    ),
    Fact(
        6,
        "the visit took place on 19 June 2018",
        """
        visit: a schema:Event ;
          schema:startDate "2018-06-19"^^xsd:date ; schema:endDate "2018-06-19"^^xsd:date .
        """,
        ("startDate:", "endDate:"),
    ),
    Fact(
        7,
        "a study visit; a networking meeting for reintegration entities and social welfare centres",
        """
        visit: dct:type <event-type/study-visit> , <event-type/networking-meeting> ;
          dct:audience <participant-kind/reintegration-entity-representatives> ,
            <participant-kind/social-welfare-centre-representatives> .
        """,
        ("eventType:", r"^    audience:"),
    ),
    Fact(
        8,
        "one more of a series",
        "visit: schema:superEvent [ a schema:EventSeries ] .",
        ("superEvent:",),
    ),
    Fact(
        9,
        "within Małopolski Ośrodek Koordynacji Ekonomii Społecznej",
        """
        visit: es:withinProgramme [ a es:Programme ;
          schema:name "Małopolski Ośrodek Koordynacji Ekonomii Społecznej"@pl ] .
        """,
        ("programme:",),
    ),
    Fact(
        10,
        "a visit to the centre and to the co-operative, the host, in the city of Tarnów",
        """
        visit: es:visited centre: , coop: ;
          es:host coop: ;
          schema:location [ a schema:Place ; schema:name "Tarnów"@pl ; es:terc "1263011" ] .
        coop: schema:address [ schema:addressLocality "Tarnów" ] .
        FILTER NOT EXISTS { visit: es:host centre: }
        """,
        ("visited:", "host:", "location:", r"^    address: +# 10"),
    ),
    Fact(
        11,
        "ROPS organised it, inferred from „gościliśmy”",
        """
        visit: schema:organizer rops: ; es:statement ?statement .
        ?statement a es:Statement ; rdf:subject visit: ;
          rdf:predicate schema:organizer ; rdf:object rops: ;
          es:certainty <certainty/inferred> ; es:quote "gościliśmy"@pl ;
          prov:wasDerivedFrom article: .
        """,
        ("organizer: rops-krakow", "statements: +# 11"),
    ),
    Fact(
        12,
        "to spread good practice of co-operation between a co-operative and a centre",
        """
        visit: es:purpose <purpose/good-practice-dissemination> ;
          dct:subject <topic/cooperative-and-social-employment-entity-relations> .
        """,
        ("purpose:", r"^    topics:"),
    ),
    Fact(
        13,
        "Spółdzielnia Socjalna SerwiS, SS „Serwis”",
        """
        coop: a es:SocialCooperative , org:FormalOrganization ;
          schema:name "Spółdzielnia Socjalna SerwiS"@pl ; schema:alternateName "SS „Serwis”"@pl .
        """,
        ("name: Spółdzielnia Socjalna SerwiS", "alternateName: SS „Serwis”"),
    ),
    Fact(
        14,
        "founded at the end of 2014: a year and a note, no day",
        """
        coop: schema:foundingDate "2014"^^xsd:gYear ;
          es:foundingNote "pod koniec 2014 r."@pl .
        """,
        ("foundingDate:", "foundingNote:"),
    ),
    Fact(
        15,
        "by a foundation and an association",
        """
        coop: schema:founder ?foundation , ?association .
        ?foundation a es:Foundation ; schema:name "Fundacja im. Hetmana Jana Tarnowskiego"@pl .
        ?association a es:Association ;
          schema:name "Stowarzyszenie Wspierania Inicjatyw Lokalnych i Regionalnych eMagra"@pl .
        FILTER NOT EXISTS {
          coop: schema:founder ?third
          FILTER (?third NOT IN (?foundation, ?association))
        }
        """,
        ("founders:",),
    ),
    Fact(
        16,
        "now a co-operative of natural persons; that it was one of legal persons is inferred",
        """
        coop: rov:orgType <legal-form/social-cooperative-of-natural-persons> ;
          es:legalFormPeriod ?present , ?earlier ; es:statement ?statement .
        ?present rov:orgType <legal-form/social-cooperative-of-natural-persons> ;
          es:observedOn "2018-06-20"^^xsd:date .
        ?earlier rov:orgType <legal-form/social-cooperative-of-legal-persons> .
        ?statement rdf:subject coop: ; rdf:predicate es:legalFormPeriod ;
          rdf:object ?earlier ; es:certainty <certainty/inferred> .
        """,
        (r"^    legalForm:", "legalForms: +# 16", "statements: +# 16"),
    ),
    Fact(
        17,
        "renovation, cleaning, and technical maintenance, only the last of them for companies",
        """
        coop: es:service [ dct:type <activity/renovation-and-finishing> ] ,
          [ dct:type <activity/greenery-and-property-cleaning> ] , ?maintenance .
        ?maintenance dct:type <activity/technical-maintenance> ;
          dct:audience <participant-kind/companies> .
        FILTER NOT EXISTS {
          coop: es:service ?other . ?other dct:audience ?anybody
          FILTER (?other != ?maintenance)
        }
        """,
        ("services:",),
    ),
    Fact(
        18,
        "it has run a CIS since 2015, a unit without legal personality",
        """
        centre: a es:SocialIntegrationCentre , org:OrganizationalUnit ;
          schema:name "CIS Serwis"@pl ;
          es:operatedBy coop: ; es:operatedSince "2015"^^xsd:gYear ;
          es:legalBasis <https://eli.gov.pl/eli/DU/2003/1143/ogl> .
        FILTER NOT EXISTS { centre: a org:FormalOrganization }
        """,
        ("operator:", "operatedSince:", "legalBasis:"),
    ),
    Fact(
        19,
        "it also acts as an employment agency: a role, not a type",
        "coop: es:regulatedRole [ es:role <regulated-role/employment-agency> ] .",
        ("regulatedRoles:",),
    ),
    Fact(
        20,
        "presentation, questions, tour, closing discussion, and good practice at no stated place",
        """
        visit: es:agendaItem ?presentation , ?questions , ?tour , ?discussion , ?practice .
        ?presentation dct:type <session-type/presentation> ; es:position ?first ;
          es:shows coop: , centre: .
        ?questions dct:type <session-type/questions-and-answers> ; es:position ?second .
        ?tour dct:type <session-type/site-tour> ; es:position ?third .
        ?discussion dct:type <session-type/discussion> ; es:position ?last .
        ?practice dct:type <session-type/good-practice-exchange> .
        FILTER (?first < ?second && ?second < ?third && ?third < ?last)
        FILTER NOT EXISTS { ?practice es:position ?any }
        FILTER NOT EXISTS { ?item a es:AgendaItem , schema:Event }
        """,
        ("agenda:",),
    ),
    Fact(
        21,
        "the topics of the questions and of the discussion",
        """
        visit: es:agendaItem ?questions , ?discussion .
        ?questions dct:type <session-type/questions-and-answers> ;
          dct:subject <topic/formal-aspects> , <topic/external-partner-cooperation> ,
            <topic/problem-areas> .
        ?discussion dct:type <session-type/discussion> ;
          dct:subject <topic/cooperative-and-social-employment-entity-relations> ,
            <topic/financial-aspects> , <topic/institutional-partner-relations> .
        """,
        (r"^        topics:",),
    ),
    Fact(
        22,
        "three workshops of the centre, shown at the tour; one is misspelt on the page",
        """
        centre: es:workshop ?construction , ?handicraft , ?culinary .
        ?construction a es:Workshop ; es:workshopType <workshop-type/construction> ;
          schema:name "warsztat budowlany"@pl ; skos:hiddenLabel "budowalny"@pl .
        ?handicraft a es:Workshop ; es:workshopType <workshop-type/artistic-handicraft> .
        ?culinary a es:Workshop ; es:workshopType <workshop-type/culinary> .
        visit: es:agendaItem [ dct:type <session-type/site-tour> ;
          es:shows ?construction , ?handicraft , ?culinary ] .
        """,
        ("workshops:", "hiddenLabel:", r"^        shows: +# 22"),
    ),
    Fact(
        23,
        "25 persons took part",
        "visit: es:participantCount 25 ; es:countQualifier <count-qualifier/exact> .",
        ("participantCount:", "countQualifier:"),
    ),
    Fact(
        24,
        "from reintegration entities of Małopolska and from social welfare centres, uncounted",
        """
        visit: es:participantGroup ?entities , ?centres .
        ?entities dct:type <participant-kind/reintegration-entity-representatives> ; es:terc "12" .
        ?centres dct:type <participant-kind/social-welfare-centre-representatives> .
        FILTER NOT EXISTS { ?centres es:terc ?terc }
        FILTER NOT EXISTS { ?group a es:ParticipantGroup ; es:participantCount ?count }
        """,
        ("participantGroups:",),
    ),
    Fact(
        25,
        "all of it from that page",
        """
        FILTER NOT EXISTS {
          VALUES ?thing {
            visit: coop: centre:
            :warsztat-budowlany :warsztat-rekodziela-artystycznego :warsztat-kulinarny
            :malopolski-osrodek-koordynacji-ekonomii-spolecznej
          }
          FILTER NOT EXISTS { ?thing prov:wasDerivedFrom article: }
        }
        """,
        (r"^    source:",),
    ),
]

FURNITURE = ("Załaduj kalendarz", "Drukuj", "Logo", "EPUAP", "Mapa dojazdu")
"""The words of the page that are no facts (number 26)."""

RESTS_ON = {20: {21, 22}}
"""Facts that are parts of another, and so go with it."""

REQUIRED = {1, 2, 3, 6, 7, 13, 18}
"""Facts with a field that a record cannot do without, so that more goes than the fact."""


def holds(fact: Fact, graph: pyoxigraph.Store) -> bool:
    """Whether the graph says the fact."""
    return bool(graph.query(f"{PROLOGUE} ASK {{ {fact.pattern} }}"))


def without(text: str, pattern: str) -> str:
    """The text without the lines that the pattern finds and the lines indented below them."""
    kept = []
    limit: int | None = None
    found = False
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if limit is not None and line.strip() and indent <= limit:
            limit = None
        if limit is None and re.search(pattern, line) and not line.lstrip().startswith("#"):
            limit, found = indent, True
        if limit is None:
            kept.append(line)
    assert found, f"no line of the example matches {pattern!r}"
    return "".join(kept)


def without_fact(text: str, fact: Fact) -> str:
    """The text without all lines that say the fact."""
    for pattern in fact.lines:
        text = without(text, pattern)
    return text


@pytest.fixture(scope="module")
def text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graph(text: str) -> pyoxigraph.Store:
    return graph_of(text)


each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.number:02}")


def test_the_facts_are_numbered_without_gap() -> None:
    assert [fact.number for fact in FACTS] == list(range(1, 26))


@each_fact
def test_fact_is_in_the_graph(fact: Fact, graph: pyoxigraph.Store) -> None:
    assert holds(fact, graph), fact.says


@each_fact
def test_fact_goes_with_its_lines(fact: Fact, text: str) -> None:
    assert not holds(fact, graph_of(without_fact(text, fact))), fact.says


@pytest.mark.parametrize(
    ("fact", "pattern"),
    [(fact, pattern) for fact in FACTS for pattern in fact.lines],
    ids=lambda value: f"{value.number:02}" if isinstance(value, Fact) else value,
)
def test_each_line_of_a_fact_is_needed(fact: Fact, pattern: str, text: str) -> None:
    assert not holds(fact, graph_of(without(text, pattern))), fact.says


@pytest.mark.parametrize(
    "fact",
    [fact for fact in FACTS if fact.number not in REQUIRED],
    ids=lambda fact: f"{fact.number:02}",
)
def test_other_facts_stay(fact: Fact, text: str) -> None:
    rest = graph_of(without_fact(text, fact))
    gone = {other.number for other in FACTS if not holds(other, rest)}
    assert gone == {fact.number} | RESTS_ON.get(fact.number, set())


def test_furniture_of_the_page_is_not_in_the_graph(graph: pyoxigraph.Store) -> None:
    words = "\n".join(str(quad) for quad in graph)
    assert [furniture for furniture in FURNITURE if furniture.casefold() in words.casefold()] == []


def test_stated_and_inferred_facts_are_told_apart(graph: pyoxigraph.Store) -> None:
    query = (EXAMPLES / "queries" / "stated.rq").read_text(encoding="utf-8")
    solutions = graph.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    inferred = {
        (
            solution["subjectLabel"].value,
            solution["propertyLabel"].value,
            solution["valueLabel"].value,
        )
        for solution in solutions
        if solution["certainty"].value.endswith("/certainty/inferred")
    }
    legal_persons = "https://w3id.org/es-lod/concept/legal-form/social-cooperative-of-legal-persons"
    assert inferred == {
        (
            "Wizyta studyjna w CIS i Spółdzielni Socjalnej „Serwis” w Tarnowie",
            "organizer",
            "Regionalny Ośrodek Polityki Społecznej w Krakowie",
        ),
        ("Spółdzielnia Socjalna SerwiS", "legalFormPeriod", "earlier-legal-form"),
        ("earlier-legal-form", "orgType", legal_persons),
        ("earlier-legal-form", "validFrom", "2014"),
    }
