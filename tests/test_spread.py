"""JSON Lines on several processes: the bytes and the problems of one, and none is left behind."""

import contextlib
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from es_lod.cli.commands import commands
from es_lod.formats import FORMATS
from es_lod.intake import Intake, Run, linted, workers
from es_lod.intake.spread import Spread
from es_lod.namespaces import DEFAULT_BASE
from es_lod.readers.jsonl import Block, Line, Lines, look
from es_lod.readers.named import Source
from es_lod.serialize import write
from es_lod.validate.terms import TermLint

PESEL = "44051401359"


def lines(number, prefix="spoldzielnia"):
    """Organisations, each of which refers to the next and to one far on."""
    for i in range(number):
        others = [f"{prefix}-{(i + step) % number}" for step in (1, number // 2)]
        yield {
            "type": "SocialCooperative",
            "id": f"{prefix}-{i}",
            "name": {"pl": f"Spółdzielnia „Źródło {i}”", "en": f"Co-operative {i}"},
            "founders": others,
            "description": "Opis, i \\ " + "x" * (i % 300),
        }


def written(path, records, *, first=None, end="\n"):
    texts = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_bytes(end.join([*([json.dumps(first)] if first else []), *texts]).encode())
    return path


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Files of several blocks: right ones, and some in which nearly everything is wrong."""
    folder = tmp_path_factory.mktemp("spread")
    records = list(lines(1500))
    broken = [
        dict(record, id=f"zła-{i}" if i % 50 == 0 else record["id"])
        for i, record in enumerate(records)
    ]
    broken[100]["name"] = f"Jan {PESEL}"
    broken[200]["founders"] = ["nikt"]
    broken[300] = records[0]
    broken[301] = records[0]
    broken[400] = {"type": "Workshop", "id": "warsztat", "name": "Warsztat", "nazwa": 1}
    spoilt = written(folder / "broken.jsonl", broken, end="\r\n")
    data = spoilt.read_bytes().split(b"\r\n")
    data[50], data[51], data[52] = b"{", b"\xff", b""
    spoilt.write_bytes(b"\r\n".join(data))
    return {
        "right": [written(folder / "right.jsonl", records)],
        "broken": [spoilt],
        "english": [
            written(folder / "english.jsonl", lines(900, "coop"), first={"language": "en"})
        ],
        "based": [
            written(folder / "a.jsonl", lines(700, "a"), first={"base": "https://a.example.org/"}),
            written(folder / "b.jsonl", lines(700, "b"), first={"base": "https://b.example.org/"}),
        ],
        "twice": [
            written(folder / "c.jsonl", lines(700, "c")),
            written(folder / "d.jsonl", lines(700, "c")),
        ],
    }


def mapped(paths, format, jobs, base=None):
    """What is written, and what is wrong."""
    with contextlib.closing(Spread(jobs, format)) as found:
        intake = Intake(list(paths), base, spread=found if jobs > 1 else None)
        records, out = intake.records(), io.BytesIO()
        lint = TermLint(intake.base)
        left_over = lint.passing_quads(intake.left_over())
        write(linted(records, lint), out, FORMATS[format], intake.base, left_over)
        return out.getvalue(), [*intake.problems, *lint.problems], intake.left_out


@pytest.mark.parametrize("format", ["nt", "ttl", "rdf"])
@pytest.mark.parametrize("base", [None, "https://example.org/", "http://localhost/"])
@pytest.mark.parametrize("name", ["right", "broken", "english", "based", "twice"])
def test_processes_write_and_tell_what_one_does(inputs, name, base, format):
    alone = mapped(inputs[name], format, 1, base)
    assert len(alone[0]) > 90_000
    for jobs in (2, 3):
        assert mapped(inputs[name], format, jobs, base) == alone


@pytest.mark.parametrize("name", ["right", "broken"])
def test_text_that_its_memory_has_no_room_for_is_sent(inputs, name, monkeypatch):
    alone = mapped(inputs[name], "nt", 1)
    for room in (4096, 200_000):
        monkeypatch.setattr(workers, "_ROOM", room)
        assert mapped(inputs[name], "nt", 2) == alone


def test_processes_that_are_not_forked_do_the_same(inputs, monkeypatch):
    """As on Windows and macOS."""
    monkeypatch.setattr(workers, "_FORKS", False)
    assert mapped(inputs["broken"], "ttl", 2) == mapped(inputs["broken"], "ttl", 1)


class Failing(io.RawIOBase):
    """A file of which the system can read no more than its beginning."""

    def __init__(self, data):
        super().__init__()
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self._data.readinto(buffer)
        if not count:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return count


def test_a_file_that_can_be_read_no_further_changes_nothing_of_the_next(inputs):
    def read(jobs):
        broken = inputs["broken"][0].read_bytes()
        sources = [
            Source("a.jsonl", FORMATS["jsonl"], Failing(broken[: len(broken) * 3 // 4])),
            Source("b.jsonl", FORMATS["jsonl"], io.BytesIO(broken)),
        ]
        with contextlib.closing(Spread(jobs, "nt")) as found:
            intake = Intake(sources, spread=found if jobs > 1 else None)
            records = [item.record for item in intake]
            return records, intake.problems, intake.refused

    alone = read(1)
    assert [problem.code for problem in alone[2]] == ["file-unreadable"]
    assert read(2) == alone


def test_other_formats_and_inputs_are_as_ever(inputs):
    example = str(Path(__file__).parent.parent / "examples" / "wizyta-studyjna-tarnow-2018.yaml")
    for args in (
        [example, "--format", "jsonld"],
        [example],
        [str(inputs["right"][0]), "--format", "nq"],
    ):
        one = CliRunner().invoke(commands, ["map", *args])
        two = CliRunner().invoke(commands, ["map", *args, "--jobs", "2"])
        assert (one.exit_code, two.exit_code) == (0, 0)
        assert one.stdout_bytes == two.stdout_bytes


def test_a_process_that_ends_early_costs_time_only(inputs):
    """One is killed with its task in hand, and at last the other, too."""
    alone = mapped(inputs["right"], "nt", 1)[0]
    with contextlib.closing(Spread(3, "nt")) as found:
        intake = Intake(inputs["right"], spread=found)
        out = io.BytesIO()
        records = intake.records()

        def killing():
            for n, item in enumerate(records):
                if n in (1, 3):
                    victim = found.processes[n // 2]
                    os.kill(victim.pid, signal.SIGKILL)
                    victim.join()
                yield item

        write(killing(), out, FORMATS["nt"], intake.base)
        assert not any(process.is_alive() for process in found.processes)
    assert out.getvalue() == alone


def test_a_wrong_number_of_processes_is_told():
    for number in ("0", "65", "x"):
        assert CliRunner().invoke(commands, ["map", "x.jsonl", "--jobs", number]).exit_code == 2


@pytest.fixture
def endless(tmp_path):
    """`es-lod map` of standard input, which goes on as long as somebody writes to it."""
    output = tmp_path / "out.nt"
    script = "from es_lod.cli import main; main()"
    args = ["map", "-", "--from", "jsonl", "--jobs", "3", "-o", str(output)]
    command = [sys.executable, "-c", script, *args]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    for record in lines(3000):
        process.stdin.write(json.dumps(record).encode() + b"\n")
    process.stdin.flush()
    children = [int(pid) for pid in _children(process.pid)]
    assert len(children) == 2
    yield process, children, output
    process.kill()
    process.stderr.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    process.wait()


def _children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def gone(pids):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("to_all", [True, False])
def test_interrupted_it_leaves_neither_output_nor_processes(endless, number, to_all):
    process, children, output = endless
    (os.killpg if to_all else os.kill)(process.pid, number)
    assert process.wait(30) == 2
    told = process.stderr.read()
    assert b"Traceback" not in told
    assert told.strip() == b"es-lod: interrupted; nothing is written."
    assert [path.name for path in output.parent.iterdir()] == []
    assert gone(children)


EARLY = """
import os, signal, sys
from es_lod.cli import main

number = getattr(signal, sys.argv.pop())
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), number))
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not copied")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", ["map", "validate"])
def test_a_copy_that_gets_a_signal_at_once_says_nothing(inputs, tmp_path, command, name):
    """It has the handlers of the first process, until it sets its own."""
    wanted = ["--jobs", "2", "-o", str(tmp_path / "out.nt")] if command == "map" else []
    args = [command, str(inputs["right"][0]), *wanted, "--lang", "en", name]
    process = [sys.executable, "-c", EARLY, *args]
    found = subprocess.run(process, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in found.stderr
    assert "interrupted" not in found.stderr
    assert found.returncode == 0  # a copy that ends costs its time only


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_killed_it_leaves_no_processes(endless):
    process, children, output = endless
    process.kill()
    assert process.wait(30)
    assert not output.exists()
    assert gone(children)


def blocks(inputs, size):
    """The lines of an input."""
    text = inputs["right"][0].read_bytes().splitlines(keepends=True)
    for n in range(0, len(text), size):
        yield Block(n + 1, b"".join(text[n : n + size]))


def test_one_block_needs_no_process(inputs):
    lines = Lines("right.jsonl", None, "pl")
    with contextlib.closing(Spread(2, "nt")) as found:
        assert list(found.look(lines, islice(blocks(inputs, 30), 2), DEFAULT_BASE))
        assert not found.processes


def test_runs_of_processes_are_read_anew_where_they_are_asked_for(inputs):
    """Their records, and their text for another base or in another format."""
    lines = Lines("right.jsonl", None, "pl")
    with contextlib.closing(Spread(2, "nt")) as found:
        apart = list(found.look(lines, blocks(inputs, 150), DEFAULT_BASE))
        assert len(found.processes) == 1
    alone = list(look(lines, blocks(inputs, 300)))  # two blocks are a task
    assert len(apart) == len(alone) > 1
    for ready, here in zip(apart, alone, strict=True):
        if isinstance(here, Line):
            assert ready == here
            continue
        assert list(ready) == here
        for format in ("nt", "ttl"):
            for base in (DEFAULT_BASE, "https://example.org/"):
                assert ready.text(format, base) == Run(here).text(format, base)


def test_what_nobody_reads_on_is_not_taken_for_the_next_input(inputs):
    lines = Lines("right.jsonl", None, "pl")
    with contextlib.closing(Spread(3, "nt")) as found:
        first = found.look(lines, islice(blocks(inputs, 30), 10), DEFAULT_BASE)
        next(first)
        first.close()
        time.sleep(0.5)  # what processes say of it waits
        rest = islice(blocks(inputs, 30), 10, None)
        apart = [each for some in found.look(lines, rest, DEFAULT_BASE) for each in some]
    rest = islice(blocks(inputs, 30), 10, None)
    assert apart == [each for some in look(lines, rest) for each in some]
