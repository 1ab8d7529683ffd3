"""Records as our JSON-LD: nested, compact, with an inline context.

A workshop stands in its unit, a unit in its operator, everything else at top level.
"""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, Final, NamedTuple, TextIO, TypeAlias

from pyoxigraph import NamedNode

from es_lod.context import context, inline
from es_lod.iris import resolve
from es_lod.model import Organization, Unit, kinds
from es_lod.model.outline import KEPT, Inner, Outline, Told, Values
from es_lod.model.record import Field, Node, Part, PartKind
from es_lod.namespaces import prefixed
from es_lod.rdf.indented import in_braces, in_brackets, texts
from es_lod.rdf.nesting import Held, Nesting
from es_lod.rdf.texts import as_term
from es_lod.values import PartialDate, decimal_text


def write_jsonld(records: Iterable[Told] | Nesting, out: TextIO, base: str) -> None:
    """Write records in normal form as one document. Of an iterable it holds all records.

    Their values are as records hold them: what `outlined` and `settled` give.
    """
    nesting = Held(records) if isinstance(records, Iterable) else records
    writer = _Writer(nesting, base)
    out.write(_head(base, nesting.classes()) + ',\n  "records": [')
    comma = ""
    for record in nesting.top_level():
        out.write(f"{comma}{_RECORD}{writer.record(record, _RECORD)}")
        comma = ","
    out.write("\n  ]\n}\n" if comma else "]\n}\n")


_RECORD: Final = "\n    "
"""How a line begins within the list of records."""


@lru_cache(maxsize=256)
def _head(base: str, classes: frozenset[str]) -> str:
    """The beginning of a document: a site has one for each record, and few differ in this."""
    head = json.dumps({"@context": inline(base, classes)}, ensure_ascii=False, indent=2)
    return head.removesuffix("\n}")


class _Writer:
    """Writes records, and in them what stands in them."""

    def __init__(self, nesting: Nesting, base: str) -> None:
        self.base = base
        self._nesting = nesting

    def record(self, told: Told, line: str, *, is_within: bool = False) -> str:
        """A record, in lines that begin with `line`; `is_within` another."""
        outline, values = told
        id_ = told.id
        # That a unit has an operator is said by standing in it.
        skip = "operator" if is_within and issubclass(outline.cls, Unit) else ""
        members = self._members(outline, values, id_, id_, line, skip)
        if issubclass(outline.cls, Organization):
            inner = f"{line}    "
            units = [self.record(u, inner, is_within=True) for u in self._nesting.units(id_)]
            if units:
                members.append(f'"operates": {in_brackets(units, f"{line}  ")}')
        return in_braces(members, line)

    def workshop(self, unit: str, id_: str, line: str) -> str:
        """A workshop in its unit, or its id in another."""
        found = self._nesting.workshop(id_)
        if found is None or self._nesting.container(found) != unit:
            return self.name(id_)
        return self.record(found, line, is_within=True)

    def part(self, record: str, part: Inner, line: str) -> str:
        """A part of a record."""
        id_ = f"{record}#{part.fragment}"
        return in_braces(self._members(part.outline, part.values, id_, record, line), line)

    def name(self, id_: str) -> str:
        """An id as JSON-LD reads it: absolute where it equals a term (`type`, `org`)."""
        return quoted(resolve(id_, self.base) if id_.partition("#")[0] in context() else id_)

    def _members(
        self, outline: Outline, values: Values, id_: str, record: str, line: str, skip: str = ""
    ) -> list[str]:
        cls, inner = outline.cls, f"{line}  "
        found = [f'"id": {self.name(id_)}', _types(cls, inner)]
        if issubclass(cls, Part) and cls.owner_property:
            found.append(f'"subject": {self.name(record)}')
        for at, name, key, many, write in _steps(outline):
            if name == skip:
                continue
            items = values[at] if many else (values[at],)
            if len(items) == 1:
                text = write(self, record, items[0], inner)
            else:
                text = in_brackets(
                    [write(self, record, item, f"{inner}  ") for item in items], inner
                )
            found.append(key + text)
        return found


@lru_cache(maxsize=KEPT)
def _types(cls: type[Node], line: str) -> str:
    """One class term, and the further types as prefixed names."""
    types = [quoted(cls.__name__), *(quoted(prefixed(iri)) for iri in cls.types[1:])]
    return f'"type": {in_brackets(types, line) if len(types) > 1 else types[0]}'


_Write: TypeAlias = Callable[[_Writer, str, Any, str], str]
"""Writes a value: takes the id of the record, the value, and how its own lines begin."""


class _Step(NamedTuple):
    """Where the values of a field are, its name, its key as it is written, and what writes one.

    `many` says that the values are a sequence, as parts always are.
    """

    at: int
    name: str
    key: str
    many: bool
    write: _Write


@lru_cache(maxsize=KEPT)
def _steps(outline: Outline) -> tuple[_Step, ...]:
    return tuple(
        _Step(
            at,
            field.name,
            f"{quoted(field.key)}: ",
            field.many or isinstance(field.kind, PartKind),
            _write(field, outline),
        )
        for at, field in outline.declared
    )


def _write(field: Field, outline: Outline) -> _Write:
    """How the values of a field are written."""
    if issubclass(outline.cls, Unit) and field.name == "workshops":
        return lambda writer, unit, id_, line: writer.workshop(unit, id_, line)
    match field.kind:
        case PartKind():
            return lambda writer, record, part, line: writer.part(record, part, line)
        case kinds.TextKind() | kinds.TextsKind():
            return lambda _, __, pairs, line: texts(pairs, line)
        case kinds.RefKind():
            return lambda writer, _, id_, __: writer.name(id_)
        case kinds.DateKind():
            return lambda _, __, date, line: _date(PartialDate(date), line)
        case kinds.DecimalKind():
            return lambda _, __, number, ___: quoted(decimal_text(number))
        case kinds.PropertyKind() if outline.stated is not None:
            name = quoted(prefixed(outline.stated.property))
            return lambda *_: name
        case kinds.ValueKind() if outline.stated is not None:
            stated = outline.stated
            return lambda writer, record, value, line: _stated(stated, writer, record, value, line)
    return lambda _, __, value, ___: quoted(value) if isinstance(value, str) else json.dumps(value)


def _stated(field: Field, writer: _Writer, record: str, value: Any, line: str) -> str:
    """A statement's value with its type written out: no context can know it."""
    if isinstance(field.kind, (kinds.RefKind, kinds.IriKind)):
        return in_braces([f'"@id": {writer.name(str(value))}'], line)
    if isinstance(field.kind, PartKind):
        return in_braces([f'"@id": {writer.name(f"{record}#{value}")}'], line)
    if isinstance(field.kind, (kinds.TextKind, kinds.TextsKind)):
        tag, told = value[0]
        string = told if isinstance(told, str) else told[0]
        return in_braces([f'"@value": {quoted(string)}', f'"@language": {quoted(tag)}'], line)
    term = as_term(field.kind, value, writer.base)
    if isinstance(term, NamedNode):
        return in_braces([f'"@id": {quoted(prefixed(term.value))}'], line)
    datatype = quoted(prefixed(term.datatype.value))
    return in_braces([f'"@value": {quoted(term.value)}', f'"@type": {datatype}'], line)


def _date(date: PartialDate, line: str) -> str:
    """Full dates as strings, the others with their datatype."""
    if len(date) == 10:
        return quoted(date)
    return in_braces(
        [f'"@value": {quoted(date)}', f'"@type": {quoted(prefixed(date.datatype))}'], line
    )
