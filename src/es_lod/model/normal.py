"""Normal form: every record once at top level, referred to by id; only parts stay nested.

Nesting a record in a document or in a constructor is a convenience of input.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar

from es_lod import iris
from es_lod.errors import InvalidValue
from es_lod.model.kinds import RefKind, TextKind, TextsKind
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement
from es_lod.model.types import canonical_order
from es_lod.values import Text

N = TypeVar("N", bound=Node)


class Normal(NamedTuple):
    """A record in normal form, and the object that it was made from.

    `record.id` is `None` where no id is given and none can be minted.
    """

    record: Record
    given: Record
    minted: bool


def normal_form(record: Record, container: str | None = None) -> list[Normal]:
    """The record and all that are nested in it, each on its own, owners first.

    `container` is the id of the unit that a workshop without an id belongs to.
    """
    found: list[Normal | None] = []
    _flatten(record, container, found)
    return [normal for normal in found if normal is not None]


def parts_of(node: Node) -> Iterator[tuple[str, Part]]:
    """The parts within a record, at any depth, with their fragments.

    A part within a part has its owner's fragment and its own: `location-address`.
    """
    for field in _part_fields(type(node)):
        value = getattr(node, field.name)
        for part in value if field.many else () if value is None else (value,):
            fragment = part.fragment(field)
            yield fragment, part
            for inner, nested in parts_of(part):
                yield nested.id or f"{fragment}-{inner}", nested


@cache
def _part_fields(cls: type[Node]) -> tuple[Field, ...]:
    return tuple(field for field in cls.fields() if isinstance(field.kind, PartKind))


def _flatten(record: Record, container: str | None, found: list[Normal | None]) -> str | None:
    identified = record if record.id else _minted(record, container)
    if identified.statements:
        stated = [_canonical_statement(item, type(record)) for item in identified.statements]
        identified = identified.model_copy(update={"statements": canonical_order(tuple(stated))})
    slot = len(found)
    found.append(None)
    flat = _without_nested(identified, identified.id, found)
    found[slot] = Normal(flat, record, minted=record.id != identified.id)
    return flat.id


def _canonical_statement(statement: Statement, owner: type[Record]) -> Statement:
    """A statement with its value in the form that the field itself holds."""
    field = owner.by_key().get(statement.property or "")
    value = statement.value
    if field is None or not isinstance(value, str):
        return statement
    try:
        if isinstance(field.kind, TextKind | TextsKind):
            value = Text(value)
        elif not isinstance(field.kind, PartKind):
            value = str(field.kind.parse(value))
    except InvalidValue:
        return statement
    return statement.model_copy(update={"value": value})


def _minted(record: Record, container: str | None) -> Record:
    id_ = record.mint(container)
    return record.model_copy(update={"id": id_}) if id_ else record


def _without_nested(node: N, owner: str | None, found: list[Normal | None], prefix: str = "") -> N:
    updates: dict[str, Any] = {}
    for field in type(node).links():
        value = getattr(node, field.name)
        items = value if field.many else () if value is None else (value,)
        if not items:
            continue
        flat = [_flat_item(item, field, owner, found, prefix) for item in items]
        if any(new is not old for new, old in zip(flat, items, strict=True)):
            kept = canonical_order(tuple(item for item in flat if item is not None))
            updates[field.name] = kept if field.many else flat[0]
    return node.model_copy(update=updates) if updates else node


def _flat_item(
    item: Any, field: Field, owner: str | None, found: list[Normal | None], prefix: str
) -> Any:
    if isinstance(item, Record):
        return _flatten(item, owner, found)
    if not isinstance(item, Part):
        return item
    minted = prefix + item.minted(field)
    # An id that says what would be minted anyway is not data.
    named = item.model_copy(update={"id": None}) if item.id == minted else item
    return _without_nested(named, owner, found, f"{item.id or minted}-")


def rebased(record: Record, old: str, new: str) -> Record:
    """A record whose ids are in the base `old`, with ids in the base `new`.

    Ids become absolute IRIs where the bases differ, and IRIs within `new` become ids.
    """

    def moved(id_: str) -> str:
        return iris.relative(iris.resolve(id_, old), new)

    return _moved(record, moved, type(record))


def _moved(node: N, moved: Callable[[str], str], owner: type[Node]) -> N:
    updates: dict[str, Any] = {}
    if isinstance(node, Record) and node.id:
        updates["id"] = moved(node.id)
    for field in type(node).fields():
        value = getattr(node, field.name)
        items = value if field.many else () if value is None else (value,)
        if isinstance(field.kind, RefKind):
            changed = tuple(moved(item) for item in items)
        elif isinstance(field.kind, PartKind):
            changed = tuple(_moved(item, moved, owner) for item in items)
        elif isinstance(node, Statement) and field.name == "value" and isinstance(value, str):
            stated = owner.by_key().get(node.property)
            is_ref = stated is not None and isinstance(stated.kind, RefKind)
            changed = (moved(value),) if is_ref else (value,)
        else:
            continue
        if items:
            updates[field.name] = canonical_order(changed) if field.many else changed[0]
    return node.model_copy(update=updates) if updates else node


def references(node: Node) -> Iterator[tuple[tuple[str, ...], RefKind, str]]:
    """All references of a record in normal form: (keys and fragments, kind, id or IRI)."""
    for field in type(node).links():
        value = getattr(node, field.name)
        for item in value if field.many else () if value is None else (value,):
            if isinstance(field.kind, RefKind):
                yield (field.key,), field.kind, item
            else:
                fragment = item.fragment(field)
                for path, kind, target in references(item):
                    yield (field.key, fragment, *path), kind, target


def names_within(record: Record, base: str) -> bool:
    """Whether a record names something of the base by its IRI rather than its id."""
    named = (str(record.id), *(target for _, _, target in references(record)))
    return any(name.startswith(base) for name in named)


def absolute(records: Iterable[Record], base: str) -> dict[str, Record]:
    """The records by absolute IRI, with absolute references."""
    found = (rebased(record, base, _NOWHERE) for record in records)
    return {str(record.id): record for record in found}


# Not a base of anything: ids moved there become absolute.
_NOWHERE = "urn:es-lod:nowhere/"
