"""Tables as records: the sheets of all inputs together, so that parts and names find each other.

Tables are read twice: first for the rows of parts and for the names that references use, then as
a stream of records.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from es_lod.errors import InputError, Problem
from es_lod.iris import relative, resolve
from es_lod.model import find
from es_lod.model.misfit import Misfit
from es_lod.readers.documents import Builder
from es_lod.readers.entries import Entry
from es_lod.readers.grids import Grid, Row
from es_lod.readers.unread import about
from es_lod.tabular.books import Book, opened_book, passed, settled
from es_lod.tabular.cells import is_guess, several, values
from es_lod.tabular.columns import ID, OWNER, WORDS
from es_lod.tabular.mapping import Columns
from es_lod.tabular.names import LOOKED_THROUGH, Names, Nearest, called, is_name
from es_lod.tabular.rows import Places, Resolve, id_of, tree
from es_lod.tabular.sheets import Sheet
from es_lod.tabular.store import PartRows


class Tables:
    """All tables of a run. `grids` opens an input, `others` notes the names in other documents.

    `is_overridden` says that the bases which tables state do not count.

    Raises `InputError` for mistakes in the columns file: what it means is not known then.
    """

    def __init__(
        self,
        inputs: Iterable[str],
        grids: Callable[[str], list[Grid]],
        others: Callable[[Names], None],
        columns: Columns | None = None,
        *,
        is_overridden: bool = False,
    ) -> None:
        self._books = {name: opened_book(name, grids, columns) for name in inputs}
        self._refuse_mistakes(columns)
        self._waiting = set(self._books)
        bases = settled(self._books)
        self._apart = len(bases) > 1 and not is_overridden
        self._parts = PartRows()
        self._names = Names(self._wanted())
        if self._names:
            others(self._names)
            self._note_names()
        self._collect_parts()

    def entries(self, name: str) -> Iterator[Entry | Problem]:
        """The records of an input, in the order of its tables; after the last what is left over.

        Raises `InputError` where the input cannot be read, or no further.
        """
        book = self._books[name]
        if book.error is None:
            for sheet in book.sheets:
                yield from sheet.problems
                if sheet.table is not None and sheet.table.field is None:
                    yield from self._records(sheet, book)
                elif sheet.table is not None:
                    yield from (row for row in sheet.rows() if isinstance(row, Problem))
        self._waiting.discard(name)
        if not self._waiting:
            yield from self._without_owner()
        if book.error is not None:
            raise book.error

    def _refuse_mistakes(self, columns: Columns | None) -> None:
        """Raise what is wrong with the columns file, and what it leaves open, all at once."""
        books = self._books.values()
        told = columns.mistakes(is_whole=not any(b.error for b in books)) if columns else []
        if told:
            every = (problem for b in books for sheet in b.sheets for problem in sheet.problems)
            raise InputError([*told, *(p for p in every if p.code == "unmapped-column")])

    def _sheets(self, *, parts: bool) -> Iterator[tuple[Book, Sheet]]:
        for book in self._books.values():
            for sheet in book.sheets if book.error is None else ():
                if sheet.table is not None and (sheet.table.field is not None) == parts:
                    yield book, sheet

    def _wanted(self) -> set[str]:
        """The names and numbers that references use."""
        wanted: set[str] = set()
        for parts in (False, True):
            for book, sheet in self._sheets(parts=parts):
                for row in passed(book, sheet) if sheet.layout.refers() else ():
                    for cell in sheet.layout.referred(row.cells):
                        wanted.update(word for word in several(cell) if is_name(word))
        return wanted

    def _note_names(self) -> None:
        for book, sheet in self._sheets(parts=False):
            for row in passed(book, sheet):
                self._note(sheet, row)

    def _note(self, sheet: Sheet, row: Row) -> None:
        found = tree(sheet.layout, row.cells, str)
        cls = find(str(found.get("type")))
        id_ = found.get(ID)
        if cls is None and isinstance(id_, str) and sheet.table is not None:
            # What is wrong with its type is told there, not where it is referred to.
            cls = sheet.table.classes[0]
        if cls is None:
            return
        names = called(cls, found)
        if isinstance(id_, str):
            self._names.note((id_, *names), self._known_as(id_, sheet) or id_)
        else:
            self._names.note(names, lambda: self._known_as(self._minted(sheet, row), sheet))

    def _minted(self, sheet: Sheet, row: Row) -> str | None:
        """The id that the record of a row without one gets."""
        built = Builder(self._entry(sheet, row, None, {})).records()
        return built[0].record.id if built else None

    def _collect_parts(self) -> None:
        for number, (book, sheet) in enumerate(self._sheets(parts=True)):
            for row in passed(book, sheet):
                written = values(sheet.layout.owner(row.cells), None, many=False) or ""
                owner = self._known_as(self._names.resolved(written), sheet)
                self._parts.add(str(owner), (number, row))

    def _records(self, sheet: Sheet, book: Book) -> Iterator[Entry | Problem]:
        nameless: set[int] = set()
        seen: set[int] = set()
        for row in sheet.rows():
            if isinstance(row, Problem):
                yield row
                continue
            unread = list(sheet.unread(row))
            for i in unread:
                if i not in nameless and not _has_header(sheet, i):
                    nameless.add(i)
                    shown = str(row.cells[i])
                    yield Problem("nameless-column", value=shown, location=row.locate(i))
            entry = self._entry(sheet, row, book.base, self._parts_of(sheet, row), bool(unread))
            if sheet.is_again:
                # Several units of one operator: its record is said once a row.
                said = hash(repr(entry.tree))
                if said in seen:
                    continue
                seen.add(said)
            yield from _guesses(sheet, row)
            yield entry

    def _parts_of(self, sheet: Sheet, row: Row) -> dict[str, list[tuple[Sheet, Row]]]:
        if not self._parts:
            return {}
        id_ = id_of(sheet.layout, row.cells) or self._minted(sheet, row)
        found: dict[str, list[tuple[Sheet, Row]]] = {}
        for number, part in self._parts.take(str(self._known_as(id_, sheet))):
            _, listed = next(islice(self._sheets(parts=True), number, None))
            key = listed.table.field.key if listed.table and listed.table.field else ""
            found.setdefault(key, []).append((listed, part))
        return found

    def _entry(
        self,
        sheet: Sheet,
        row: Row,
        base: str | None,
        parts: dict[str, list[tuple[Sheet, Row]]],
        is_partial: bool = False,
    ) -> Entry:
        found = tree(sheet.layout, row.cells, self._resolver(sheet))
        places: dict[str, list[Places]] = {}
        for key, rows in parts.items():
            for listed, part in rows:
                inner = tree(listed.layout, part.cells, self._resolver(sheet))
                found.setdefault(key, []).append(inner)
                places.setdefault(key, []).append(Places(listed.layout, part, {}))
                is_partial = is_partial or any(listed.unread(part))
        return Entry(
            found,
            (),
            Places(sheet.layout, row, places),
            base,
            sheet.layout.language,
            is_partial=is_partial,
            excused=sheet.excused,
            raw=((sheet, row), *(part for rows in parts.values() for part in rows)),
        )

    def _known_as(self, id_: str | None, sheet: Sheet) -> str | None:
        """What a record of a sheet is known by: its IRI, where tables state different bases."""
        if not self._apart or sheet.base is None or id_ is None or isinstance(id_, Misfit):
            return id_
        return resolve(id_, sheet.base)

    def _resolver(self, sheet: Sheet) -> Resolve:
        """From references of a sheet to ids in its base, and IRIs elsewhere."""
        base = sheet.base if self._apart else None
        if base is None:
            return self._names.resolved

        def resolved(written: str) -> str:
            meant = self._names.resolved(written)
            return meant if isinstance(meant, Misfit) else relative(meant, base)

        return resolved

    def _without_owner(self) -> Iterator[Problem]:
        listed = [sheet for _, sheet in self._sheets(parts=True)]
        known: list[str] = []
        nearest = Nearest()
        for owner, (number, row) in self._parts.rest():
            sheet = listed[number]
            at = sheet.layout.cell(OWNER) or 0
            meant = self._names.resolved(owner)
            if not owner:
                label = {"label": WORDS[OWNER]}
                told = Problem("missing", None, OWNER, location=row.locate(at), params=label)
                yield from about([told], ((sheet, row),))
                continue
            if isinstance(meant, Misfit):
                code, hint = str(meant.code), meant.hint
            else:
                known = known or list(islice(self._ids(), LOOKED_THROUGH))
                code, hint = "unknown-owner", nearest.of(owner, known)
            problem = Problem(code, value=owner or None, location=row.locate(at), hint=hint)
            yield from about([problem], ((sheet, row),))

    def _ids(self) -> Iterator[str]:
        for book, sheet in self._sheets(parts=False):
            at = sheet.layout.cell(ID)
            for row in passed(book, sheet) if at is not None else ():
                if isinstance(at, int) and at < len(row.cells) and row.cells[at] != "":
                    yield str(row.cells[at])


def _has_header(sheet: Sheet, i: int) -> bool:
    return sheet.header is not None and i < len(sheet.header.cells) and sheet.header.cells[i] != ""


def _guesses(sheet: Sheet, row: Row) -> Iterator[Problem]:
    """Numbers that stand where a text is expected: zeros in front may have been lost."""
    for i, (column, cell) in enumerate(zip(sheet.layout.columns, row.cells, strict=False)):
        if type(cell) is not str and column is not None and is_guess(cell, column.field):
            value = values(cell, column.field, many=False)
            if getattr(value, "code", None) is None:
                yield Problem(
                    "number-as-text", field=column.key, value=value, location=row.locate(i)
                )
