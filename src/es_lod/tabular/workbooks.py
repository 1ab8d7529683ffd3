"""What the workbooks that are written have in common: limits, options, looks, and no clock."""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from es_lod.readers.aside import naming_folder

MAX_CHARACTERS: Final = 32_767
"""The most characters of a cell of Excel.

https://support.microsoft.com/office/excel-specifications-and-limits
"""
CREATED: Final = datetime(2018, 6, 20, tzinfo=UTC)
"""A workbook states when it was made; the same input gives the same bytes."""
_STREAMED: Final[dict[str, Any]] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options for rows of data: written as they come, each text as the text that it is."""
HEAD: Final[dict[str, Any]] = {"bold": True, "bg_color": "#E2EDE8"}
TEXT: Final[dict[str, Any]] = {"num_format": "@", "valign": "top"}


class Streamed:
    """A workbook of rows of data, each of which is written as it comes.

    Its parts are in a temporary folder until it is finished or dropped.
    """

    def __init__(self) -> None:
        from xlsxwriter import Workbook

        self._parts = TemporaryDirectory(prefix="es-lod-", ignore_cleanup_errors=True)
        self._file = _ToItsEnd()
        self.book: Workbook = Workbook(self._file, {**_STREAMED, "tmpdir": self._parts.name})
        self.book.set_properties({"created": CREATED})

    def finish(self, out: BinaryIO) -> None:
        """Write the file. Raises `OSError`, which names the temporary folder where that is full."""
        from xlsxwriter.exceptions import FileCreateError

        self._file.out = out
        with naming_folder():
            try:
                self.book.close()
            except FileCreateError as error:
                raise error.args[0] from None
        if self._file.failure is not None:
            raise self._file.failure

    def drop(self) -> None:
        """Remove the temporary folder, and what of it is still being written."""
        for sheet in self.book.worksheets():
            with suppress(OSError):  # a full disk
                sheet.row_data_fh.close()
        self._parts.cleanup()


class _ToItsEnd(io.RawIOBase):
    """What a workbook is written to: to its end, also where there is no more room for it.

    A file of ZIP that xlsxwriter cannot finish it leaves to the collector of garbage, which would
    write on, and complain on standard error. So the first failure is kept until all is done.
    """

    out: BinaryIO
    failure: OSError | None = None
    _at = 0

    def write(self, data: Any, /) -> int:
        size = memoryview(data).nbytes
        self._try(lambda: self.out.write(data))
        self._at += size
        return size

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._try(lambda: self.out.seek(offset, whence))
        self._at = offset  # where `ZipFile` writes, it counts from the beginning
        return offset

    def tell(self) -> int:
        return self._at

    def _try(self, do: Callable[[], object]) -> None:
        try:
            if self.failure is None:
                do()
        except OSError as error:
            self.failure = error
