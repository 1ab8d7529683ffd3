"""Tables that an attacker thought of: nothing is lost, joined wrongly or destroyed silently."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from tables import write_csv, write_workbook

from es_lod import Dataset
from es_lod.cli import commands
from es_lod.model.concepts import nearest_notation

HEADER = ["id", "typ", "nazwa"]


def run(*arguments):
    return CliRunner().invoke(commands, [*map(str, arguments), "--lang", "en"])


def errors(dataset):
    return [problem.code for problem in dataset.problems if problem.severity == "error"]


@pytest.mark.parametrize("output", ["data", "data/", "data/../data"])
def test_an_output_folder_never_takes_the_place_of_inputs(tmp_path, monkeypatch, output):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    write_csv(folder / "Organization.csv", [HEADER, ["a", "fundacja", "A"]])
    before = (folder / "Organization.csv").read_bytes()
    for item in ("data", "data/Organization.csv", "."):
        result = run("map", item, "-o", output)
        assert result.exit_code == 2, result.output
    assert (folder / "Organization.csv").read_bytes() == before


def test_an_output_folder_with_other_tables_is_refused(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "uwagi.csv").write_text("notatki")
    path = write_csv(tmp_path / "x.csv", [HEADER, ["a", "fundacja", "A"]])
    result = run("map", path, "-o", folder)
    assert result.exit_code == 2
    assert "folder-occupied" in result.stderr
    assert (folder / "uwagi.csv").read_text() == "notatki"


def book(path, base, name, services=()):
    sheets = {
        "organizacja": [HEADER, ["x", "fundacja", name]],
        "ustawienia": [["klucz", "wartość"], ["base", base]],
    }
    if services:
        sheets["usługi"] = [["właściciel", "nazwa"], *services]
    return write_workbook(path, sheets)


def test_records_of_two_bases_keep_their_own_parts_and_names(tmp_path):
    book(tmp_path / "a.xlsx", "https://a.example/", "Alfa")
    book(tmp_path / "b.xlsx", "https://b.example/", "Beta", [["x", "usługa Bety"]])
    write_workbook(
        tmp_path / "c.xlsx",
        {
            "organizacja": [
                [*HEADER, "organizacja nadrzędna"],
                ["y", "fundacja", "Gamma", "Alfa"],
                ["z", "fundacja", "Delta", "Gamma"],
            ],
            "ustawienia": [["klucz", "wartość"], ["base", "https://b.example/"]],
        },
    )
    dataset = Dataset.read([tmp_path])
    assert errors(dataset) == []
    triples = {
        (q.subject.value, q.predicate.value.rpartition("#")[2], str(q.object))
        for q in dataset.quads()
    }
    parts = {(s, o) for s, p, o in triples if p.endswith("service")}
    assert parts == {("https://b.example/x", "<https://b.example/x#services-usluga-bety>")}
    within = {(s, o) for s, p, o in triples if p == "subOrganizationOf"}
    assert within == {
        ("https://b.example/y", "<https://a.example/x>"),
        ("https://b.example/z", "<https://b.example/y>"),
    }


def test_marks_alone_are_no_name(tmp_path):
    rows = [
        [*HEADER, "organizacja nadrzędna"],
        ["a", "fundacja", "!!!", ""],
        ["b", "fundacja", "Beta", "???"],
    ]
    dataset = Dataset.read([write_csv(tmp_path / "x.csv", rows)])
    assert errors(dataset) == ["unknown-name"]


@pytest.mark.parametrize(
    ("header", "cells", "code"),
    [
        (["nazwa", "name@pl"], ["A", "B"], "not-one-value"),
        (["nazwa", "name@pl"], ["A", "A"], None),
        (["nazwa", "name@en", "nazwa (en)"], ["A", "B", "C"], "duplicate-column"),
        (["nazwa", "inna nazwa", "alternateName@pl"], ["A", "B", "C"], None),
        (["nazwa", "alternateName@en", "inna nazwa (en)"], ["A", "B", "C"], None),
    ],
)
def test_two_columns_of_one_text_are_told_or_kept(tmp_path, header, cells, code):
    rows = [["id", "typ", *header], ["x", "fundacja", *cells]]
    dataset = Dataset.read([write_csv(tmp_path / "x.csv", rows)])
    assert errors(dataset) == ([code] if code else [])
    if not code and len(header) > 2:
        texts = [text for several in dataset["x"].alternate_name.values() for text in several]
        assert texts == ["B", "C"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["base", "https://a.example/"]], None),
        ([["klucz", "wartość"], ["base", "https://a.example/"]], None),
        (
            [["klucz", "wartość"], ["base", "https://a.example/"], ["base", "https://b.example/"]],
            "duplicate-key",
        ),
        ([["klucz", "wartość"], ["base", "a.example"]], "invalid-base"),
    ],
)
def test_settings_are_read_whole_or_refused(tmp_path, rows, code):
    write_csv(tmp_path / "ustawienia.csv", rows)
    write_csv(tmp_path / "dane.csv", [HEADER, ["a", "fundacja", "A"]])
    dataset = Dataset.read([tmp_path])
    assert [problem.code for problem in dataset.refused] == ([code] if code else [])
    assert code or dataset.base == "https://a.example/"


def test_two_tables_of_settings_do_not_outdo_each_other(tmp_path):
    for name, base in (("ustawienia", "https://a.example/"), ("settings", "https://b.example/")):
        write_csv(tmp_path / f"{name}.csv", [["key", "value"], ["base", base]])
    write_csv(tmp_path / "dane.csv", [HEADER, ["a", "fundacja", "A"]])
    assert [p.code for p in Dataset.read([tmp_path]).refused] == ["duplicate-key"]


def test_a_broken_table_of_settings_is_refused(tmp_path):
    (tmp_path / "settings.csv").write_text('key;value\nbase;"https://a.example/"y\n')
    write_csv(tmp_path / "dane.csv", [HEADER, ["a", "fundacja", "A"]])
    assert [p.code for p in Dataset.read([tmp_path]).refused] == ["syntax"]


def test_a_persons_own_column_problem_is_not_passed_over(tmp_path):
    rows = [[HEADER[0], "problem", *HEADER[1:]], ["a", "ubóstwo", "fundacja", "A"]]
    path = write_csv(tmp_path / "x.csv", rows)
    assert errors(Dataset.read([path])) == ["unknown-column"]
    (tmp_path / "k.yaml").write_text("type: fundacja\ncolumns: {problem: opis}\n", encoding="utf-8")
    described = Dataset.read([path], columns=tmp_path / "k.yaml")
    assert dict(described["a"].description) == {"pl": "ubóstwo"}


def test_blank_rows_and_repeated_headers_are_no_records(tmp_path):
    rows = [
        ["nazwa", "opis"],
        ["Fundacja A", ""],
        [" ", "\u00a0"],
        ["nazwa", "opis"],
        ["Fundacja B", "x"],
    ]
    dataset = Dataset.read([write_csv(tmp_path / "Foundation.csv", rows)])
    assert [str(record.name) for record in dataset] == ["Fundacja A", "Fundacja B"]


@pytest.mark.parametrize("rows", [8, 150, 1500])
def test_names_of_one_another_end_soon(tmp_path, rows):
    header = ["typ", "nazwa", "organizacja nadrzędna"]
    same = [header, *(["fundacja", "OSP", "OSP"] for _ in range(rows))]
    chain = [header, *(["fundacja", f"OSP {n}", f"OSP {n + 1}"] for n in range(rows))]
    for table in (same, chain):
        began = time.monotonic()
        dataset = Dataset.read([write_csv(tmp_path / "x.csv", table)])
        assert time.monotonic() - began < 60
        assert errors(dataset)


def test_a_number_without_all_its_digits_makes_no_id(tmp_path):
    rows = [["No", "Nazwa"], [12345678901234567, "Fundacja A"]]
    path = write_workbook(tmp_path / "x.xlsx", {"dane": rows})
    (tmp_path / "k.yaml").write_text(
        "type: fundacja\ncolumns: {Nazwa: nazwa}\nconstants: {id: 'm-{No}'}\n", encoding="utf-8"
    )
    assert errors(Dataset.read([path], columns=tmp_path / "k.yaml")) == ["not-text"]


def test_a_folder_within_a_folder_is_told_where_it_has_data(tmp_path):
    write_csv(tmp_path / "dane.csv", [HEADER, ["a", "fundacja", "A"]])
    for name in ("2", "notatki"):
        (tmp_path / name).mkdir()
    write_csv(tmp_path / "2" / "dane.csv", [HEADER, ["b", "fundacja", "B"]])
    (tmp_path / "notatki" / "x.docx").touch()
    told = [(p.code, p.value) for p in Dataset.read([tmp_path]).problems]
    assert told == [("file-skipped", "2/")]


def test_an_unknown_name_of_a_unit_is_told_as_such(tmp_path):
    rows = [[*HEADER, "operates"], ["f", "fundacja", "Fundacja Łąka", "CIS Łąka; CIS Pole"]]
    units = [HEADER, ["cis-laka", "centrum integracji społecznej", "CIS Łąka"]]
    write_csv(tmp_path / "units.csv", units)
    dataset = Dataset.read([write_csv(tmp_path / "x.csv", rows), tmp_path / "units.csv"])
    told = [(p.code, p.value) for p in dataset.problems if p.severity == "error"]
    assert told == [("unknown-name", "CIS Pole")]
    assert dataset["cis-laka"].operator == "f"


def test_rejected_rows_keep_the_row_of_their_header(tmp_path):
    rows = [["Spis fundacji"], ["Nr", "Nazwa", "NIP"], ["1", "A", "5260250274"], ["2", "B", "123"]]
    (tmp_path / "k.yaml").write_text(
        "type: fundacja\nheader: 2\ncolumns: {Nazwa: nazwa, NIP: NIP}\nconstants: {id: 'f-{Nr}'}\n"
    )
    paths = [
        write_csv(tmp_path / "a.csv", rows),
        write_workbook(tmp_path / "b.xlsx", {"spis": rows}),
    ]
    for path in paths:
        left = tmp_path / f"{path.stem}.rejected"
        output = tmp_path / f"{path.stem}.ttl"
        run("map", path, "--columns", tmp_path / "k.yaml", "-o", output, "--keep-going")
        told = Dataset.read([left], columns=tmp_path / "k.yaml").problems
        assert [p.code for p in told if p.severity == "error"] == ["invalid-nip"]


def test_a_record_in_rdf_and_in_a_table_is_one(tmp_path):
    path = write_csv(tmp_path / "x.csv", [HEADER, ["a", "fundacja", "Fundacja Łąka"]])
    Dataset.read([path]).save(tmp_path / "x.nt")
    rows = [[*HEADER, "organizacja nadrzędna"], ["b", "fundacja", "B", "Fundacja Łąka"]]
    dataset = Dataset.read([tmp_path / "x.nt", path, write_csv(tmp_path / "y.csv", rows)])
    assert errors(dataset) == ["duplicate-id"]
    assert dataset["b"].part_of == "a"


def test_names_between_commas_are_suggested_between_semicolons(tmp_path):
    rows = [
        [*HEADER, "założyciele"],
        ["a", "fundacja", "Fundacja A", ""],
        ["b", "fundacja", "Fundacja B", ""],
        ["c", "spółdzielnia socjalna", "Spółdzielnia Socjalna C", "Fundacja A, b"],
    ]
    (problem,) = [
        p
        for p in Dataset.read([write_csv(tmp_path / "x.csv", rows)]).problems
        if p.severity == "error"
    ]
    assert (problem.code, problem.hint) == ("unknown-name", "Fundacja A; b")


@pytest.mark.parametrize(
    ("scheme", "word", "notation"),
    [
        ("entity-kind", "OPS", None),
        ("entity-kind", "ośrodek pomocy społecznej", None),
        ("event-type", "wizyta studyjn", "study-visit"),
    ],
)
def test_a_hint_is_no_chance_likeness(scheme, word, notation):
    assert nearest_notation(scheme, word) == notation


def test_a_folder_comes_back_where_its_swap_fails(tmp_path, monkeypatch):
    path = write_csv(tmp_path / "x.csv", [HEADER, ["a", "fundacja", "A"]])
    folder = tmp_path / "out"
    assert run("map", path, "-o", f"{folder}/").exit_code == 0
    before = {child.name: child.read_bytes() for child in folder.iterdir()}
    replace = Path.replace

    def locked(self, target):
        if self.parent == tmp_path and Path(target) == folder:
            raise PermissionError(13, "locked")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    assert run("map", path, "-o", folder).exit_code == 2
    assert {child.name: child.read_bytes() for child in folder.iterdir()} == before
    assert sorted(child.name for child in tmp_path.iterdir()) == ["out", "x.csv"]
