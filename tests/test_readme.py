"""The README is true: its Python runs, its commands print what it shows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a reader of the README works: the examples, and the document that it shows."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (document,) = blocks("yaml")
    (tmp_path / "serwis.yaml").write_text(document, encoding="utf-8")
    return tmp_path


def python(code: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", *code]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, env=None
    )


def test_the_python_runs_and_prints_what_its_comment_says(folder):
    (code,) = blocks("python")
    done = python(["-c", code], folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() in code


def test_the_python_has_types(folder):
    """What a developer's type checker says of the README's Python and of the quickstart."""
    (code,) = blocks("python")
    (folder / "snippet.py").write_text(code, encoding="utf-8")
    files = ["snippet.py", "examples/python/quickstart.py"]
    done = python(["-m", "mypy", "--strict", *files], folder)
    assert done.returncode == 0, done.stdout


def test_the_quickstart_runs(folder):
    done = python([str(ROOT / "examples" / "python" / "quickstart.py")], folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Conforms: 0 errors, 0 warnings, 0 notices.\n"


def test_the_terminal_sessions_are_true(folder, monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    for block in blocks("console"):
        for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = session.partition("\n")
            program, *arguments = command.split()
            assert program == "es-lod"
            done = python(["-m", "es_lod.cli", *arguments], folder)
            told = done.stdout + done.stderr
            if shown.endswith("…\n"):  # the beginning; what the pages weigh changes with them
                shown, told = (re.sub(r"\d+ files.*", "", text) for text in (shown[:-3], told))
                assert told.startswith(shown.rstrip()), command
            else:
                assert told == shown, command


def test_the_targets_that_it_names_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_its_links_lead_to_files():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / link).exists(), link


def test_it_stays_short():
    assert len(README.splitlines()) < 150
