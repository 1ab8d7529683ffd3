"""The columns file: what the columns of people's own tables mean, as they wrote it down.

    type: SocialCooperative
    columns:
      Registered Name: name
      Legal Form:
        key: legalForm
        values: {Society: social-cooperative-of-natural-persons}
      "*": "-"
    constants:
      id: "coop-{CUK Organisation ID}"

Everything has its place, so that a mistake is told at its line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, NamedTuple

from es_lod.errors import Location, Problem
from es_lod.iris import fold
from es_lod.tabular.constants import Piece
from es_lod.tabular.words import Words

LEFT_OUT: Final = "-"
"""What stands for the field of a column, or the meaning of a word, that is left out."""
OTHERS: Final = "*"
"""All columns that the file does not name."""


class Target(NamedTuple):
    """Where a column goes: the key as written, with its place; what its words mean."""

    header: str
    key: str
    header_at: Location
    key_at: Location
    words: Words = Words()
    values_at: Mapping[str, Location] = MappingProxyType({})


class Given(NamedTuple):
    """A value of all rows as written: its key, and its pieces."""

    key: str
    pieces: tuple[Piece, ...]
    key_at: Location
    at: Location


@dataclass(frozen=True, slots=True)
class Described:
    """What the file says of one table. `table` is its sheet or file, if one is named."""

    at: Location
    table: str | None = None
    type_: str | None = None
    type_at: Location | None = None
    header: int | None = None
    header_at: Location | None = None
    targets: Mapping[str, Target] = field(default_factory=dict)
    """By the name of the header, as `named` gives it."""
    constants: tuple[Given, ...] = ()
    leaves_others: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The headers that it names, in columns or in templates."""
        return frozenset(self.targets) | {named(text) for text, _ in self.used()}

    def used(self) -> Iterator[tuple[str, Location]]:
        """The headers of templates, each with the place of the template."""
        for given in self.constants:
            yield from ((piece.text, given.at) for piece in given.pieces if piece.is_header)


class Columns:
    """A columns file. What is wrong with it gathers while it is read and used."""

    def __init__(
        self, file: str, tables: Iterable[Described], problems: Iterable[Problem] = ()
    ) -> None:
        self.file = file
        self.tables = tuple(tables)
        self._problems: dict[tuple[str, Location | None, str | None], Problem] = {}
        self._seen: dict[int, dict[str, str]] = {}
        for problem in problems:
            self.tell(problem)

    def tell(self, problem: Problem) -> None:
        """Note a mistake in the file; the same one is told once, however many tables have it."""
        key = (problem.code, problem.location, problem.value)
        self._problems.setdefault(key, problem)

    def note(self, described: Described, headers: Iterable[str]) -> None:
        """Note that a table is read so, and the headers that it has."""
        seen = self._seen.setdefault(id(described), {})
        for header in headers:
            seen.setdefault(named(header), header)

    def is_told(self, place: Location | None) -> bool:
        """Whether something is wrong with the file at a place."""
        return any(problem.location == place for problem in self._problems.values())

    def mistakes(self, *, is_whole: bool) -> list[Problem]:
        """What is wrong with the file; where the whole input was read, also what no table has."""
        for described in self.tables if is_whole else ():
            seen = self._seen.get(id(described))
            if seen is None:
                if described.table is not None:
                    told = Problem("unknown-sheet", value=described.table, location=described.at)
                else:
                    told = Problem("columns-unused", location=described.at)
                self.tell(told)
                continue
            written = [(target.header, target.header_at) for target in described.targets.values()]
            for header, place in (*written, *described.used()):
                if named(header) not in seen:
                    near = get_close_matches(named(header), list(seen), 1, 0.6)
                    hint = seen[near[0]] if near else None
                    self.tell(Problem("unknown-header", value=header, location=place, hint=hint))
        return list(self._problems.values())


def named(header: str) -> str:
    """What a header is known by: folded, but for marks alone."""
    return fold(header) or header.strip()


def numbered(texts: Iterable[str]) -> list[str]:
    """The names of headers: a second column of the same header is called `REGON #2`."""
    counts: dict[str, int] = {}
    names = []
    for text in texts:
        counts[named(text)] = n = counts.get(named(text), 0) + 1
        names.append(f"{text} #{n}" if n > 1 and text else text)
    return names
