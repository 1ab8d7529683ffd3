"""The ids that the sheets of a workbook list, gathered by formulas as they are written.

Family after family they stand in one column, so that what a reference may lead to is a range of
it. Where a row has no id, its name stands in for it: a reference may name either. In the sheets
that people edit, rows are found by their number (`INDEX`): deleting and inserting rows, the example
that begins with `#`, and even the deletion of a sheet do no harm.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from es_lod.model.record import Record
from es_lod.tabular.columns import ID
from es_lod.templates.sheets import Sheet, sheet_name

if TYPE_CHECKING:
    from es_lod.templates.lists import Lists

ROWS: Final = 500
"""How many rows of a sheet are looked into for ids, and how many ids a drop-down offers.

Nobody chooses from a longer list, and each formula makes the workbook slower to write.
"""


class Gathered:
    """The columns of formulas, and the named ranges of some families' ids."""

    def __init__(self, lists: "Lists", families: Sequence[Sheet], language: str) -> None:
        self._lists = lists
        self._families = families
        self._written = [_id_and_title(family, language) for family in families]
        counted = [
            lists.column(f"n {f.table.name}", self._count(i)) for i, f in enumerate(families)
        ]
        self._totals = lists.column("n", [f"={lists.cell(column, ROWS)}" for column in counted])
        self._before = lists.column("before", [self._sum(0, i) for i in range(len(families))])
        self._ids = self._list(counted)

    def name(self, classes: Sequence[type[Record]]) -> str:
        """The name of the ids of the families of some classes; of all where there are none."""
        wanted = [
            i
            for i, family in enumerate(self._families)
            if not classes or set(classes) & set(family.table.classes)
        ]
        first, last = wanted[0], wanted[-1] + 1
        families = [family.table.name for family in self._families[first:last]]
        is_all = len(families) == len(self._families)
        name = "_".join(["ids", *(["all"] if is_all else families)])
        count = self._sum(first, last).removeprefix("=")
        start = self._lists.cell(self._before, first + 1)
        # A range has one cell at least: without any record the empty one behind the column.
        none = self._lists.cell(self._ids, ROWS + 1)
        top = self._lists.cell(self._ids, 1)
        self._lists.define(name, f"IF({count}=0,{none},OFFSET({top},{start},0,{count},1))")
        return name

    def _count(self, family: int) -> list[str]:
        """How many records a sheet lists, down to each row."""
        id_, title = (f"INDEX({column},ROW())" for column in self._written[family])
        is_record = f'AND({id_}&{title}<>"",LEFT({id_}&{title},1)<>"#")'
        one = f"IFERROR(N({is_record}),0)"
        above = (self._lists.cell(self._lists.width, row) for row in range(1, ROWS))
        return [f"={one}", *(f"={cell}+{one}" for cell in above)]

    def _sum(self, first: int, last: int) -> str:
        if first == last:
            return "=0"
        cells = [self._lists.cell(self._totals, i) for i in (first + 1, last)]
        return f"=SUM({cells[0]}:{cells[1].rpartition('!')[2]})"

    def _list(self, counted: Sequence[int]) -> int:
        """The column of the ids: each row finds its family, then its row there, then the id."""
        lists, size = self._lists, len(self._families)
        before = lists.range(self._before, size)
        everything = self._sum(0, size).removeprefix("=")
        family = f'=IF(ROW()-1>{everything},"",SUMPRODUCT(--({before}<ROW()-1)))'
        families = lists.column("family", [family] * ROWS)
        rows = lists.width
        block = lists.range(counted[0], ROWS, counted[-1])
        lists.column("row", [self._row(lists.cell(families, i), before, block) for i in _rows()])
        return lists.column(
            "id", [self._id(lists.cell(families, i), lists.cell(rows, i)) for i in _rows()]
        )

    @staticmethod
    def _row(family: str, before: str, block: str) -> str:
        place = f"ROW()-1-INDEX({before},{family})"
        return f'=IF({family}="","",1+MATCH({place},INDEX({block},0,{family}),0))'

    def _id(self, family: str, row: str) -> str:
        ids, titles = (
            f"CHOOSE({family},{','.join(columns)})" for columns in zip(*self._written, strict=True)
        )
        found = f"INDEX({ids},{row})"
        return f'=IF({family}="","",IF({found}<>"",{found},INDEX({titles},{row})))'


def _rows() -> range:
    return range(1, ROWS + 1)


def _id_and_title(family: Sheet, language: str) -> tuple[str, str]:
    """The columns of a sheet that say what a record is called."""
    keys = [column.key for column in family.columns]
    cls = family.table.classes[0]
    title = next(field.key for field in cls.fields() if field.name == cls.title)
    sheet = quote_sheetname(sheet_name(family.title(language)))
    first, second = (xl_col_to_name(keys.index(key), col_abs=True) for key in (ID, title))
    return f"{sheet}!{first}:{first}", f"{sheet}!{second}:{second}"
