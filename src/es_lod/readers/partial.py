"""What is left of a broken record: its right values, without the others."""

import warnings
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, create_model

from es_lod.model import Node

N = TypeVar("N", bound=Node)


class Dropped:
    """Stands for a nested record that could not be built; its own problems are told."""


def partial(cls: type[N], good: dict[str, Any], language: str) -> N:
    """A node of the values that are right; the other fields stay empty."""
    parsed = _draft(cls).model_validate(good, context={"language": language})
    return cls.model_construct(**{name: getattr(parsed, name) for name in cls.model_fields})


@cache
def _draft(cls: type[Node]) -> type[BaseModel]:
    """The class with every field optional."""
    fields: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        hint: Any = info.annotation
        for item in info.metadata:
            hint = Annotated[hint, item]
        fields[name] = (hint | None, default)
    with warnings.catch_warnings():
        # As where the class is declared: `register` is a method of every class.
        warnings.filterwarnings("ignore", message='Field name "register"')
        model: type[BaseModel] = create_model(
            f"{cls.__name__}Draft", __config__=ConfigDict(frozen=True), **fields
        )
    return model


def without_dropped(values: dict[str, Any]) -> tuple[dict[str, Any], set[str | None]]:
    """The values without what could not be built, and the names of the fields that it stood in."""
    kept: dict[str, Any] = {}
    dropped: set[str | None] = set()
    for name, value in values.items():
        items = [v for v in value if v is not Dropped] if isinstance(value, list) else value
        if items is Dropped or (isinstance(value, list) and len(items) < len(value)):
            dropped.add(name)
        if items is not Dropped:
            kept[name] = items
    return kept, dropped
