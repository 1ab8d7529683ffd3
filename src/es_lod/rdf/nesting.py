"""Which record stands in which: a workshop in its unit, a unit in its operator."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Protocol

from es_lod.model import Organization, Record, Unit, Workshop
from es_lod.model.outline import Outline, Told, parts_of


class Nesting(Protocol):
    """Records, and which of them stands in which."""

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""

    def top_level(self) -> Iterator[Told]:
        """The records that stand in no other."""

    def container(self, told: Told) -> str | None:
        """The record that one stands in."""

    def units(self, id_: str) -> Iterable[Told]:
        """The units that stand in an organisation."""

    def workshop(self, id_: str) -> Told | None:
        """A workshop that is there."""


class Held:
    """Records that are all held: a unit may follow its operator at any distance."""

    def __init__(self, records: Iterable[Told]) -> None:
        self._records = {told.id: told for told in records}
        self._units: dict[str, list[Told]] = {}
        self._container: dict[str, str] = {}
        # By id, so that a workshop of two units stands in the same one whatever their order.
        for id_, told in sorted(self._records.items(), key=itemgetter(0)):
            if issubclass(told.outline.cls, Unit):
                self._container_of(id_, told)
        for id_, told in self._records.items():
            if issubclass(told.outline.cls, Unit) and id_ in self._container:
                self._units.setdefault(self._container[id_], []).append(told)

    def _container_of(self, id_: str, unit: Told) -> None:
        operator = str(unit.get("operator"))
        if self._is(operator, Organization):
            self._container[id_] = operator
        for workshop in unit.get("workshops") or ():
            if self._is(workshop, Workshop):
                # A workshop of two units stands in the first.
                self._container.setdefault(workshop, id_)

    def _is(self, id_: str, cls: type[Record]) -> bool:
        found = self._records.get(id_)
        return found is not None and issubclass(found.outline.cls, cls)

    def classes(self) -> frozenset[str]:
        """The names of the classes of records and parts."""
        found: set[Outline] = set()
        for outline, values in self._records.values():
            found.add(outline)
            if outline.parts:
                found.update(part.outline for part in parts_of(outline, values))
        return frozenset(outline.cls.__name__ for outline in found)

    def top_level(self) -> Iterator[Told]:
        """The records that stand in no other."""
        return (told for id_, told in self._records.items() if id_ not in self._container)

    def container(self, told: Told) -> str | None:
        """The record that one stands in."""
        return self._container.get(told.id)

    def units(self, id_: str) -> Iterable[Told]:
        """The units that stand in an organisation."""
        return self._units.get(id_, ())

    def workshop(self, id_: str) -> Told | None:
        """A workshop that is there."""
        return self._records[id_] if self._is(id_, Workshop) else None
