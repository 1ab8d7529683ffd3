"""The law as advice: each rule has data that it passes over and data that it warns of, once.

The same holds of the records written as Turtle. A warning never makes data not conform.
"""

import json

import pytest
import rdflib
from click.testing import CliRunner
from conftest import ROOT
from rdflib import SH

from es_lod import Dataset
from es_lod.cli import commands
from es_lod.namespaces import SHAPES

COOPERATIVE = """
- id: cooperative
  type: SocialCooperative
  name: {name}
  legalForm: {form}
  founders: [{founders}]
- {{id: gmina, type: LocalGovernment, name: Gmina}}
- {{id: osp, type: Association, name: OSP, legalForm: volunteer-fire-brigade}}
- {{id: parish, type: ChurchLegalPerson, name: Parafia}}
- {{id: firm, type: Company, name: Firma}}
- {{id: other, type: Organization, name: Inna, legalForm: limited-liability-company}}
- {{id: stock, type: Organization, name: Akcyjna, legalForm: joint-stock-company}}
- {{id: ngo, type: Company, name: Spółka, kind: non-governmental-organisation}}
- {{id: social, type: SocialCooperative, name: Inna Spółdzielnia Socjalna}}
- {{id: workers, type: Organization, name: Praca, legalForm: workers-cooperative}}
- {{id: centre, type: PublicBody, name: Ośrodek}}
"""
UNIT = """
- id: unit
  type: {type}
  name: Jednostka
  operator: {operator}
- {{id: foundation, type: Foundation, name: Fundacja}}
- {{id: centre, type: PublicBody, name: Ośrodek}}
- {{id: firm, type: Company, name: Firma}}
- {{id: other, type: Organization, name: Inna, legalForm: limited-liability-company}}
- {{id: stock, type: Organization, name: Akcyjna, legalForm: joint-stock-company}}
- {{id: ngo, type: Company, name: Spółka, kind: non-governmental-organisation}}
- {{id: social, type: SocialCooperative, name: Spółdzielnia Socjalna}}
- {{id: form, type: Organization, name: Inna, legalForm: social-cooperative-of-legal-persons}}
- {{id: workers, type: Organization, name: Praca, legalForm: workers-cooperative}}
"""
STATUS = """
- id: foundation
  type: Foundation
  name: Fundacja
  statuses:
    - {grant}
- {{id: voivode, type: PublicBody, name: Wojewoda, kind: voivodeship-office}}
- {{id: marshal, type: PublicBody, name: Marszałek, kind: marshals-office}}
- {{id: body, type: PublicBody, name: Urząd}}
- {{id: gmina, type: LocalGovernment, name: Gmina}}
"""
ARTICLE = """
- id: article
  type: Article
  headline: Artykuł
  articleType: {type}
  datePublished: {published}
  publisher: foundation
  about: event
- {{id: event, type: Event, name: Forum, eventType: forum, {dates}}}
- {{id: foundation, type: Foundation, name: Fundacja}}
"""
LEGAL, NATURAL = (f"social-cooperative-of-{who}-persons" for who in ("legal", "natural"))
GOOD = {"name": "Spółdzielnia Socjalna", "form": LEGAL, "founders": "gmina, osp"}
TERM = "{{status: cis-status, validFrom: {}, validUntil: {}}}".format
START = "{{status: social-enterprise-status, {}}}".format
GRANTED = "{{status: {}, authority: {}}}".format


def cooperative(**differently: str) -> str:
    return COOPERATIVE.format(**GOOD | differently)


def unit(type_: str, operator: str) -> str:
    return UNIT.format(type=type_, operator=operator)


def status(grant: str) -> str:
    return STATUS.format(grant=grant)


def article(type_: str, published: str, start: str, end: str | None = None) -> str:
    dates = f"startDate: {start}" + (f", endDate: {end}" if end else "")
    return ARTICLE.format(type=type_, published=published, dates=dates)


CIS, KIS, ZAZ = (
    "SocialIntegrationCentre",
    "SocialIntegrationClub",
    "VocationalActivityEstablishment",
)

# Records of which nothing is told.
LAWFUL = {
    "name": cooperative(),
    "inflected name": cooperative(name="Przy Wielobranżowej Spółdzielni  Socjalnej w Łodzi"),
    "capitals": cooperative(name="SPÓŁDZIELNIA SOCJALNA"),
    "translated name": cooperative(name="{pl: Spółdzielnia Socjalna, en: A social co-operative}"),
    "three founders": cooperative(founders="gmina, osp, parish"),
    "no founder stated": cooperative(founders=""),
    "one founder, natural persons": cooperative(form=NATURAL, founders="gmina"),
    "a company without profit": cooperative(founders="gmina, ngo"),
    "a founder described elsewhere": cooperative(founders="gmina, https://id.gov.pl/x"),
    "KIS of a foundation": unit(KIS, "foundation"),
    "KIS of a centre": unit(KIS, "centre"),
    "ZAZ of a foundation": unit(ZAZ, "foundation"),
    "ZAZ of a company without profit": unit(ZAZ, "ngo"),
    "WTZ of a company": unit("OccupationalTherapyWorkshop", "firm"),
    **{f"CIS of {o}": unit(CIS, o) for o in ("foundation", "centre", "ngo", "social", "form")},
    "five years to the day": status(TERM("2019-03-01", "2024-03-01")),
    "five years to the day before": status(TERM("2019-03-01", "2024-02-29")),
    "five years, new year": status(TERM("2019-01-01", "2023-12-31")),
    "five years in years": status(TERM("2019", "2024")),
    "five years less a day in years": status(TERM("2019", "2023")),
    "five years in months": status(TERM("2019-03", "2024-02")),
    "five years, day and year": status(TERM("2019-03-01", "2024")),
    "five years, year and day": status(TERM("2019", "2024-12-31")),
    "another status for ten years": status(
        "{status: zaz-status, validFrom: 2009, validUntil: 2019}"
    ),
    "status of a social enterprise": status(START("validFrom: 2022-10-30")),
    "status, month alone": status(START("validFrom: 2022-10")),
    "status, year alone": status(START("validFrom: 2022")),
    "another status before": status("{status: public-benefit-status, validFrom: 2021}"),
    "voivode": status(GRANTED("cis-status", "voivode")),
    "body of unknown kind": status(GRANTED("cis-status", "body")),
    "body described elsewhere": status(GRANTED("cis-status", "https://id.gov.pl/x")),
    "accreditation by others": status(GRANTED("owes-accreditation", "marshal")),
    "report after": article("report", "2018-06-20", "2018-06-19"),
    "report on the day": article("report", "2018-06-19", "2018-06-19"),
    "report during": article("report", "2018-06-20", "2018-06-19", "2018-06-21"),
    "report in the year": article("report", "2018", "2018-06-19"),
    "report of the same hour": article("report", "2018-06-19", "2018-06-19T10:00:00+02:00"),
    "announcement before": article("announcement", "2018-06-18", "2018-06-19"),
    "announcement during": article("announcement", "2018-06-20", "2018-06-19", "2018-06-21"),
    "announcement in the month": article("announcement", "2018-06", "2018-06-19"),
}

_TERMS = [
    ("2019-03-01", "2024-03-02"),
    ("2019-03-01", "2024-04"),
    ("2019-03-01", "2025"),
    ("2019", "2025"),
    ("2019-03-15", "2024-01-31"),
    ("2019-03", "2024-01"),
    ("2019-11-01", "2024-09-30"),
    ("2019-03", "2023"),
    ("2019", "2022"),
    ("2019-01-01", "2022-12-31"),
]
_COUNT, _KIND = "law-cooperative-founder-count", "law-cooperative-founder-kind"
_NAME, _AUTHORITY = "law-cooperative-name", "law-status-authority"
_GRANT = "statuses[0]"

# Records, and what is told of them: code, record, field.
ADVISED = {
    "another name": (cooperative(name="Spółdzielnia Pracy"), (_NAME, "cooperative", "name")),
    "short name": (cooperative(name="Serwis Spn.s."), (_NAME, "cooperative", "name")),
    "one founder": (cooperative(founders="gmina"), (_COUNT, "cooperative", "founders[0]")),
    "one founder then": (
        cooperative(form=f"{NATURAL}\n  legalForms: [{{legalForm: {LEGAL}}}]", founders="gmina"),
        (_COUNT, "cooperative", "founders[0]"),
    ),
    **{
        f"founder {kind}": (
            cooperative(founders=f"gmina, {kind}"),
            (_KIND, "cooperative", "founders[1]"),
        )
        for kind in ("firm", "other", "stock", "social", "workers", "centre")
    },
    **{
        f"{code} {operator}": (unit(type_, operator), (code, "unit", "operator"))
        for code, type_ in (("law-cis-operator", CIS), ("law-kis-operator", KIS))
        for operator in ("firm", "other", "workers")
    },
    "ZAZ of a company": (unit(ZAZ, "firm"), ("law-zaz-operator", "unit", "operator")),
    **{
        f"{start} to {end}": (
            status(TERM(start, end)),
            ("law-cis-status-term", "foundation", f"{_GRANT}.validUntil"),
        )
        for start, end in _TERMS
    },
    **{
        f"{key} {date}": (
            status(START(f"{key}: {date}")),
            ("law-social-enterprise-start", "foundation", f"{_GRANT}.{key}"),
        )
        for key, date in (
            ("validFrom", "2022-10-29"),
            ("validFrom", "2022-09"),
            ("validFrom", "2021"),
            ("validUntil", "2022-10-01"),
            ("observedOn", "2018-06-20"),
        )
    },
    **{
        f"{granted} by {by}": (
            status(GRANTED(granted, by)),
            (_AUTHORITY, "foundation", f"{_GRANT}.authority"),
        )
        for granted, by in (
            ("cis-status", "marshal"),
            ("cis-status", "gmina"),
            ("kis-registration", "marshal"),
            ("social-enterprise-status", "marshal"),
        )
    },
    "report before": (
        article("report", "2018-06-18", "2018-06-19"),
        ("report-before-event", "article", "datePublished"),
    ),
    "report the year before": (
        article("report", "2017", "2018-06-19"),
        ("report-before-event", "article", "datePublished"),
    ),
    "announcement after": (
        article("announcement", "2018-06-20", "2018-06-19"),
        ("announcement-after-event", "article", "datePublished"),
    ),
    "announcement after the last day": (
        article("announcement", "2018-06-22", "2018-06-19", "2018-06-21"),
        ("announcement-after-event", "article", "datePublished"),
    ),
}
SHAPES_GRAPH = rdflib.Graph()
for file in ("law", "advice"):
    SHAPES_GRAPH.parse(ROOT / "shapes" / f"{file}.ttl")
WARNINGS = sorted(map(str, SHAPES_GRAPH.subjects(SH.severity, SH.Warning)))


def told(text: str, format_: str = "yaml") -> list[tuple[str, str | None, str | None, str]]:
    """What is told of records: code, record, field, severity."""
    report = Dataset.loads(text, format_).validate()
    assert report.conforms
    return [(p.code, p.record, p.field, p.severity) for p in report]


@pytest.mark.parametrize("name", LAWFUL)
def test_nothing_is_told_of_what_the_law_allows(name):
    assert told(LAWFUL[name]) == []


@pytest.mark.parametrize("name", ADVISED)
def test_one_warning_is_told_of_what_it_does_not_allow(name):
    text, expected = ADVISED[name]
    assert told(text) == [(*expected, "warning")]


@pytest.mark.parametrize("name", ADVISED)
def test_turtle_is_told_the_same(name):
    text, (code, record, field) = ADVISED[name]
    turtle = Dataset.loads(text).dumps("ttl")
    ((*found, where, severity),) = told(turtle, "ttl")
    assert (found, severity) == ([code, record], "warning")
    # Values in Turtle stand in canonical order.
    assert str(where).partition("[")[0] == field.partition("[")[0]
    assert str(where).rpartition("]")[2] == field.rpartition("]")[2]


@pytest.mark.parametrize("shape", WARNINGS)
def test_a_warning_has_a_case_and_says_what_to_do_in_both_languages(shape):
    code = shape.removeprefix(SHAPES)
    text = next(text for text, (told_code, *_) in ADVISED.values() if told_code == code)
    (problem,) = Dataset.loads(text).validate()
    node = rdflib.URIRef(shape)
    said = SHAPES_GRAPH.objects(SHAPES_GRAPH.value(node, SH.sparql) or node, SH.message)
    assert problem.message == {message.language: str(message) for message in said}
    assert set(problem.message) == {"pl", "en"}
    if code.startswith("law-"):
        for message in problem.message.values():
            assert "DU/" in message
            assert "in force" in message or "obowiązuje" in message


def test_a_warning_points_at_the_line_and_leaves_the_exit_code(tmp_path):
    path = tmp_path / "records.yaml"
    text = ADVISED["cis-status by gmina"][0]
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(commands, ["validate", str(path), "--report", "json"])
    assert result.exit_code == 0
    (problem,) = json.loads(result.stdout)
    lines = text.splitlines()
    place = problem["location"]
    assert lines[place["line"] - 1][place["column"] - 1 :].startswith("gmina")
    assert problem["value"].endswith("gmina")
    assert problem["severity"] == "warning"


def test_a_plain_graph_with_the_classes_alone_is_told_of_too():
    turtle = """
        @prefix es: <https://w3id.org/es-lod/ns#> .
        @prefix schema: <https://schema.org/> .
        @prefix id: <https://w3id.org/es-lod/id/> .
        id:foundation a es:Foundation ; schema:name "Fundacja"@pl ; es:statusGrant <https://w3id.org/es-lod/id/foundation#s> .
        <https://w3id.org/es-lod/id/foundation#s> a es:StatusGrant ; es:authority id:gmina ;
            es:status <https://w3id.org/es-lod/concept/status/cis-status> .
        id:gmina a es:LocalGovernment ; schema:name "Gmina"@pl .
    """  # noqa: E501  # one triple a line
    assert "law-status-authority" in {p.code for p in Dataset.loads(turtle, "ttl").validate()}
