"""What the workbooks that are written have in common: limits, options, looks, and no clock."""

from datetime import UTC, datetime
from typing import Any, Final

MAX_CHARACTERS: Final = 32_767
"""The most characters of a cell of Excel.

https://support.microsoft.com/office/excel-specifications-and-limits
"""
CREATED: Final = datetime(2018, 6, 20, tzinfo=UTC)
"""A workbook states when it was made; the same input gives the same bytes."""
STREAMED: Final[dict[str, Any]] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options for rows of data: written as they come, each text as the text that it is."""
HEAD: Final[dict[str, Any]] = {"bold": True, "bg_color": "#E2EDE8"}
TEXT: Final[dict[str, Any]] = {"num_format": "@", "valign": "top"}
