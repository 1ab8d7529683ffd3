"""The dataset as JSON-LD nests it, found out record by record."""

from collections.abc import Iterator

from es_lod.model import Organization, Unit, Workshop
from es_lod.model.outline import Told
from es_lod.readers.plain import held
from es_lod.site.edition import Edition, names_of, places


class Nested:
    """Which record stands in which: asked of the register, so that none has to be held."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._organizations = frozenset(names_of(Organization))

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""
        return frozenset(self._edition.counts.nodes)

    def top_level(self) -> Iterator[Told]:
        """The records that stand in no other: what that is, `container` says."""
        units, workshops = names_of(Unit), names_of(Workshop)
        query = f"""SELECT id FROM record
            WHERE NOT (class IN ({places(units)}) AND EXISTS (SELECT 1 FROM link
                JOIN record AS operator ON operator.n = goal WHERE source = record.n
                AND path = 'operator' AND operator.class IN ({places([*self._organizations])})))
            AND NOT (class IN ({places(workshops)}) AND EXISTS (SELECT 1 FROM link
                WHERE goal = record.n AND path = 'workshops'))
            ORDER BY n"""  # noqa: S608  # places of values
        rows = self._edition.register.rows(query, *units, *self._organizations, *workshops)
        return (told for (id_,) in rows if (told := self._told(id_)) is not None)

    def container(self, told: Told) -> str | None:
        """The record that one stands in; a workshop of two units stands in the first by id."""
        cls = told.outline.cls
        if issubclass(cls, Unit):
            operator = str(told.get("operator"))
            is_here = self._edition.register.class_of(operator) in self._organizations
            return operator if is_here else None
        if issubclass(cls, Workshop):
            return min(self._referring(told.id, "workshops"), default=None)
        return None

    def units(self, id_: str) -> Iterator[Told]:
        """The units that stand in an organisation, in the order of the dataset."""
        found = map(self._told, self._referring(id_, "operator"))
        return (told for told in found if told is not None and issubclass(told.outline.cls, Unit))

    def workshop(self, id_: str) -> Told | None:
        """A workshop that is there."""
        told = self._told(id_)
        return told if told is not None and issubclass(told.outline.cls, Workshop) else None

    def _told(self, id_: str) -> Told | None:
        record = self._edition.unbuilt(id_)
        return None if record is None else held(record)

    def _referring(self, id_: str, key: str) -> Iterator[str]:
        query = """SELECT near.id FROM record JOIN link ON goal = record.n AND path = ?
            JOIN record AS near ON near.n = source WHERE record.id = ? ORDER BY source, i"""
        return (found for (found,) in self._edition.register.rows(query, key, id_))
