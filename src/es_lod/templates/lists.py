"""The hidden sheet of a workbook: what drop-downs offer.

The formula of a drop-down holds at most 255 characters, so that each list stands in a column of
this sheet and has a name.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from es_lod.labels import choice_label, class_label, concept_label
from es_lod.model import kinds, record_classes
from es_lod.model.concepts import schemes
from es_lod.tabular.columns import OWNER, TYPE, Column
from es_lod.templates.gathered import Gathered
from es_lod.templates.sheets import Sheet, kinds_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ALPHABET: Final = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


class Lists:
    """The lists of a workbook, made as columns ask for them."""

    def __init__(
        self, book: "Workbook", sheet: "Worksheet", families: Sequence[Sheet], language: str
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._language = language
        self._names: set[str] = set()
        self._width = 0
        self._ids = Gathered(self, families, language)

    def of(self, column: Column, sheet: Sheet) -> str | None:
        """The name of the list that a column offers, where it has one."""
        if column.path == (TYPE,):
            labels = [class_label(cls, self._language) for cls in sheet.table.classes]
            return self._list(f"type_{sheet.table.name}", labels)
        if column.path == (OWNER,):
            return self._ids.name(sheet.table.classes)
        found = kinds_of(column, sheet.table)
        schemes_ = [kind.scheme for kind in found if isinstance(kind, kinds.ConceptKind)]
        if schemes_:
            labels = [label for scheme in schemes_ for label in self._labels(scheme)]
            name = "_".join(schemes_).replace("-", "_")
            return self._list(f"list_{name}", list(dict.fromkeys(labels)))
        match found:
            case (kinds.ChoiceKind(choices) as kind, *_):
                words = [choice_label(kind, word, self._language) for word, _ in choices]
                return self._list(f"list_{column.path[-1]}", words)
            case (kinds.RefKind(targets), *_):
                known = record_classes()
                return self._ids.name(tuple(known[name] for name in targets if name in known))
        return None

    def _labels(self, scheme: str) -> list[str]:
        """The labels of a scheme, in the order of the alphabet."""
        found = [concept_label(scheme, n, self._language) for n in schemes().get(scheme, ())]
        return sorted(found, key=lambda label: [_ALPHABET.find(c) for c in label.casefold()])

    def _list(self, name: str, items: list[str]) -> str:
        if name not in self._names:
            column = self.column(name, items)
            self.define(name, self.range(column, len(items)))
        return name

    def define(self, name: str, formula: str) -> None:
        """Give a range a name, once."""
        if name not in self._names:
            self._names.add(name)
            self._book.define_name(name, f"={formula}")

    def column(self, title: str, items: Sequence[str]) -> int:
        """A column with a title and texts or formulas below it; its index."""
        column = self._width
        self._width += 1
        self._sheet.write_string(0, column, title)
        for row, item in enumerate(items, 1):
            if item.startswith("="):
                self._sheet.write_formula(row, column, item, None, "")
            else:
                self._sheet.write_string(row, column, item)
        return column

    @property
    def width(self) -> int:
        """The index of the next column."""
        return self._width

    def cell(self, column: int, row: int) -> str:
        """The address of a cell of the sheet; row 0 has the titles."""
        sheet = quote_sheetname(self._sheet.get_name())
        return f"{sheet}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def range(self, column: int, rows: int, last: int | None = None) -> str:
        """The address of the first rows below the title of a column, or of columns to `last`."""
        corner = xl_rowcol_to_cell(
            rows, column if last is None else last, row_abs=True, col_abs=True
        )
        return f"{self.cell(column, 1)}:{corner}"
