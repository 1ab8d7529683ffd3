"""What lists show: records by name, by place and by day."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from es_lod.site.register import Register


class Card(NamedTuple):
    """What a list shows of a record: `names` is its name as JSON, by language."""

    id: str
    cls: str
    names: str
    town: str | None


class Happened(NamedTuple):
    """That a field of a record has a date."""

    day: str
    field: str
    card: Card


def cards(register: Register, language: str, **only: str) -> Iterator[Card]:
    """The records with pages here by name; `only` those of a `class` or `place`."""
    found = "".join(f" AND {column} = ?" for column in only)
    query = f"""SELECT id, class, name, town FROM record WHERE here{found}
        ORDER BY {language}, id"""  # noqa: S608  # names of columns, and of a language
    return map(Card._make, register.rows(query, *only.values()))


def places(register: Register) -> Iterator[tuple[str, str, int]]:
    """The places, each with a town that is so called and how many records name it so."""
    return register.rows(
        """SELECT place, town, count(*) FROM record WHERE here AND town IS NOT NULL
        GROUP BY place, town"""
    )


def years(register: Register) -> Mapping[str, int]:
    """The years in which something happened, the last first, and how much."""
    query = """SELECT substr(day, 1, 4) AS year, count(*) FROM day JOIN record USING (n)
        WHERE here AND NOT again GROUP BY year ORDER BY year DESC"""
    return dict(register.rows(query))


def happened(register: Register, year: str) -> Iterator[Happened]:
    """What happened in a year, by day, then by name; what has only a year comes first."""
    query = """SELECT day, field, id, class, name, town FROM day JOIN record USING (n)
        WHERE here AND NOT again AND substr(day, 1, 4) = ? ORDER BY day, pl, id, i"""
    for day, field, *card in register.rows(query, year):
        yield Happened(day, field, Card._make(card))


def latest(register: Register, field: str, most: int, *classes: str) -> Iterator[tuple[str, Card]]:
    """The last days of a field of some classes, each with its record."""
    query = f"""SELECT day, id, class, name, town FROM day JOIN record USING (n)
        WHERE here AND field = ? AND class IN ({", ".join("?" * len(classes))})
        ORDER BY day DESC, id DESC LIMIT ?"""  # noqa: S608  # places of values
    for day, *card in register.rows(query, field, *classes, most):
        yield day, Card._make(card)


def classes(register: Register) -> Mapping[str, int]:
    """The classes of the records with pages here, and how many each has."""
    query = "SELECT class, count(*) FROM record WHERE here GROUP BY class"
    return dict(register.rows(query))


def period(register: Register) -> tuple[str, str] | None:
    """The first and the last day that a record speaks of, as precise as they are stated."""
    query = "SELECT min(substr(day, 1, 10)), max(substr(day, 1, 10)) FROM day"
    first, last = next(register.rows(query))
    return (first, last) if first else None
