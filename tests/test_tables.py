"""Tables in and out: nothing is lost, and every mistake is told at its cell."""

import errno
import gc
import io
import json
import re
import shutil
import tempfile

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT
from hypothesis import HealthCheck, given, settings
from strategies import datasets
from tables import csv_text, read_folder, write_csv, write_workbook
from test_mistakes import ARTICLE, COOPERATIVE, EVENT
from test_roundtrip import rdfc_hash, thorough

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.errors import InputError, Location
from es_lod.model import strings
from es_lod.namespaces import DEFAULT_BASE
from es_lod.readers.named import Source
from es_lod.tabular import write
from es_lod.validate.stages import shape_report

ORGANISATIONS = [
    ["typ", "Nazwa *", "numer KRS", "adres: miejscowość", "założyciele"],
    ["fundacja", "Fundacja „Łąka”", "413516", "Kraków", ""],
    ["spółdzielnia socjalna", "Spółdzielnia Socjalna Pole", "", "Tarnów", "fundacja łąka"],
]


def run(*arguments):
    return CliRunner().invoke(commands, list(map(str, arguments)))


def told(path, *options):
    result = run("validate", path, "--report", "json", *options)
    return [p for p in json.loads(result.stdout) if p["severity"] == "error"]


def codes(dataset):
    return [p.code for p in dataset.problems if p.severity == "error"]


# ---- nothing is lost


@pytest.mark.parametrize("source", [EXAMPLE, ROOT / "examples"], ids=["seed", "examples"])
def test_one_hash_over_yaml_json_csv_xlsx_and_turtle(source, tmp_path):
    dataset = es_lod.load(source)
    for name in ("data.ttl", "data.jsonld", "data.json", "data.xlsx", "data/"):
        if name == "data.json":  # records, also where no context makes JSON-LD of them
            tree = json.loads((tmp_path / "data.jsonld").read_text(encoding="utf-8"))
            tree["base"] = tree.pop("@context")["@base"]
            (tmp_path / name).write_text(json.dumps(tree), encoding="utf-8")
        else:
            result = run("map", source, "-o", f"{tmp_path}/{name}")
            assert result.exit_code == 0, result.output
        loaded = es_lod.load(tmp_path / name.rstrip("/"))
        assert loaded == dataset, name
        assert rdfc_hash(loaded.quads()) == rdfc_hash(dataset.quads())


@settings(thorough(60), suppress_health_check=list(HealthCheck))
@given(datasets())
def test_tables_come_back(tmp_path, dataset):
    for name in ("data.xlsx", "data/"):
        path = tmp_path / name
        dataset.save(f"{tmp_path}/{name}")
        loaded = es_lod.load(path)
        assert [p for p in loaded.problems if p.severity != "info"] == []
        assert loaded == dataset
        assert rdfc_hash(loaded.quads()) == rdfc_hash(dataset.quads())


def test_the_same_records_give_the_same_bytes(tmp_path):
    dataset = es_lod.load(EXAMPLE)
    for n in "12":
        dataset.save(tmp_path / f"{n}.xlsx")
        dataset.save(f"{tmp_path}/{n}/")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_csv_is_for_people(tmp_path):
    es_lod.load(EXAMPLE).save(f"{tmp_path}/out/")
    data = (tmp_path / "out" / "Organization.csv").read_bytes()
    assert data.startswith("\ufeffid;type;name".encode())
    assert b"\r\n" in data
    assert b"'+48" in (tmp_path / "out" / "contactPoint.csv").read_bytes()


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path):
    long = Dataset([es_lod.Foundation(id="x", name="Fundacja", description="a" * 40_000)])
    with pytest.raises(InputError, match="32"):
        long.save(tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
    long.save(f"{tmp_path}/x/")
    assert es_lod.load(tmp_path / "x") == long


def test_an_output_folder_holds_tables_only(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "praca.docx").touch()
    result = run("map", EXAMPLE, "-o", folder, "--lang", "en")
    assert result.exit_code == 2
    assert "folder-occupied" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["praca.docx"]
    (folder / "praca.docx").unlink()
    (folder / "Unit.csv").write_text("stale")
    assert run("map", ROOT / "examples/samorzady-i-urzedy.yaml", "-o", folder).exit_code == 0
    assert "Unit.csv" not in [path.name for path in folder.iterdir()]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_csv_is_a_folder(tmp_path):
    result = run("map", EXAMPLE, "-o", tmp_path / "x.csv", "--lang", "en")
    assert result.exit_code == 2
    assert "x/" in result.stderr
    assert run("map", EXAMPLE, "--format", "csv").exit_code == 2


# ---- what people write


@pytest.fixture(params=["csv", "xlsx"])
def table(request, tmp_path):
    """A function that writes rows as a table and loads it."""

    def load(rows, name="organizacje"):
        path = tmp_path / f"{name}.{request.param}"
        if request.param == "csv":
            write_csv(path, rows)
        else:
            write_workbook(path, {name: rows})
        return Dataset.read([path])

    return load


def test_labels_and_names_are_understood(table):
    dataset = table(ORGANISATIONS)
    assert codes(dataset) == []
    meadow = dataset["fundacja-laka-krakow"]
    assert meadow.krs == "0000413516"
    assert dataset["spoldzielnia-socjalna-pole-tarnow"].founders == (meadow.id,)


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("0000413516", None, None),
        ("413516", None, None),
        ("Fundacja Laka", None, None),
        ("Fundacja Łaka!", None, None),
        ("fundacja-laka-krakow", None, None),
        ("Fundacja Łąki", "unknown-name", "Fundacja „Łąka”"),
        ("0000000001", "unknown-name", None),
        ("fundacja-laka", "dangling-reference", "fundacja-laka-krakow"),
    ],
)
def test_references_by_id_name_or_number(table, written, code, hint):
    rows = [*ORGANISATIONS[:2], [*ORGANISATIONS[2][:-1], written]]
    dataset = table(rows)
    found = [(p.code, p.hint) for p in dataset.problems if p.severity == "error"]
    assert found == ([(code, hint)] if code else [])
    if not code:
        assert dataset["spoldzielnia-socjalna-pole-tarnow"].founders == ("fundacja-laka-krakow",)


def test_nobody_waits_for_hints_where_a_whole_file_is_missing(tmp_path):
    # A hint takes some milliseconds of a thousand names: the first mistakes have one.
    write_csv(tmp_path / "lista.csv", [
        ["id", "typ", "nazwa", "założyciele"],
        *([f"o{i}", "fundacja", f"Fundacja Łąka {i}", f"Fundacja Łonka {i}"] for i in range(150)),
    ])  # fmt: skip
    found = [p for p in es_lod.load(tmp_path).problems if p.code == "unknown-name"]
    assert [bool(p.hint) for p in found] == [True] * 100 + [False] * 50


def test_a_name_of_two_records_is_ambiguous(table):
    rows = [*ORGANISATIONS, ["fundacja", "Fundacja Łąka", "", "Gdańsk", ""]]
    (problem,) = [p for p in table(rows).problems if p.severity == "error"]
    assert problem.code == "ambiguous-name"
    assert problem.hint == "fundacja-laka-krakow, fundacja-laka-gdansk"


def test_names_are_found_across_files(tmp_path):
    rows = [["id", "typ", "nazwa"], ["laka", "fundacja", "Fundacja Łąka"]]
    write_csv(tmp_path / "fundacje.csv", rows, "cp1250", ",")
    (tmp_path / "pole.yaml").write_text(
        "records: [{type: Foundation, id: pole, name: Fundacja Pole, krs: 0000000001}]",
        encoding="utf-8",
    )
    (tmp_path / "las.nt").write_text(
        es_lod.Dataset([es_lod.Foundation(id="las", name="Fundacja Las")]).dumps("nt"),
        encoding="utf-8",
    )
    founders = "Fundacja Łąka; 0000000001; fundacja las"
    write_workbook(
        tmp_path / "spoldzielnie.xlsx",
        {
            "spółdzielnia socjalna": [
                ["id", "nazwa", "założyciele"],
                ["s", "Spółdzielnia", founders],
            ]
        },
    )
    dataset = es_lod.load(tmp_path)
    assert dataset["s"].founders == ("laka", "las", "pole")


def test_parts_come_from_their_own_table_and_from_dotted_columns(table, tmp_path):
    rows = [
        ["id", "typ", "nazwa", "dane kontaktowe: telefon", "adres: kod pocztowy"],
        ["laka", "fundacja", "Fundacja Łąka", 124220636, "30-070"],
    ]
    parts = [
        ["właściciel", "telefon", "rodzaj kontaktu"],
        ["Fundacja Łąka", "12 422 06 37", "sekretariat"],
    ]
    write_csv(tmp_path / "dane kontaktowe.csv", parts)
    dataset = table(rows)
    both = Dataset.read(
        [dataset.origin("laka").entry.locate((), False).file, tmp_path / "dane kontaktowe.csv"]
    )
    assert codes(both) == []
    found = {p.telephone: p.contact_type for p in both["laka"].contact_point}
    assert found == {"+48124220636": None, "+48124220637": "sekretariat"}
    assert both["laka"].address.postal_code == "30-070"


def test_rows_without_an_owner_are_told(tmp_path):
    write_csv(tmp_path / "fundacja.csv", [["id", "nazwa"], ["laka", "Fundacja Łąka"]])
    write_csv(tmp_path / "usługi.csv", [["właściciel", "nazwa"], ["las", "usługi leśne"]])
    (problem,) = told(tmp_path)
    assert problem["code"] == "unknown-owner"
    assert problem["location"]["line"] == 2
    assert problem["location"]["column"] == 1


def test_texts_in_languages_and_several_values(table):
    dataset = table(
        [
            ["id", "typ", "nazwa", "nazwa (en)", "name@uk", "inna nazwa", "adres: ulica i numer"],
            ["x", "Foundation", "Łąka", "Meadow", "Лука", r"A\;B; C; \\d", "ul. A; B"],
        ]
    )
    record = dataset["x"]
    assert dict(record.name) == {"pl": "Łąka", "en": "Meadow", "uk": "Лука"}
    assert dict(record.alternate_name) == {"pl": ("A;B", "C", r"\\d")}
    assert record.address.street_address == "ul. A; B"


def test_comments_and_empty_rows_are_not_read(table):
    rows = [["# wzór"], *ORGANISATIONS[:2], ["", "", ""], ["# przykład", "Fundacja X"]]
    assert len(table(rows)) == 1


def test_headers_that_are_wrong_are_told_once(table):
    rows = [
        ["id", "typ", "nazwaa", "NIP", "nip", "uwagi", ""],
        ["a", "fundacja", "Fundacja A", "", "", "x", "y"],
        ["b", "fundacja", "Fundacja B", "", "", "", "z"],
    ]
    found = [(p.code, p.value, p.hint) for p in table(rows).problems if p.severity == "error"]
    assert found == [
        ("unknown-column", "nazwaa", "nazwa"),
        ("duplicate-column", "nip", None),
        ("unknown-column", "uwagi", None),
        ("nameless-column", "y", None),
    ]


def test_a_required_column_is_missed_once(table):
    dataset = table([["id", "NIP", "KRS"], ["a", "5260250274", ""], ["b", "", "413516"]])
    assert [p.value for p in dataset.problems if p.severity == "error"] == ["type", "name"]
    assert len(dataset) == 0


@pytest.mark.parametrize(
    "cell", ["=1+1", "+48 12 422 06 36", "-", "@x", "'quoted'", "\tx", "'", "''a"]
)
def test_dangerous_cells_come_back(tmp_path, cell):
    dataset = Dataset([es_lod.Foundation(id="x", name="Fundacja", founding_note=f"{cell}.")])
    for name in ("x.xlsx", "x/"):
        dataset.save(f"{tmp_path}/{name}")
        assert es_lod.load(tmp_path / name) == dataset
    (text,) = [row[3] for row in read_folder(tmp_path / "x")["Organization"][1:]]
    assert text[0] not in "=+-@\t"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "dane.csv", ORGANISATIONS, encoding, delimiter)
    assert len(es_lod.load(path)) == 2


def test_standard_input_is_read_twice():
    text = csv_text(ORGANISATIONS).encode()
    result = CliRunner().invoke(commands, ["map", "-", "--from", "csv"], input=text)
    assert result.exit_code == 0, result.output
    assert "fundacja-laka-krakow" in result.stdout


def test_settings_hold_for_the_folder(tmp_path):
    write_csv(tmp_path / "ustawienia.csv", [["klucz", "wartość"], ["base", "https://a.pl/id/"]])
    write_csv(tmp_path / "dane.csv", ORGANISATIONS)
    assert es_lod.load(tmp_path).base == "https://a.pl/id/"
    write_csv(tmp_path / "ustawienia.csv", [["klucz", "wartość"], ["baza", "https://a.pl/id/"]])
    assert [p.code for p in Dataset.read([tmp_path]).refused] == ["unknown-setting"]


# ---- the seven mistakes


def spoilt(tables, name):
    """The tables of the seed with a mistake in them; returns table, row and column of it."""

    def cell(table, record, key, value):
        rows = tables[table]
        n = next(n for n, row in enumerate(rows) if row[0] == record)
        i = rows[0].index(key)
        rows[n][i] = value(rows[n][i]) if callable(value) else value
        return table, n, i

    def header(table, key, instead):
        i = tables[table][0].index(key)
        tables[table][0][i] = instead
        return table, 0, i

    match name:
        case "unknown-column":
            return header("Unit", "operatedSince", "operatedSinse")
        case "invalid-date":
            return cell("Article", ARTICLE, "datePublished", "2018-13-45")
        case "missing":
            cell("Event", EVENT, "name@en", "")
            return cell("Event", EVENT, "name", "")
        case "dangling-reference":
            return cell("Organization", COOPERATIVE, "founders", lambda old: old[:-1])
        case "duplicate-id":
            tables["Organization"].append(["rops-krakow", "PublicBody", "ROPS"])
            return "Organization", len(tables["Organization"]) - 1, 0
        case "invalid-nip":
            for row in tables["Organization"]:
                row.append("")
            tables["Organization"][0][-1] = "nip"
            return cell("Organization", COOPERATIVE, "nip", "5260250275")
        case _:
            return cell("Event", EVENT, "endDate", "2018-06-18")


MISTAKES = (
    "unknown-column",
    "invalid-date",
    "missing",
    "dangling-reference",
    "duplicate-id",
    "invalid-nip",
    "end-before-start",
)


@pytest.fixture
def seed(tmp_path):
    es_lod.load(EXAMPLE).save(f"{tmp_path}/seed/")
    tables = read_folder(tmp_path / "seed")
    shutil.rmtree(tmp_path / "seed")
    return tables


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_workbook_is_told_with_sheet_and_cell(name, seed, tmp_path):
    table, n, i = spoilt(seed, name)
    path = write_workbook(tmp_path / "seed.xlsx", seed)
    (problem,) = told(path)
    assert problem["code"] == name
    place = {"file": str(path), "line": None, "column": None, "sheet": table}
    assert problem["location"] == {**place, "cell": f"{chr(ord('A') + i)}{n + 1}"}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_csv_is_told_with_line_and_column(name, seed, tmp_path):
    table, n, i = spoilt(seed, name)
    for stem, rows in seed.items():
        write_csv(tmp_path / f"{stem}.csv", rows)
    (problem,) = told(tmp_path)
    place = problem["location"]
    assert problem["code"] == name
    assert place["file"] == str(tmp_path / f"{table}.csv")
    lines = csv_text(seed[table]).split("\r\n")
    before = csv_text([[*seed[table][n][:i], ""]]).removesuffix("\r\n") if i else ""
    assert place["line"] == n + 1
    assert place["column"] == len(before) + 1
    assert lines[n].startswith(before)


def test_the_report_on_a_workbook_is_polish(seed, tmp_path):
    spoilt(seed, "invalid-nip")
    path = write_workbook(tmp_path / "seed.xlsx", seed)
    text = run("validate", path, "--lang", "pl").stdout
    assert f"{path}[Organization!" in text
    assert "nie jest poprawnym NIP" in text


@pytest.mark.parametrize("name", ["missing", "end-before-start", "invalid-nip"])
def test_the_same_mistake_found_by_the_shapes_alone_has_the_same_place(
    name, seed, tmp_path, monkeypatch
):
    if name == "invalid-nip":
        # The class takes the number, so that the shapes get to see it.
        monkeypatch.setattr(strings.NipKind, "rule", staticmethod(str))
    table, n, i = spoilt(seed, name)
    path = write_workbook(tmp_path / "seed.xlsx", seed)
    (problem,) = shape_report(Dataset.read([path])).errors
    assert problem.code == name
    assert problem.location == Location(str(path), sheet=table, cell=f"{chr(ord('A') + i)}{n + 1}")


@pytest.mark.parametrize("at", ["write", "seek"])
def test_where_there_is_no_room_for_rows_is_told(monkeypatch, tmp_path, at):
    """Small files are written when they are first read."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = type("Full", (io.StringIO,), {at: full})
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_, **__: file())
    with pytest.raises(InputError, match=re.escape(f"({tmp_path})")):
        Dataset.load(EXAMPLE).save(tmp_path / "tables.xlsx")


def test_a_workbook_that_there_is_no_room_for_leaves_nothing(monkeypatch, tmp_path, capfd):
    """Nor does it speak of it later: what is half written is not left to the collector."""

    class Full(io.BytesIO):
        def write(self, data):
            if self.tell() + len(data) > 3000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Full() as out, pytest.raises(OSError, match=r"No space left on device$"):
        write.write_workbook(Dataset.load(EXAMPLE), out, DEFAULT_BASE)
    gc.collect()
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


class Failing(io.FileIO):
    """A file with a part that cannot be read; the end is right, where archives begin."""

    def readinto(self, buffer):
        if self.tell() <= 20_000 < self.tell() + len(buffer):
            raise OSError(errno.EIO, "Input/output error")
        return super().readinto(buffer)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_input_that_fails_while_it_is_read_is_what_is_told(monkeypatch, tmp_path, suffix):
    """Not the output, which is written meanwhile."""
    path, out = tmp_path / f"organisations.{suffix}", tmp_path / "out.nt"
    rows = [["id", "type", "name"]] + [[f"a{n}", "Organization", f"N {n}"] for n in range(9000)]
    if suffix == "csv":
        path.write_text(csv_text(rows), encoding="utf-8")
    else:
        write_workbook(path, {"organisations": rows})
    monkeypatch.setattr(Source, "open", lambda source: io.BufferedReader(Failing(source.name)))
    result = run("map", path, "-o", out, "--lang", "en")
    assert f"{path}: error: The file cannot be read (Input/output error)" in result.stderr
    assert result.exit_code == 2
    assert not out.exists()
