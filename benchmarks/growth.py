"""Measures how time and memory grow with ten and a hundred times the cases.

`map` and `validate` to a hundred times; `publish`, which writes 60 kB a record, to ten times.

The fit is that of a power of the number of cases: an exponent of 1 is linear, below it the start
still counts. Bytes a record are what the peak grows by from one size to the next.
"""
# ruff: noqa: T201  # a script prints

import json
import math
import os
import shutil
from functools import partial
from itertools import pairwise

from comparison import RESULTS, Contender, Row, Step, machine, step
from environments import es_lod
from publish import DATE, RECORDS, prepared
from tabulated import growth


def contender(asked: Step, command: str, number: int) -> Contender:
    """A command on a number of cases."""
    name = f"{command}, {number:,} cases"
    if command == "publish":
        return published(asked, name, number)
    output = ["-o", str(asked.folder / "grown.nt")] if command == "map" else []
    runs = 1 if number > 20_000 else None
    return Contender(name, [es_lod(), command, str(asked.data(number)), *output], runs=runs)


def published(asked: Step, name: str, number: int) -> Contender:
    """The site of a number of cases, new each time."""
    site = asked.folder / "grown"
    command = [es_lod(), "publish", str(prepared(asked, number)), "-o", str(site), "--date", DATE]
    before = partial(shutil.rmtree, site, ignore_errors=True)
    return Contender(name, command, before=before, runs=1)


def fitted(rows: list[Row]) -> None:
    """Say of each size how it compares with the one before."""
    for small, large in pairwise(rows):
        times = large["cases"] / small["cases"]
        large["exponent"] = math.log(large["cpu"] / small["cpu"], times)
        more = (large["cases"] - small["cases"]) * RECORDS
        large["bytes"] = (large["memory"] - small["memory"]) / more


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("growth", __doc__)
    sizes = [asked.cases, 10 * asked.cases, 100 * asked.cases]
    commands = {"map": sizes, "validate": sizes, "publish": sizes[:2]}
    for command, numbers in commands.items():
        asked.compare([contender(asked, command, number) for number in numbers])
        for row, number in zip(asked.rows[-len(numbers) :], numbers, strict=True):
            row |= {"step": command, "cases": number}
        fitted(asked.rows[-len(numbers) :])
    (asked.folder / "grown.nt").unlink()  # gigabytes
    shutil.rmtree(asked.folder / "grown")
    result = {
        "step": "growth",
        "runs": asked.runs,
        "machine": machine(),
        "load": round(os.getloadavg()[1], 1),
        "rows": asked.rows,
    }
    folder = RESULTS / str(sizes[1])
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (folder / "growth.json").write_text(written, encoding="utf-8")
    print(growth(result))


if __name__ == "__main__":
    main()
