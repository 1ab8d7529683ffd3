"""The records of an intake, kept by id."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Final, cast

from es_lod.intake.runs import Run, runs
from es_lod.model import Record
from es_lod.readers.aside import Aside
from es_lod.readers.origins import Built, Origin
from es_lod.readers.plain import Place, Plain

_BUILT: Final = 4096
"""How many records that are plainly right are held as built: those asked for last."""


class Lines:
    """Records that are plainly right, as the lines in which they stand.

    A record takes 20 bytes of memory here; looked at, it has 2,400, and to look at its line again
    takes 10 microseconds.
    """

    def __init__(self) -> None:
        self._text = Aside()
        self._starts = array("Q")
        self._numbers = array("Q")
        # The places, each with the first of its records.
        self._places: list[Place] = []
        self._firsts: list[int] = []

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, record: Plain) -> int:
        """Keep a record, and say which it is."""
        found = len(self._starts)
        if not self._places or record.place is not self._places[-1]:
            self._places.append(record.place)
            self._firsts.append(found)
        self._starts.append(self._text.add(record.text.encode()))
        self._numbers.append(record.number)
        return found

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
        self._records: dict[str, Record | Plain | int] = {}
        self._lines = Lines()
        # What a broken record still has.
        self._partial: dict[str, Record] = {}
        self._origins: dict[str, Origin] = {}
        self._built = lru_cache(_BUILT)(self._build)

    def add(self, record: Record) -> None:
        """Keep a record that comes from no input."""
        self._records[str(record.id)] = record

    def take(self, built: Built | Plain) -> None:
        """Keep a record of an input."""
        if isinstance(built, Plain):
            self._records[built.id] = self._lines.add(built) if built.text else built
            return
        id_ = str(built.record.id)
        if not built.broken:
            self._records[id_] = built.record
            self._origins[id_] = built.origin
        elif id_ not in self._records:
            self._partial.setdefault(id_, built.record)
            self._origins.setdefault(id_, built.origin)

    def get(self, id_: str) -> Record | None:
        """A record without errors."""
        found = self._records.get(id_)
        return self._built(id_) if isinstance(found, (Plain, int)) else found

    def _build(self, id_: str) -> Record:
        found = self._looked(self._records[id_])
        return found.record if isinstance(found, Plain) else found

    def _looked(self, found: Record | Plain | int) -> Record | Plain:
        return self._lines[found] if isinstance(found, int) else found

    def find(self, id_: str) -> Record | None:
        """A record, also one with errors."""
        return self.get(id_) or self._partial.get(id_)

    def find_plain(self, id_: str) -> Plain | None:
        """A record that is plainly right."""
        found = self._records.get(id_)
        return cast("Plain", self._looked(found)) if isinstance(found, (Plain, int)) else None

    def origin(self, id_: str) -> Origin | None:
        """Where a record was read from."""
        found = self.find_plain(id_)
        return found.origin if found is not None else self._origins.get(id_)

    def is_of_rdf(self, id_: str) -> bool:
        """Whether a record came from RDF."""
        found = self._origins.get(id_)
        return found is not None and found.entry.is_rdf

    def documents(self) -> Iterator[Record | Plain]:
        """What came from documents or from Python, what is left of broken records too."""
        for id_, record in chain(self._records.items(), self._partial.items()):
            if not self.is_of_rdf(id_):
                yield self._looked(record)

    def built(self) -> Iterator[Record]:
        """Those of the documents that are not plainly right."""
        for id_, record in chain(self._records.items(), self._partial.items()):
            if isinstance(record, Record) and not self.is_of_rdf(id_):
                yield record

    def runs(self) -> Iterator[Run]:
        """Those that are, many at a time."""
        kept = (self._looked(r) for r in self._records.values() if not isinstance(r, Record))
        return runs(record for record in kept if isinstance(record, Plain))

    def unbuilt(self) -> Iterator[Record | Plain]:
        """The records without errors; what is plainly right stays as it is."""
        return map(self._looked, self._records.values())

    def records(self, begin: int = 0, end: int | None = None) -> Iterator[Record]:
        """The records without errors, or some of them by their number."""
        # Of more than are held none would be there when it is asked for again.
        get = self._built if len(self._records) <= _BUILT else self._build
        return map(get, islice(self._records, begin, end))

    def __contains__(self, id_: object) -> bool:
        return id_ in self._records

    def __len__(self) -> int:
        return len(self._records)
