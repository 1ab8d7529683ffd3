"""The corpus of broken inputs: what is told of each, where, and in words that are whole."""

import csv
import io
import json
import re
import shlex
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from es_lod import Dataset, Problem
from es_lod.cli import commands
from es_lod.labels import shape_messages
from es_lod.messages import CATALOGUE
from es_lod.reference.cases import FOLDER, Case, Expected, cases, good_files
from es_lod.validate.terms import lint_context

FORMATS = ("yaml", "json", "jsonl", "jsonld", "ttl", "nt", "rdf", "trig", "csv", "xlsx")
FEWEST = 150


def by_name(case: Case) -> str:
    return f"{case.file}: {case.name}"


def write_workbook(path: Path, case: Case) -> None:
    """The table of a case as the one sheet of a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(path.stem)
        for n, row in enumerate(csv.reader(case.text.splitlines(), delimiter=";")):
            for i, cell in enumerate(row):
                if cell.startswith("⟨"):
                    write_cell(book, (sheet, n, i), cell.strip("⟨⟩"))
                elif cell:
                    sheet.write_string(n, i, cell)
        if case.encoding == "merged":
            sheet.merge_range("I2:I3", "Przykładowo")
        if case.encoding == "macros":
            book.add_vba_project(io.BytesIO(b"no macro"), is_stream=True)
    if case.encoding == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def write_cell(book: Any, place: tuple[Any, int, int], shown: str) -> None:
    """What is no text: an error, a formula without its result, a date as shown, or a number."""
    sheet, *at = place
    if shown.startswith(("=", "#")):
        result = "" if shown.startswith("=") else shown
        sheet.write_formula(*at, shown.replace("#N/A", "=NA()"), None, result)
    elif re.fullmatch(r"[0-9]{2}\.[0-9]{2}", shown):
        sheet.write_datetime(*at, date(2018, 6, 19), book.add_format({"num_format": "dd.mm"}))
    elif re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", shown):
        day = date.fromisoformat(shown)
        sheet.write_datetime(*at, day, book.add_format({"num_format": "yyyy-mm-dd"}))
    else:
        sheet.write_number(*at, float(shown))


def validated(path: Path) -> list[Problem]:
    if path.name == "kolumny.yaml":
        return list(Dataset.read([FOLDER / "obce.csv"], columns=path).validate())
    return list(Dataset.read([path]).validate())


def known_of(path: Path) -> frozenset[str]:
    """What is told of a good file: of concepts, that no record carries them."""
    return frozenset(["not-carried-over"] if path.name == "concepts.ttl" else [])


def of_file(case: Case, folder: Path) -> list[Problem]:
    """What is told of the file of a case, beside what is told of the good one."""
    path = folder / case.file
    if path.suffix == ".xlsx":
        write_workbook(path, case)
    else:
        path.write_bytes(case.data)
    if case.command is not None:
        return lint_context(json.loads(case.text)["@context"])
    known = known_of(case.base) if case.base else frozenset[str]()
    found = validated(path)
    assert {p.location.file for p in found if p.location} <= {str(path)}
    return [problem for problem in found if problem.code not in known]


def told_as(problem: Problem) -> Expected:
    place = problem.location
    where = (place.line, place.column, place.cell) if place else (None,) * 3
    line, column, cell = where
    return Expected(problem.code, line, column, problem.hint, cell)


def asked(expected: Expected) -> Expected:
    """What is expected, its place as a workbook has it."""
    return replace(expected, line=None, column=None) if expected.cell else expected


IN_PROCESS = [c for c in cases() if not (c.command or "").startswith("es-lod ")]
COMMANDS = [c for c in cases() if c not in IN_PROCESS]


@pytest.mark.slow
@pytest.mark.parametrize("case", IN_PROCESS, ids=by_name)
def test_what_is_told_of_a_broken_file(case, tmp_path):
    found = of_file(case, tmp_path)
    assert Counter(map(told_as, found)) == Counter(map(asked, case.expected))
    for problem in found:
        assert_whole(problem)


def assert_whole(problem: Problem) -> None:
    """Every word of the texts that stands for a parameter has one, in both languages."""
    if problem.text is None:
        template = CATALOGUE[problem.code]
        given = {"value": problem.value, "field": problem.field, "hint": problem.hint}
        given |= problem.params
        for asked in re.findall(r"{(\w+)", template.pl):
            assert given.get(asked) is not None, asked
            assert not isinstance(given[asked], bool)
    assert set(problem.message) == {"pl", "en"}
    assert all(problem.message.values())


@pytest.mark.parametrize("case", COMMANDS, ids=by_name)
def test_what_a_command_tells(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # A sheet of two rows stands for one of a million.
    monkeypatch.setattr("es_lod.tabular.write.MAX_ROWS", 2)
    for name in set(shlex.split(case.command)) & {path.name for path in FOLDER.iterdir()}:
        Path(name).write_bytes((FOLDER / name).read_bytes())
    Path(case.file).write_bytes(case.data)
    runner = CliRunner()
    for language in ("pl", "en"):
        done = runner.invoke(commands, [*shlex.split(case.command)[1:], "--lang", language])
        assert isinstance(done.exception, SystemExit) or done.exception is None
        codes = re.findall(r"\[([a-z0-9-]+)\]$", done.output, re.MULTILINE)
        assert Counter(codes) == Counter(expected.code for expected in case.expected)
        assert not re.search(r"{[a-z]\w*}", done.output)
        assert done.exit_code in (1, 2)


@pytest.mark.parametrize("path", good_files(), ids=lambda path: path.name)
def test_the_files_that_the_cases_edit_are_good(path):
    assert {problem.code for problem in validated(path)} == known_of(path)


def test_every_code_has_a_case():
    told = {expected.code for case in cases() for expected in case.expected}
    assert told == {*CATALOGUE, *shape_messages("Warning")}


def test_the_corpus_is_large_and_of_every_format():
    assert len(cases()) >= FEWEST
    inputs = {(case.file, case.text, case.encoding, case.command) for case in cases()}
    assert len(inputs) == len(cases())
    assert {case.file.rpartition(".")[2] for case in cases()} >= {*FORMATS}
