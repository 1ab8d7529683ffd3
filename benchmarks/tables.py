"""The cases as flat tables, for peers that read no nested records: one CSV file a class.

What a record holds in lists and in parts gets columns of its own (`founder_1`, `postalCode`), so
that every tool finds each value where it is quickest to read. Made before any clock starts: the
tools that read the records as they are have this within their time.

    python benchmarks/tables.py cases.jsonl tables/
"""

import argparse
import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

Row = dict[str, str]
FILES = {
    "Article": "articles",
    "Foundation": "foundations",
    "Association": "associations",
    "SocialCooperative": "cooperatives",
    "SocialIntegrationCentre": "centres",
    "Workshop": "workshops",
    "Event": "visits",
}
SLUGS = {
    "Dyskusja o reintegracji": "dyskusja-o-reintegracji",
    "Zwiedzanie warsztatów": "zwiedzanie-warsztatow",
}
"""The items of an agenda in the IRIs that es-lod gives them, which peers cannot make themselves."""


def flat(record: dict[str, Any]) -> Row:
    """A record as one row."""
    return dict(_columns(record, ""))


def _columns(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _columns(inner, _joined(name, key))
    elif isinstance(value, list):
        for n, item in enumerate(value, start=1):
            yield from _columns(item, f"{name}_{n}" if len(value) > 1 else name)
    else:
        yield name, value
        if value in SLUGS:
            yield f"{name}_slug", SLUGS[value]


def _joined(outer: str, key: str) -> str:
    return f"{outer}_{key}" if outer else key


def write(records: Path, folder: Path) -> None:
    """Write the tables of a file of records."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, csv.DictWriter[str]] = {}
    with ExitStack() as files, records.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            class_ = record.pop("type")
            row = flat(record)
            if class_ not in writers:
                path = folder / f"{FILES[class_]}.csv"
                file = files.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[class_] = csv.DictWriter(file, list(row), lineterminator="\n")
                writers[class_].writeheader()
            writers[class_].writerow(row)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", type=Path, help="a file .jsonl")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    write(asked.records, asked.folder)


if __name__ == "__main__":
    main()
