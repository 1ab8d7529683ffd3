"""The examples: each conforms, together they are one dataset, and nothing of the model is missing.

What is real in them is the visit of 2018 alone; all others are made up, and say so.
"""

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT
from test_roundtrip import are_of_one_mind, comes_back, graph_of, rdfc_hash, stated

import es_lod
from es_lod.cli import commands
from es_lod.formats import GRAPHS
from es_lod.model import Node, part_classes, record_classes
from es_lod.namespaces import DEFAULT_BASE

FOLDER = ROOT / "examples"
# The description of the site is no record file.
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "site.yaml")

INTENDED: list[tuple[str, str, str]] = []
"""What the report says of the examples on purpose: code, record, field. They break no law."""

UNUSED: set[tuple[str, str]] = set()
"""The fields that no example states: class that declares it, key."""

MADE_UP = {"pl": "Zmyślony przykład ", "en": "A made-up example of "}

SITUATIONS = {
    "a CIS of a gmina, its status granted anew for five years": """
        :cis-przykladow a es:SocialIntegrationCentre ; es:operatedBy ?gmina ;
          es:statusGrant ?former , ?present .
        ?gmina a es:LocalGovernment .
        ?former es:status <status/cis-status> ; es:validFrom ?began ; es:validUntil ?ended .
        ?present es:status <status/cis-status> ; es:validFrom ?begins ; es:validUntil ?ends .
        FILTER (?began < ?ended && ?ended < ?begins && YEAR(?ends) - YEAR(?begins) = 5)
    """,
    "a social co-operative that three gminas founded": """
        { SELECT ?coop WHERE {
            ?coop a es:SocialCooperative ; schema:founder ?founder .
            ?founder a es:LocalGovernment
          } GROUP BY ?coop HAVING (COUNT(?founder) = 3) }
    """,
    "a social co-operative that a gmina and a volunteer fire brigade founded": """
        ?coop a es:SocialCooperative ; schema:founder ?gmina , ?brigade .
        ?gmina a es:LocalGovernment .
        ?brigade a es:Association ; rov:orgType <legal-form/volunteer-fire-brigade> .
    """,
    "a KIS in a social welfare centre, which is a part of its gmina": """
        ?club a es:SocialIntegrationClub ; es:operatedBy ?centre .
        ?centre a es:PublicBody ; org:subOrganizationOf ?gmina ;
          org:classification <public-body/gmina-social-welfare-centre> .
        ?gmina a es:LocalGovernment .
        FILTER NOT EXISTS { ?centre a org:FormalOrganization }
    """,
    "one operator of a ZAZ, a WTZ and a residential social welfare home": """
        ?zaz a es:VocationalActivityEstablishment ; es:operatedBy ?operator .
        ?wtz a es:OccupationalTherapyWorkshop ; es:operatedBy ?operator .
        :dps-przykladow a org:OrganizationalUnit ; es:operatedBy ?operator .
    """,
    "a forum of two days and two programmes, an approximate count and a cancelled part": """
        ?forum dct:type <event-type/forum> ; schema:startDate ?start ; schema:endDate ?end ;
          es:withinProgramme ?one , ?other ;
          es:participantCount ?count ; es:countQualifier <count-qualifier/approximate> .
        FILTER (?one != ?other && DAY(?end) - DAY(?start) = 1)
        ?part schema:superEvent ?forum ; schema:eventStatus schema:EventCancelled .
        FILTER NOT EXISTS { ?part es:participantCount ?nobody }
    """,
    "a meeting announced, moved to another day, then reported": """
        ?meeting schema:eventStatus schema:EventRescheduled ; schema:startDate ?day .
        ?before schema:about ?meeting ; schema:datePublished ?early ;
          dct:type <article-type/announcement> .
        ?after schema:about ?meeting ; schema:datePublished ?late ; dct:type <article-type/report> .
        FILTER (?early < ?day && ?day < ?late)
    """,
}
PROLOGUE = """
    BASE <https://w3id.org/es-lod/concept/>
    PREFIX : <https://w3id.org/es-lod/id/>
    PREFIX es: <https://w3id.org/es-lod/ns#>
    PREFIX schema: <https://schema.org/>
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX rov: <http://www.w3.org/ns/regorg#>
    PREFIX dct: <http://purl.org/dc/terms/>
"""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def whole() -> es_lod.Dataset:
    """All examples as one dataset."""
    return es_lod.load(FOLDER)


@cache
def homes() -> dict[str, Path]:
    """Record → the file that describes it."""
    found = {}
    for path in FILES:
        for record in es_lod.load(path):
            assert record.id not in found, f"{record.id} stands in two files"
            found[str(record.id)] = path
    return found


def with_what_it_names(path: Path) -> list[Path]:
    """A file and all others that it needs: those of the records that it refers to, and so on."""
    needed = [path]
    while True:
        problems = es_lod.load(*needed).problems
        missing = {str(p.value) for p in problems if p.code == "dangling-reference"}
        more = sorted({homes()[id_] for id_ in missing})
        if not more:
            return needed
        needed += more


def declared_by(cls: type[Node], key: str) -> str:
    """The class, of the given one and its bases, that first declares a field."""
    bases = [base for base in cls.__mro__ if issubclass(base, Node) and key in base.by_key()]
    return bases[-1].__name__


@each_file
def test_a_file_conforms_with_the_files_that_it_names(path):
    report = es_lod.load(*with_what_it_names(path)).validate()
    assert report.conforms, report


def test_the_comment_of_a_file_names_the_files_that_it_refers_to():
    for path in FILES:
        dataset = es_lod.load(path)
        missing = {str(p.value) for p in dataset.problems if p.code == "dangling-reference"}
        comment = path.read_text(encoding="utf-8").partition("\nbase:")[0]
        named = {
            file
            for pattern in re.findall(r"[a-z0-9*-]+\.yaml", comment)
            for file in FOLDER.glob(pattern)
        }
        assert named == {homes()[id_] for id_ in missing}, path.name


def test_the_whole_folder_has_the_intended_warnings_only():
    assert [(p.code, p.record, p.field) for p in whole().validate()] == INTENDED


def test_the_command_says_that_the_folder_conforms():
    result = CliRunner().invoke(commands, ["validate", str(FOLDER)])
    assert result.exit_code == 0, result.output


@each_file
def test_a_file_is_polish_and_of_the_base_of_all(path):
    text = path.read_text(encoding="utf-8")
    assert f"\nbase: {DEFAULT_BASE}\nlanguage: pl\n" in text


@pytest.mark.parametrize("format_", GRAPHS)
def test_the_whole_comes_back_in_every_format(format_, tmp_path):
    comes_back(whole(), format_)
    path = tmp_path / f"examples.{format_}"
    whole().save(path)
    assert es_lod.load(path) == whole()


def test_the_whole_has_one_hash_over_all_formats():
    texts = {format_: whole().dumps(format_) for format_ in GRAPHS}
    hashes = {rdfc_hash(graph_of(text, format_)) for format_, text in texts.items()}
    assert hashes == {rdfc_hash(whole().quads())}


def test_three_processors_read_one_graph_from_the_whole():
    are_of_one_mind(whole())


def test_every_class_has_an_instance():
    nodes = {name for name, _ in stated([whole()])}
    assert {*record_classes(), *part_classes()} - nodes == set()


def test_every_field_is_used_but_those_listed():
    classes = {**record_classes(), **part_classes()}
    fields = {(declared_by(cls, key), key) for cls in classes.values() for key in cls.by_key()}
    used = {(declared_by(classes[name], key), key) for name, key in stated([whole()])}
    assert fields - used == UNUSED


def test_what_is_made_up_says_so():
    real = {record.id for record in es_lod.load(EXAMPLE)}
    silent = [
        record.id
        for record in whole()
        # A workshop is a part of a unit, and the unit says it.
        if record.id not in real and not isinstance(record, es_lod.Workshop)
        if not all(
            record.description and record.description.get(language, "").startswith(words)
            for language, words in MADE_UP.items()
        )
    ]
    assert silent == []


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_situations_of_the_field_are_there(situation):
    store = pyoxigraph.Store()
    store.extend(whole().quads())
    assert bool(store.query(f"{PROLOGUE} ASK {{ {SITUATIONS[situation]} }}"))
