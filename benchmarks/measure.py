"""One run of a command in a fresh process: its time, its processor time, its peak memory."""
# ruff: noqa: S603  # starts the commands that the benchmarks write

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LINUX = sys.platform == "linux"
EVERY = 0.05
"""Seconds between two looks at the memory of the processes that a command has started."""


class CommandFailed(Exception):
    """A command did not end well."""


@dataclass(frozen=True)
class Run:
    """What a run took: seconds on the wall, seconds of processors, bytes of memory at the peak.

    Processor time and memory are those of the command and all processes that it started.
    """

    wall: float
    cpu: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away.

    Raises `CommandFailed` with the last of what it said.
    """
    with tempfile.TemporaryFile() as said:
        given = os.environ if environment is None else environment
        # As installations have it, with byte code: to compile es-lod takes 90 ms in each process.
        with_code = {name: given[name] for name in given if name != "PYTHONDONTWRITEBYTECODE"}
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=with_code, stdout=subprocess.DEVNULL, stderr=said
        )
        watch = Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        if process.returncode:
            said.seek(0)
            last = said.read()[-2000:].decode(errors="replace")
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}: {last}")
    return Run(wall, used.ru_utime + used.ru_stime, max(_peak(used), watch.peak))


def _peak(used: resource.struct_rusage) -> int:
    """The peak of the largest single process; Linux counts it in KiB, macOS in bytes."""
    return used.ru_maxrss * (1024 if LINUX else 1)


class Watch(threading.Thread):
    """Looks at the memory of a process together with those that it has started.

    The system keeps the peak of each process, not of their sum. Pages that processes share count
    once (`Pss`). A command without other processes is left in peace: its own peak is exact.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look until told to end."""
        while LINUX and not self._ended.wait(EVERY):
            started = _descendants(self._pid)
            if started:
                self.peak = max(self.peak, sum(map(_memory, [self._pid, *started])))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _descendants(pid: int) -> list[int]:
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_descendants(child)]
    except OSError:  # it has ended meanwhile
        pass
    return found


def _memory(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:  # it has ended meanwhile
        pass
    return 0
