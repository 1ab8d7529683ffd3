"""What is left out of a run: records with errors, and pieces of an input that are no record."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from es_lod.errors import Problem

if TYPE_CHECKING:
    from es_lod.readers.entries import Entry
    from es_lod.readers.grids import Row
    from es_lod.readers.origins import Built
    from es_lod.tabular.sheets import Sheet

Rows: TypeAlias = "tuple[tuple[Sheet, Row], ...]"
"""Rows as they stand, each with the sheet that it is of."""


@dataclass(frozen=True, slots=True)
class Unread(Problem):
    """A problem of lines that cannot be parsed, or of rows that belong to no record."""

    raw: "str | Rows" = ""
    stated: tuple[str | None, str] | None = None
    """Base and language of the lines around it, where it is a line of JSON Lines."""

    def plain(self) -> Problem:
        """The problem alone, which may be kept: what it is about may be large."""
        return Problem(**_told(self))


def about(
    problems: Iterable[Problem],
    raw: "str | Rows",
    stated: tuple[str | None, str] | None = None,
) -> Iterator[Unread]:
    """Problems with what they are about."""
    yield from (Unread(**_told(problem), raw=raw, stated=stated) for problem in problems)


def _told(problem: Problem) -> dict[str, Any]:
    """What any problem says."""
    return {field.name: getattr(problem, field.name) for field in dataclasses.fields(Problem)}


class Listener(Protocol):
    """Is told what is left out, as it comes."""

    def left_out(
        self, entry: "Entry", built: "Sequence[Built]", problems: Sequence[Problem]
    ) -> None:
        """Records of an entry are left out: the broken ones, all where none could be built.

        `built` has its records with the ids that they have in the entry.
        """

    def unread(self, unread: Unread) -> None:
        """Lines or rows belong to no record."""
