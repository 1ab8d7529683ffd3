"""Tables made for tests: rows of texts as CSV files, or as sheets of a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]


def csv_text(rows: Rows, delimiter: str = ";") -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ";") -> Path:
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook; numbers stay numbers."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for i, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(n, i, cell)
                    elif cell is not None:
                        sheet.write(n, i, cell)
    return path


def read_folder(folder: Path) -> dict[str, list[list[str]]]:
    """The rows of a folder of CSV files, by table."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = list(csv.reader(file, delimiter=";"))
    return found
