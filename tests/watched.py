"""Our server as a process that tests watch: its family, its memory, its temporary files."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from servers import Answer, Server

only_on_linux = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").is_file(), reason="needs the /proc of Linux"
)
JSON = "application/sparql-results+json"
TRIPLES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
_LIMITED = """
import sys
from pathlib import Path
from es_lod.server.app import application
from es_lod.server.current import Options
from es_lod.server.questions import Limits
from es_lod.server.run import listening, run
site, port, seconds = sys.argv[1:]
limits = Limits(seconds=float(seconds))
run(application(Options(Path(site), limits=limits)), listening("127.0.0.1", int(port)))
"""
"""A server whose questions are ended sooner than those of the command."""


class Watched(NamedTuple):
    """A server, the process of it, and the only folder for its temporary files."""

    server: Server
    process: "subprocess.Popen[bytes]"
    temporary: Path
    log: Path

    def ask(self, path: str, accept: str | None = None, **more: str) -> Answer:
        return self.server.ask(path, accept, **more)

    def query(self, text: str, accept: str = JSON) -> Answer:
        return self.ask(f"sparql?{urlencode({'query': text})}", accept)

    def column(self, text: str) -> list[str]:
        """The values of a query's only column."""
        answer = self.query(text)
        assert answer.status == 200, answer.body
        rows = json.loads(answer.body)["results"]["bindings"]
        return [term["value"] for row in rows for term in row.values()]

    def family(self) -> set[int]:
        """The process and all that descend from it."""
        return {self.process.pid, *descendants(self.process.pid)}

    def settled(self) -> int:
        """How many processes there are when none comes or goes."""
        found = len(self.family())
        for _ in range(20):
            time.sleep(0.5)
            former, found = found, len(self.family())
            if former == found:
                break
        return found

    def files(self) -> list[Path]:
        """Its temporary files and folders."""
        return sorted(self.temporary.rglob("*"))

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextlib.contextmanager
def watched(
    folder: Path, *inputs: str | Path, seconds: float | None = None, waits: bool = True
) -> Iterator[Watched]:
    """A server of inputs, or of a site whose questions have limited `seconds`.

    `waits` for it to answer. Afterwards nothing of it is left, whatever the test did.
    """
    temporary = folder / "temporary"
    temporary.mkdir()
    log = folder / "log"
    if seconds is None:
        command = ["-m", "es_lod.cli", "serve", *map(str, inputs), "--port"]
        after: list[str] = []
    else:
        command = ["-c", _LIMITED, *map(str, inputs)]
        after = [str(seconds)]
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command, str(port), *after],
            stdout=out,
            stderr=out,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
    found = Watched(Server(port, "/"), process, temporary, log)
    seen = {process.pid}
    try:
        if waits:
            until(lambda: _answers(found), 60, found.said)
        seen |= found.family()
        yield found
        seen |= found.family()
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(20)
        finally:
            for pid in seen & alive(seen):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
            process.wait(10)


def _answers(found: Watched) -> bool:
    assert found.process.poll() is None, found.said()
    try:
        return found.ask("health").status == 200
    except OSError:
        return False


def until(
    holds: Callable[[], object], seconds: float = 10, told: Callable[[], object] = lambda: ""
) -> None:
    """Wait for something to hold; afterwards that is a failure."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds} s: {told()}")
        time.sleep(0.05)


def free_port() -> int:
    from servers import _free_port

    return _free_port()


def descendants(root: int) -> set[int]:
    """The processes that a process has started, and those that these have."""
    parents: dict[int, list[int]] = {}
    for pid, parent in _processes():
        parents.setdefault(parent, []).append(pid)
    found: set[int] = set()
    new = [root]
    while new:
        children = parents.get(new.pop(), [])
        found.update(children)
        new += children
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that run: one that nobody has awaited does not."""
    return pids & {pid for pid, _ in _processes()}


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        state, parent = told.rpartition(") ")[2].split()[:2]
        if state not in "ZX":
            yield int(folder.name), int(parent)


def memory(pids: set[int]) -> int:
    """The bytes of memory that processes use, what they share counted once."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            found = re.search(r"^Pss:\s+(\d+) kB$", told, re.MULTILINE)
            total += int(found[1]) << 10 if found else 0
    return total
