"""Several processes at one site: the same bytes, and nothing left of a run that fails."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from conftest import ROOT
from watched import descendants

from es_lod import Dataset
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.site import build as building
from es_lod.site import records
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.processes import cores, results
from es_lod.site.settings import read_settings

EXAMPLES = ROOT / "examples"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc"),
    # A test runner may have threads; the copies use nothing that these hold.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


@pytest.fixture
def edition(monkeypatch):
    """The examples, of which each process takes four records at a time."""
    monkeypatch.setattr(records, "TOGETHER", 4)
    monkeypatch.setattr(building, "_WORTHWHILE", 4)
    settings = read_settings(EXAMPLES / "site.yaml")
    return Edition(Dataset.load(EXAMPLES, base=settings.base), settings, Report([]))


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def none_left():
    """Whether this process has no other children than those that other tests left it with."""
    before = descendants(os.getpid())
    return lambda: descendants(os.getpid()) <= before


@pytest.mark.parametrize("spread", [False, True], ids=["flat", "spread"])
def test_several_processes_write_what_one_does(edition, tmp_path, none_left, spread):
    edition = replace(edition, settings=replace(edition.settings, spread=spread))
    one = build(edition, tmp_path / "one")
    shares = []
    three = build(edition, tmp_path / "three", shares.append, jobs=3)
    assert three == one
    assert files(tmp_path / "three") == files(tmp_path / "one")
    assert shares == sorted(shares)
    assert shares[-1] == 1
    again = build(edition, tmp_path / "three", jobs=3)
    assert again.changed == 0
    assert none_left()


def test_each_task_is_done_once_by_one_of_the_processes(none_left):
    def slow(task):
        time.sleep(0.02 * (task % 3))
        return os.getpid(), task

    found = dict(results(slow, 20, 3))
    assert {task: said for task, (_, said) in found.items()} == {i: i for i in range(20)}
    assert len({pid for pid, _ in found.values()} - {os.getpid()}) == 3
    assert none_left()


def failing(error):
    def make(*_):
        raise error

    return make


def ended(*_):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (failing(OSError(28, "No space left on device")), InputError),
        (failing(ValueError("a fault")), ValueError),
        (ended, InputError),
    ],
)
def test_a_process_that_fails_leaves_the_former_site_whole(
    edition, tmp_path, monkeypatch, make, told, none_left
):
    build(edition, tmp_path / "site", jobs=2)
    before = files(tmp_path / "site")
    settings = replace(edition.settings, title=edition.settings.publisher.name)
    monkeypatch.setattr(records, "OF_RECORD", (*records.OF_RECORD, make))
    with pytest.raises(told):
        build(replace(edition, settings=settings), tmp_path / "site", jobs=2)
    assert files(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert none_left()


def test_an_interrupted_run_ends_its_processes(edition, tmp_path, none_left):
    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(edition, tmp_path / "site", interrupted, jobs=2)
    assert list(tmp_path.iterdir()) == []
    assert none_left()


INTERRUPTED = """
import sys
from es_lod.cli import main
from es_lod.site import build, records

records.TOGETHER = build._WORTHWHILE = 4
make = records.OF_RECORD[1]


def slow(edition, record):
    import time

    print(flush=True)  # a page is being written
    time.sleep(0.3)
    return make(edition, record)


records.OF_RECORD = (records.OF_RECORD[0], slow)
sys.argv[1:] = ["publish", sys.argv[1], "-o", sys.argv[2], "--jobs", "2", "--lang", "en"]
main()
"""


@pytest.mark.parametrize("to", [os.kill, getattr(os, "killpg", None)])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("times", [1, 3, 12])
def test_a_signal_ends_all_processes_and_leaves_nothing(tmp_path, name, to, times):
    """Also one that comes again: `timeout` sends two, and people press Ctrl+C until it works."""
    command = [sys.executable, "-c", INTERRUPTED, str(EXAMPLES), str(tmp_path / "site")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "LANGUAGE": "en"}
    with subprocess.Popen(command, **pipes, env=environment, start_new_session=True) as running:
        running.stdout.readline()
        for _ in range(times):
            to(running.pid, getattr(signal, name))
            time.sleep(0.005)
        # The end of its output: no copy of it that could still write is left.
        _, told = running.communicate(timeout=20)
    assert running.returncode == 2
    assert told.decode().split() == ["es-lod:", "interrupted;", "nothing", "is", "written."]
    assert list(tmp_path.iterdir()) == []


def test_the_cores_are_those_that_may_be_used():
    assert 1 <= cores() <= os.cpu_count()
