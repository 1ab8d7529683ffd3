"""Personal data: a PESEL is an error anywhere, is never shown, and what holds one is not written.

The PESEL here is computed: a valid check digit after the date 1800-01-01 (the month is 81) and
serial number 0000. Numbers have been given since 1979, so that nobody can have it.
"""

import json

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE

from es_lod import Dataset, Foundation
from es_lod.cli import commands
from es_lod.errors import InvalidData, Problem
from es_lod.personal import MASK, holds_pesel, is_personal_email, masked, names_person

PESEL = "00810100002"
FULL_WIDTH = {ord(str(digit)): 0xFF10 + digit for digit in range(10)}
CLEAN = """
  - id: dobra
    type: Foundation
    name: Fundacja Dobra
"""
RECORD = """
base: https://w3id.org/es-lod/id/
records:
  - id: {id}
    type: Foundation
    name: {name}
    {more}
""" + CLEAN.lstrip("\n")

# Where a PESEL may stand in a document: the record, and the field that is told.
PLACES = {
    "id": ({"id": f"osoba-{PESEL}"}, f"osoba-{MASK}", "id"),
    "name": ({"name": f"Fundacja, PESEL {PESEL}."}, "zla", "name"),
    "translated name": ({"name": f"{{pl: Zła, en: no{PESEL}}}"}, "zla", "name.en"),
    "six digits and five": ({"name": "'008101-00002'"}, "zla", "name"),
    "six digits and five, a space": ({"name": "'008101 00002'"}, "zla", "name"),
    "nip": ({"more": f"nip: '{PESEL}'"}, "zla", "nip"),
    "krs": ({"more": f"krs: {PESEL}"}, "zla", "krs"),
    "identifier": (
        {"more": f"identifiers: {{register: krs, notation: '{PESEL}'}}"},
        "zla",
        "identifiers.notation",
    ),
    "address": ({"more": f"address: {{streetAddress: '{PESEL}'}}"}, "zla", "address.streetAddress"),
    "e-mail": (
        {"more": f"contactPoint: [{{email: a{PESEL}@a.pl}}]"},
        "zla",
        "contactPoint[0].email",
    ),
    "telephone": (
        {"more": f"contactPoint: [{{telephone: '{PESEL}'}}]"},
        "zla",
        "contactPoint[0].telephone",
    ),
    "web address": ({"more": f"url: https://a.pl/?id={PESEL}"}, "zla", "url"),
    "percent-encoded": ({"more": f"url: https://a.pl/?id=%20{PESEL}"}, "zla", "url"),
    "reference": ({"more": f"founders: [dobra, osoba-{PESEL}]"}, "zla", "founders[1]"),
    "alternate names": ({"more": f"alternateName: [Ta, Ta {PESEL}]"}, "zla", "alternateName[1]"),
    "unknown key": ({"more": f"pesel: {PESEL}"}, "zla", "pesel"),
    "key": ({"more": f"p{PESEL}: tak"}, "zla", f"p{MASK}"),
    "deep in an unknown key": ({"more": f"osoba: {{pesel: ['{PESEL}']}}"}, "zla", "osoba.pesel[0]"),
    "statement": (
        {"more": f"statements: {{property: name, certainty: stated, quote: Ma {PESEL}}}"},
        "zla",
        "statements.quote",
    ),
}


def document(**differently: str) -> str:
    return RECORD.format(**{"id": "zla", "name": "Zła", "more": "", **differently})


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and all that a command says on both streams."""
    result = CliRunner().invoke(commands, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout + result.stderr


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@pytest.mark.parametrize("name", PLACES)
def test_a_pesel_is_told_at_its_place(name, tmp_path):
    differently, record, field = PLACES[name]
    path = tmp_path / "records.yaml"
    text = document(**differently)
    path.write_text(text, encoding="utf-8")
    code, said = run("validate", str(path), "--report", "json")
    assert code == 1
    (problem,) = (p for p in json.loads(said) if p["code"] == "pesel")
    assert (problem["record"], problem["field"]) == (record, field)
    assert (problem["severity"], problem["value"], problem["hint"]) == ("error", None, None)
    line = text.splitlines()[problem["location"]["line"] - 1]
    assert "00002" in line


@pytest.mark.parametrize("name", PLACES)
def test_a_pesel_is_never_shown_and_never_written(name, tmp_path):
    path, out = tmp_path / "records.yaml", tmp_path / "out.ttl"
    path.write_text(document(**PLACES[name][0]), encoding="utf-8")
    for report in ("text", "json", "turtle"):
        code, said = run("validate", str(path), "--report", report)
        assert code == 1
        assert "00002" not in digits(said)
    for arguments in (["map"], ["map", "-o", str(out)], ["query", "--text", "SELECT * {?s ?p ?o}"]):
        code, said = run(arguments[0], str(path), *arguments[1:])
        assert code == 1
        assert "00002" not in digits(said)
        assert "Fundacja Dobra" not in said
    assert not out.exists()
    code, said = run("map", "--keep-going", str(path))
    assert code == 1
    assert "00002" not in digits(said)
    assert "Fundacja Dobra" in said
    assert "id:zla" not in said


GRAPH = """
@prefix es: <https://w3id.org/es-lod/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix id: <https://w3id.org/es-lod/id/> .
id:dobra a es:Foundation , org:FormalOrganization , schema:Organization , org:Organization ;
    schema:name "Fundacja Dobra"@pl .
id:zla a es:Foundation , org:FormalOrganization , schema:Organization , org:Organization ;
    schema:name "Fundacja Zła"@pl .
"""
TRIPLES = {
    "text": f'id:zla schema:description "Ma {PESEL}"@pl .',
    "nip": f'id:zla es:nip "{PESEL}" .',
    "left-over literal": f'id:zla schema:taxID "{PESEL}" .',
    "number": f"id:zla schema:taxID {PESEL} .",
    "left-over object": f"id:zla schema:member <https://a.pl/{PESEL}> .",
    "reference": f"id:zla schema:founder id:osoba-{PESEL} .",
    "subject": f'id:osoba-{PESEL} schema:name "Ktoś"@pl .',
    "blank node": f'[] schema:identifier "{PESEL}" .',
}


@pytest.mark.parametrize("name", TRIPLES)
def test_a_pesel_in_triples_is_an_error_and_left_out(name, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH + TRIPLES[name], encoding="utf-8")
    code, said = run("validate", str(path), "--report", "json")
    assert code == 1
    assert "pesel" in {problem["code"] for problem in json.loads(said)}
    assert "00002" not in digits(said)
    for arguments in (["map"], ["map", "--keep-going"], ["query", "--text", "SELECT * {?s ?p ?o}"]):
        code, said = run(arguments[0], str(path), *arguments[1:])
        assert code == 1
        assert "00002" not in digits(said)
        assert ("Fundacja Dobra" in said) == ("--keep-going" in arguments)


def test_a_dataset_made_in_python_is_not_saved_with_a_pesel():
    dataset = Dataset([Foundation(id="zla", name=f"Fundacja {PESEL}")])
    (problem,) = dataset.problems
    assert (problem.code, problem.field, problem.value) == ("pesel", "name", None)
    with pytest.raises(InvalidData) as raised:
        dataset.dumps()
    assert PESEL not in str(raised.value)


def test_a_problem_blots_a_pesel_out_wherever_it_stands():
    problem = Problem("syntax", PESEL, PESEL, PESEL, hint=PESEL, params={"reason": {"pl": PESEL}})
    assert "00002" not in digits(json.dumps(problem.to_json()))
    assert "00002" not in digits(repr(problem))


@pytest.mark.parametrize(
    "text",
    [
        "+48124220636",
        "+48121123453",
        "tel. 48121123453",
        "faks 48121123453",  # check digit and date are those of a PESEL
        "48 12 422 06 36",
        "00810100001",  # a wrong check digit
        "00833200008",  # no such day
        "00410100000",  # 2100-01-01
        "123456789012",
        f"1{PESEL}",
        f"{PESEL}1",
        f"50.{PESEL}",
        "61 1090 1014 0000 0712 1981 2874",  # an account
        "61109010140000071219812874",
        "12345678512347",  # a REGON of fourteen digits
        "0000413516",
        "5260250274",
        "2018-06-19",
        "978-83-66066-85-4",
    ],
)
def test_other_numbers_are_no_pesel(text):
    assert not holds_pesel(text)
    assert masked(text) is text


@pytest.mark.parametrize(
    "text", [PESEL, f"x{PESEL}y", PESEL.translate(FULL_WIDTH), f"({PESEL})", "008101-00002"]
)
def test_a_pesel_is_found_in_each_writing(text):
    assert holds_pesel(text)
    assert not any(c.isdigit() for c in masked(text))


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("jan.kowalski@rops.krakow.pl", True),
        ("Anna_Nowak@cis.pl", True),
        ("kowalska-zofia@gops.pl", True),
        ("j.kowalski@rops.krakow.pl", True),
        ("lukasz.nowak@ops.pl", True),
        ("biuro@rops.krakow.pl", False),
        ("sekretariat.cis@tarnow.pl", False),
        ("spoldzielnia.socjalna@serwis.pl", False),
        ("e.s@ops.pl", False),
        ("anna@ops.pl", False),
    ],
)
def test_a_personal_address_has_a_name_and_a_surname(address, personal):
    assert is_personal_email(address) == personal


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Jan Kowalski", True),
        ("koordynatorka Zofia Nowak-Kowalska", True),
        ("mgr Kowalska", True),
        ("p. Nowak", True),
        ("pani Nowak", True),
        ("sekretariat", False),
        ("Dział Zamówień", False),
        ("pan od zleceń", False),
        ("Biuro Rady Nadzorczej", False),
    ],
)
def test_a_person_is_named_by_name_and_surname(text, person):
    assert names_person(text) == person


@pytest.mark.parametrize("many", [True, False])
def test_a_person_in_a_contact_is_a_warning(many, tmp_path):
    contact = "{contactType: Jan Kowalski, email: jan.kowalski@a.pl}"
    path = tmp_path / "records.yaml"
    more = f"contactPoint: {f'[{contact}]' if many else contact}"
    path.write_text(document(more=more), encoding="utf-8")
    code, said = run("validate", str(path), "--report", "json")
    assert code == 0
    at = "contactPoint[0]" if many else "contactPoint"
    assert [(p["code"], p["severity"], p["record"], p["field"]) for p in json.loads(said)] == [
        ("person-in-contact", "warning", "zla", f"{at}.contactType"),
        ("personal-email", "warning", "zla", f"{at}.email"),
    ]


def test_a_person_in_the_contact_of_a_graph_is_a_warning():
    graph = (
        GRAPH
        + """
        id:zla schema:contactPoint <https://w3id.org/es-lod/id/zla#c> .
        <https://w3id.org/es-lod/id/zla#c> a schema:ContactPoint ;
            schema:name "Jan Kowalski" ; schema:email "jan.kowalski@a.pl" .
    """
    )
    report = Dataset.loads(graph, "ttl").validate()
    assert report.conforms
    assert {p.code for p in report} == {"person-in-contact", "personal-email", "not-carried-over"}


def test_the_reference_example_holds_no_personal_data():
    assert list(Dataset.load(EXAMPLE).validate()) == []


def test_a_number_in_the_name_of_a_file_is_not_shown(tmp_path):
    path = tmp_path / f"umowa-{PESEL}.yaml"
    path.write_text("- {type: Foundation, id: a, name: A, zz: 1}\n", encoding="utf-8")
    report = Dataset.read([path]).validate()
    for told in (report.to_text("pl"), report.to_json(), report.to_turtle("https://e.test/")):
        assert PESEL not in told
