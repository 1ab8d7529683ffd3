"""The dataset as JSON-LD nests it, found out record by record."""

from collections.abc import Iterator

from es_lod.model import Organization, Record, Unit, Workshop
from es_lod.site.edition import Edition


class Nested:
    """Which record stands in which: asked of the register, so that none has to be held."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._dataset = edition.dataset

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""
        return frozenset(self._edition.counts.nodes)

    def top_level(self) -> Iterator[Record]:
        """The records that stand in no other."""
        return (record for record in self._dataset if self.container(record) is None)

    def container(self, record: Record) -> str | None:
        """The record that one stands in; a workshop of two units stands in the first by id."""
        if isinstance(record, Unit):
            operator = str(record.operator)
            return operator if isinstance(self._dataset.find(operator), Organization) else None
        if isinstance(record, Workshop):
            return min(self._referring(str(record.id), "workshops"), default=None)
        return None

    def units(self, id_: str) -> Iterator[Unit]:
        """The units that stand in an organisation, in the order of the dataset."""
        for found in self._referring(id_, "operator"):
            record = self._dataset[found]
            if isinstance(record, Unit) and self.container(record) == id_:
                yield record

    def workshop(self, id_: str) -> Workshop | None:
        """A workshop that is there."""
        found = self._dataset.find(id_)
        return found if isinstance(found, Workshop) else None

    def _referring(self, id_: str, key: str) -> Iterator[str]:
        query = """SELECT near.id FROM record JOIN link ON goal = record.n AND path = ?
            JOIN record AS near ON near.n = source WHERE record.id = ? ORDER BY source, i"""
        return (found for (found,) in self._edition.register.rows(query, key, id_))
