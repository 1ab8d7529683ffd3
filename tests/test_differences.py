"""What changed between two editions, field by field, in words and as JSON."""

import json
import shutil

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLE, ROOT
from hypothesis import given, settings
from strategies import datasets

import es_lod
from es_lod import Dataset, difference
from es_lod.cli import commands

CIS = "cis-gminy-z-konczacym-sie-statusem.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["diff", *map(str, arguments)])


@pytest.fixture
def editions(tmp_path):
    """The examples, and a copy to change."""
    new = tmp_path / "new"
    shutil.copytree(ROOT / "examples", new, ignore=shutil.ignore_patterns("queries", "python"))
    return ROOT / "examples", new


# One edit of the CIS: what is replaced, by what, and the change that is told.
EDITS = {
    "a count": ("capacity: 40", "capacity: 45", ("capacity", None, ["40"], ["45"])),
    "a value that is new": (
        "alternateName: CIS Przykładów",
        "alternateName: [CIS Przykładów, CIS]",
        ("alternateName", "pl", [], ["CIS"]),
    ),
    "a text in one language": (
        "en: Social Integration Centre in Przykładów",
        "en: The centre",
        ("name", "en", ["Social Integration Centre in Przykładów"], ["The centre"]),
    ),
    "a reference": (
        "operator: gmina-przykladow\n",
        "operator: gmina-przykladowice\n",
        ("operator", None, ["gmina-przykladow"], ["gmina-przykladowice"]),
    ),
    "a value of a part": (
        "postalCode: 00-000",
        "postalCode: 00-001",
        ("address.postalCode", None, ["00-000"], ["00-001"]),
    ),
    "a value of a part in a list": (
        "decision: PRZYKŁAD.1.2022",
        "decision: X",
        ("statuses[statuses-cis-status-2022-01-18].decision", None, ["PRZYKŁAD.1.2022"], ["X"]),
    ),
    "a field that is gone": (
        "    operatedSince: 2017-01-17\n",
        "",
        ("operatedSince", None, ["2017-01-17"], []),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_field_is_told_with_both_values(name, editions):
    old, new = editions
    before, after, expected = EDITS[name]
    text = (new / CIS).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (new / CIS).write_text(text.replace(before, after), encoding="utf-8")
    done = run(old, new, "--format", "json")
    assert done.exit_code == 1
    (record,) = json.loads(done.stdout)["records"]
    assert (record["change"], record["record"]) == ("changed", "cis-przykladow")
    (change,) = record["fields"]
    path, language, was, now = expected
    assert (change["field"], change["language"]) == (path, language)
    assert (change["before"], change["after"]) == (was, now)
    assert set(change["label"]) == {"pl", "en"}


def test_records_that_come_and_go_are_told(editions):
    old, new = editions
    record = "- {type: Foundation, id: nowa-fundacja, name: Nowa Fundacja}"
    (new / "nowa.yaml").write_text(record, encoding="utf-8")
    gone = run(new, old, "--lang", "pl")
    come = run(old, new, "--lang", "en")
    assert gone.stdout.endswith("Dodano 0 rekordów, usunięto 1 rekord, zmieniono 0 rekordów.\n")
    assert come.stdout.endswith("Added 1 record, removed 0 records, changed 0 records.\n")
    assert gone.stdout.startswith("- usunięto: fundacja „Nowa Fundacja” (nowa-fundacja)\n")
    assert come.stdout.startswith("+ added: foundation “Nowa Fundacja” (nowa-fundacja)\n")


def test_the_words_name_fields_concepts_and_records(editions):
    old, new = editions
    text = (new / CIS).read_text(encoding="utf-8")
    text = text.replace("operator: gmina-przykladow\n", "operator: gmina-przykladowice\n")
    text = text.replace("workshopType: sewing", "workshopType: carpentry")
    (new / CIS).write_text(text, encoding="utf-8")
    told = run(old, new, "--lang", "pl").stdout
    assert (
        "podmiot prowadzący (operator): „Gmina Miejska Przykładów” (gmina-przykladow) → „" in told
    )
    assert "rodzaj warsztatu (workshopType): warsztat krawiecki → warsztat stolarski" in told


def test_a_changed_kind_is_told(tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("- {type: Foundation, id: a, name: A}", encoding="utf-8")
    new.write_text("- {type: Association, id: a, name: A}", encoding="utf-8")
    assert "~ zmieniono: fundacja → stowarzyszenie „A” (a)" in run(old, new, "--lang", "pl").stdout
    (record,) = json.loads(run(old, new, "--format", "json").stdout)["records"]
    assert (record["formerType"], record["type"]) == ("Foundation", "Association")


def test_triples_outside_the_model_are_counted_whatever_their_blank_nodes(tmp_path):
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    es_lod.load(EXAMPLE).save(old)
    extent = "<http://purl.org/dc/terms/extent>"
    text = old.read_text(encoding="utf-8")
    old.write_text(f"{text}<https://x.pl/> {extent} [ {extent} 1 ] .\n", encoding="utf-8")
    new.write_text(f"<https://x.pl/> {extent} [ {extent} 1 ] .\n{text}", encoding="utf-8")
    assert run(old, new).exit_code == 0
    new.write_text(f"{text}<https://x.pl/> {extent} 2 .\n", encoding="utf-8")
    done = run(old, new, "--lang", "en")
    assert "Outside the model 1 triple of RDF added, 2 triples removed." in done.stdout
    assert done.exit_code == 1


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf"])
def test_forms_of_one_dataset_do_not_differ(suffix, tmp_path):
    path = tmp_path / f"visit.{suffix}"
    es_lod.load(EXAMPLE).save(path)
    done = run(EXAMPLE, path, "--lang", "pl")
    assert (done.exit_code, done.stdout) == (0, "Nic się nie zmieniło.\n")


def test_inputs_with_errors_are_not_compared(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("- {type: Foundation, id: a, name: A, nip: '1'}", encoding="utf-8")
    done = run(EXAMPLE, path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[invalid-nip]" in done.stderr
    assert run(EXAMPLE, tmp_path / "none.yaml").exit_code == 2


@settings(max_examples=40, deadline=None)
@given(datasets(), datasets())
def test_nothing_differs_only_between_equal_datasets(one, other):
    assert not difference(one, one)
    assert bool(difference(one, other)) == (one != other)
    rebuilt = Dataset(list(one), base=one.base)
    assert not difference(one, rebuilt)
