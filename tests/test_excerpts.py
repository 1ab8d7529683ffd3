"""At a terminal, problems show their line with a caret; elsewhere the report stays as it is."""

import os
import subprocess
import sys

import pytest

from es_lod import Dataset
from es_lod.cli import excerpts

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

RECORD = "- id: a\n  type: Foundation\n  name: Ą\n  fundingDate: 2014\n"


def at_a_terminal(*arguments: str) -> str:
    """What a command prints where its standard output is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "es_lod.cli", *arguments]
    done = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    printed = b""
    try:
        while data := os.read(ours, 4096):
            printed += data
    except OSError:
        pass  # Linux ends a pseudo-terminal so
    os.close(ours)
    done.wait(timeout=60)
    return printed.decode().replace("\r\n", "\n")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


def test_a_caret_points_at_the_place(file):
    lines = at_a_terminal("validate", str(file), "--lang", "en").splitlines()
    assert lines[1:3] == ["     4 |   fundingDate: 2014", "       |   ^"]


def test_elsewhere_the_report_has_no_excerpts(file):
    done = subprocess.run(
        [sys.executable, "-m", "es_lod.cli", "validate", str(file), "--lang", "en"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stdout == Dataset.read([file]).validate().to_text("en")
    assert "^" not in done.stdout


def shown(path) -> list[str]:
    return excerpts.text(Dataset.read([path]).validate(), "en").splitlines()


def test_of_a_long_line_the_part_around_the_place_is_shown(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(
        f'{{"id": "a", "type": "Foundation", "name": "{"x" * 5000}", "zz": 1}}\n', encoding="utf-8"
    )
    line, caret = shown(path)[1:3]
    assert len(line) < 120
    assert line[caret.index("^") :].startswith('"zz"')


def test_control_characters_and_tabs_do_not_move_the_caret(tmp_path):
    path = tmp_path / "in.json"
    path.write_text('[{"id": "a",\t"type": "Foundation", "name": "A", "zz": 1}]', encoding="utf-8")
    line, caret = shown(path)[1:3]
    assert line[caret.index("^") :].startswith('"zz"')


def test_a_line_with_a_persons_number_is_not_shown(tmp_path):
    # Computed: the first of January 1900, a serial number of zeros, a right check digit.
    number = "00010100008"
    path = tmp_path / "in.yaml"
    path.write_text(f"- {{id: a, type: Foundation, name: A {number}, zz: 1}}\n", encoding="utf-8")
    told = "\n".join(shown(path))
    assert "[pesel]" in told
    assert number not in told
    assert "^" not in told


def test_a_file_that_is_gone_or_too_large_is_passed_over(file, monkeypatch):
    report = Dataset.read([file]).validate()
    monkeypatch.setattr(excerpts, "MAX_BYTES", 10)
    assert excerpts.text(report, "en") == report.to_text("en")
    file.unlink()
    assert excerpts.text(report, "en") == report.to_text("en")
