"""The types that annotations of fields are made of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from es_lod.model import kinds, registry, strings
from es_lod.namespaces import Term
from es_lod.values import PartialDate, Text, Texts

T = TypeVar("T")

Id = kinds.IdKind()
String = Annotated[str, strings.StringKind()]
Url = Annotated[str, kinds.IriKind()]
WebAddress = Annotated[str, kinds.IriKind(web=True)]
Count = Annotated[int, kinds.CountKind()]
Krs = Annotated[str, strings.KrsKind()]
Nip = Annotated[str, strings.NipKind()]
Regon = Annotated[str, strings.RegonKind()]
Terc = Annotated[str, strings.TercKind()]
Postcode = Annotated[str, strings.PostcodeKind()]
Phone = Annotated[str, strings.PhoneKind()]
Email = Annotated[str, strings.EmailKind()]
Country = Annotated[str, strings.CountryKind()]
Language = Annotated[str, strings.LanguageKind()]


def _listed(raw: Any) -> Any:
    """One value stands for a list of one."""
    if raw is None:
        return ()
    return raw if isinstance(raw, (list, tuple, set, frozenset)) else (raw,)


def canonical_order(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """A set in canonical order: the order of several values is not data."""
    if len(items) < 2:
        return items
    unique = {_order(item): item for item in items}
    return tuple(unique[key] for key in sorted(unique))


def _order(item: Any) -> tuple[float, str, str]:
    if isinstance(item, str):
        return (0, item, "")
    if registry.is_record(item) and item.id:
        return (0, item.id, "")
    position = getattr(item, "position", None)
    return (
        float("inf") if position is None else position,
        getattr(item, "id", "") or "",
        repr(item),
    )


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise PydanticCustomError("missing", "at least one value")
    return items


_LISTED = BeforeValidator(_listed)
_ORDERED = AfterValidator(canonical_order)
_NOT_EMPTY = AfterValidator(_not_empty)


@cache
def is_plainly_declared(cls: type[BaseModel]) -> bool:
    """Whether nothing but the kinds of its fields says which values a class takes."""
    validators = cls.__pydantic_decorators__
    own = (validators.field_validators, validators.model_validators, validators.validators)
    is_built_by_us = cls.__pydantic_post_init__ is None and not cls.__pydantic_custom_init__
    known = (kinds.Kind, Term, type(_LISTED), type(_ORDERED))
    return (
        not any(own)
        and is_built_by_us
        and all(map(_is_empty, cls.model_fields.values()))
        and all(
            isinstance(item, known) and (isinstance(item, known[:2]) or item in _OURS)
            for info in cls.model_fields.values()
            for item in (*info.metadata, *_metadata(info.annotation))
        )
    )


def _is_empty(info: FieldInfo) -> bool:
    """Whether a field that is not given holds nothing."""
    return info.is_required() or (
        info.default_factory is None and info.default in (None, (), Texts())
    )


_OURS = (_LISTED, _ORDERED, _NOT_EMPTY)


def _metadata(hint: Any) -> Iterator[Any]:
    """All that annotations within a type say."""
    yield from getattr(hint, "__metadata__", ())
    for inner in get_args(hint):
        yield from _metadata(inner)


if TYPE_CHECKING:
    # What constructors take. Type checkers read these; what attributes hold is narrower: `Text`,
    # `Texts`, `PartialDate`, `Decimal`, tuples, and ids in a dataset.
    Name = Text | str | Mapping[str, str]
    Names = Texts | str | Mapping[str, str | Sequence[str]] | Sequence[str | Mapping[str, str]]
    Date = PartialDate | str | date
    DateOrTime = Date
    Degrees = Decimal | float | str
    Stated = Name
    Ref = Union[T, str]  # noqa: UP007  # a generic alias needs the older spelling
    Many = Sequence[T]
    Some = Sequence[T]
else:
    Name = Annotated[Text, kinds.TextKind()]
    Names = Annotated[Texts, kinds.TextsKind()]
    Date = Annotated[PartialDate, kinds.DateKind()]
    DateOrTime = Annotated[PartialDate, kinds.DateKind(time=True)]
    Degrees = Decimal
    Stated = Annotated[Any, kinds.ValueKind()]

    class Ref:
        """A reference to a record of a class: its id or IRI, or the record itself.

        `Ref[Organization]`, `Ref[Organization | Unit]`, `Ref["Article"]` by name.
        """

        def __class_getitem__(cls, target: Any) -> Any:
            names = target.split(" | ") if isinstance(target, str) else _names(target)
            return Annotated[Any, kinds.RefKind(tuple(names))]

    Many = Annotated[tuple[T, ...], _LISTED, _ORDERED]
    Some = Annotated[Many[T], _NOT_EMPTY]


def _names(target: Any) -> list[str]:
    return [part.__name__ for part in getattr(target, "__args__", (target,))]
