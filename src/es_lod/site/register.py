"""What is known of all records of an edition at once: on disk, so that memory does not grow.

SQLite sorts, counts and finds what a site needs in an order that is not the dataset's.
https://www.sqlite.org/lang.html
"""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import finalize

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE record (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, class TEXT NOT NULL, here INTEGER NOT NULL,
    name TEXT NOT NULL, town TEXT, place TEXT, pl TEXT NOT NULL, en TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE link (source INTEGER NOT NULL, i INTEGER NOT NULL, path TEXT NOT NULL,
    target TEXT NOT NULL, goal INTEGER);
CREATE TABLE day (n INTEGER NOT NULL, i INTEGER NOT NULL, day TEXT NOT NULL, field TEXT NOT NULL,
    again INTEGER NOT NULL);
CREATE TABLE former (id TEXT PRIMARY KEY ON CONFLICT REPLACE, data BLOB, page BLOB, files BLOB,
    changed TEXT) WITHOUT ROWID;
CREATE TABLE edition (n INTEGER PRIMARY KEY, page BLOB NOT NULL, changed TEXT);
"""
_INDICES: Final = """
CREATE UNIQUE INDEX record_id ON record (id);
UPDATE link SET goal = (SELECT n FROM record WHERE id = link.target);
CREATE INDEX link_source ON link (source, i);
CREATE INDEX link_goal ON link (goal, source, i) WHERE goal IS NOT NULL;
CREATE INDEX record_class ON record (class);
CREATE INDEX record_place ON record (place, town, here);
CREATE INDEX day_year ON day (substr(day, 1, 4));
"""
"""What each page looks up: a list of a town or year is no look at all records."""


class Row(NamedTuple):
    """What is found out of a record on its own.

    `here` says whether it has a page, `place` is its town in an address; `pl` and `en` sort it.
    """

    n: int
    id: str
    cls: str
    here: bool
    names: str
    town: str | None
    place: str | None
    pl: str
    en: str
    data: bytes


class Register:
    """The records of an edition by number, id, name, place and day, and the links among them.

    It is filled by `es_lod.site.survey`. Copies of this process read it, too.
    """

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="es-lod-")
        # A copy of this process that ends leaves it alone: it belongs to the first.
        finalize(self, _removed, folder, os.getpid())
        self._path = Path(folder) / "register.sqlite"
        self._connections: dict[int, sqlite3.Connection] = {}
        self._run(_TABLES)

    @property
    def _db(self) -> sqlite3.Connection:
        """The connection of this process: none goes from one to another.

        https://www.sqlite.org/howtocorrupt.html
        """
        process = os.getpid()
        if process not in self._connections:
            # A server asks from several threads, one at a time.
            found = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
            self._connections[process] = found
            finalize(self, found.close)
        return self._connections[process]

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        """The rows of a query, one by one."""
        try:
            # Not `yield from`, which would close what goes with the connection.
            for row in self._db.execute(query, values):  # noqa: UP028
                yield row
        except sqlite3.OperationalError as error:
            raise without_room(error) from error

    def value(self, query: str, *values: Any) -> Any:
        """The first value of the first row; nothing where there is none."""
        try:
            found = self._db.execute(query, values).fetchone()
        except sqlite3.OperationalError as error:
            raise without_room(error) from error
        return found and found[0]

    def add(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into a table."""
        width = self.value("SELECT count(*) FROM pragma_table_info(?)", table)
        places = ", ".join("?" * width)
        try:
            self._db.execute("BEGIN")
            self._db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608  # ours
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise without_room(error) from error

    def settle(self) -> None:
        """Find out where links lead, once all records are there."""
        self._run(_INDICES)

    def _run(self, script: str) -> None:
        try:
            self._db.executescript(script)
        except sqlite3.OperationalError as error:
            raise without_room(error) from error

    def number(self, id_: str) -> int | None:
        """The number of a record."""
        found: int | None = self.value("SELECT n FROM record WHERE id = ?", id_)
        return found

    def class_of(self, id_: str) -> str | None:
        """The name of a record's class."""
        found: str | None = self.value("SELECT class FROM record WHERE id = ?", id_)
        return found

    def id(self, number: int) -> str:
        """The id of a record."""
        found: str = self.value("SELECT id FROM record WHERE n = ?", number)
        return found

    def ids(self) -> Iterator[str]:
        """The records with pages here, in the order of the dataset."""
        return (id_ for (id_,) in self.rows("SELECT id FROM record WHERE here ORDER BY n"))

    def count(self) -> int:
        """How many records have pages here."""
        found: int = self.value("SELECT count(*) FROM record WHERE here")
        return found

    def links_to(self, id_: str, most: int = -1) -> list[tuple[str, tuple[str, ...]]]:
        """Who refers to a record and by which keys, in the order of the dataset."""
        query = """SELECT record.id, path FROM link JOIN record ON record.n = source
            WHERE goal = (SELECT n FROM record WHERE id = ?) ORDER BY source, i LIMIT ?"""
        return [(source, keys(path)) for source, path in self.rows(query, id_, most)]

    def is_here(self, id_: str) -> bool:
        """Whether a record has a page."""
        return bool(self.value("SELECT here FROM record WHERE id = ?", id_))


def without_room(error: sqlite3.OperationalError) -> OSError:
    """That the disk has no room, or does not read, with the folder: nobody named it."""
    code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
    return OSError(code, f"{os.strerror(code)} ({tempfile.gettempdir()})")


@lru_cache(maxsize=1024)
def keys(path: str) -> tuple[str, ...]:
    """The keys of a path as it is kept."""
    return tuple(path.split("/"))


def _removed(folder: str, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
