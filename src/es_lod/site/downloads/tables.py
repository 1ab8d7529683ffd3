"""The dataset as CSV tables, with a description of their columns for programs.

The tables are those of the tabular writer, in the dialect that R, pandas and portals expect:
commas, UTF-8, no byte order mark. `es-lod` reads them as its own. CSV on the Web:
https://www.w3.org/TR/tabular-metadata/
"""

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product
from typing import Any, Final

from es_lod.iris import is_absolute
from es_lod.messages.message import LANGUAGES
from es_lod.model import kinds, record_classes
from es_lod.model.kinds import DecimalKind, RefKind
from es_lod.namespaces import CSVW, LICENCE_PAGES
from es_lod.readers.grids import Cell
from es_lod.site.addresses import dump
from es_lod.site.edition import Edition, File, Pieces
from es_lod.site.held import Held
from es_lod.site.settings import Settings
from es_lod.tabular.cells import unescaped
from es_lod.tabular.columns import ID, OWNER, Column, Table, family_of
from es_lod.tabular.delimited import csv_writer
from es_lod.tabular.spool import Cells, Spool
from es_lod.values import DEFAULT_LANGUAGE, Text

_SEPARATOR: Final = "; "
_TOGETHER: Final = 1024
"""How many rows are written at once."""
_DATE: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?)?)?"
"""A year, a month, a day or a moment: as precise as the source."""
_NOTE: Final = {
    "pl": "Wartości w komórce dzieli średnik ze spacją, a średnik w wartości poprzedza ukośnik \\. "
    "Apostrof na początku komórki chroni przed wzięciem jej za formułę i nie należy do wartości.",
    "en": "Values within a cell stand between semicolons with a space; a semicolon in a value has "
    "a \\ before it. An apostrophe at the beginning of a cell keeps spreadsheets from taking it "
    "for a formula, and is no part of the value.",
}


def files(edition: Edition) -> Iterator[File | Pieces]:
    """A CSV file for each table that has rows, and the description of them, where there are any."""
    seen = _Seen(edition)
    described = []
    with Spool(edition.dataset, seen.look_at) as spool:
        for table, columns, rows in spool.tables():
            yield Pieces(dump(f"{table.name}.csv"), _written(columns, rows))
            described.append(seen.described(table, columns))
    if described:
        tree = _metadata(edition.settings, described)
        data = json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n"
        yield File(dump("csv-metadata.json"), data)


def _written(columns: list[Column], rows: Iterator[list[Cell]]) -> Iterator[bytes]:
    """The rows of a table, many at a time."""
    numbers = [i for i, column in enumerate(columns) if _is_number(column)]
    some: Iterable[list[Cell]] = [[column.key for column in columns]]
    while some:
        out = io.StringIO(newline="")
        csv_writer(out, ",").writerows(some)
        yield out.getvalue().encode()
        some = list(islice(rows, _TOGETHER))
        for row, i in product(some, numbers):
            # A number is no formula, also below zero.
            row[i] = unescaped(str(row[i]))


def _metadata(settings: Settings, tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@context": CSVW,
        "@type": "TableGroup",
        "dc:title": _said(settings.title),
        "dc:description": _said(Text(_NOTE)),
        "dc:publisher": _said(settings.publisher.name),
        "dc:license": {"@id": LICENCE_PAGES[settings.licence]},
        **({"dc:date": settings.date} if settings.date else {}),
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "doubleQuote": True},
        "tables": tables,
    }


class _Seen:
    """What stands in the tables, and which of their columns name rows of which table."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._tables: dict[Table, Counter[str]] = {}
        self._rows: Counter[Table] = Counter()
        self._targets: dict[tuple[str, str], set[str | None]] = {}
        self._foreign: set[str] = set()
        # Rows of parts have one owner many at a time.
        self._families: Held[str, str | None] = Held()

    def look_at(self, table: Table, cells: Cells) -> None:
        """Look at a row."""
        self._tables.setdefault(table, Counter()).update(cells.keys())
        self._rows[table] += 1
        if ID in cells and table.field is None and is_absolute(str(cells[ID])):
            self._foreign.add(table.name)
        for key in _references(table):
            if key in cells:
                id_ = str(cells[key])
                target = self._families[id_] if id_ in self._families else self._family(id_)
                self._targets.setdefault((table.name, key), set()).add(target)

    def _family(self, id_: str) -> str | None:
        """The name of the table in which a record is; of one that is elsewhere nothing."""
        named = self._edition.register.class_of(id_)
        return self._families.keep(id_, named and family_of(record_classes()[named]).name)

    def described(self, table: Table, columns: list[Column]) -> dict[str, Any]:
        """The description of a table."""
        schema: dict[str, Any] = {
            "columns": [
                _column(column) | ({"required": True} if self._is_full(table, column) else {})
                for column in columns
            ]
        }
        if table.field is None:
            schema["primaryKey"] = ID
            if table.name not in self._foreign:
                schema["aboutUrl"] = f"{self._edition.settings.base}{{{ID}}}"
        keys = [self._foreign_key(table, column) for column in columns]
        if any(keys):
            schema["foreignKeys"] = [key for key in keys if key]
        title = Text({tag: table.label(tag) for tag in LANGUAGES})
        return {"url": f"{table.name}.csv", "dc:title": _said(title), "tableSchema": schema}

    def _is_full(self, table: Table, column: Column) -> bool:
        """Whether every row has a value in a column, and has to have one."""
        is_full = self._tables[table][column.key] == self._rows[table]
        return is_full and (column.required or column.path == (ID,))

    def _foreign_key(self, table: Table, column: Column) -> dict[str, Any] | None:
        """The table of which every row names a row in a column, where that is one table."""
        targets = self._targets.get((table.name, column.key), set())
        if not self._is_full(table, column) or len(targets) != 1 or None in targets:
            return None
        reference = {"resource": f"{next(iter(targets))}.csv", "columnReference": ID}
        return {"columnReference": _name(column), "reference": reference}


@cache
def _references(table: Table) -> tuple[str, ...]:
    """The columns of a table that name one record; that of the owner may."""
    return (
        OWNER,
        *(
            column.key
            for column in table.columns
            if (field := column.field) is not None
            and isinstance(field.kind, RefKind)
            and not field.many
        ),
    )


def _column(column: Column) -> dict[str, Any]:
    labels = Text({tag: column.label(tag) for tag in LANGUAGES})
    found: dict[str, Any] = {"name": _name(column), "titles": dict(labels)}
    if _name(column) != column.key:
        # `name@en` is no name, so the title has to be what stands above the column.
        found |= {"titles": column.key, "rdfs:label": _said(labels)}
    field = column.field
    if field is None:
        return found
    if len(column.path) == 1:
        found["propertyUrl"] = str(field.property)
    if column.is_text:
        found["lang"] = column.language or DEFAULT_LANGUAGE
    if column.many:
        found["separator"] = _SEPARATOR
    datatype = _datatype(field.kind)
    if datatype:
        found["datatype"] = datatype
    return found


def _datatype(kind: kinds.Kind) -> Any:
    """What the cells of a kind of values hold; strings are what CSV holds anyway."""
    match kind:
        case kinds.CountKind():
            return {"base": "integer", "minimum": 0}
        case kinds.DecimalKind():
            return "decimal"
        case kinds.DateKind():
            return {"base": "string", "format": _DATE}
        case kinds.IriKind():
            return "anyURI"
        case _:
            return None


def _name(column: Column) -> str:
    """The name of a column in templates: `name@en` is `name_en`."""
    return column.key.replace("@", "_").replace("-", "_")


def _is_number(column: Column) -> bool:
    return column.field is not None and isinstance(column.field.kind, DecimalKind)


def _said(text: Text | None) -> list[dict[str, str]]:
    """A text as JSON-LD has it beside other terms."""
    return [{"@value": string, "@language": tag} for tag, string in (text or {}).items()]
