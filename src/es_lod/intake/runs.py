"""Runs: records of one document, one behind another, that are plainly right."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import Any, Final, cast

from es_lod.errors import InputError, Problem
from es_lod.model import Record
from es_lod.rdf.texts import templates
from es_lod.readers.entries import Entry
from es_lod.readers.plain import Place, Plain, plain
from es_lod.validate.links import Summary, summary
from es_lod.validate.terms import TermLint, asks, is_right

_TOGETHER: Final = 512
"""How many records make a run."""


class Run(Sequence[Plain]):
    """Records as they were read, and what is made of all of them together."""

    def __init__(self, records: Sequence[Plain]) -> None:
        self._records = records

    @property
    def place(self) -> Place:
        """Where they stand."""
        return self._records[0].place

    @cached_property
    def summary(self) -> Summary:
        """What the ledger has to know of them."""
        return summary(self._records)

    @cached_property
    def is_right(self) -> bool:
        """Whether the term lint has nothing to tell of them."""
        asked = {outline for outline in {r.outline for r in self._records} if asks(outline)}
        return all(is_right(r.outline, r.values) for r in self._records if r.outline in asked)

    def text(self, format: str, base: str) -> bytes:
        """They in a format that has templates, for a base."""
        known = templates(format, base, self.place.language)
        # Each by itself: all of them together take half as long again to encode.
        return b"".join([known.text(r.outline, r.values).encode() for r in self._records])

    def __getitem__(self, index: Any) -> Any:
        """One of them, or several."""
        return self._records[index]

    def __iter__(self) -> Iterator[Plain]:
        """Them, in their order."""
        return iter(self._records)

    def __len__(self) -> int:
        """How many they are."""
        return len(self._records)


_GATHERED: Final = 128
"""How many entries make a run at most."""


def gathered(
    items: Iterable[Entry | Problem | Sequence[Plain]],
) -> Iterator[Entry | Problem | Sequence[Plain]]:
    """What is read, with entries one behind another that are plainly right as records together.

    All of them have the base and the language of the first.
    """
    found: list[Plain] = []
    try:
        for item in items:
            known = plain(item) if isinstance(item, Entry) else None
            if found and not (
                known and _alike(found[0]) == _alike(known) and len(found) < _GATHERED
            ):
                yield found
                found = []
            if known is None:
                yield item
            else:
                found.append(known)
    except InputError:  # what was read before it counts
        if found:
            yield found
        raise
    if found:
        yield found


def _alike(record: Plain) -> tuple[str | None, str]:
    """What the records of a run have in common."""
    return record.place.base, record.place.language


def runs(records: Iterable[Plain]) -> Iterator[Run]:
    """Records in their order, many at a time."""
    for _, some in groupby(records, key=_alike):
        while run := list(islice(some, _TOGETHER)):
            yield Run(run)


def in_runs(records: Iterable[Record | Plain]) -> Iterator[Record | Run]:
    """Records in their order, those that are plainly right many at a time."""
    for are_plain, some in groupby(records, key=lambda record: isinstance(record, Plain)):
        if are_plain:
            yield from runs(cast("Iterator[Plain]", some))
        else:
            yield from cast("Iterator[Record]", some)


def linted(items: Iterable[Record | Run], lint: TermLint) -> Iterator[Record | Run]:
    """Records and runs, each looked at before it goes on."""
    for item in items:
        if not (isinstance(item, Run) and item.is_right):
            deque(lint.passing(item if isinstance(item, Run) else [item]), maxlen=0)
        yield item
