"""Writes the tables of benchmarks/README.md anew from the results that are kept.

python benchmarks/report.py
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comparison import RESULTS
from tabulated import growth, table

README = Path(__file__).with_name("README.md")
SIZES = ("20000", "2000")
STEPS = {
    "map": "`es-lod map`",
    "validate": "`es-lod validate`",
    "validate-20": "`es-lod validate`, 20 cases, and pySHACL",
    "validate-200": "`es-lod validate`, 200 cases, and pySHACL with its queries parsed once",
    "query": "`es-lod query`",
    "publish": "`es-lod publish`",
    "startup": "Start-up and small files",
    "growth": "Growth",
}
PLACE = re.compile(r"(?<=<!-- results -->\n).*?(?=<!-- end of results -->)", re.DOTALL)


def results() -> dict[str, dict[str, Any]]:
    """What is kept, by step: of 20,000 cases, else of 2,000."""
    found = {}
    for name in STEPS:
        paths = [RESULTS / size / f"{name}.json" for size in SIZES]
        if path := next(filter(Path.exists, paths), None):
            found[name] = json.loads(path.read_text(encoding="utf-8"))
    return found


def text() -> Iterator[str]:
    """The tables of all steps."""
    for name, result in results().items():
        yield f"\n### {STEPS[name]}\n\n"
        if name == "growth":
            yield f"{runs(result)}; {conditions(result)}.\n\n{growth(result)}\n"
        else:
            about = f"{result['cases']:,} cases" if result["cases"] else "Small files"
            yield f"{about}, {runs(result)}; {conditions(result)}.\n\n{table(result)}\n"
    yield "\n"


def runs(result: dict[str, Any]) -> str:
    """How often each tool ran."""
    few = " (a first look: five make a figure)" if result["runs"] < 5 else ""
    return f"{result['runs']} run{'s' * (result['runs'] != 1)} of each{few}"


def conditions(result: dict[str, Any]) -> str:
    """What it was measured on, and how busy that was."""
    load = f", load average {result['load']:.1f}" if "load" in result else ""
    return result["machine"] + load


def main() -> None:
    """Write them into the page."""
    page = README.read_text(encoding="utf-8")
    tables = "".join(text())
    README.write_text(PLACE.sub(lambda _: tables, page), encoding="utf-8")


if __name__ == "__main__":
    main()
