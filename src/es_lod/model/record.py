"""The bases of the description: `Record`, `Part`, and how their fields are declared.

A class declares each field once, as `Annotated[type, property]`; the class is the table from
which RDF, the JSON-LD context, the JSON Schema and the reference pages are derived.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel, ConfigDict, ValidationError

from es_lod import iris
from es_lod.errors import InvalidRecord, Problem, key_path
from es_lod.model import kinds, registry
from es_lod.model.kinds import Kind
from es_lod.model.types import Id, Many, Name, Names, Ref, Url
from es_lod.namespaces import ES, PROV, RDF, SDO, Term
from es_lod.values import PartialDate, Text, Texts

N = TypeVar("N", bound="Node")


@dataclass(frozen=True)
class PartKind(Kind):
    """A part: a mapping that is nested in its owner."""

    part: "type[Part]"
    code = "invalid-value"
    expected = {"pl": "klucze z wartościami", "en": "keys with values"}


class Field(NamedTuple):
    """A field as declared: attribute `name`, document key `key`, RDF `property`, `kind`, count.

    `many` says that the attribute holds a tuple; `required` that a record without it is wrong.
    """

    name: str
    key: str
    property: Term
    kind: Kind
    required: bool
    many: bool

    @property
    def count(self) -> str:
        """How often the field may stand: `1`, `?`, `+` or `*`."""
        if self.many or isinstance(self.kind, kinds.TextsKind):
            return "+" if self.required else "*"
        return "1" if self.required else "?"


class Conflict(NamedTuple):
    """Two fields of one record that contradict each other; `code` is the problem's."""

    code: str
    field: str
    params: dict[str, object]


class Node(BaseModel):
    """What records and parts have in common: frozen fields, RDF types, a naming rule.

    Class arguments: `types` are added to the parents' types, `naming` are the attributes that an
    identifier is made from, `periods` pairs of attributes of which the second is not earlier.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    types: ClassVar[tuple[Term, ...]] = ()
    naming: ClassVar[tuple[str, ...]] = ()
    periods: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # The class arguments are taken below, once pydantic knows the fields.
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        types: tuple[Term, ...] = (),
        naming: tuple[str, ...] | None = None,
        periods: tuple[tuple[str, str], ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        # The most specific type first: it names the class in Turtle and JSON-LD.
        cls.types = tuple(dict.fromkeys((*types, *cls.types)))
        cls.naming = cls.naming if naming is None else naming
        cls.periods = (*cls.periods, *periods)

    if not TYPE_CHECKING:

        def __init__(self, **data):
            """Take the fields by name; raises `InvalidRecord` with a `Problem` for each error."""
            try:
                super().__init__(**data)
            except ValidationError as error:
                raise InvalidRecord(list(problems_of(type(self), error))) from None

        # Keeps pydantic from calling this method for nested data: there the error is wrapped once.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """The declared fields, the naming one first, without `id`."""
        return _fields(cls)

    @classmethod
    def by_key(cls) -> dict[str, Field]:
        """Document key → field."""
        return _by_key(cls)

    def conflicts(self) -> Iterator[Conflict]:
        """What contradicts across fields; extended where a class knows more."""
        for start_name, end_name in self.periods:
            start, end = getattr(self, start_name), getattr(self, end_name)
            if start is not None and end is not None and end.before(start):
                params = {"start": start, "startField": camel(start_name), "value": end}
                yield Conflict("end-before-start", camel(end_name), params)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Only what is stated: most fields of most records are empty."""
        for name, value in super().__repr_args__():
            if value not in (None, ()) and value != Texts():
                yield name, value


class Part(Node):
    """A part of a record, without an identity of its own: a fragment of its owner's IRI."""

    id: Annotated[str | None, kinds.FragmentKind()] = None

    owner_property: ClassVar[Term | None] = None
    """The property that leads back from the part to its owner, where there is one."""

    @classmethod
    def __pydantic_init_subclass__(cls, *, owner: Term | None = None, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.owner_property = owner or cls.owner_property
        registry.register_part(cls)

    def fragment(self, field: Field) -> str:
        """The part's fragment: its id, else the key of its field with the slug of its name."""
        return self.id or self.minted(field)

    def minted(self, field: Field) -> str:
        """The fragment that the part has without an id: `location`, `agenda-dyskusja`."""
        words = [word for name in self.naming if (word := _word(getattr(self, name)))]
        return "-".join([field.key, *words]) if field.many else field.key


class Statement(Part, types=(ES.Statement,), naming=("property",), owner=RDF.subject):
    """What is known about a fact of the record: inferred or in conflict, by whose words."""

    property: Annotated[str, RDF.predicate, kinds.PropertyKind()]
    value: Annotated[str | Text | None, RDF.object, kinds.ValueKind()] = None
    certainty: Annotated[str, ES.certainty, kinds.ConceptKind("certainty")]
    quote: Annotated[Name | None, ES.quote] = None
    source: Annotated[Many[Ref["Article"]], PROV.wasDerivedFrom] = ()  # noqa: F821  # by name


class Record(Node):
    """A thing with an IRI of its own. `id` is an id in the base, or an absolute IRI.

    Where `id` is missing, the dataset mints it from the naming fields.
    """

    id: Annotated[str | None, Id] = None
    alternate_name: Annotated[Names, SDO.alternateName] = Texts()
    description: Annotated[Name | None, SDO.description] = None
    same_as: Annotated[Many[Url], SDO.sameAs] = ()
    source: Annotated[Many[Ref["Article"]], PROV.wasDerivedFrom] = ()  # noqa: F821  # by name
    statements: Annotated[Many[Statement], ES.statement] = ()

    title: ClassVar[str] = "name"
    """The attribute that says what the thing is called."""
    inverse: ClassVar[dict[str, tuple[str, str]]] = {}
    """Keys of input only: key → (class, attribute of that class that it sets)."""

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        title: str | None = None,
        inverse: dict[str, tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.title = title or cls.title
        cls.inverse = {**cls.inverse, **(inverse or {})}
        if cls.types:
            registry.register_record(cls)

    def mint(self, container: str | None = None) -> str | None:
        """An id from the naming fields, or nothing where one of them is missing.

        `container` is the id of the record that this one is nested in: a workshop's unit.
        """
        words = []
        for name in self.naming:
            optional = name.endswith("?")
            word = self._naming_word(name.rstrip("?"), container)
            if not word and not optional:
                return None
            words.append(word or "")
        minted = iris.slug(" ".join(words))
        return minted if words and iris.is_id(minted) else None

    def _naming_word(self, path: str, container: str | None) -> str | None:
        if path == "type":
            return re.sub("(?<=[a-z])(?=[A-Z])", "-", type(self).__name__)
        if path == "container":
            return container and _word(container)
        value: Any = self
        for name in path.split("."):
            value = getattr(value, name, None)
        return _word(value)


class NamedRecord(Record):
    """A record that has a name: every class but articles, which have a headline."""

    name: Annotated[Name, SDO.name]


def camel(name: str) -> str:
    """A field's key in documents: `founding_date` → `foundingDate`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _word(value: object) -> str | None:
    if isinstance(value, Text):
        return iris.slug(value.best())
    if isinstance(value, Record):
        return value.id and _word(value.id)
    if isinstance(value, str):
        last = re.split("[/#]", value.rstrip("/#"))[-1] if iris.is_absolute(value) else value
        return iris.slug(last)
    return None


@cache
def _fields(cls: type[Node]) -> tuple[Field, ...]:
    hints = get_type_hints(cls, include_extras=True)
    found = [
        _field(name, hints[name], info.is_required())
        for name, info in cls.model_fields.items()
        if name != "id"
    ]
    title = getattr(cls, "title", None)
    return tuple(sorted(found, key=lambda field: field.name != title))


@cache
def _by_key(cls: type[Node]) -> dict[str, Field]:
    return {field.key: field for field in cls.fields()}


def _field(name: str, hint: Any, required: bool) -> Field:
    metadata, types_ = _unwrapped(hint)
    kind = next((item for item in metadata if isinstance(item, Kind)), None)
    if kind is None:
        kind = PartKind(next(t for t in types_ if isinstance(t, type) and issubclass(t, Part)))
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


def problems_of(cls: type[Node], error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, as problems in our words; `field` is the key path within the record."""
    for found in error.errors(include_url=False):
        path = tuple(camel(step) if isinstance(step, str) else step for step in found["loc"])
        yield problem_of(cls, found["type"], found.get("ctx", {}), path)


def problem_of(
    cls: type[Node], code: str, context: dict[str, Any], path: tuple[str | int, ...]
) -> Problem:
    """One error of pydantic as a problem."""
    field = key_path(path)
    if code == "missing":
        return Problem("missing", field=field)
    if code == "extra_forbidden":
        owner = _class_at(cls, path).__name__
        return Problem("unknown-key", field=field, value=str(path[-1]), params={"type": owner})
    if "params" in context:
        params = dict(context["params"])
        value = params.pop("value", None)
        shown = None if value is None else str(value)
        return Problem(code, field=field, value=shown, hint=context["hint"], params=params)
    return Problem("invalid-value", field=field, params={"expected": PartKind.expected})


def _class_at(cls: type[Node], path: tuple[str | int, ...]) -> type[Node]:
    """The class whose field the last step of a path names."""
    for step in path[:-1]:
        field = cls.by_key().get(str(step))
        if field is not None and isinstance(field.kind, PartKind):
            cls = field.kind.part
    return cls


__all__ = ["Conflict", "Field", "NamedRecord", "Node", "Part", "PartialDate", "Record", "Statement"]
