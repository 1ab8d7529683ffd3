"""N-Triples, Turtle and RDF/XML of records, from templates that are prepared once for each outline.

The one mapping of records to triples: quads are what their N-Triples say (`texts.quads`). The
text is what pyoxigraph would write, in a fraction of the time: no term is made only to be taken
apart again. A template is a list of steps in the order of the fields; each
writes what one field states.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any, ClassVar, Final, TypeAlias

from es_lod.model import Kind, kinds, strings
from es_lod.model.concepts import concept_iri
from es_lod.model.fields import Field, PartKind
from es_lod.model.outline import KEPT, Outline, Values, parts_of, tagged
from es_lod.model.record import Part
from es_lod.namespaces import RDF, XSD
from es_lod.values import PartialDate, decimal_text

_TEXTS: Final = (kinds.TextKind, kinds.TextsKind)
_STRINGS: Final = frozenset(
    kind for kind in vars(strings).values() if isinstance(kind, type) and issubclass(kind, Kind)
)
"""The kinds of plain literals whose values `quoted` writes."""

_DATES: Final = ("2018", "2018-06", "2018-06-15")
"""A date of each length."""

Step: TypeAlias = Callable[[Values, str, str], str]
"""Writes what a field states; takes all values, the subject, and the id of the record."""
Term: TypeAlias = Callable[[Any], str]
"""A value as one term."""
Terms: TypeAlias = Callable[[Any, str], Sequence[str]]
"""A value as any number of terms; takes the id of the record, too."""


class Templates(ABC):
    """The templates of a format, for records in a base whose plain strings are in a language.

    `quoted` is JSON's way to write a string. It escapes what pyoxigraph escapes, and in the same
    way, but for control characters that no text of ours has.
    """

    head = ""
    """What stands before all records."""
    tail = ""
    """What stands behind them."""

    _string: ClassVar = staticmethod(quoted)
    """A plain literal."""

    def __init__(self, base: str, language: str) -> None:
        self._base = base
        self._language = language
        self._steps: dict[Outline, tuple[Step, ...]] = {}

    def text(self, outline: Outline, values: Values) -> str:
        """All that is stated about a record and its parts: parts follow it, by IRI."""
        id_ = values[outline.id_at]
        text = self._block(outline, values, self._subject(id_), id_)
        if not outline.parts:
            return text
        for fragment, inner, held in sorted(parts_of(outline, values), key=itemgetter(0)):
            text += self._block(inner, held, self._part(id_, fragment), id_)
        return text

    def _stated(self, outline: Outline, values: Values, subject: str, id_: str) -> list[str]:
        steps = self._steps.get(outline)
        if steps is None:
            if len(self._steps) >= KEPT:
                self._steps.clear()
            steps = self._steps[outline] = tuple(self._prepared(outline))
        return [step(values, subject, id_) for step in steps]

    def _prepared(self, outline: Outline) -> Iterator[Step]:
        cls = outline.cls
        if cls.types:
            yield self._always(RDF.type, [self._iri(type_) for type_ in cls.types])
        if issubclass(cls, Part) and cls.owner_property:
            yield self._several(cls.owner_property, None, lambda _, id_: [self._subject(id_)])
        for n, field in outline.declared:
            kind = field.kind
            if outline.stated is not None and field.name in ("property", "value"):
                yield self._several(field.property, n, self._of_statement(field, outline.stated))
            elif field.many and isinstance(kind, _TEXTS):
                yield self._several(field.property, n, self._all_texts)
            elif field.many or isinstance(kind, (*_TEXTS, PartKind)):
                yield self._several(field.property, n, self._terms(kind))
            else:
                yield self._single(field.property, n, self.term(kind))

    def _of_statement(self, field: Field, stated: Field) -> Terms:
        """What a statement says of a field: its property, or its value as the field has it."""
        if field.name == "property":
            return lambda *_: [self._iri(stated.property)]
        if isinstance(stated.kind, PartKind):
            return lambda fragment, id_: [self._part(id_, fragment)]
        terms = self._terms(stated.kind)
        return lambda value, id_: terms(value, id_)[:1]

    def _terms(self, kind: Kind) -> Terms:
        if isinstance(kind, kinds.TextKind):
            return self._text
        if isinstance(kind, kinds.TextsKind):
            return self._texts
        if isinstance(kind, PartKind):
            return lambda parts, id_: [self._part(id_, part[0]) for part in parts]
        term = self.term(kind)

        def terms(value: Any, _: str) -> Sequence[str]:
            if type(value) is list:
                if len(value) == 1:
                    return (term(value[0]),)
                value = sorted(set(value))
            elif type(value) is not tuple:
                return (term(value),)
            return [term(item) for item in value]

        return terms

    def _all_texts(self, values: Any, id_: str) -> Sequence[str]:
        return [term for value in values for term in self._texts(value, id_)]

    def _text(self, value: Any, _: str) -> Sequence[str]:
        """A text: a string, or languages with one each."""
        if type(value) is str:
            return (f"{quoted(value)}@{self._language}",)
        return [f"{quoted(string)}@{tag}" for tag, string in sorted(value)]

    def _texts(self, value: Any, _: str) -> Sequence[str]:
        """Texts: a string, a list of them, or languages with either."""
        if type(value) is str:
            return (f"{quoted(value)}@{self._language}",)
        return [f"{quoted(string)}@{tag}" for tag, string in tagged(value, self._language)]

    def term(self, kind: Kind) -> Term:
        """How a value of a kind is written."""
        match kind:
            case kinds.ConceptKind(scheme):
                return lru_cache(maxsize=KEPT)(lambda word: self._iri(concept_iri(scheme, word)))
            case kinds.ChoiceKind(choices):
                return {word: self._iri(term) for word, term in choices}.__getitem__
            case kinds.DateKind():
                around = {len(date): self._around(PartialDate(date).datatype) for date in _DATES}
                # Whatever is longer has a time: with `Z` or with an offset.
                timed = self._around(XSD.dateTime)
                return lambda date: date.join(around.get(len(date), timed))
            case kinds.CountKind():
                return lambda count: self._number(str(count), XSD.integer)
            case kinds.DecimalKind():
                return lambda number: self._number(_plain(number), XSD.decimal)
            case kinds.RefKind():
                return self._subject
            case kinds.IriKind():
                return self._iri
            case _:
                return self._string if type(kind) in _STRINGS else self._literal

    @abstractmethod
    def _subject(self, id_: str) -> str:
        """The term of a record."""

    @abstractmethod
    def _part(self, id_: str, fragment: str) -> str:
        """The term of a part of a record."""

    @abstractmethod
    def _iri(self, iri: str) -> str:
        """The term of any IRI."""

    def _around(self, datatype: str) -> tuple[str, str]:
        """What stands before and behind a value of a datatype that has nothing to escape."""
        return '"', f'"^^{self._iri(datatype)}'

    @abstractmethod
    def _literal(self, value: Any) -> str:
        """A value of a kind of an extension, which may be anything that is a literal."""

    @abstractmethod
    def _number(self, value: str, datatype: str) -> str:
        """An integer or a decimal."""

    @abstractmethod
    def _always(self, property_: str, terms: Sequence[str]) -> Step:
        """What is stated whatever the values are."""

    @abstractmethod
    def _single(self, property_: str, n: int, term: Term) -> Step:
        """What the value at a position states."""

    @abstractmethod
    def _several(self, property_: str, n: int | None, terms: Terms) -> Step:
        """As `_single`, of several terms; where `n` is none, they are made of the id alone."""

    @abstractmethod
    def _block(self, outline: Outline, values: Values, subject: str, id_: str) -> str:
        """All that is stated about one subject."""


def _plain(number: Any) -> str:
    return decimal_text(number) if isinstance(number, Decimal) else str(number)
