"""What is left out comes back in its own form, and mended it makes the whole again."""

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT
from tables import csv_text, write_csv, write_workbook

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.personal import MASK
from es_lod.readers.xlsx import workbook_grids

PESEL = "44051401359"
WRONG, RIGHT = "2018-13-45", "2018-06-20"
HEAD = ["id", "typ", "nazwa", "NIP", "uwaga o założeniu"]
GOOD = ["a", "fundacja", "Fundacja A", "5260250274", ""]
BAD = ["b", "fundacja", "Fundacja; „B”\nz Tarnowa", "5260250275", "=1+1"]


def run(*arguments, given=None):
    return CliRunner().invoke(commands, [str(a) for a in arguments], input=given)


def go_on(*inputs, out, lang="pl"):
    return run("map", *inputs, "-o", out, "--keep-going", "--lang", lang)


def sheets_of(path):
    """The sheets of a workbook as rows of cells."""
    grids = workbook_grids(str(path), lambda: path.open("rb"))
    return {grid.name: [list(row.cells) for row in grid.rows()] for grid in grids}


def replaced(path: Path, old: str, new: str):
    """Put one text for another in a file of any form."""
    if path.suffix == ".xlsx":
        found = {
            name: [[c.replace(old, new) if isinstance(c, str) else c for c in row] for row in rows]
            for name, rows in sheets_of(path).items()
        }
        write_workbook(path, found)
    else:
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def spoil(dataset: Dataset, path: Path) -> None:
    """Save a dataset and make a date wrong wherever it stands."""
    if path.suffix in {".jsonl", ".json", ".yaml"}:
        dataset.save(path.with_suffix(".jsonld"))
        document = json.loads(path.with_suffix(".jsonld").read_text(encoding="utf-8"))
        path.with_suffix(".jsonld").unlink()
        records = document["records"]
        settings = {"base": dataset.base}
        if path.suffix == ".jsonl":
            lines = [json.dumps(item, ensure_ascii=False) for item in [settings, *records]]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:  # JSON is YAML
            path.write_text(json.dumps({**settings, "records": records}), encoding="utf-8")
    else:
        dataset.save(f"{path}/" if not path.suffix else path)
    for file in path.iterdir() if path.is_dir() else [path]:
        replaced(file, RIGHT, WRONG)


FORMS = ["yaml", "json", "jsonl", "jsonld", "xlsx", "ttl", "nt", ""]


@pytest.mark.parametrize("source", [EXAMPLE, ROOT / "examples"], ids=["seed", "examples"])
@pytest.mark.parametrize("form", FORMS, ids=[form or "csv" for form in FORMS])
def test_output_and_mended_rejects_are_the_whole(form, source, tmp_path):
    whole = es_lod.load(source)
    path = tmp_path / (f"data.{form}" if form else "data")
    spoil(whole, path)
    done = go_on(path, out=tmp_path / "out.ttl")
    assert done.exit_code == 1, done.output
    rejected = tmp_path / "out.rejected"
    written = {record.id for record in es_lod.Dataset.read([tmp_path / "out.ttl"])}
    assert 0 < len(written) < len(whole)

    unmended = go_on(tmp_path / "out.ttl", rejected, out=tmp_path / "still.ttl")
    assert unmended.exit_code == 1
    assert {r.id for r in Dataset.read([tmp_path / "still.ttl"])} == written

    for file in rejected.iterdir():
        replaced(file, WRONG, RIGHT)
    mended = Dataset.read([rejected], base=whole.base)
    assert {record.id for record in mended} == {record.id for record in whole} - written
    assert {p.code for p in mended.problems if p.severity == "error"} <= {"dangling-reference"}
    assert es_lod.load(tmp_path / "out.ttl", rejected) == whole


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "cp1250"), (";", "utf-8"), ("\t", "utf-16")]
)
def test_rows_come_back_as_they_stood(delimiter, encoding, tmp_path):
    path = write_csv(tmp_path / "dane.csv", [HEAD, GOOD, BAD], encoding, delimiter)
    go_on(path, out=tmp_path / "out.ttl")
    data = (tmp_path / "out.rejected" / "dane.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.startswith(csv_text([[*HEAD, "problem"]], delimiter))
    (row,) = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))[1:]
    assert row[:-1] == BAD
    assert row[-1].startswith("nip: „5260250275” nie jest poprawnym NIP: ")


def test_part_rows_go_with_their_record_and_alone_without_one(tmp_path):
    folder = tmp_path / "dane"
    folder.mkdir()
    write_csv(folder / "organizacje.csv", [HEAD, GOOD, BAD])
    parts = [["właściciel", "telefon"], ["a", "124220636"], ["b", "12"], ["x", "124220638"]]
    write_csv(folder / "dane kontaktowe.csv", parts)
    go_on(folder, out=tmp_path / "out.ttl", lang="en")
    rejected = tmp_path / "out.rejected"
    contacts = (rejected / "dane kontaktowe.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[:2] for line in contacts[1:]] == [["b", "12"], ["x", "124220638"]]
    assert "telephone" in contacts[1]
    assert "telephone" not in (rejected / "organizacje.csv").read_text(encoding="utf-8")


def test_a_workbook_comes_back_with_marks(tmp_path):
    path = write_workbook(
        tmp_path / "dane.xlsx",
        {
            "organizacje": [HEAD, GOOD, [*BAD[:4], 12.5]],
            "ustawienia": [["klucz", "wartość"], ["base", "https://a.test/id/"]],
        },
    )
    go_on(path, out=tmp_path / "out.ttl", lang="en")
    found = tmp_path / "out.rejected" / "dane.xlsx"
    sheets = sheets_of(found)
    assert sheets["organizacje"][0] == [*HEAD, "problem"]
    assert sheets["organizacje"][1][:-1] == [*BAD[:4], 12.5]
    assert sheets["settings"] == [
        ["key", "value"],
        ["base", "https://a.test/id/"],
        ["language", "pl"],
    ]
    with zipfile.ZipFile(found) as archive:
        comments = archive.read("xl/comments1.xml").decode()
    assert re.findall('ref="([A-Z0-9]+)"', comments) == ["D2", "E2"]
    assert "NIP" in comments


def test_lines_keep_their_own_text(tmp_path):
    lines = [
        '{"base": "https://a.test/id/"}',
        '{"type": "Foundation", "id": "a", "name": "A"}',
        '{ "type":"Foundation","id":"b", "nip": 1.50e1 ,"name":"B","name":"C" }',
        '{"type": "Foundation", "id": "c"',
        "17",
    ]
    path = tmp_path / "dane.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = go_on(path, out=tmp_path / "out.ttl", lang="en")
    assert "Read 4 records, wrote 1, left out 3 (" in done.stderr
    found = (tmp_path / "out.rejected" / "dane.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(found[0])["base"] == "https://a.test/id/"
    assert found[1].startswith(lines[2].removesuffix(" }") + ', "$problem": ["')
    assert found[2:] == lines[3:]
    again = go_on(tmp_path / "out.rejected", out=tmp_path / "again.ttl", lang="en")
    assert again.exit_code == 1
    text = (tmp_path / "again.rejected" / "dane.jsonl").read_text(encoding="utf-8").splitlines()
    assert text == found


def test_rows_that_cannot_be_parsed_are_kept_as_text(tmp_path):
    path = tmp_path / "dane.csv"
    path.write_text('id;typ;nazwa\na;fundacja;"A" b\nb;fundacja;B\nc;fundacja;"C\n', "utf-8")
    done = go_on(path, out=tmp_path / "out.ttl")
    assert "Wczytano 3 rekordy, zapisano 1, pominięto 2 (" in done.stderr
    text = (tmp_path / "out.rejected" / "dane.unread.txt").read_text(encoding="utf-8")
    assert text == 'a;fundacja;"A" b\nc;fundacja;"C\n'


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "yaml", "nt"])
def test_a_pesel_is_not_written_and_its_mask_is_refused(form, tmp_path):
    path = tmp_path / f"dane.{form}"
    note = f"Prezes {PESEL}"
    if form == "csv":
        write_csv(path, [[*HEAD, "PESEL"], [*GOOD[:4], note, PESEL]])
    elif form == "xlsx":
        write_workbook(path, {"organizacje": [[*HEAD, "PESEL"], [*GOOD[:4], note, int(PESEL)]]})
    elif form == "nt":
        text = Dataset([es_lod.Foundation(id="a", name="A", founding_note="nota")]).dumps("nt")
        path.write_text(text.replace("nota", note), encoding="utf-8")
    else:
        record = {"type": "Foundation", "id": "a", "name": "A", "foundingNote": note}
        path.write_text(json.dumps({**record, "uwagi": int(PESEL)}), encoding="utf-8")
    go_on(path, out=tmp_path / "out.ttl")
    rejected = tmp_path / "out.rejected"
    if form == "xlsx":
        shown = str(sheets_of(rejected / "dane.xlsx"))
    else:
        shown = "".join(file.read_text(encoding="utf-8") for file in rejected.iterdir())
    assert f"Prezes {MASK}" in shown
    assert PESEL not in shown
    assert "Numer PESEL jest daną osobową" in shown
    told = Dataset.read([rejected]).problems
    assert "pesel" in [p.code for p in told]
    for file in rejected.iterdir():
        assert PESEL.encode() not in file.read_bytes()


def test_a_pesel_in_a_value_that_another_hides_is_not_written(tmp_path):
    path = tmp_path / "dane.jsonl"
    path.write_text(f'{{"type": "Foundation", "id": "a", "name": "{PESEL}", "name": "A"}}\n')
    go_on(path, out=tmp_path / "out.ttl")
    text = (tmp_path / "out.rejected" / "dane.jsonl").read_text(encoding="utf-8")
    assert PESEL not in text
    assert text.count('"name": "A"') == 2


def test_a_telephone_is_no_pesel(tmp_path):
    head = ["id", "typ", "nazwa", "NIP", "dane kontaktowe: telefon"]
    number = "48010112340"  # check digit and date of a PESEL
    path = write_csv(tmp_path / "dane.csv", [head, [*BAD[:4], number]])
    go_on(path, out=tmp_path / "out.ttl")
    assert number in (tmp_path / "out.rejected" / "dane.csv").read_text(encoding="utf-8")


def test_nothing_rejected_leaves_no_folder_and_a_folder_is_not_replaced(tmp_path):
    path = write_csv(tmp_path / "dane.csv", [HEAD, GOOD])
    done = go_on(path, out=tmp_path / "out.ttl", lang="en")
    assert done.exit_code == 0
    assert "Read 1 record, wrote 1, left out 0.\n" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dane.csv", "out.ttl"]
    write_csv(path, [HEAD, BAD])
    assert go_on(path, out=tmp_path / "out.ttl").exit_code == 1
    before = (tmp_path / "out.rejected" / "dane.csv").read_bytes()
    again = go_on(path, out=tmp_path / "out.ttl")
    assert again.exit_code == 2
    assert "[rejected-exists]" in again.stderr
    assert (tmp_path / "out.rejected" / "dane.csv").read_bytes() == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_dangling_reference_rejects_nothing(tmp_path):
    path = tmp_path / "dane.yaml"
    path.write_text("records: [{type: Foundation, id: a, name: A, founders: [x]}]", "utf-8")
    done = go_on(path, out=tmp_path / "out.ttl")
    assert (done.exit_code, "[dangling-reference]" in done.stderr) == (1, True)
    assert not (tmp_path / "out.rejected").exists()


def test_standard_output_has_rejects_only_by_name(tmp_path):
    given = csv_text([HEAD, GOOD, BAD]).encode()
    done = run("map", "-", "--from", "csv", "--rejected", tmp_path / "złe", given=given)
    assert (done.exit_code, "id:a a" in done.stdout) == (1, True)
    assert [p.name for p in (tmp_path / "złe").iterdir()] == ["stdin.csv"]
    done = run("map", "-", "--from", "csv", "--keep-going", "--lang", "pl", given=given)
    assert done.stderr.endswith("Wczytano 2 rekordy, zapisano 1, pominięto 1.\n")


def test_files_of_one_name_and_settings_stay_apart(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        write_csv(tmp_path / name / "dane.csv", [HEAD, [name, *BAD[1:]]])
        settings = [["key", "value"], ["base", f"https://{name}.test/"]]
        write_csv(tmp_path / name / "settings.csv", settings)
    go_on(tmp_path / "a", tmp_path / "b", out=tmp_path / "out.ttl")
    rejected = tmp_path / "out.rejected"
    found = sorted(str(p.relative_to(rejected)) for p in rejected.rglob("*.csv"))
    assert found == ["2/dane.csv", "2/settings.csv", "dane.csv", "settings.csv"]
    assert "https://b.test/" in (rejected / "2" / "settings.csv").read_text(encoding="utf-8")


def test_a_nested_record_is_left_out_alone(tmp_path):
    path = tmp_path / "dane.yaml"
    path.write_text(
        "- type: Association\n  id: a\n  name: A\n  operates:\n"
        "  - {type: SocialIntegrationClub, id: kis}\n"
        "  - {type: SocialIntegrationClub, id: kis2, name: KIS 2}\n",
        encoding="utf-8",
    )
    go_on(path, out=tmp_path / "out.ttl")
    lines = (tmp_path / "out.rejected" / "dane.jsonl").read_text(encoding="utf-8").splitlines()
    (kis,) = [json.loads(line) for line in lines[1:]]
    assert {key: kis[key] for key in ("id", "type", "operator")} == {
        "id": "kis",
        "type": "SocialIntegrationClub",
        "operator": "a",
    }


def test_a_run_that_could_not_read_an_input_says_so_and_writes_nothing(tmp_path):
    path = write_csv(tmp_path / "dane.csv", [HEAD, BAD])
    done = go_on(tmp_path / "brak.csv", path, out=tmp_path / "out.ttl")
    assert done.exit_code == 2
    assert "Nie udało się wczytać wszystkich danych: 2 błędy" in done.stderr
    assert "nie są zgodne" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["dane.csv"]
    validated = run("validate", tmp_path / "brak.csv", "--lang", "en")
    assert validated.stdout.splitlines()[-1].startswith(
        "Not all of the data could be read: 1 error"
    )
