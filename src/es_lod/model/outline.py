"""Outlines: which keys a node has, in which order. What can be prepared once for many nodes.

A node is told by its outline and its values. Values are what documents have: strings, numbers,
lists of them in any order; or what records hold, tuples in their order. Texts in several languages
are tuples of pairs; parts are lists of `Inner`, in their order. Bulk data have few outlines.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from es_lod.model import kinds
from es_lod.model.fields import PartKind
from es_lod.model.record import Field, Node, Part, Record, Statement
from es_lod.values import Text, Texts

Values: TypeAlias = Sequence[Any]


class Outline:
    """The fields of a node by position, with `None` where its values hold what is none.

    `at` has the positions by name; `id_at` is that of the id, -1 where there is none; `parts` are
    those of parts; in `declared` are positions and fields in the order of their declaration.
    `stated` is the field that a statement speaks about.
    """

    __slots__ = ("at", "cls", "declared", "fields", "id_at", "parts", "stated")

    def __init__(
        self,
        cls: type[Node],
        fields: Sequence[Field | None],
        id_at: int = -1,
        stated: Field | None = None,
    ) -> None:
        self.cls = cls
        self.fields = tuple(fields)
        self.id_at = id_at
        self.at = at = {field.name: n for n, field in enumerate(fields) if field}
        self.declared = [(at[field.name], field) for field in cls.fields() if field.name in at]
        self.parts = tuple(
            n for n, field in enumerate(fields) if field and isinstance(field.kind, PartKind)
        )
        self.stated = stated


class Told(NamedTuple):
    """A node by outline and values."""

    outline: Outline
    values: Values

    @property
    def id(self) -> str:
        """The id of a record."""
        return str(self.values[self.outline.id_at])

    def get(self, name: str) -> Any:
        """The value of a field, where there is one."""
        at = self.outline.at.get(name)
        return None if at is None else self.values[at]


class Inner(NamedTuple):
    """A part: its whole fragment, that of its owners included, its outline and its values."""

    fragment: str
    outline: Outline
    values: Values


def parts_of(outline: Outline, values: Values) -> Iterator[Inner]:
    """The parts of a node, at any depth."""
    for n in outline.parts:
        for part in values[n]:
            yield part
            if part.outline.parts:
                yield from parts_of(part.outline, part.values)


def tagged(texts: Any, language: str) -> Iterator[tuple[str, str]]:
    """The languages and strings of texts: a string, a list of them, or languages with either."""
    pairs = sorted(texts) if type(texts) is tuple else ((language, texts),)
    for tag, found in pairs:
        for string in (found,) if type(found) is str else sorted(set(found)):
            yield tag, string


KEPT: Final = 4096
"""How many outlines are kept: documents that have more are not written by programs."""


@lru_cache(maxsize=KEPT)
def outline_of(cls: type[Node], names: tuple[str, ...], stated: Field | None) -> Outline:
    """The outline of fields by name, `id` among them where there is one."""
    by_name: Mapping[str, Field] = {field.name: field for field in cls.fields()}
    fields = [by_name.get(name) for name in names]
    return Outline(cls, fields, names.index("id") if "id" in names else -1, stated)


def outlined(node: Node, owner: type[Record] | None = None, prefix: str = "") -> Told:
    """A node in normal form by outline and values. `prefix` begins the fragments of its parts."""
    names: list[str] = []
    values: list[Any] = []
    stated = None
    statement = node if isinstance(node, Statement) else None
    if isinstance(node, Record):
        owner = type(node)
        names, values = ["id"], [node.id]
    elif statement is not None and owner is not None:
        stated = owner.by_key().get(statement.property or "")
    for field in type(node).fields():
        value = getattr(node, field.name)
        if statement is not None and field.name in ("property", "value"):
            value = _stated(statement, field, stated)
        # A comparison with `()` takes a text, which is a mapping, half a microsecond.
        if value is None or (not value and isinstance(value, (tuple, Texts))):
            continue
        names.append(field.name)
        values.append(_value(value, field, owner, prefix))
    return Told(outline_of(type(node), tuple(names), stated), values)


def _stated(statement: Statement, field: Field, stated: Field | None) -> Any:
    """The property or the value of a statement, as the field that it speaks about has it.

    A statement about no field of the record is an error that is told elsewhere.
    """
    value = getattr(statement, field.name)
    if stated is None or value is None or field.name == "property":
        return value if stated is not None else None
    try:
        return value if isinstance(stated.kind, PartKind) else stated.kind.parse(value)
    except ValueError:
        return None


def _value(value: Any, field: Field, owner: type[Record] | None, prefix: str) -> Any:
    if isinstance(field.kind, PartKind):
        parts = value if field.many else (value,)
        return [_inner(part, field, owner, prefix) for part in parts]
    if type(value) in (Text, Texts):  # mappings: of an instance they would be asked in Python
        return tuple(value.items())
    if field.many and isinstance(field.kind, (kinds.TextKind, kinds.TextsKind)):
        return [tuple(item.items()) for item in value]
    return value


def _inner(part: Part, field: Field, owner: type[Record] | None, prefix: str) -> Inner:
    fragment = part.id or prefix + part.fragment(field)
    return Inner(fragment, *outlined(part, owner, f"{fragment}-"))
