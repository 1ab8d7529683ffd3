"""Fields: what an annotation `Annotated[type, property]` declares."""

from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NamedTuple,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from es_lod.model import kinds
from es_lod.model.kinds import Kind
from es_lod.namespaces import Term

if TYPE_CHECKING:
    from es_lod.model.record import Node, Part


@dataclass(frozen=True)
class PartKind(Kind):
    """A part: a mapping that is nested in its owner."""

    part: "type[Part]"
    code = "invalid-value"
    expected = kinds.expect("klucze z wartościami", "keys with values")


@dataclass(frozen=True, slots=True)
class Field:
    """A field as declared: attribute `name`, document key `key`, RDF `property`, `kind`, count.

    `many` says that the attribute holds a tuple; `required` that a record without it is wrong.
    """

    name: str
    key: str
    property: Term
    kind: Kind
    required: bool
    many: bool

    def count(self) -> str:
        """How often the field may stand: `1`, `?`, `+` or `*`."""
        if self.many or isinstance(self.kind, kinds.TextsKind):
            return "+" if self.required else "*"
        return "1" if self.required else "?"


class Conflict(NamedTuple):
    """Two fields of one record that contradict each other; `code` and `hint` are the problem's."""

    code: str
    field: str
    params: dict[str, Any]
    hint: str | None = None


def camel(name: str) -> str:
    """A field's key in documents: `founding_date` → `foundingDate`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def fields_of(cls: "type[Node]") -> tuple[Field, ...]:
    """The declared fields of a class, the naming one first, without `id`."""
    hints = get_type_hints(cls, include_extras=True)
    found = [
        _field(name, hints[name], info.is_required())
        for name, info in cls.model_fields.items()
        if name != "id"
    ]
    title = getattr(cls, "title", None)
    return tuple(sorted(found, key=lambda field: field.name != title))


@cache
def links_of(cls: "type[Node]") -> tuple[Field, ...]:
    """The fields that lead to other nodes: references and parts."""
    return tuple(f for f in fields_of(cls) if isinstance(f.kind, (kinds.RefKind, PartKind)))


@cache
def by_key_of(cls: "type[Node]") -> dict[str, Field]:
    """Document key → field of a class."""
    return {field.key: field for field in cls.fields()}


def _field(name: str, hint: Any, required: bool) -> Field:
    metadata, types_ = _unwrapped(hint)
    kind = next((item for item in metadata if isinstance(item, Kind)), None)
    if kind is None:
        kind = PartKind(next(t for t in types_ if isinstance(t, type) and hasattr(t, "fragment")))
    property_ = next(item for item in metadata if isinstance(item, Term))
    return Field(name, camel(name), property_, kind, required, tuple in types_)


def _unwrapped(hint: Any) -> tuple[list[Any], list[Any]]:
    """All metadata, outermost last, and all plain types within an annotation."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *own = get_args(hint)
        metadata, types_ = _unwrapped(inner)
        return metadata + own, types_
    if origin in (Union, UnionType, tuple):
        nested = [_unwrapped(arg) for arg in get_args(hint) if arg not in (NoneType, Ellipsis)]
        types_ = [t for _, found in nested for t in found]
        types_ += [tuple] if origin is tuple else []
        return [item for found, _ in nested for item in found], types_
    return [], [hint]
