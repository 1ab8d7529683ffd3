"""Measures `es-lod serve` under load: light queries beside heavy ones, files and reconciliation.

Starts a server of its own on the loopback (INPUT as `es-lod serve` takes it; the examples by
default, or so many cases), and asks it by 64 connections, each of which asks one thing after
another. Every answer is compared with the right one. Rounds:

    alone    one connection, no heavy query
    beside   the same, while others ask heavy queries all the time
    quiet    all connections, no heavy query
    mixed    all connections, every tenth query of each is heavy: takes from a second to ten minutes
    apart    all connections; a tenth of them ask heavy queries all the time, the others none

Heavy queries last up to the limit, so that most connections of `mixed` wait for one most of the
time; in `apart` light ones come as fast as they are answered. The client is a process of its own,
but on the same machine: look at the load average, and repeat.

    python benchmarks/serve.py --cases 223 --seconds 60
"""
# ruff: noqa: S603, T201  # starts our own server; a script prints

import argparse
import asyncio
import contextlib
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from asking import LIMITS, Request, Requests
from browsing import Answer, Browser
from cases import write

EXAMPLES = Path(__file__).parent.parent / "examples"
TWINS = {"beside": "alone", "mixed": "quiet", "apart": "quiet"}
"""The rounds with heavy queries, and that without with which each is compared."""
REST = 3
"""Seconds after a round in which nothing is asked."""
PATIENCE = 40
"""Seconds to wait for an answer: longer than the server's limit."""


@dataclass
class Round:
    """What a round has found."""

    name: str
    seconds: float
    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    load: float = 0.0
    rest: int = 0
    """The memory when nothing is asked any more."""

    def note(self, request: Request, began: float, answer: Answer, problem: str | None) -> None:
        """Note an answer."""
        self.times.setdefault(request.kind, []).append(time.perf_counter() - began)
        told = next((LIMITS[w] for w in LIMITS if w.encode() in answer.body), "")
        limit = f" {told}" if answer.status == 503 and told else ""
        self.statuses[f"{request.kind} {answer.status}{limit}"] += 1
        if problem:
            self.wrong.append(f"{request.kind} {request.target[:200]}: {problem}")


async def asked(
    port: int, found: Round, choose: Callable[[int], Request], first: int, end: float
) -> None:
    """Ask one thing after another over one connection until a time."""
    browser, number = Browser(port), first
    packed = {"Accept-Encoding": "gzip"} if first % 2 else {}
    while time.perf_counter() < end:
        number += 1
        request = choose(number)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await browser.ask(request.target, request.headers | packed, request.form)
        except (OSError, TimeoutError) as error:
            found.wrong.append(f"{request.kind} {request.target[:200]}: {error!r}")
            continue
        found.note(request, began, answer, request.wrong(answer))
    browser.close()


def mixture(requests: Requests, *, heavy: int) -> Callable[[int], Request]:
    """The requests of a connection: queries, every `heavy`th of them heavy; files and names."""

    def chosen(number: int) -> Request:
        if number % 7 == 3:
            return requests.name() if number % 5 == 0 else requests.file()
        return requests.heavy() if heavy and number % heavy == 0 else requests.light()

    return chosen


async def round_of(
    name: str, port: int, pid: int, seconds: float, choices: list[Callable[[int], Request]]
) -> Round:
    """Ask by one connection for each of `choices`."""
    found, end = Round(name, seconds), time.perf_counter() + seconds
    watching = asyncio.create_task(watched(pid, found))
    await asyncio.gather(
        *(asked(port, found, choose, i * 7, end) for i, choose in enumerate(choices))
    )
    watching.cancel()
    found.load = os.getloadavg()[0]
    await asyncio.sleep(REST)
    found.rest = memory(pid)
    return found


async def watched(pid: int, found: Round) -> None:
    """Note the memory of the server each second."""
    while True:
        found.memory.append(await asyncio.to_thread(memory, pid))
        await asyncio.sleep(1)


def memory(pid: int) -> int:
    """The bytes of memory (PSS) of a process and all that descend from it; 0 where not told."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = stat.read_text(errors="replace").rpartition(") ")[2].split()[1]
            children.setdefault(int(parent), []).append(int(stat.parent.name))
    family = [pid]
    for each in family:
        family += children.get(each, [])
    total = 0
    for each in family:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
            total += int((re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE) or [0, 0])[1]) << 10
    return total


@contextlib.contextmanager
def served(inputs: list[str], folder: Path) -> Iterator[tuple[int, int]]:
    """A server of inputs: its port and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "es_lod.cli", "serve", *inputs, "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while b"Ctrl+C" not in (folder / "log").read_bytes():
            if process.poll() is not None:
                sys.exit((folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


async def rounds(options: argparse.Namespace, port: int, pid: int, folder: Path) -> list[Round]:
    """All rounds, one after another."""
    dump = await Browser(port).ask("/dump/es.nt", {})
    (folder / "es.nt").write_bytes(dump.body)
    requests = Requests(folder / "es.nt", options.seed)
    await Browser(port).ask("/reconcile", {}, requests.name().form)  # which makes the index
    many, seconds = options.connections, options.seconds
    light = mixture(requests, heavy=0)
    tenth = [lambda _: requests.heavy()] * max(1, many // options.heavy)
    plan = {
        "alone": (seconds / 4, [light]),
        "beside": (seconds / 4, [light, *tenth]),
        "quiet": (seconds / 2, [light] * many),
        "mixed": (seconds, [mixture(requests, heavy=options.heavy)] * many),
        "apart": (seconds, [*[light] * (many - len(tenth)), *tenth]),
    }
    found: dict[str, Round] = {}
    for name in options.rounds.split(","):
        found[name] = await round_of(name, port, pid, *plan[name])
        print_round(found[name], found.get(TWINS.get(name, "")))
    return list(found.values())


def print_round(found: Round, twin: Round | None) -> None:
    """Print what a round has found, and the ratio to the one that differs by heavy queries only."""
    print(f"\n{found.name}: {found.seconds:.0f} s, load average {found.load:.1f}")
    heads = ("number", "per s", "median", "p90", "p99", "longest")
    print("  in ms   " + "".join(f"{head:>10}" for head in heads))
    for kind, times in sorted(found.times.items()):
        ordered = sorted(times)
        cuts = [1000 * ordered[int(len(times) * share)] for share in (0.5, 0.9, 0.99)]
        numbers = (len(times) / found.seconds, *cuts, 1000 * ordered[-1])
        print(f"  {kind:8}{len(times):10}" + "".join(f"{number:10.1f}" for number in numbers))
    if twin is not None:
        ratio = statistics.median(found.times["light"]) / statistics.median(twin.times["light"])
        print(f"  median of light queries: {ratio:.2f} times that of {twin.name}")
    print("  " + "; ".join(f"{status}: {n}" for status, n in sorted(found.statuses.items())))
    if seen := [size / 2**20 for size in found.memory]:
        three = (seen[0], seen[len(seen) // 2], seen[-1], found.rest / 2**20)
        told = ", ".join(f"{size:.0f}" for size in three)
        print(f"  memory (PSS, MiB) at start, middle, end, rest: {told}; most {max(seen):.0f}")
    print(f"  wrong: {len(found.wrong)}", *found.wrong[:5], sep="\n    ", flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("inputs", nargs="*", help="a published site, or records")
    parser.add_argument("--cases", type=int, help="serve so many cases of nine records instead")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60, help="of a round under load")
    parser.add_argument("--heavy", type=int, default=10, help="every so manieth query is heavy")
    parser.add_argument("--rounds", default="alone,beside,quiet,mixed,apart")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="es-lod-serve-") as name:
        folder, inputs = Path(name), options.inputs or [str(EXAMPLES)]
        if options.cases:
            write(options.cases, folder / "cases.jsonl", options.seed)
            inputs = [str(folder / "cases.jsonl")]
        with served(inputs, folder) as (port, pid):
            found = asyncio.run(rounds(options, port, pid, folder))
    sys.exit(any(each.wrong for each in found))


if __name__ == "__main__":
    main()
