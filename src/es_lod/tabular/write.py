"""Tables written: a folder of CSV files, or a workbook. Nothing is lost on the way.

CSV is for people: semicolons, a byte order mark, CR LF, as Excel writes it in Poland.
"""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from es_lod.errors import InputError, Problem
from es_lod.model import Record
from es_lod.readers.grids import Cell
from es_lod.tabular.columns import SETTINGS, Column, Table
from es_lod.tabular.spool import Spool
from es_lod.values import DEFAULT_LANGUAGE

# https://support.microsoft.com/office/excel-specifications-and-limits
_SHEET_ROWS: Final = 1_048_576
_CELL_CHARACTERS: Final = 32_767
# What `es_lod.readers.csv` reads back.
_CSV_CHARACTERS: Final = 131_072
NO_CLOCK: Final = datetime(2018, 6, 20, tzinfo=UTC)
"""A workbook states when it was made; the same input gives the same bytes."""


def write_csv(records: Iterable[Record], folder: Path, base: str) -> None:
    """Write a CSV file for each table into an empty folder."""
    with Spool(records) as spool:
        for table, columns, rows in spool.tables():
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
                writer.writerow([column.key for column in columns])
                for row in rows:
                    _refuse_long(row, columns, table, _CSV_CHARACTERS)
                    writer.writerow(row)
    with (folder / f"{SETTINGS}.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(_settings(base))


def write_workbook(records: Iterable[Record], out: BinaryIO, base: str) -> None:
    """Write a workbook with a sheet for each table."""
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Spool(records) as spool, Workbook(out, options) as book:
        book.set_properties({"created": NO_CLOCK})
        head = book.add_format({"bold": True, "bg_color": "#E2EDE8", "text_wrap": True})
        text = book.add_format({"num_format": "@", "valign": "top"})
        for table, columns, rows in spool.tables():
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            for i, column in enumerate(columns):
                # Text: Excel would take `30-070` for no number, but `1/2` for a day.
                sheet.set_column(i, i, _width(column), text)
            sheet.write_row(0, 0, [column.key for column in columns], head)
            for n, row in enumerate(rows, 1):
                _refuse_long(row, columns, table, _CELL_CHARACTERS)
                if n >= _SHEET_ROWS:
                    params = {"limit": _SHEET_ROWS}
                    raise InputError([Problem("too-many-rows", value=table.name, params=params)])
                for i, cell in enumerate(row):
                    if isinstance(cell, str) and cell:
                        sheet.write_string(n, i, cell, text)
                    elif cell != "":
                        sheet.write_number(n, i, cell)
        sheet = book.add_worksheet(SETTINGS)
        for n, pair in enumerate(_settings(base)):
            sheet.write_row(n, 0, pair, None if n else head)


def _settings(base: str) -> list[tuple[str, str]]:
    return [("key", "value"), ("base", base), ("language", DEFAULT_LANGUAGE)]


def _refuse_long(row: list[Cell], columns: list[Column], table: Table, limit: int) -> None:
    for cell, column in zip(row, columns, strict=True):
        if isinstance(cell, str) and len(cell) > limit:
            params = {"limit": limit}
            value = f"{table.name}: {row[0]}"
            raise InputError(
                [Problem("cell-too-long", field=column.key, value=value, params=params)]
            )


def _width(column: Column) -> int:
    return 40 if column.is_text else max(14, len(column.key) + 2)
