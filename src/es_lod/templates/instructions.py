"""The first sheet of a workbook: what to do, what the colours mean, which sheets there are."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Final

from es_lod.labels import class_definition
from es_lod.model.fields import PartKind
from es_lod.templates.sheets import Sheet, sheet_name
from es_lod.templates.texts import (
    CLOSE,
    COLOURS,
    HEADINGS,
    NEXT,
    STEPS,
    SUBTITLE,
    TITLE,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MARGIN, _TERM, _TOLD = 0, 1, 2
_WIDTHS: Final = (2, 31, 92)
_LINE: Final = 15
_FITTING: Final = 100
"""How many letters of a text stand in a line of the last column."""


class Instructions:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: "Worksheet", formats: "dict[str, Format]", language: str) -> None:
        self._sheet = sheet
        self._formats = formats
        self._language = language
        self._row = 1

    def write(self, name: str, sheets: Sequence[Sheet]) -> None:
        """Write all; `name` is that of the workbook."""
        self._lay_out()
        self._line(TITLE[self._language], "title", 30)
        self._line(SUBTITLE[self._language], "subtitle", 20)
        self._heading("steps")
        for number, (term, told) in enumerate(STEPS[self._language], 1):
            self._entry(f"{number}. {term}", told)
        self._heading("colours")
        for look, texts in COLOURS.items():
            self._entry(*texts[self._language], look=look)
        for heading, of_parts in (("records", False), ("parts", True)):
            self._heading(heading)
            for sheet in sheets:
                if sheet.of_parts == of_parts:
                    self._linked(sheet)
        self._heading("next")
        self._next(name)

    def _lay_out(self) -> None:
        self._sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(0.5, 0.5, 0.5, 0.5)
        self._sheet.activate()

    def _line(self, text: str, look: str, height: int) -> None:
        self._sheet.set_row(self._row, height)
        self._sheet.write_string(self._row, _TERM, text, self._formats[look])
        self._row += 1

    def _heading(self, key: str) -> None:
        self._row += 1
        self._sheet.write_blank(self._row, _TOLD, None, self._formats["heading"])
        self._line(HEADINGS[key][self._language], "heading", 24)
        self._gap()

    def _gap(self) -> None:
        self._sheet.set_row(self._row, 5)
        self._row += 1

    def _entry(self, term: str, told: str, look: str = "term") -> None:
        self._sheet.write_string(self._row, _TERM, term, self._formats[look])
        self._told(told)

    def _told(self, text: str, look: str = "told") -> None:
        # Programs do not fit the heights of rows to texts before somebody edits them.
        self._sheet.set_row(self._row, _LINE * ceil(len(text) / _FITTING) + 4)
        self._sheet.write_string(self._row, _TOLD, text, self._formats[look])
        self._row += 1

    def _linked(self, sheet: Sheet) -> None:
        title = sheet.title(self._language)
        target = f"internal:'{sheet_name(title)}'!A1"
        self._sheet.write_url(self._row, _TERM, target, self._formats["link"], title)
        field = sheet.table.field
        cls = field.kind.part if field and isinstance(field.kind, PartKind) else None
        self._told(class_definition(cls or sheet.table.classes[0], self._language))

    def _next(self, name: str) -> None:
        self._entry(*CLOSE[self._language])
        for term, command, told in NEXT[self._language]:
            self._entry(term, told)
            self._told(command.format(name=name, stem=name.rpartition(".")[0]), "command")
            self._gap()
