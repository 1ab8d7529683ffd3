"""What is left of a broken record: its right values, without the others."""

from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, create_model

from es_lod.model import Node

N = TypeVar("N", bound=Node)


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
    model: type[BaseModel] = create_model(
        f"{cls.__name__}Draft", __config__=ConfigDict(frozen=True), **fields
    )
    return model
