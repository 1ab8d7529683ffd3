"""Nodes of values that stand: what their class would make of them, without validating them anew."""

from functools import cache, lru_cache
from typing import Any, Final

from es_lod.model import kinds
from es_lod.model.fields import Field, PartKind
from es_lod.model.outline import KEPT, Inner, Outline, Values
from es_lod.model.record import Node
from es_lod.model.types import canonical_order


def node(outline: Outline, values: Values, language: str) -> Node:
    """The node of values; `language` is that of plain strings."""
    held: dict[str, Any] = {}
    for field, raw in zip(outline.fields, values, strict=True):
        if field is not None:
            held[field.name] = _held(field, raw, language)
    if outline.id_at >= 0:
        held["id"] = values[outline.id_at]
    return _constructed(outline.cls, held)


def _constructed(cls: type[Node], held: dict[str, Any]) -> Node:
    """As `model_construct`, which looks at each field anew and takes three times as long."""
    made = cls.__new__(cls)
    for name, value in (
        ("__dict__", {**_empty(cls), **held}),
        ("__pydantic_fields_set__", set(held)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(made, name, value)
    return made


@cache
def _empty(cls: type[Node]) -> dict[str, Any]:
    """The defaults of all fields, in their order; what is required is always held."""
    return {name: info.get_default() for name, info in cls.model_fields.items()}


def _held(field: Field, raw: Any, language: str) -> Any:
    if isinstance(field.kind, PartKind):
        return _parts(field, raw, language)
    if type(raw) is str and not isinstance(field.kind, _PARSED):
        return (raw,) if field.many else raw  # it stands as it is written
    if not field.many:
        return field.kind.parse(dict(raw) if type(raw) is tuple else raw, language)
    items = raw if type(raw) is list else [raw]
    return canonical_order(tuple(field.kind.parse(item, language) for item in items))


def _parts(field: Field, parts: list[Inner], language: str) -> Any:
    """They are in their order."""
    made = tuple(node(part.outline, part.values, language) for part in parts)
    return made if field.many else made[0]


_PARSED: Final = (
    kinds.TextKind,
    kinds.TextsKind,
    kinds.DateKind,
    kinds.CountKind,
    kinds.DecimalKind,
)


def in_order(parts: list[Inner], language: str) -> list[Inner]:
    """Several parts in the order that `canonical_order` gives their nodes."""
    if len(parts) < 2:
        return parts
    first = parts[0].outline
    at = _deciding(first)
    if at >= 0 and all(part.outline is first for part in parts):
        shown = {repr(part.values[at]): part for part in parts if type(part.values[at]) is str}
        if len(shown) == len(parts):
            return [shown[key] for key in sorted(shown)]
    return sorted(parts, key=lambda part: _order(part, language))


@lru_cache(maxsize=KEPT)
def _deciding(outline: Outline) -> int:
    """The position of a value that decides the order of parts where all have another string; or -1.

    It is the first that `shown` shows of them.
    """
    n, field = outline.declared[0]
    is_shown_so = isinstance(field.kind, kinds.TextKind) or not isinstance(field.kind, _PARSED)
    is_first = all(field.name != "position" for _, field in outline.declared)
    return n if is_first and is_shown_so and not field.many else -1


def _order(part: Inner, language: str) -> tuple[float, str]:
    names = [field and field.name for field in part.outline.fields]
    at = names.index("position") if "position" in names else -1
    return (float("inf") if at < 0 else int(part.values[at]), shown(part, language))


def shown(part: Inner, language: str) -> str:
    """As Python shows the node of a part."""
    said = (
        f"{field.name}={_shown(field, part.values[n], language)}"
        for n, field in part.outline.declared
        if part.values[n] != []
    )
    return f"{part.outline.cls.__name__}({', '.join(said)})"


def _shown(field: Field, raw: Any, language: str) -> str:
    if isinstance(field.kind, kinds.TextKind):
        return f"Text({dict(sorted(raw)) if type(raw) is tuple else {language: raw}!r})"
    return repr(_held(field, raw, language))
