"""Workbooks as people fill them in: sheets and headers of the template, rows from the third on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from es_lod.templates.sheets import required, sheet_name, sheets


def fill(
    path: Path,
    rows: Mapping[str, Sequence[Mapping[str, str]]],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write a workbook: sheet → its rows → key of a column → text; `headers` are misspelt."""
    with Workbook(path) as book:
        for sheet in sheets():
            title = sheet.title("pl")
            page = book.add_worksheet(sheet_name(title))
            keys = [column.key for column in sheet.columns]
            for i, column in enumerate(sheet.columns):
                header = column.label("pl") + " *" * required(column, sheet.table)
                page.write_string(0, i, (headers or {}).get(header, header))
            page.write_string(1, 0, "# przyklad")
            for n, row in enumerate(rows.get(title, ()), 2):
                for key, text in row.items():
                    page.write_string(n, keys.index(key), text)
