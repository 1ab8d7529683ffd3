"""Where the time of a command goes: its processor time by module, as Python's profiler sees it.

The profiler makes calls of Python dearer than what runs inside of compiled libraries, so that the
shares are a map, not a measure. Start-up (imports) is part of it, as it is for users.

    python benchmarks/profiles.py map --cases 2000
"""
# ruff: noqa: T201  # a script prints

import argparse
import contextlib
import cProfile
import os
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import cases
from publish import DATE, SETTINGS

from es_lod.cli import main as es_lod

HERE = Path(__file__).parent
ROOT = HERE.parent
STEPS = ("map", "validate", "query", "publish")


def profiled(arguments: list[str]) -> pstats.Stats:
    """The profile of a command."""
    profiler = cProfile.Profile()
    sys.argv = ["es-lod", *arguments]
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
        contextlib.suppress(SystemExit),
        # It ends without freeing what it holds, and so would end this, too.
        patch("os._exit", sys.exit) if arguments[0] == "query" else contextlib.nullcontext(),
    ):
        profiler.runcall(es_lod)
    return pstats.Stats(profiler)


def by_place(stats: pstats.Stats) -> Counter[str]:
    """Seconds by module of ours, by package of others; built-ins count where they are called."""
    found: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file == "~":
            for (caller, _, _), (_, _, in_it, _) in callers.items():
                found[place(caller, function)] += in_it
        else:
            found[place(file, function)] += own
    return found


def place(file: str, function: str) -> str:
    """What a file is part of."""
    path = Path(file)
    if file.startswith("<frozen importlib") or function == "<module>":
        return "imports"
    if "es_lod" in path.parts:
        inside = path.parts[len(path.parts) - path.parts[::-1].index("es_lod") :]
        name = "es_lod." + ".".join(inside).removesuffix(".py")
    elif "site-packages" in path.parts:
        name = path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    else:
        name = f"Python: {path.stem}" if file.endswith(".py") else "Python"
    return f"{name} → {library}" if (library := compiled(function)) else name


def compiled(function: str) -> str:
    """The compiled library of a built-in function, where it is none of Python's own."""
    return next((name for name in ("pyoxigraph", "shacl", "pydantic_core") if name in function), "")


def commands(step: str, folder: Path, number: int) -> Iterator[str]:
    """The arguments of a step on a number of cases."""
    records = folder / "cases.jsonl"
    cases.write(number, records)
    yield step
    if step == "publish":
        (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
        yield from (str(folder), "-o", str(folder.with_name(f"{folder.name}-site")), "--date", DATE)
        yield from ("--jobs", "1")  # others are not seen
    else:
        yield str(records)
        yield from {"map": ["-o", f"{folder}.nt"], "query": ["founders", "--format", "csv"]}.get(
            step, []
        )


def main() -> None:
    """Print the profile of a step as a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        found = by_place(profiled(list(commands(asked.step, data, asked.cases))))
    total = found.total()
    print(f"| `es-lod {asked.step}`, {asked.cases:,} cases | share |\n| --- | ---: |")
    for name, own in found.most_common(asked.lines):
        print(f"| {name} | {100 * own / total:.0f} % |")


if __name__ == "__main__":
    main()
