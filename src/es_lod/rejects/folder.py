"""The folder of what is left out: it takes its place only at the end, and only with content."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from es_lod.errors import EsLodError, InputError, Location, Problem
from es_lod.personal import masked
from es_lod.readers.aside import naming_folder
from es_lod.readers.entries import Entry
from es_lod.readers.origins import Built
from es_lod.readers.unread import Rows, Unread
from es_lod.rejects import lines, sheets
from es_lod.replacing import unwritable
from es_lod.report import told
from es_lod.tabular.columns import SETTINGS
from es_lod.tabular.delimited import BOM, csv_text
from es_lod.tabular.settings import Settings


class Rejects:
    """Writes what is left out, as it comes. `language` is that of the problems' texts."""

    def __init__(self, target: Path, language: str) -> None:
        self._target = target
        self._language = language
        self._beside: Path | None = None
        self._shelves: list[_Shelf] = []
        self._paths: dict[tuple[str, str | None], Path] = {}
        self._books: dict[Path, sheets.Book] = {}

    def left_out(self, entry: Entry, built: Sequence[Built], problems: Sequence[Problem]) -> None:
        """Write the broken records of an entry; the whole of it where none could be built."""
        errors = [problem for problem in problems if problem.severity == "error"]
        settings = lines.settings_of(entry.base, entry.language)
        file = entry.locate(entry.path, False).file
        if isinstance(entry.raw, tuple):
            self._rows(entry.raw, settings, errors)
        elif callable(entry.raw):
            path = self._path(file, ".nt", None)
            self._append(path, lines.triples(entry.raw(), self._told(errors)))
        else:
            path = self._path(file, ".jsonl", None)
            begin = "" if path.exists() else lines.settings_line(settings)
            self._append(path, begin + "".join(lines.records(entry, built, errors, self._told)))

    def unread(self, unread: Unread) -> None:
        """Write lines that cannot be parsed, or rows without an owner."""
        place = unread.location or Location("")
        if isinstance(unread.raw, tuple):
            sheet = unread.raw[0][0]
            settings = lines.settings_of(sheet.base, sheet.layout.language)
            self._rows(unread.raw, settings, [unread.plain()])
            return
        text = masked(unread.raw).rstrip("\r\n") + "\n"
        # A wrong line of JSON Lines is a line all the same; a wrong row would spoil the table.
        if unread.stated is None:
            self._append(self._path(place.file, ".unread.txt", None), text)
        else:
            path = self._path(place.file, ".jsonl", None)
            begin = "" if path.exists() else lines.settings_line(lines.settings_of(*unread.stated))
            self._append(path, begin + text)

    def place(self) -> None:
        """Put the folder in its place, where there is anything in it. Raises `InputError`."""
        if self._beside is None:
            return
        mask = os.umask(0)
        os.umask(mask)
        try:
            for book in self._books.values():
                book.finish()
            self._beside.chmod(0o777 & ~mask)
            if self._target.exists():
                self._target.rmdir()
            self._beside.replace(self._target)
        except OSError as error:
            raise InputError([unwritable(self._target, error)]) from None

    def remove(self) -> None:
        """Remove what is not in its place."""
        for book in self._books.values():
            book.drop()
        if self._beside is not None:
            shutil.rmtree(self._beside, ignore_errors=True)

    def _told(self, problems: Sequence[Problem]) -> list[str]:
        return list(dict.fromkeys(told(problem, self._language) for problem in problems))

    def _rows(self, rows: Rows, settings: Settings, problems: list[Problem]) -> None:
        """Rows with their problems, each beside those that stand in it."""
        by_row = sheets.by_row(rows, problems)
        for (sheet, row), found in zip(rows, by_row, strict=True):
            grid = sheet.grid
            cells = sheets.kept(sheet, row)
            if grid.sheet is None:
                path = self._path(grid.file, "", settings)
                begin = "" if path.exists() else sheets.csv_header(sheet)
                line = sheets.csv_line(sheet, cells, self._told(found))
                self._append(path, begin + line)
            else:
                path = self._path(grid.file, ".xlsx", None)
                marks = [(p, told(p, self._language)) for p in found]
                self._add(path, settings, sheet, cells, marks)

    def _add(self, path: Path, settings: Settings, *row: Any) -> None:
        try:
            with naming_folder():
                if path not in self._books:
                    self._books[path] = sheets.Book(path, settings)
                self._books[path].add(*row)
        except OSError as error:
            raise self._unwritable(error) from None

    def _path(self, source: str, suffix: str, settings: Settings | None) -> Path:
        """The file for an input: under its name, in the first shelf where that is free."""
        key = (source, suffix)
        if key not in self._paths:
            name = PurePath(masked(source)).name
            if name == "-":
                name = "stdin.csv"
            if suffix and not name.lower().endswith((suffix, ".ndjson")):
                name = PurePath(name).stem + suffix
            shelf = next((s for s in self._shelves if s.takes(name, settings)), None)
            if shelf is None:
                shelf = _Shelf(self._next_folder(), self._append)
                self._shelves.append(shelf)
            self._paths[key] = shelf.path(name, settings)
        return self._paths[key]

    def _next_folder(self) -> Path:
        if self._beside is None:
            try:
                self._target.parent.mkdir(exist_ok=True)
                beside = tempfile.mkdtemp(dir=self._target.parent, prefix=f".{self._target.name}.")
            except OSError as error:
                raise self._unwritable(error) from None
            self._beside = Path(beside)
            return self._beside
        folder = self._beside / str(len(self._shelves) + 1)
        folder.mkdir()
        return folder

    def _append(self, path: Path, text: str) -> None:
        # Opened anew each time: there may be more inputs than files that can be open.
        try:
            with path.open("a", encoding="utf-8", errors="surrogateescape", newline="") as out:
                out.write(text)
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> EsLodError:
        # No `InputError`: while an input is read, that would be told of the input.
        return EsLodError([unwritable(self._target, error)])


class _Shelf:
    """A folder within: names are free, and the settings of its tables are one."""

    def __init__(self, folder: Path, append: Callable[[Path, str], None]) -> None:
        self._folder = folder
        self._append = append
        self._names: set[str] = set()
        self._settings: Settings | None = None

    def takes(self, name: str, settings: Settings | None) -> bool:
        fits = settings is None or self._settings in (None, settings)
        return fits and name.casefold() not in self._names

    def path(self, name: str, settings: Settings | None) -> Path:
        self._names.add(name.casefold())
        if settings is not None and self._settings is None:
            self._settings = settings
            if settings != Settings():
                name_of_settings = f"{SETTINGS}.csv"
                self._names.add(name_of_settings)
                text = BOM + csv_text(settings.rows())
                self._append(self._folder / name_of_settings, text)
        return self._folder / name


@contextmanager
def rejecting(folder: str | Path, language: str) -> Iterator[Rejects]:
    """A listener for an `Intake`, whose folder takes its place when the block ends without error.

    A folder that is there is not touched: someone may be mending what is in it. Raises
    `InputError` for it, and where the folder cannot be written.
    """
    target = Path(folder)
    try:
        target = target.resolve()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError([Problem("rejected-exists", location=Location(str(folder)))])
    except (OSError, ValueError) as error:
        raise InputError([unwritable(target, error)]) from None
    rejects = Rejects(target, language)
    try:
        yield rejects
        rejects.place()
    finally:
        rejects.remove()
