"""The registry of classes: what a `type` in a document names."""

from typing import TYPE_CHECKING, TypeGuard, TypeVar

from es_lod import extensions

if TYPE_CHECKING:
    from es_lod.model.record import Node, Part, Record

N = TypeVar("N", bound="Node")

_RECORDS: "dict[str, type[Record]]" = {}
_PARTS: "dict[str, type[Part]]" = {}


def register_record(cls: "type[Record]") -> None:
    """Add a record class under its name; a name stands for one class."""
    _register(_RECORDS, cls)


def register_part(cls: "type[Part]") -> None:
    """Add a part class under its name."""
    _register(_PARTS, cls)


def _register(table: "dict[str, type[N]]", cls: "type[N]") -> None:
    if cls.__name__ in _RECORDS or cls.__name__ in _PARTS:
        raise TypeError(f"there is a class {cls.__name__} already")
    table[cls.__name__] = cls


def record_classes() -> "dict[str, type[Record]]":
    """Name → record class, in the order of declaration; extensions after ours."""
    extensions.modules()
    return _RECORDS


def part_classes() -> "dict[str, type[Part]]":
    """Name → part class, in the order of declaration; extensions after ours."""
    extensions.modules()
    return _PARTS


def find(name: str) -> "type[Record] | None":
    """The record class of a name. Extensions are loaded only for a name that is not ours."""
    return _RECORDS.get(name) or record_classes().get(name)


def is_record(value: object) -> "TypeGuard[Record]":
    """Whether a value is an instance of a registered record class."""
    cls = type(value)
    return _RECORDS.get(cls.__name__) is cls
