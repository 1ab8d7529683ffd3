"""Which record stands in which: a workshop in its unit, a unit in its operator."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from es_lod.model import Organization, Record, Unit, Workshop
from es_lod.model.record import Node, PartKind


class Nesting(Protocol):
    """Records, and which of them stands in which."""

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""

    def top_level(self) -> Iterator[Record]:
        """The records that stand in no other."""

    def container(self, record: Record) -> str | None:
        """The record that one stands in."""

    def units(self, id_: str) -> Iterable[Unit]:
        """The units that stand in an organisation."""

    def workshop(self, id_: str) -> Workshop | None:
        """A workshop that is there."""


class Held:
    """Records that are all held: a unit may follow its operator at any distance."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {str(record.id): record for record in records}
        self._units: dict[str, list[Unit]] = {}
        self._container: dict[str, str] = {}
        # By id, so that a workshop of two units stands in the same one whatever their order.
        for id_, record in sorted(self._records.items()):
            if isinstance(record, Unit):
                self._container_of(id_, record)
        for id_, record in self._records.items():
            if isinstance(record, Unit) and id_ in self._container:
                self._units.setdefault(self._container[id_], []).append(record)

    def _container_of(self, id_: str, unit: Unit) -> None:
        operator = str(unit.operator)
        if isinstance(self._records.get(operator), Organization):
            self._container[id_] = operator
        for workshop in unit.workshops:
            if self.workshop(str(workshop)) is not None:
                # A workshop of two units stands in the first.
                self._container.setdefault(str(workshop), id_)

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""
        found: set[type[Node]] = set()
        for record in self._records.values():
            _add_classes(record, found)
        return frozenset(cls.__name__ for cls in found)

    def top_level(self) -> Iterator[Record]:
        """The records that stand in no other."""
        return (record for id_, record in self._records.items() if id_ not in self._container)

    def container(self, record: Record) -> str | None:
        """The record that one stands in."""
        return self._container.get(str(record.id))

    def units(self, id_: str) -> Iterable[Unit]:
        """The units that stand in an organisation."""
        return self._units.get(id_, ())

    def workshop(self, id_: str) -> Workshop | None:
        """A workshop that is there."""
        found = self._records.get(id_)
        return found if isinstance(found, Workshop) else None


def _add_classes(node: Node, found: set[type[Node]]) -> None:
    """Add the class of a node, and those of its parts."""
    cls = type(node)
    found.add(cls)
    for field in cls.links():
        if isinstance(field.kind, PartKind):
            value = getattr(node, field.name)
            for part in value if field.many else () if value is None else (value,):
                _add_classes(part, found)
