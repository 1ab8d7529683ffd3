"""The rules of Windows, simulated: names of files, case, code pages, line ends, open workbooks."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT
from tables import csv_text, write_csv, write_workbook

import es_lod
from es_lod import serialize
from es_lod.cli import commands
from es_lod.formats import FORMATS
from es_lod.iris import slug
from es_lod.readers.named import Source
from es_lod.tabular.columns import SETTINGS, part_tables, record_tables

ROWS = [["id", "typ", "nazwa"], ["laka", "fundacja", "Fundacja „Żółta Łąka” – źdźbło"]]
TABLES = [*(table.name for table in (*record_tables(), *part_tables())), SETTINGS]
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
FORBIDDEN = set('<>:"/\\|?*') | {chr(n) for n in range(32)}


def test_files_of_tables_are_legal_and_distinct_without_case():
    assert len({name.lower() for name in TABLES}) == len(TABLES)
    for name in TABLES:
        assert not DEVICES.fullmatch(f"{name}.csv")
        assert not FORBIDDEN & set(name)
        assert name == name.strip(" .")


def test_sheets_are_legal_and_distinct_without_case():
    # https://support.microsoft.com/office/rename-a-worksheet
    for name in TABLES:
        assert len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name.lower() != "history"


@pytest.mark.parametrize("device", ["con", "PRN", "Aux", "nul", "com1", "LPT9"])
def test_no_id_is_a_device(device):
    assert slug(device) == f"{device.lower()}-x"
    assert [p.code for p in es_lod.Dataset.read([_yaml(device.lower())]).problems] == ["invalid-id"]


def _yaml(id_):
    text = f"records: [{{type: Foundation, id: {id_}, name: Fundacja}}]"
    return Source("x.yaml", FORMATS["yaml"], io.BytesIO(text.encode()))


@pytest.mark.parametrize("name", ["DANE.CSV", "Dane.Csv", "DANE.XLSX"])
def test_suffixes_have_any_case(tmp_path, name):
    if name.lower().endswith("csv"):
        write_csv(tmp_path / name, ROWS)
    else:
        write_workbook(tmp_path / name, {"FUNDACJA": ROWS})
    assert len(es_lod.load(tmp_path / name)) == 1


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "ttl", "jsonld", "csv"])
def test_cr_lf_reads_as_lf(tmp_path, form):
    if form == "csv":
        text = csv_text([*ROWS, ["pole", "fundacja", "Fundacja\nPole"]])
    elif form in ("ttl", "jsonld"):
        text = es_lod.load(EXAMPLE).dumps(form)
    else:
        text = {
            "yaml": EXAMPLE.read_text(encoding="utf-8"),
            "json": '{"records": [\n{"type": "Foundation",\n"id": "x", "name": "X"}\n]}',
            "jsonl": '{"base": "https://a.pl/"}\n{"type": "Foundation", "id": "x", "name": "X"}\n',
        }[form]
    plain = text.replace("\r\n", "\n")
    loaded = []
    for n, lines in enumerate((plain, plain.replace("\n", "\r\n"))):
        path = tmp_path / f"{n}.{form}"
        path.write_bytes(lines.encode())
        loaded.append(es_lod.load(path))
    assert loaded[0] == loaded[1]
    assert len(loaded[0]) > 0


@pytest.mark.parametrize("page", ["cp852", "cp1250", "cp437"])
def test_any_code_page_prints(tmp_path, page):
    path = write_csv(tmp_path / "dane żółte.csv", [*ROWS, ["x", "fundacja", "", ""]])
    environment = {
        **os.environ,
        "PYTHONIOENCODING": page,
        "PYTHONUTF8": "0",
        "LANG": "pl_PL",
        "PYTHONPATH": str(ROOT / "src"),
    }
    for command in (["validate", str(path)], ["map", str(path)], ["--help"], ["map", "--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "es_lod.cli", *command],
            capture_output=True,
            env=environment,
            check=False,
        )
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr
        assert done.stdout or done.stderr
        done.stderr.decode(page)


@pytest.mark.parametrize("target", ["out.xlsx", "out.ttl", "out/"])
def test_an_output_that_excel_holds_open_is_told(tmp_path, monkeypatch, target):
    def locked(self, _):
        raise PermissionError(13, "The process cannot access the file", str(self))

    monkeypatch.setattr(Path, "replace", locked)
    arguments = ["map", str(EXAMPLE), "-o", f"{tmp_path}/{target}", "--lang", "pl"]
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 2
    assert "czy nie jest otwarty" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_input_that_excel_holds_open_is_told(tmp_path, monkeypatch):
    path = write_workbook(tmp_path / "dane.xlsx", {"fundacja": ROWS})
    opened = Path.open

    def locked(self, *arguments, **named):
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", locked)
    result = CliRunner().invoke(commands, ["validate", str(path), "--lang", "pl"])
    assert result.exit_code == 2
    assert "czy nie jest otwarty" in result.stdout
    assert "file-unreadable" in result.stdout


def test_lock_files_of_office_are_not_data(tmp_path):
    # Excel and LibreOffice put these beside an open file.
    write_workbook(tmp_path / "dane.xlsx", {"fundacja": ROWS})
    (tmp_path / "~$dane.xlsx").write_bytes(b"\x05Nazwa\0 " * 20)
    (tmp_path / ".~lock.dane.xlsx#").write_text(",uzytkownik,")
    dataset = es_lod.load(tmp_path)
    assert len(dataset) == 1
    assert dataset.problems == ()


def test_a_folder_is_told_by_either_slash(monkeypatch):
    assert serialize.output_format("out/").name == "csv"
    monkeypatch.setattr(serialize.os, "sep", "\\")
    assert serialize.output_format("C:\\dane\\out\\").name == "csv"
    assert PureWindowsPath("C:\\dane\\x.CSV").suffix.lower() == ".csv"
