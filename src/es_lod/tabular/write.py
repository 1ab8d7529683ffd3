"""Tables written: a folder of CSV files, or a workbook. Nothing is lost on the way."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from es_lod.errors import InputError, Problem
from es_lod.model import Record
from es_lod.readers.aside import naming_folder
from es_lod.readers.grids import MAX_CELL, MAX_ROWS, Cell
from es_lod.tabular.columns import SETTINGS, Column, Table, part_tables, record_tables
from es_lod.tabular.delimited import BOM, csv_text, csv_writer
from es_lod.tabular.settings import Settings
from es_lod.tabular.spool import Spool
from es_lod.tabular.workbooks import HEAD, MAX_CHARACTERS, TEXT, Streamed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILES: Final = frozenset(
    f"{name}.csv" for name in (SETTINGS, *(t.name for t in (*record_tables(), *part_tables())))
)
"""What the files of a folder of tables are called: nothing else is replaced with it."""


def write_csv(records: Iterable[Record], folder: Path, base: str) -> None:
    """Write a CSV file for each table into an empty folder."""
    with Spool(records) as spool:
        for table, columns, rows in spool.tables():
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
                out.write(BOM)
                writer = csv_writer(out)
                writer.writerow([column.key for column in columns])
                for row in rows:
                    _refuse_long(row, columns, table, MAX_CELL)
                    writer.writerow(row)
    settings = BOM + csv_text(Settings(base).rows())
    (folder / f"{SETTINGS}.csv").write_text(settings, encoding="utf-8", newline="")


def write_workbook(records: Iterable[Record], out: BinaryIO, base: str) -> None:
    """Write a workbook with a sheet for each table."""
    streamed = Streamed()
    try:
        _fill(streamed.book, records, base)
        streamed.finish(out)
    finally:
        streamed.drop()


def _fill(book: "Workbook", records: Iterable[Record], base: str) -> None:
    head = book.add_format({**HEAD, "text_wrap": True})
    text = book.add_format(TEXT)
    with Spool(records) as spool:
        for table, columns, rows in spool.tables():
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            for i, column in enumerate(columns):
                # Text: Excel would take `30-070` for no number, but `1/2` for a day.
                sheet.set_column(i, i, _width(column), text)
            sheet.write_row(0, 0, [column.key for column in columns], head)
            for n, row in enumerate(rows, 1):
                _refuse_long(row, columns, table, MAX_CHARACTERS)
                if n >= MAX_ROWS:
                    params = {"limit": MAX_ROWS}
                    raise InputError([Problem("too-many-rows", value=table.name, params=params)])
                with naming_folder():
                    _write(sheet, n, row, text)
    sheet = book.add_worksheet(SETTINGS)
    for n, pair in enumerate(Settings(base).rows()):
        sheet.write_row(n, 0, pair, None if n else head)


def _write(sheet: "Worksheet", n: int, row: list[Cell], text: "Format") -> None:
    for i, cell in enumerate(row):
        if isinstance(cell, str) and cell:
            sheet.write_string(n, i, cell, text)
        elif cell != "":
            sheet.write_number(n, i, cell)


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
