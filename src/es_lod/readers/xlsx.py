"""Workbooks of Excel (`.xlsx`, `.xlsm`): values, each with its sheet and cell.

A workbook is a stranger's archive: it is checked before anything is unpacked, its parts are read
as streams up to their stated sizes, links are not followed, macros not run.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from zipfile import ZipFile

from es_lod.errors import Location, Problem
from es_lod.readers import archives
from es_lod.readers.grids import Grid, Opener, Row
from es_lod.readers.moments import BUILT_IN
from es_lod.readers.ooxml import Attributes, Part, Refused, attribute, formats, shared_strings
from es_lod.readers.sheets import MAX_CELLS, Cells, Workbook, letters


@dataclass
class _Book:
    """A workbook: where its parts are, and what its sheets share once one of them is read."""

    file: str
    opened: Opener
    has_macros: bool = False
    is_1904: bool = False
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, part, whether hidden."""
    strings: str | None = None
    styles: str | None = None
    shared: Workbook | None = None

    def load(self, archive: ZipFile) -> Workbook:
        """Strings and styles, read once."""
        if self.shared is None:
            strings: list[str] = []
            styles: list[str | None] = []
            if self.strings:
                with archive.open(self.strings) as stream:
                    strings = shared_strings(stream, MAX_CELLS)
            if self.styles:
                with archive.open(self.styles) as stream:
                    styles = formats(stream, BUILT_IN)
            self.shared = Workbook(strings, styles, self.is_1904)
        return self.shared


@dataclass
class _SheetGrid:
    """A sheet, read anew by each call of `rows`."""

    book: _Book
    file: str
    name: str
    sheet: str | None
    part: str
    hidden: bool
    is_first: bool

    def rows(self) -> Iterator[Row | Problem]:
        if self.is_first and self.book.has_macros:
            yield Problem("macros-ignored", location=Location(self.file))
        place = Location(self.file, sheet=self.sheet)
        with archives.archive(self.book.opened, place) as archive:
            shared = self.book.load(archive)
            with archive.open(self.part) as stream:
                reader = Cells(shared)
                for number, cells in reader.rows(stream):
                    yield Row(number, cells, partial(_locate, self.file, self.name, number))
                # Only the first of merged cells has the value that people see in all of them.
                for range_ in reader.merged:
                    first = Location(self.file, sheet=self.sheet, cell=range_.partition(":")[0])
                    yield Problem("merged-cells", value=range_, location=first)


def _locate(file: str, sheet: str, number: int, i: int) -> Location:
    return Location(file, sheet=sheet, cell=f"{letters(i + 1)}{number}")


def workbook_grids(name: str, open: Opener) -> list[Grid]:
    """The sheets of a workbook, hidden ones too. Raises `InputError` where it cannot be read."""
    archives.check(name, open)
    book = _Book(name, open)
    with archives.archive(open, Location(name)) as archive:
        _read_contents(archive, book)
    return [
        _SheetGrid(book, name, sheet, sheet, part, hidden, is_first=i == 0)
        for i, (sheet, part, hidden) in enumerate(book.sheets)
    ]


def _read_contents(archive: ZipFile, book: _Book) -> None:
    roots = _relations(archive, "")
    main = next((part for kind, part in roots.values() if kind == "officeDocument"), None)
    if main is None:
        raise Refused("not-zip")
    relations = _relations(archive, main)
    kinds = dict(relations.values())
    book.strings, book.styles = kinds.get("sharedStrings"), kinds.get("styles")
    book.has_macros = "vbaProject" in kinds

    def sheet(attributes: Attributes) -> None:
        kind, part = relations.get(attribute(attributes, "id") or "", ("", ""))
        if kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            book.sheets.append((attributes.get("name", ""), part, hidden))

    def properties(attributes: Attributes) -> None:
        book.is_1904 = attributes.get("date1904") in {"1", "true"}

    contents = Part()
    contents.starts |= {"sheet": sheet, "workbookPr": properties}
    with archive.open(main) as stream:
        contents.parse(stream)


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part within the archive: id → kind and part."""
    folder, base = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    relations = Part()
    relations.starts["Relationship"] = relation
    with archive.open(posixpath.join(folder, "_rels", f"{base}.rels")) as stream:
        relations.parse(stream)
    return found
