"""The records of an intake, kept by id."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from es_lod.intake.ids import Ids
from es_lod.intake.runs import Run, runs
from es_lod.model import Record
from es_lod.readers.aside import Aside
from es_lod.readers.origins import Built, Origin
from es_lod.readers.plain import Place, Plain

_BUILT: Final = 4096
"""How many records that are plainly right are held as built: those asked for last."""


class Lines:
    """Records that are plainly right, as the lines in which they stand, by their number.

    A record takes 16 bytes of memory here; looked at, it has 2,400, and to look at its line again
    takes 10 microseconds.
    """

    def __init__(self) -> None:
        self._text = Aside()
        self._starts = array("Q")
        self._numbers = array("Q")
        # The places, each with the first of its records.
        self._places: list[Place] = []
        self._firsts: list[int] = []

    def add(self, record: Plain) -> None:
        """Keep the next record."""
        if not self._places or record.place is not self._places[-1]:
            self._places.append(record.place)
            self._firsts.append(len(self._starts))
        self._starts.append(self._text.add(record.text.encode()))
        self._numbers.append(record.number)

    def skip(self) -> None:
        """Keep no line of the next record."""
        self._starts.append(len(self._text))
        self._numbers.append(0)

    def __getitem__(self, index: int) -> Plain:
        """The record, looked at again."""
        start, after = self._starts[index], index + 1
        end = self._starts[after] if after < len(self._starts) else len(self._text)
        place = self._places[bisect_right(self._firsts, index) - 1]
        return place.plain(self._numbers[index], self._text.read(start, end).decode())


class Kept:
    """Records by id, as first met, with where they come from.

    Those that are plainly right are built when they are asked for: what checks or writes all of
    them needs none. Where they are lines of a file, no more is held of them than these.
    """

    def __init__(self) -> None:
        self._ids = Ids()
        self._lines = Lines()
        # By number, those that are no lines.
        self._others: dict[int, Record | Plain] = {}
        # What a broken record still has.
        self._partial: dict[str, Record] = {}
        self._origins: dict[str, Origin] = {}
        self._built = lru_cache(_BUILT)(self._build)

    def add(self, record: Record) -> None:
        """Keep a record that comes from no input."""
        self._add(str(record.id), record)

    def take(self, built: Built | Plain) -> None:
        """Keep a record of an input."""
        if isinstance(built, Plain):
            self._add(built.id, built)
            return
        id_ = str(built.record.id)
        if not built.broken:
            self._add(id_, built.record)
            self._origins[id_] = built.origin
        elif id_ not in self:
            self._partial.setdefault(id_, built.record)
            self._origins.setdefault(id_, built.origin)

    def _add(self, id_: str, record: Record | Plain) -> None:
        number = self._ids.add(id_)
        if isinstance(record, Plain) and record.text:
            self._lines.add(record)
        else:
            self._lines.skip()
            self._others[number] = record

    def _at(self, number: int) -> Record | Plain:
        return self._others.get(number) or self._lines[number]

    def _build(self, number: int) -> Record:
        found = self._at(number)
        return found.record if isinstance(found, Plain) else found

    def _numbers(self) -> range:
        return range(len(self._ids))

    def get(self, id_: str) -> Record | None:
        """A record without errors."""
        found = map(self._built, self._ids.at(id_))
        return next((record for record in found if record.id == id_), None)

    def find(self, id_: str) -> Record | None:
        """A record, also one with errors."""
        return self.get(id_) or self._partial.get(id_)

    def find_plain(self, id_: str) -> Plain | None:
        """A record that is plainly right."""
        found = map(self._at, self._ids.at(id_))
        return next((r for r in found if isinstance(r, Plain) and r.id == id_), None)

    def origin(self, id_: str) -> Origin | None:
        """Where a record was read from."""
        found = self.find_plain(id_)
        return found.origin if found is not None else self._origins.get(id_)

    def is_of_rdf(self, id_: str) -> bool:
        """Whether a record came from RDF."""
        found = self._origins.get(id_)
        return found is not None and found.entry.is_rdf

    def whole(self) -> Iterator[Record | Plain]:
        """What came from documents or from Python."""
        return filter(self._is_of_document, self.unbuilt())

    def documents(self) -> Iterator[Record | Plain]:
        """The same, and what is left of broken records."""
        return chain(self.whole(), filter(self._is_of_document, self._partial.values()))

    def built(self) -> Iterator[Record]:
        """Those of the documents that are not plainly right."""
        for record in chain(self._others.values(), self._partial.values()):
            if not isinstance(record, Plain) and self._is_of_document(record):
                yield record

    def _is_of_document(self, record: Record | Plain) -> bool:
        return isinstance(record, Plain) or not self.is_of_rdf(str(record.id))

    def runs(self) -> Iterator[Run]:
        """Those that are, many at a time."""
        return runs(record for record in self.unbuilt() if isinstance(record, Plain))

    def unbuilt(self, begin: int = 0, end: int | None = None) -> Iterator[Record | Plain]:
        """The records without errors, or some of them by their number.

        What is plainly right stays as it is.
        """
        return map(self._at, self._numbers()[begin:end])

    def records(self) -> Iterator[Record]:
        """The records without errors."""
        # Of more than are held none would be there when it is asked for again.
        get = self._built if len(self) <= _BUILT else self._build
        return map(get, self._numbers())

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.get(id_) is not None

    def __len__(self) -> int:
        return len(self._ids)
