"""A workbook to fill in: a sheet for each table, drop-downs, comments, an example in each.

Nothing in it depends on the day or the machine: the same call gives the same bytes.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from es_lod.labels import field_description
from es_lod.model import kinds
from es_lod.readers.grids import MAX_ROWS
from es_lod.tabular.columns import ID, INSTRUCTIONS, KEY, LISTS, SETTINGS, VALUE, WORDS, Column
from es_lod.tabular.workbooks import CREATED
from es_lod.templates import looks
from es_lod.templates.instructions import Instructions
from es_lod.templates.lists import Lists
from es_lod.templates.sheets import (
    SETTINGS_OF_TEMPLATES,
    Sheet,
    required,
    sample,
    sheet_name,
    sheets,
    spoken_example,
)
from es_lod.templates.texts import COUNT, NOTE, PLAIN, REFUSED, TITLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_CHOOSING: Final = 2000
"""How many rows of a sheet have drop-downs."""


def xlsx_template(name: str, language: str) -> bytes:
    """A workbook without records: instructions, sheets of records, sheets of parts, settings."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE[language], "created": CREATED})
        book.set_size(2400, 1500)
        _Template(book, language).write(name)
    return out.getvalue()


class _Template:
    def __init__(self, book: Workbook, language: str) -> None:
        self._language = language
        self._book = book
        self._formats: dict[str, Format] = looks.formats(book)

    def write(self, name: str) -> None:
        """All sheets, in the order of their tabs."""
        first = self._add(WORDS[INSTRUCTIONS][self._language], "instructions")
        Instructions(first, self._formats, self._language).write(name, sheets())
        added = [
            (
                self._add(sheet.title(self._language), "parts" if sheet.of_parts else "records"),
                sheet,
            )
            for sheet in sheets()
        ]
        self._settings(self._add(WORDS[SETTINGS][self._language], "settings"))
        hidden = self._book.add_worksheet(WORDS[LISTS][self._language])
        hidden.hide()
        families = [sheet for _, sheet in added if not sheet.of_parts]
        lists = Lists(self._book, hidden, families, self._language)
        for worksheet, sheet in added:
            self._table(worksheet, sheet, lists)

    def _add(self, title: str, tab: str) -> "Worksheet":
        worksheet = self._book.add_worksheet(sheet_name(title))
        worksheet.set_tab_color(looks.TABS[tab])
        return worksheet

    def _table(self, worksheet: "Worksheet", sheet: Sheet, lists: Lists) -> None:
        self._frame(worksheet)
        for index, column in enumerate(sheet.columns):
            self._column(worksheet, index, column, sheet)
            self._choose(worksheet, index, column, lists.of(column, sheet))
        if sheet.further:
            # The sign that unfolds columns stands above the one behind them.
            worksheet.set_column(
                len(sheet.columns), len(sheet.columns), None, None, {"collapsed": True}
            )

    def _frame(self, worksheet: "Worksheet") -> None:
        worksheet.freeze_panes(1, 1)
        worksheet.set_row(0, looks.HEADER_HEIGHT)
        # Numbers kept as text are meant; Excel would mark each.
        worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.repeat_rows(0)
        worksheet.fit_to_pages(1, 0)

    def _column(self, worksheet: "Worksheet", index: int, column: Column, sheet: Sheet) -> None:
        is_further = column in sheet.further
        is_count = column.field is not None and isinstance(column.field.kind, kinds.CountKind)
        form = self._formats["number" if is_count else "text"]
        folded = {"level": 1, "hidden": True} if is_further else {}
        worksheet.set_column(index, index, looks.width(column), form, folded)
        is_required = required(column, sheet.table)
        look = "required" if is_required else "further" if is_further else "optional"
        header = column.label(self._language) + (" *" if is_required else "")
        worksheet.write_string(0, index, header, self._formats[look])
        self._comment(worksheet, (0, index), self._note(column, sheet))
        shown = sample(column, sheet.table, self._language)
        mark = "# " if index == 0 else ""
        worksheet.write_string(1, index, mark + shown, self._formats["example"])

    def _note(self, column: Column, sheet: Sheet) -> str:
        """What a header means: definition, example, count, key."""
        field = column.field
        if field is None:
            own = "part-id" if sheet.of_parts and column.path == (ID,) else column.path[-1]
            description = PLAIN[own][self._language]
        else:
            description = field_description(column.fields[-1][0], field, self._language)
        is_required = required(column, sheet.table)
        count = ("+" if is_required else "*") if column.many else ("1" if is_required else "?")
        lines = NOTE[self._language].format(
            description=description,
            example=sample(column, sheet.table, self._language)
            or (spoken_example(field.kind, self._language) if field else ""),
            count=COUNT[count][self._language],
            key=column.key,
        )
        empty = NOTE[self._language].splitlines()[2].partition("{")[0]
        return "\n".join(line for line in lines.splitlines() if line != empty)

    @staticmethod
    def _comment(worksheet: "Worksheet", place: tuple[int, int], text: str) -> None:
        lines = sum(1 + len(line) // 44 for line in text.splitlines())
        size = {"width": 300, "height": 18 * lines + 14, "font_size": 9, "font_name": "Calibri"}
        worksheet.write_comment(*place, text, {**size, "color": "#FFFFF0", "author": ""})

    def _choose(
        self, worksheet: "Worksheet", index: int, column: Column, offered: str | None
    ) -> None:
        """What may stand in a column. Where several values or a name may, nothing is refused."""
        refused = {"error_title": REFUSED["title"][self._language]}
        rule: dict[str, object]
        if offered is not None:
            free = column.many or offered.startswith("ids")
            rule = {"validate": "list", "source": f"={offered}", "show_error": not free}
            refused["error_message"] = REFUSED["list"][self._language]
        elif column.field is not None and isinstance(column.field.kind, kinds.CountKind):
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
            refused["error_message"] = REFUSED["count"][self._language]
        else:
            return
        worksheet.data_validation(1, index, _CHOOSING, index, {**rule, **refused})

    def _settings(self, worksheet: "Worksheet") -> None:
        for index, (key, width) in enumerate(((KEY, 20), (VALUE, 60))):
            worksheet.set_column(index, index, width, self._formats["text"])
            header = WORDS[key][self._language]
            worksheet.write_string(0, index, header, self._formats["optional"])
        worksheet.freeze_panes(1, 0)
        for row, (key, value) in enumerate(SETTINGS_OF_TEMPLATES.pairs(), 1):
            worksheet.write_string(row, 0, key, self._formats["text"])
            worksheet.write_string(row, 1, value, self._formats["text"])
            self._comment(worksheet, (row, 0), PLAIN[key][self._language])
