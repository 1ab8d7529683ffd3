"""Rows of parts, kept by their owner until its own row comes.

In a private temporary database: it stays in memory while small and goes to disk when large, so
that memory stays flat however many parts there are.
"""

import pickle
import sqlite3
from collections.abc import Iterator
from typing import Any


class PartRows:
    """Rows by owner; each is taken once."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE part (owner TEXT, row BLOB)")
        self._indexed = False
        self._count = 0

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, owner: str, row: Any) -> None:
        """Keep a row; none may be added once one was taken."""
        self._count += 1
        self._database.execute("INSERT INTO part VALUES (?, ?)", (owner, pickle.dumps(row)))

    def take(self, owner: str) -> list[Any]:
        """The rows of an owner, in the order in which they came."""
        if not self._indexed:
            self._database.execute("CREATE INDEX owner ON part (owner)")
            self._indexed = True
        found = self._database.execute(
            "SELECT row FROM part WHERE owner = ? ORDER BY rowid", (owner,)
        ).fetchall()
        if found:
            self._database.execute("DELETE FROM part WHERE owner = ?", (owner,))
        return [pickle.loads(row) for (row,) in found]  # noqa: S301  # what `add` has put there

    def rest(self) -> Iterator[tuple[str, Any]]:
        """The rows that nobody has taken, with their owners."""
        for owner, row in self._database.execute("SELECT owner, row FROM part ORDER BY rowid"):
            yield owner, pickle.loads(row)  # noqa: S301  # what `add` has put there
