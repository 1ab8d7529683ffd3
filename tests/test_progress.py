"""The line that says how far a command has come: on a terminal only, and gone at the end."""

import io
import os
import re
import select
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from es_lod.cli import progress
from es_lod.cli.progress import Progress
from es_lod.intake import Intake
from es_lod.readers.meter import Meter

pytestmark = pytest.mark.filterwarnings("error")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Standard error as a terminal on which the line comes at once."""
    found = Terminal()
    # pytest puts its own in the place of `sys.stderr` between set-up and call.
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=found))
    for name in ("_FIRST", "_EACH", "_LONG"):
        monkeypatch.setattr(progress, name, 0.01)
    return found


def screen(text):
    """What stays of a text on a line that is written over."""
    line = ""
    for piece in text.split("\r"):
        line = piece + line[len(piece) :]
    return line.rstrip()


def shown(terminal, until):
    for _ in range(500):
        if until in terminal.getvalue():
            return screen(terminal.getvalue())
        time.sleep(0.01)
    raise AssertionError(terminal.getvalue())


@pytest.mark.parametrize(
    ("lang", "records", "text"),
    [
        ("pl", 1, "Wczytano 1 rekord · 0 s"),
        ("pl", 3, "Wczytano 3 rekordy · 0 s"),
        ("pl", 112, "Wczytano 112 rekordów · 0 s"),
        ("en", 1, "1 record read · 0 s"),
        ("en", 2, "2 records read · 0 s"),
    ],
)
def test_the_line_counts_in_words(terminal, lang, records, text):
    with Progress(lang) as shown_progress:
        shown_progress.meter.records = records
        assert shown(terminal, text) == text
    assert screen(terminal.getvalue()) == ""
    assert shown_progress.was_long


def test_the_stages_are_told(terminal):
    with Progress("pl") as stages:
        stages.meter.records = 5
        stages.stage("shapes")
        shown(terminal, "Sprawdzanie kształtów SHACL: 5 rekordów")
        stages.stage("query")
        shown(terminal, "Zapytanie: 5 rekordów")
        stages.end()
        assert screen(terminal.getvalue()) == ""


def test_a_line_is_no_longer_than_the_terminal(terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "12")
    with Progress("pl"):
        assert shown(terminal, "Wczytano 0") == "Wczytano 0"


def test_nothing_is_shown_where_no_terminal_is(monkeypatch):
    found = io.StringIO()
    # pytest puts its own in the place of `sys.stderr` between set-up and call.
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=found))
    monkeypatch.setattr(progress, "_FIRST", 0.01)
    with Progress("pl") as quiet:
        time.sleep(0.1)
    assert (found.getvalue(), quiet.was_long) == ("", False)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_share_grows_to_the_whole(form, tmp_path):
    path = tmp_path / f"data.{form}"
    if form == "jsonl":
        line = '{"type": "Foundation", "id": "f%d", "name": "Fundacja"}\n'
    else:
        path.write_text("id;typ;nazwa\n", encoding="utf-8")
        line = "f%d;fundacja;Fundacja\n"
    with path.open("a", encoding="utf-8") as out:
        out.writelines(line % n for n in range(20_000))
    meter = Meter()
    assert meter.share() is None
    shares = [meter.share() for _ in Intake([path], meter=meter)]
    assert meter.records == 20_000
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert 0.95 < shares[-1] <= 1


def test_of_a_stream_no_share_is_known():
    from es_lod.formats import FORMATS
    from es_lod.readers.named import Source

    given = io.BytesIO(b'{"type": "Foundation", "id": "f", "name": "F"}\n')
    meter = Meter()
    assert len(list(Intake([Source("-", FORMATS["jsonl"], given)], meter=meter))) == 1
    assert (meter.records, meter.share()) == (1, None)


def on_a_terminal(*arguments, script="from es_lod.cli import main; main()"):
    """What a command writes to a pseudo-terminal, and its exit code."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower) as running:
        os.close(follower)
        found = b""
        while select.select([leader], [], [], 60)[0]:
            try:
                data = os.read(leader, 4096)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            found += data
    os.close(leader)
    return found.decode(), running.returncode


def foundations(path, count):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(
            f'{{"type": "Foundation", "id": "f{n}", "name": "Fundacja {n}"}}\n'
            for n in range(count)
        )
    return path


def test_map_on_a_terminal(tmp_path):
    path = foundations(tmp_path / "data.jsonl", 300_000)
    text, code = on_a_terminal("map", path, "-o", tmp_path / "out.nt", "--lang", "pl")
    assert code == 0
    assert re.search(r"\rWczytano \d+ (rekord|rekordy|rekordów) · \d+ s · \[#*\.*\] +\d+%", text)
    assert (
        screen(text.split("\r\n")[0]) == "Wczytano 300000 rekordów, zapisano 300000, pominięto 0."
    )


PATIENT = "from es_lod.cli import main, progress; progress._FIRST = 30; main()"


def test_a_short_run_on_a_terminal_says_nothing(tmp_path):
    """One that ends before the line would come, however slow the machine is."""
    path = foundations(tmp_path / "data.jsonl", 1)
    command = ["map", path, "-o", tmp_path / "out.nt"]
    assert on_a_terminal(*command, script=PATIENT) == ("", 0)


def test_counts_are_told_of_a_long_run_only(terminal, monkeypatch):
    monkeypatch.setattr(progress, "_LONG", 60)
    with Progress("en") as line:
        shown(terminal, "0 records read")
    assert not line.was_long


SLOW = """
import time
from es_lod.cli import main, progress


def slow(progress, name):
    stage(progress, name)
    time.sleep(1)


stage, progress.Progress.stage = progress.Progress.stage, slow
main()
"""


def test_validate_on_a_terminal_tells_the_shapes(tmp_path):
    """Where the check takes so long that the line is written meanwhile."""
    path = foundations(tmp_path / "data.jsonl", 20_000)
    text, code = on_a_terminal("validate", path, "--lang", "en", script=SLOW)
    assert code == 0
    assert "\rChecking the SHACL shapes: 20000 records" in text
    assert screen(text) == ""


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("pl", "Zapisywanie stron: 5 rekordów · 0 s · [####......]  40%"),
        ("en", "Writing the pages: 5 records · 0 s · [####......]  40%"),
    ],
)
def test_the_pages_of_a_site_have_a_bar(terminal, lang, text):
    with Progress(lang) as line:
        line.meter.records = 5
        line.stage("pages")
        line.watch(0.4)
        assert shown(terminal, text) == text
    assert screen(terminal.getvalue()) == ""
