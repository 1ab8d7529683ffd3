"""Comparing: all contenders of a step one after another, several times over, and their medians.

Interleaved, so that what else the machine does, and how warm it is, meets all of them alike.
"""
# ruff: noqa: T201  # a script prints

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cases
import tables
from measure import Run, run
from tabulated import table

HERE = Path(__file__).parent
RESULTS = HERE / "results"
Row = dict[str, Any]


@dataclass(frozen=True)
class Contender:
    """A tool with the command that does the step."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    folder: Path = Path()
    output: Path | None = None
    """A file of N-Triples that the command writes, whose lines are counted."""
    before: Callable[[], object] = lambda: None
    """What to do before each run, outside of its time."""
    runs: int | None = None
    """How often, where the usual number would take too long."""
    note: str = ""


@dataclass
class Step:
    """A step to measure: what is asked of the command line, and where the data lies."""

    name: str
    cases: int
    runs: int
    folder: Path
    unit: str = "triples"
    about: str = ""
    size: int | None = None
    """How many cases are measured, where it is not what was asked for."""
    rows: list[Row] = field(default_factory=list)

    @property
    def records(self) -> Path:
        """The cases as JSON Lines."""
        return self.data(self.cases)

    def data(self, number: int) -> Path:
        """A number of cases as JSON Lines, made on first use."""
        path = self.folder / f"cases-{number}.jsonl"
        if not path.exists():
            print(f"Making {number} cases", file=sys.stderr)
            cases.write(number, path)
        return path

    @property
    def few(self) -> int | None:
        """How often to run what takes minutes with many cases: once there, else as the others."""
        return 1 if self.cases > 5000 else None

    @property
    def tables(self) -> Path:
        """The folder of the cases as flat tables, made on first use."""
        folder = self.folder / f"tables-{self.cases}"
        if not folder.exists():
            tables.write(self.records, folder)
        return folder

    def compare(self, contenders: Sequence[Contender], count: int | None = None) -> None:
        """Measure the contenders by turns; the first is what the others are compared with.

        Speed is in things a second: `count` of them, or as many as the tool has written.
        """
        runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
        for turn in range(self.runs):
            for contender in contenders:
                if turn < (contender.runs or self.runs):
                    contender.before()
                    found = run(contender.command, contender.folder, contender.environment)
                    runs[contender.name].append(found)
                    print(f"  {contender.name}: {found.wall:.2f} s", file=sys.stderr)
        rows = [_row(contender, runs[contender.name]) for contender in contenders]
        for row in rows:
            row["count"] = count or row["written"] or rows[0]["written"]
        self.rows += rows

    def write(self) -> None:
        """Print the table, and keep the results."""
        result = {
            "step": self.name,
            "about": " ".join(self.about.split()),
            "cases": self.cases if self.size is None else self.size,
            "runs": self.runs,
            "unit": self.unit,
            "machine": machine(),
            "load": round(os.getloadavg()[1], 1),
            "rows": self.rows,
        }
        folder = RESULTS / str(self.cases)
        folder.mkdir(parents=True, exist_ok=True)
        written = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{self.name}.json").write_text(written, encoding="utf-8")
        print(table(result))


def _row(contender: Contender, runs: list[Run]) -> Row:
    return {
        "name": contender.name,
        "wall": statistics.median(run.wall for run in runs),
        "cpu": statistics.median(run.cpu for run in runs),
        "memory": max(run.memory for run in runs),
        "walls": [round(run.wall, 3) for run in runs],
        "cpus": [round(run.cpu, 3) for run in runs],
        "written": lines(contender.output) if contender.output else None,
        "note": contender.note,
    }


def lines(path: Path) -> int:
    """How many lines a file has: in N-Triples, how many triples."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def step(name: str, about: str | None, unit: str = "triples") -> Step:
    """The step as the command line asks for it."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--runs", type=int, default=5, help="of each contender (5)")
    parser.add_argument("--folder", type=Path, default=HERE / ".data", help="for data")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    return Step(name, asked.cases, asked.runs, asked.folder.resolve(), unit, about or "")
