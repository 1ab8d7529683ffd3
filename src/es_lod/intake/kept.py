"""The records of an intake, kept by id."""

from collections.abc import Iterator

from es_lod.model import Record
from es_lod.readers.origins import Built, Origin
from es_lod.readers.plain import Plain


class Kept:
    """Records by id, as first met, with where they come from.

    Those that are plainly right are built when they are asked for: what checks or writes all of
    them needs none.
    """

    def __init__(self) -> None:
        self._records: dict[str, Record | Plain] = {}
        # What a broken record still has.
        self._partial: dict[str, Record] = {}
        self._origins: dict[str, Origin | Plain] = {}

    def add(self, record: Record) -> None:
        """Keep a record that comes from no input."""
        self._records[str(record.id)] = record

    def take(self, built: Built | Plain) -> None:
        """Keep a record of an input."""
        if isinstance(built, Plain):
            self._records[built.id] = built
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
        if isinstance(found, Plain):
            self._origins[id_] = found
            found = self._records[id_] = found.record
        return found

    def find(self, id_: str) -> Record | None:
        """A record, also one with errors."""
        return self.get(id_) or self._partial.get(id_)

    def origin(self, id_: str) -> Origin | None:
        """Where a record was read from."""
        kept = self._records.get(id_)
        found = kept if isinstance(kept, Plain) else self._origins.get(id_)
        return found.origin if isinstance(found, Plain) else found

    def is_of_rdf(self, id_: str) -> bool:
        """Whether a record came from RDF."""
        found = self._origins.get(id_)
        return isinstance(found, Origin) and found.entry.is_rdf

    def documents(self) -> Iterator[Record | Plain]:
        """What came from documents or from Python, what is left of broken records too."""
        for id_, record in (*self._records.items(), *self._partial.items()):
            if not self.is_of_rdf(id_):
                yield record

    def unbuilt(self) -> Iterator[Record | Plain]:
        """The records without errors; what is plainly right stays as it is."""
        yield from self._records.values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._records

    def __len__(self) -> int:
        return len(self._records)
