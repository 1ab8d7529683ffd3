"""What pydantic finds wrong, in our codes; its wording never reaches a user."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from es_lod.errors import Problem, key_path, shown
from es_lod.model.fields import PartKind, camel

if TYPE_CHECKING:
    from es_lod.model.record import Node


def problems_of(cls: "type[Node]", error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, as problems in our words; `field` is the key path within the record."""
    for found in error.errors(include_url=False):
        path = tuple(camel(step) if isinstance(step, str) else step for step in found["loc"])
        yield problem_of(cls, found["type"], found.get("ctx", {}), path)


def problem_of(
    cls: "type[Node]", code: str, context: dict[str, Any], path: tuple[str | int, ...]
) -> Problem:
    """One error of pydantic as a problem."""
    field = key_path(path)
    if code == "missing":
        return Problem("missing", field=field, params={"label": field})
    if code == "extra_forbidden":
        owner = _class_at(cls, path).__name__
        return Problem("unknown-key", field=field, value=str(path[-1]), params={"type": owner})
    if "params" in context:
        params = dict(context["params"])
        value = params.pop("value", None)
        told = None if value is None or isinstance(value, (dict, list)) else shown(value)
        return Problem(code, field=field, value=told, hint=context["hint"], params=params)
    return Problem("invalid-value", field=field, params={"expected": PartKind.expected})


def _class_at(cls: "type[Node]", path: tuple[str | int, ...]) -> "type[Node]":
    """The class whose field the last step of a path names."""
    for step in path[:-1]:
        field = cls.by_key().get(str(step))
        if field is not None and isinstance(field.kind, PartKind):
            cls = field.kind.part
    return cls
