"""The officer's guide is true: its commands run on a workbook, and print what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from servers import says
from workbooks_filled import fill

from es_lod import Dataset
from es_lod.cli import commands
from es_lod.messages import CATALOGUE
from es_lod.templates.site import site_template

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "pl" / "przewodnik.md"
GUIDE = PAGE.read_text(encoding="utf-8")
SESSIONS = [
    session.partition("\n")[::2]
    for block in re.findall(r"^```console\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    for session in re.split(r"^PS> ", block, flags=re.MULTILINE)[1:]
]

COOPERATIVE = {
    "id": "spoldzielnia-kalina",
    "type": "spółdzielnia socjalna",
    "name": "Spółdzielnia Socjalna Kalina",
    "krs": "0009999901",
    "foundingDate": "2014",
    "founders": "fundacja-kalina; Gmina Przykładów",
}
FOUNDATION = {"id": "fundacja-kalina", "type": "fundacja", "name": "Fundacja Kalina"}
GMINA = {
    "id": "gmina-przykladow",
    "type": "jednostka samorządu terytorialnego",
    "name": "Gmina Przykładów",
}
VISIT = {
    "id": "wizyta",
    "name": "Wizyta studyjna",
    "eventType": "wizyta studyjna",
    "startDate": "19.06.2018",
    "endDate": "2018-06-19",
}
GOOD = {"organizacja": [COOPERATIVE, FOUNDATION, GMINA]}
# As the guide shows it before it is mended.
FIRST = {
    "organizacja": [
        {
            **COOPERATIVE,
            "founders": "fundacja-kalinka; Gmina Przykładów",
            "foundingDate": "31.06.2018",
        },
        FOUNDATION,
        GMINA,
    ]
}
MISTAKES = {
    "unknown-column": (
        {"organizacja": [COOPERATIVE, FOUNDATION, GMINA]},
        {"numer KRS": "numer KRSS"},
    ),
    "missing": ({"organizacja": [{**FOUNDATION, "name": ""}]}, {}),
    "dangling-reference": ({"organizacja": [{**FOUNDATION, "founders": "nikt"}]}, {}),
    "duplicate-id": ({"organizacja": [FOUNDATION, FOUNDATION]}, {}),
    "invalid-date": ({"organizacja": [{**FOUNDATION, "foundingDate": "31.06.2018"}]}, {}),
    "invalid-nip": ({"organizacja": [{**FOUNDATION, "nip": "5260250275"}]}, {}),
    "end-before-start": ({"wydarzenie": [{**VISIT, "endDate": "18.06.2018"}]}, {}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an officer works, with what the guide takes as given."""
    last_year = {"organizacja": [FOUNDATION, GMINA]}
    fill(tmp_path / "rekordy-2025.xlsx", last_year)
    table = "Nazwa podmiotu;Rodzaj\r\nFundacja Kalina;fundacja\r\n"
    (tmp_path / "spis.csv").write_text(table, encoding="cp1250", newline="")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the guide under a Polish locale."""
    program, *arguments = command.split()
    assert program == "es-lod"
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "es_lod.cli", *arguments],
        cwd=folder,
        env={**os.environ, "LANGUAGE": "", "LC_ALL": "pl_PL.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_the_terminal_sessions_are_true(folder):
    checked, days = 0, []
    for command, shown in SESSIONS:
        if command == "es-lod validate rekordy.xlsx":
            fill(folder / "rekordy.xlsx", GOOD if checked else FIRST)
            checked += 1
        if command.startswith("es-lod serve"):
            polish = {"LANGUAGE": "", "LC_ALL": "pl_PL.UTF-8"}
            assert says(command.split()[1:], folder, **polish) == shown
            continue
        done = run(command, folder)
        if shown or done.returncode == 2:
            assert done.stdout + done.stderr == shown, command
        if command.startswith("es-lod map"):
            assert done.stdout + done.stderr == shown
            if shown:  # the draft of the columns is made: the same command again
                done = run(command, folder)
                assert done.returncode == 0
            assert (folder / command.split()[-1]).stat().st_size
        if command.startswith("es-lod publish"):
            assert done.returncode == 0, done.stderr
            day = command.split()[-1]
            assert day in (folder / "strona" / "MANIFEST.json").read_text(encoding="utf-8")
            days.append(day)
    assert checked == 2
    assert len(days) == 2


def test_its_commands_exist():
    for command in re.findall(r"(?:`|PS> )es-lod ([a-z]+)", GUIDE):
        assert command in commands.commands


def test_the_settings_that_it_explains_are_those_that_are_required():
    explained = re.findall(r"^\| ((?:`[a-z]+`(?:, )?)+) \|", GUIDE, re.MULTILINE)
    keys = {key for row in explained for key in re.findall("`([a-z]+)`", row)}
    (required, *_) = site_template("pl").split("\n# Poniższe")
    assert set(re.findall(r"^([a-z]+):", required, re.MULTILINE)) <= keys - set(CATALOGUE)


def test_the_seven_mistakes_have_their_codes(tmp_path):
    listed = re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE)
    assert [code for code in listed if code in CATALOGUE] == list(MISTAKES)
    for code, (rows, headers) in MISTAKES.items():
        assert code in CATALOGUE
        fill(tmp_path / "rekordy.xlsx", rows, headers)
        report = Dataset.read([tmp_path / "rekordy.xlsx"]).validate()
        assert code in {problem.code for problem in report}
        assert {problem.location.sheet for problem in report.errors} == set(rows)


def test_its_pictures_and_links_lead_to_files():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", GUIDE):
        assert (PAGE.parent / link).exists(), link


def test_its_pictures_are_small():
    for picture in PAGE.parent.glob("*.png"):
        assert picture.name in GUIDE
        assert picture.stat().st_size < 150_000


def test_it_stays_short():
    assert len(GUIDE.splitlines()) <= 256
