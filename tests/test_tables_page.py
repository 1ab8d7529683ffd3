"""`docs/tables.md` is true: its files are read, its commands print what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
FILES = re.findall(r"`([^`\s]+)`:\n\n```(?:csv|yaml)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the page shows."""
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str) -> str:
    program, *arguments = command.split()
    assert program == "es-lod"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "es_lod.cli", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""},
    )
    return done.stdout + done.stderr


def sessions() -> list[str]:
    blocks = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]


@pytest.mark.parametrize("session", sessions(), ids=lambda session: session.partition("\n")[0])
def test_the_commands_print_what_it_shows(session, folder):
    command, _, shown = session.partition("\n")
    assert run(folder, command) == shown


def test_parts_find_their_owner(folder):
    assert "0 errors" in run(folder, "es-lod validate organizacje.csv usługi.csv --lang en")


def test_it_stays_short():
    assert len(PAGE.splitlines()) <= 150
    assert len(FILES) == 6
