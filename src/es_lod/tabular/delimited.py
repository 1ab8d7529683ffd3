"""CSV for people, as Excel writes it in Poland: semicolons, a byte order mark, CR LF."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final, TextIO

from es_lod.readers.grids import Cell

BOM: Final = "\ufeff"
DELIMITER: Final = ";"


def csv_writer(out: TextIO, delimiter: str = DELIMITER) -> Any:
    """A writer of rows to a stream that leaves line ends alone; a file begins with a `BOM`."""
    return csv.writer(out, delimiter=delimiter, lineterminator="\r\n")


def csv_text(rows: Iterable[Iterable[Cell]], delimiter: str = DELIMITER) -> str:
    """The lines of some rows."""
    out = io.StringIO()
    csv_writer(out, delimiter).writerows(rows)
    return out.getvalue()
