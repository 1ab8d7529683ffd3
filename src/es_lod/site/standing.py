"""How records stand beside those of the former edition, and beside each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from es_lod.site.register import Register


class Standing(NamedTuple):
    """A record with a page: what of it this edition knows, and what the former one did."""

    n: int
    id: str
    data: bytes
    page: bytes
    changed: str | None
    former_page: bytes | None
    former_files: bytes | None


def judge(register: Register, day: str | None, prints: Iterable[bytes]) -> None:
    """Keep what pages show, by its prints in the order of the dataset, and since when.

    The day is that of this edition, where the data of a record is not what it was.
    """
    query = """SELECT n, CASE WHEN former.data = record.data THEN former.changed ELSE ? END
        FROM record LEFT JOIN former USING (id) WHERE here ORDER BY n"""
    rows = zip(register.rows(query, day), prints, strict=True)
    register.add("edition", ((n, page, changed) for (n, changed), page in rows))


def standing(register: Register, begin: int, end: int) -> Iterator[Standing]:
    """The records with pages among those of some numbers."""
    query = """SELECT n, id, record.data, edition.page, edition.changed,
        former.page, former.files
        FROM record JOIN edition USING (n) LEFT JOIN former USING (id)
        WHERE n >= ? AND n < ? ORDER BY n"""
    return map(Standing._make, register.rows(query, begin, end))


def changed(register: Register) -> Iterator[tuple[int, str, bytes, bytes, str | None]]:
    """For each record with a page, by id, its number, its prints, and when it changed."""
    return register.rows(
        """SELECT n, id, data, page, changed FROM edition JOIN record USING (n) ORDER BY id"""
    )


def dated(register: Register) -> Iterator[tuple[str, str | None]]:
    """The records with pages in the order of the names of their pages, with when they changed.

    A dot is behind these names: `a-b.html` comes before `a.html`.
    """
    return register.rows("SELECT id, changed FROM edition JOIN record USING (n) ORDER BY id || '.'")


def created(register: Register) -> Iterator[str]:
    """The records with pages that the former edition did not have."""
    return _ids(
        register,
        """SELECT id FROM record LEFT JOIN former USING (id)
        WHERE here AND former.id IS NULL ORDER BY n""",
    )


def updated(register: Register) -> Iterator[str]:
    """Those whose data was another."""
    return _ids(
        register,
        """SELECT id FROM record JOIN former USING (id)
        WHERE here AND former.data <> record.data ORDER BY n""",
    )


def deleted(register: Register) -> Iterator[str]:
    """Those that only the former edition had."""
    return _ids(
        register,
        """SELECT former.id FROM former LEFT JOIN record
        ON record.id = former.id AND here WHERE n IS NULL ORDER BY former.id""",
    )


def neighbourhoods(register: Register) -> Iterator[tuple[bytes, Iterator[tuple[Any, ...]]]]:
    """For each record the print of its data, and its links with what they lead to and from.

    The links are read as they are taken, before the next record: all may refer to one.
    """
    outgoing = register.rows(
        """SELECT source, path, target, near.class, near.name FROM link
        LEFT JOIN record AS near ON near.n = goal ORDER BY source, i"""
    )
    incoming = register.rows(
        """SELECT goal, path, near.id, near.class, near.name FROM link
        JOIN record AS near ON near.n = source WHERE goal IS NOT NULL ORDER BY goal, source, i"""
    )
    to, of = _by_number(outgoing), _by_number(incoming)
    for n, data in register.rows("SELECT n, data FROM record ORDER BY n"):
        yield data, chain(to(n), of(n))


def around(register: Register) -> Iterator[tuple[int, list[int]]]:
    """For each record with a page the records that it refers to, and those that do so to it."""
    known = "FROM link WHERE goal IS NOT NULL ORDER BY"
    to = _by_number(register.rows(f"SELECT source, goal {known} source, i"))
    of = _by_number(register.rows(f"SELECT goal, source {known} goal, source, i"))
    for (n,) in register.rows("SELECT n FROM record WHERE here ORDER BY n"):
        yield n, [end for (end,) in (*to(n), *of(n))]


def _ids(register: Register, query: str) -> Iterator[str]:
    return (id_ for (id_,) in register.rows(query))


class ChangeDays(Mapping[str, str | None]):
    """For each record with a page the day of the edition in which its data changed last."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def __getitem__(self, id_: str) -> str | None:
        query = "SELECT changed FROM edition JOIN record USING (n) WHERE id = ?"
        for (day,) in self._register.rows(query, id_):
            return day and str(day)
        raise KeyError(id_)

    def __iter__(self) -> Iterator[str]:
        return self._register.ids()

    def __len__(self) -> int:
        return self._register.count()


def _by_number(rows: Iterator[Any]) -> Callable[[int], Iterator[Any]]:
    """Rows that are sorted by a number, which is asked for in that order; without the number."""
    waiting = next(rows, None)

    def of(number: int) -> Iterator[Any]:
        nonlocal waiting
        while waiting is not None and waiting[0] <= number:
            row, waiting = waiting, next(rows, None)
            if row[0] == number:
                yield row[1:]

    return of
