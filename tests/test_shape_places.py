"""What only the shapes find is told at its place in the source: the cell, the line, the record."""

import json

import pytest
from click.testing import CliRunner
from tables import write_csv, write_workbook

from es_lod import extensions
from es_lod.cli import commands
from es_lod.validate import shapes

# Rules of a region that no class knows: on a field, in parts (single and listed), by SPARQL, on a
# path that has no triple of its own, on what is missing, and on one of several values.
SHAPES = '''
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
@prefix es: <https://w3id.org/es-lod/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix shape: <https://w3id.org/es-lod/shapes#> .

shape:Organization-name-rule a sh:NodeShape ; sh:targetClass schema:Organization ;
  sh:property [ sh:path schema:name ; sh:pattern "^[A-ZŁŚŻ]" ; sh:message "wielka litera"@pl ] ;
  sh:property [ sh:path schema:foundingDate ; sh:minCount 1 ; sh:message "data założenia"@pl ] ;
  sh:property [ sh:path schema:url ; sh:pattern "^https:" ; sh:message "https"@pl ] .

shape:PostalAddress-rule a sh:NodeShape ; sh:targetClass schema:PostalAddress ;
  sh:property [ sh:path schema:postalCode ; sh:pattern "^30" ; sh:message "Kraków"@pl ] .

shape:AgendaItem-rule a sh:NodeShape ; sh:targetClass es:AgendaItem ;
  sh:property [ sh:path schema:name ; sh:minLength 8 ; sh:message "za krótko"@pl ] .

shape:Event-rule a sh:NodeShape ; sh:targetClass schema:Event ;
  sh:property [ sh:path [ sh:inversePath es:operatedBy ] ; sh:minCount 1 ;
    sh:message "odwrotna"@pl ] ;
  sh:sparql [ a sh:SPARQLConstraint ; sh:message "za mało"@pl ; sh:select """
    SELECT $this WHERE {
      $this <https://w3id.org/es-lod/ns#participantCount> ?n .
      FILTER (?n < 10)
    }""" ] .
'''

ORGANISATIONS = [
    ["id", "typ", "nazwa", "adres: kod pocztowy", "strona internetowa"],
    ["laka", "fundacja", "łąka", "31-001", "https://a.example/; http://b.example/"],
]
EVENTS = [
    ["id", "nazwa", "rodzaj wydarzenia", "data rozpoczęcia", "liczba uczestników"],
    ["wizyta", "Wizyta studyjna", "wizyta studyjna", "2018-06-19", "5"],
]
AGENDA = [
    ["właściciel", "kolejność", "nazwa"],
    ["wizyta", "1", "Powitanie uczestników"],
    ["wizyta", "2", "Obiad"],
]
TABLES = {"organizacja": ORGANISATIONS, "wydarzenie": EVENTS, "punkty programu": AGENDA}
YAML = """\
records:
  - type: Foundation
    id: laka
    name: łąka
    address:
      postalCode: 31-001
    url:
      - https://a.example/
      - http://b.example/
  - type: Event
    id: wizyta
    name: Wizyta studyjna
    eventType: study-visit
    startDate: 2018-06-19
    participantCount: 5
    agenda:
      - name: Powitanie uczestników
        position: 1
      - name: Obiad
        position: 2
"""

# What is told, by message: record, field, sheet and cell, line and column in YAML.
EXPECTED = {
    "wielka litera": ("laka", "name", "organizacja!C2", "4:11"),
    "data założenia": ("laka", "foundingDate", "organizacja!A2", "2:5"),
    "https": ("laka", "url", "organizacja!E2", "9:9"),
    "Kraków": ("laka", "address.postalCode", "organizacja!D2", "6:19"),
    "za krótko": ("wizyta", "agenda[1].name", "punkty programu!C3", "19:15"),
    "odwrotna": ("wizyta", None, "wydarzenie!A2", "10:5"),
    "za mało": ("wizyta", None, "wydarzenie!A2", "10:5"),
}


@pytest.fixture(autouse=True)
def _rules(tmp_path_factory, monkeypatch):
    path = tmp_path_factory.mktemp("rules") / "rules.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    files = extensions.turtle_files

    def with_rules(name):
        return [*files(name), *([path] if name == "shapes" else [])]

    monkeypatch.setattr(extensions, "turtle_files", with_rules)
    shapes.known.cache_clear()
    yield
    shapes.known.cache_clear()


def told(path):
    result = CliRunner().invoke(commands, ["validate", str(path), "--report", "json"])
    problems = [p for p in json.loads(result.stdout) if p["message"]["pl"] in EXPECTED]
    return {p["message"]["pl"]: p for p in problems}


def test_in_a_workbook(tmp_path):
    found = told(write_workbook(tmp_path / "dane.xlsx", TABLES))
    for text, (record, field, cell, _) in EXPECTED.items():
        place = found[text]["location"]
        assert found[text]["record"] == record
        assert (found[text]["field"] or "").split("[")[0] == (field or "").split("[")[0], text
        assert f"{place['sheet']}!{place['cell']}" == cell, text


def test_in_csv(tmp_path):
    for name, rows in TABLES.items():
        write_csv(tmp_path / f"{name}.csv", rows)
    found = told(tmp_path)
    for text, (_, _, cell, _) in EXPECTED.items():
        place = found[text]["location"]
        name, at = cell.split("!")
        assert place["file"] == str(tmp_path / f"{name}.csv")
        column = ord(at[0]) - ord("A")
        before = ";".join([*TABLES[name][int(at[1]) - 1][:column], ""]) if column else ""
        quoted = '"' in ",".join(map(str, TABLES[name][0]))
        assert not quoted
        assert (place["line"], place["column"]) == (int(at[1]), len(before) + 1), text


def test_in_yaml(tmp_path):
    path = tmp_path / "dane.yaml"
    path.write_text(YAML, encoding="utf-8")
    found = told(path)
    for text, (record, field, _, at) in EXPECTED.items():
        place = found[text]["location"]
        assert found[text]["record"] == record
        assert (found[text]["field"] or "").split("[")[0] == (field or "").split("[")[0], text
        assert f"{place['line']}:{place['column']}" == at, text
