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
KEPT = RESULTS / "20000"
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
    """What is kept, by step."""
    paths = {name: KEPT / f"{name}.json" for name in STEPS}
    return {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name, path in paths.items()
        if path.exists()
    }


def text() -> Iterator[str]:
    """The tables of all steps."""
    for name, result in results().items():
        yield f"\n### {STEPS[name]}\n\n"
        if name == "growth":
            yield f"{growth(result)}\n"
        else:
            about = f"{result['cases']:,} cases" if result["cases"] else "Small files"
            yield f"{about}, {result['runs']} runs; {result['machine']}.\n\n{table(result)}\n"
    yield "\n"


def main() -> None:
    """Write them into the page."""
    page = README.read_text(encoding="utf-8")
    tables = "".join(text())
    README.write_text(PLACE.sub(lambda _: tables, page), encoding="utf-8")


if __name__ == "__main__":
    main()
