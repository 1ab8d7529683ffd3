"""The bases of the description: `Record`, `Part`, and how their fields are declared.

A class declares each field once, as `Annotated[type, property]`; the class is the table from
which RDF, the JSON-LD context, the JSON Schema and the reference pages are derived.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from es_lod import iris
from es_lod.errors import InvalidRecord
from es_lod.model import kinds, registry
from es_lod.model.faults import problems_of
from es_lod.model.fields import Conflict, Field, PartKind, by_key_of, camel, fields_of, links_of
from es_lod.model.types import Id, Many, Name, Names, Ref, Stated, Url
from es_lod.namespaces import ES, PROV, RDF, SDO, Term
from es_lod.values import Text, Texts

if TYPE_CHECKING:
    from es_lod.model.events import Article


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

        def __init__(self, **data: Any) -> None:
            """Take the fields by name; raises `InvalidRecord` with a `Problem` for each error."""
            try:
                super().__init__(**data)
            except ValidationError as error:
                raise InvalidRecord(list(problems_of(type(self), error))) from None

        # Keeps pydantic from calling this method for nested data: there the error is wrapped once.
        __init__.__pydantic_base_init__ = True

        def __setattr__(self, name: str, value: Any) -> None:
            """Records do not change: `record.model_copy(update={…})` makes another."""
            if name in type(self).model_fields:
                raise AttributeError(f"{type(self).__name__} is frozen; use model_copy(update=…)")
            super().__setattr__(name, value)

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """The declared fields, the naming one first, without `id`."""
        return fields_of(cls)

    @classmethod
    def links(cls) -> tuple[Field, ...]:
        """The fields that lead to other nodes: references and parts."""
        return links_of(cls)

    @classmethod
    def by_key(cls) -> dict[str, Field]:
        """Document key → field."""
        return by_key_of(cls)

    def conflicts(self) -> Iterator[Conflict]:
        """What contradicts across fields; extended where a class knows more.

        A class that extends it may say in `across` of which attributes it has something to say, and
        which values of each never contradict: nodes that have no others are not asked.
        """
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
        words = [word for name in self.naming if (word := naming_word(getattr(self, name)))]
        return "-".join([field.key, *words]) if field.many else field.key


class Statement(Part, types=(ES.Statement,), naming=("property",), owner=RDF.subject):
    """What is known about a fact of the record: inferred or in conflict, by whose words."""

    property: Annotated[str, RDF.predicate, kinds.PropertyKind()]
    value: Annotated[Stated | None, RDF.object] = None
    certainty: Annotated[str, ES.certainty, kinds.ConceptKind("certainty")]
    quote: Annotated[Name | None, ES.quote] = None
    source: Annotated[Many[Ref["Article"]], PROV.wasDerivedFrom] = ()


class Record(Node):
    """A thing with an IRI of its own. `id` is an id in the base, or an absolute IRI.

    Where `id` is missing, the dataset mints it from the naming fields.
    """

    id: Annotated[str | None, Id] = None
    alternate_name: Annotated[Names, SDO.alternateName] = Texts()
    description: Annotated[Name | None, SDO.description] = None
    same_as: Annotated[Many[Url], SDO.sameAs] = ()
    source: Annotated[Many[Ref["Article"]], PROV.wasDerivedFrom] = ()
    statements: Annotated[Many[Statement], ES.statement] = ()

    title: ClassVar[str] = "name"
    """The attribute that says what the thing is called."""
    inverse: ClassVar[dict[str, tuple[str, str]]] = {}
    """Keys of input only: key → (class, attribute of that class that it sets)."""

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        title_field: str | None = None,  # pydantic takes `title` for itself
        inverse: dict[str, tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.title = title_field or cls.title
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
            return container and naming_word(container)
        value: Any = self
        for name in path.split("."):
            value = getattr(value, name, None)
        return naming_word(value)


class NamedRecord(Record):
    """A record that has a name: every class but articles, which have a headline."""

    name: Annotated[Name, SDO.name]


def naming_word(value: object) -> str | None:
    """What a value says in an identifier."""
    if isinstance(value, Text):
        return iris.slug(value.best())
    if isinstance(value, Record):
        return naming_word(value.id or value.mint())
    if isinstance(value, str):
        last = re.split("[/#]", value.rstrip("/#"))[-1] if "://" in value else value
        return iris.slug(last)
    return None


__all__ = [
    "Conflict",
    "Field",
    "NamedRecord",
    "Node",
    "Part",
    "PartKind",
    "Record",
    "Statement",
    "naming_word",
]
