"""Records as our JSON-LD: nested, compact, with an inline context.

A workshop stands in its unit, a unit in its operator, everything else at top level.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, Final, Protocol, TextIO

from es_lod.context import context, inline
from es_lod.iris import resolve
from es_lod.model import Organization, Record, Unit, Workshop, kinds
from es_lod.model.record import Field, Node, Part, PartKind, Statement
from es_lod.namespaces import prefixed
from es_lod.rdf.emit import parts_of, plain, statement_object
from es_lod.values import PartialDate, Text


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


def write_jsonld(records: Iterable[Record] | Nesting, out: TextIO, base: str) -> None:
    """Write records in normal form as one document.

    Of an iterable it holds all records, since a unit may follow its operator at any distance.
    """
    nesting = _Held(records) if isinstance(records, Iterable) else records
    writer = _Writer(nesting, base)
    out.write(_head(base, nesting.classes()) + ',\n  "records": [')
    comma = ""
    for record in nesting.top_level():
        out.write(f"{comma}\n    {_indented(writer.record(record), _RECORD)}")
        comma = ","
    out.write("\n  ]\n}\n" if comma else "]\n}\n")


_RECORD: Final = "\n    "
"""How a line begins within the list of records."""


def _indented(value: Any, line: str) -> str:
    """A value as JSON in lines that begin with `line`: as `json` with an indent of 2.

    That has no other way to indent than a generator for each level, of twice the time.
    """
    if isinstance(value, str):
        return quoted(value)
    inner = line + "  "
    if isinstance(value, dict) and value:
        pairs = [f"{inner}{quoted(key)}: {_indented(item, inner)}" for key, item in value.items()]
        return f"{{{','.join(pairs)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{','.join([inner + _indented(item, inner) for item in value])}{line}]"
    return json.dumps(value)


@lru_cache(maxsize=256)
def _head(base: str, classes: frozenset[str]) -> str:
    """The beginning of a document: a site has one for each record, and few differ in this."""
    head = json.dumps({"@context": inline(base, classes)}, ensure_ascii=False, indent=2)
    return head.removesuffix("\n}")


class _Held:
    """Records that are all held."""

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
        found: set[type[Node]] = set()
        for record in self._records.values():
            found.add(type(record))
            found.update(type(part) for _, part in parts_of(record))
        return frozenset(cls.__name__ for cls in found)

    def top_level(self) -> Iterator[Record]:
        return (record for id_, record in self._records.items() if id_ not in self._container)

    def container(self, record: Record) -> str | None:
        return self._container.get(str(record.id))

    def units(self, id_: str) -> Iterable[Unit]:
        return self._units.get(id_, ())

    def workshop(self, id_: str) -> Workshop | None:
        found = self._records.get(id_)
        return found if isinstance(found, Workshop) else None


class _Writer:
    """Makes the trees of records."""

    def __init__(self, nesting: Nesting, base: str) -> None:
        self.base = base
        self._nesting = nesting

    def record(self, record: Record, container: str | None = None) -> dict[str, Any]:
        id_ = str(record.id)
        node = self._head(record, id_)
        for field in type(record).fields():
            value = getattr(record, field.name)
            if isinstance(record, Unit) and field.name == "operator" and container:
                continue  # said by standing in it
            if field.name == "workshops" and isinstance(record, Unit):
                value = tuple(self._workshop(str(item), id_) for item in value)
            self._put(node, field, value, record, record, "")
        units = [self.record(unit, id_) for unit in self._nesting.units(id_)]
        return {**node, "operates": units} if units else node

    def _workshop(self, id_: str, unit: str) -> Any:
        found = self._nesting.workshop(id_)
        if found is None or self._nesting.container(found) != unit:
            return self._name(id_)
        return self.record(found, unit)

    def _name(self, id_: str) -> str:
        """An id as JSON-LD reads it: absolute where it equals a term (`type`, `org`)."""
        return resolve(id_, self.base) if id_.partition("#")[0] in context() else id_

    def _head(self, node: Node, id_: str) -> dict[str, Any]:
        """Identity and types: one class term, and the further types as prefixed names."""
        types = [type(node).__name__, *(prefixed(iri) for iri in type(node).types[1:])]
        return {"id": self._name(id_), "type": types if len(types) > 1 else types[0]}

    def _put(
        self, node: dict[str, Any], field: Field, value: Any, of: Node, record: Record, prefix: str
    ) -> None:
        if value is None or value == () or (isinstance(field.kind, kinds.TextsKind) and not value):
            return
        items = [
            self._value(field, item, of, record, prefix)
            for item in (value if field.many else (value,))
        ]
        node[field.key] = items if len(items) > 1 else items[0]

    def _value(self, field: Field, value: Any, of: Node, record: Record, prefix: str) -> Any:
        match field.kind:
            case PartKind():
                fragment = value.id or prefix + value.fragment(field)
                return self._part(value, fragment, record)
            case kinds.TextKind():
                return dict(value)
            case kinds.TextsKind():
                return {tag: list(s) if len(s) > 1 else s[0] for tag, s in value.items()}
            case kinds.RefKind():
                return value if isinstance(value, dict) else self._name(value)
            case kinds.DateKind():
                return _date(PartialDate(value))
            case kinds.DecimalKind():
                return plain(value)
            case kinds.PropertyKind():
                return prefixed(type(record).by_key()[value].property)
            case kinds.ValueKind() if isinstance(of, Statement):
                return self._stated(of, value, record)
        return value

    def _part(self, part: Part, fragment: str, record: Record) -> dict[str, Any]:
        node = self._head(part, f"{record.id}#{fragment}")
        if part.owner_property:
            node["subject"] = self._name(str(record.id))
        for field in type(part).fields():
            self._put(node, field, getattr(part, field.name), part, record, f"{fragment}-")
        return node

    def _stated(self, statement: Statement, value: str | Text, record: Record) -> dict[str, Any]:
        """A statement's value with its type written out: no context can know it."""
        field = type(record).by_key()[statement.property]
        term = statement_object(field, value, resolve(str(record.id), self.base), self.base)
        if isinstance(field.kind, (kinds.RefKind, kinds.IriKind)):
            return {"@id": self._name(str(value))}
        if isinstance(field.kind, PartKind):
            return {"@id": self._name(f"{record.id}#{value}")}
        language = getattr(term, "language", None)
        if language:
            return {"@value": term.value, "@language": language}
        datatype = getattr(term, "datatype", None)
        if datatype is None:
            return {"@id": prefixed(term.value)}
        return {"@value": term.value, "@type": prefixed(datatype.value)}


def _date(date: PartialDate) -> str | dict[str, str]:
    """Full dates as strings, the others with their datatype."""
    if len(date) == 10:
        return str(date)
    return {"@value": str(date), "@type": prefixed(date.datatype)}
