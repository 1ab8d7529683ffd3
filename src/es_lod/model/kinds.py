"""Kinds of values: how a field's value is written, and what it is in RDF.

A kind stands in a field's annotation. It parses what documents and callers give; the
derivations (RDF, context, JSON Schema …) look at its class and attributes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import NoneType
from typing import Any, ClassVar, get_args

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from es_lod import iris, values
from es_lod.errors import InvalidValue, shown
from es_lod.model import registry
from es_lod.model.concepts import nearest_notation, polish_names, schemes
from es_lod.model.misfit import Misfit
from es_lod.namespaces import XSD, Term
from es_lod.values import DEFAULT_LANGUAGE, PartialDate, Text, Texts

_SOME, _REST = slice(12), slice(12, None)


@dataclass(frozen=True)
class Kind:
    """How one value of a field is written. `code` names the problem of a value it cannot take."""

    code: ClassVar[str]
    expected: ClassVar[dict[str, str]]

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Any:
        """The value in its one form; raises `InvalidValue`."""
        raise NotImplementedError

    def params(self) -> dict[str, Any]:
        """What the text of the problem `code` asks for beside the value."""
        return {}

    def lexical(self, raw: object) -> str:
        """The value as text: a string, or a whole number that stands for one."""
        if isinstance(raw, str):
            return raw
        if isinstance(raw, int) and not isinstance(raw, bool):
            return str(raw)
        raise InvalidValue("invalid-value", value=shown(raw), expected=self.expected)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = core_schema.with_info_plain_validator_function(self._validated)
        return core_schema.nullable_schema(schema) if NoneType in get_args(source) else schema

    def fitting(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Any:
        """As `parse`, of what may be a `Misfit`, which says itself what is wrong with it."""
        if isinstance(raw, Misfit):
            params = raw.params if raw.code else self.params()
            raise InvalidValue(raw.code or self.code, hint=raw.hint, value=str(raw), **params)
        return self.parse(raw, language)

    def _validated(self, raw: object, info: ValidationInfo) -> object:
        language = info.context.get("language") if info.context else None
        try:
            return self.fitting(raw, language or DEFAULT_LANGUAGE)
        except InvalidValue as error:
            context = {"params": error.params, "hint": error.hint}
            raise PydanticCustomError(error.code, "{params}", context) from None


def expect(pl: str, en: str) -> dict[str, str]:
    """What a kind takes, in words."""
    return {"pl": pl, "en": en}


class TextKind(Kind):
    """Language-tagged text, one value a language."""

    code = "invalid-text"
    expected = expect("tekst albo języki z tekstami", "a text, or languages with texts")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Text:
        if isinstance(raw, Text):
            return raw
        if not isinstance(raw, (str, Mapping)):
            raw = self.lexical(raw)
        return Text(raw, language)


class TextsKind(Kind):
    """Language-tagged texts, any number a language."""

    code = "invalid-text"
    expected = TextKind.expected

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Texts:
        return raw if isinstance(raw, Texts) else Texts(raw, language)


@dataclass(frozen=True)
class DateKind(Kind):
    """A partial date; with `time` also an `xsd:dateTime` with offset."""

    time: bool = False
    code = "invalid-date"
    expected = expect("data", "a date")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> PartialDate:
        written = raw.isoformat() if isinstance(raw, date) else self.lexical(raw)
        try:
            parsed = PartialDate(written)
        except InvalidValue as error:
            hint = error.hint if self.time else error.hint and error.hint[:10]
            raise InvalidValue(self.code, hint, value=written, **self.params()) from None
        if parsed.has_time and not self.time:
            raise InvalidValue(self.code, parsed[:10], value=written, **self.params())
        return parsed

    def params(self) -> dict[str, Any]:
        """The form with a time, where the field takes one."""
        if not self.time:
            return {"time": expect("", "")}
        form = "2018-06-19T10:00+02:00"
        return {"time": expect(f", z godziną {form}", f", with time {form}")}


class CountKind(Kind):
    """A count: `xsd:integer`, from 0 to 999,999,999."""

    code = "invalid-count"
    datatype: ClassVar[Term] = XSD.integer

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> int:
        return values.count(raw)


@dataclass(frozen=True)
class DecimalKind(Kind):
    """A decimal number within bounds (`xsd:decimal`)."""

    low: int = -180
    high: int = 180
    code = "invalid-number"
    datatype: ClassVar[Term] = XSD.decimal

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Any:
        return values.decimal(raw, self.low, self.high)

    def params(self) -> dict[str, Any]:
        """The bounds."""
        return {"low": str(self.low), "high": str(self.high)}


@dataclass(frozen=True)
class IriKind(Kind):
    """An absolute IRI; with `web` of the schemes http and https only."""

    web: bool = False
    code = "invalid-iri"
    expected = expect("adres (IRI)", "an address (IRI)")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        written = self.lexical(raw)
        return iris.web_address(written) if self.web else iris.absolute(written)


@dataclass(frozen=True)
class ConceptKind(Kind):
    """A concept of a scheme, named by its notation."""

    scheme: str
    code = "unknown-concept"
    expected = expect("notacja pojęcia", "a notation")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        notation = self.lexical(raw).strip()
        if notation not in schemes().get(self.scheme, frozenset()):
            hint = nearest_notation(self.scheme, notation)
            raise InvalidValue(self.code, hint=hint, value=notation, **self.params())
        return notation

    def params(self) -> dict[str, Any]:
        """The scheme, and some of its notations."""
        first, rest = (sorted(schemes().get(self.scheme, ()))[part] for part in (_SOME, _REST))
        named = polish_names(self.scheme)
        polish = [f"{named.get(word, word)} ({word})" for word in first]
        more = ["…"] if rest else []
        known = {"pl": ", ".join(polish + more), "en": ", ".join(first + more)}
        return {"scheme": self.scheme, "known": known}


@dataclass(frozen=True)
class ChoiceKind(Kind):
    """One of a few words, each for an IRI of another vocabulary."""

    choices: tuple[tuple[str, Term], ...]
    code = "unknown-choice"
    expected = expect("jedno ze słów", "one of the words")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        word = self.lexical(raw).strip()
        words = [known for known, _ in self.choices]
        if word not in words:
            near = get_close_matches(word, words, 1)
            hint = near[0] if near else None
            raise InvalidValue(self.code, hint=hint, value=word, **self.params())
        return word

    def params(self) -> dict[str, Any]:
        """The words."""
        return {"known": ", ".join(word for word, _ in self.choices)}


@dataclass(frozen=True)
class RefKind(Kind):
    """A reference: the id or IRI of a record of one of the classes, or that record itself."""

    targets: tuple[str, ...]
    code = "invalid-reference"
    expected = expect("id rekordu", "the id of a record")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> Any:
        if registry.is_record(raw):
            return raw
        return iris.reference(self.lexical(raw))


class IdKind(Kind):
    """The id of a record, or its absolute IRI outside the base."""

    code = "invalid-id"
    expected = RefKind.expected

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        return iris.identifier(self.lexical(raw))


class FragmentKind(Kind):
    """The id of a part: the fragment after its owner's IRI."""

    code = "invalid-id"
    expected = RefKind.expected

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        return iris.fragment(self.lexical(raw).rpartition("#")[2])


class PropertyKind(Kind):
    """A key of the record that a statement speaks about; in RDF the key's property."""

    code = "invalid-statement"
    expected = expect("nazwa pola", "the key of a field")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        return values.text(self.lexical(raw))


class ValueKind(Kind):
    """The value that a statement speaks about, written as in the field that holds it."""

    code = "invalid-statement"
    expected = expect("wartość pola", "the value of a field")

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str | Text:
        if isinstance(raw, (Text, Mapping)):
            return Text(raw)
        written = self.lexical(raw).strip()
        values.text(written)  # an IRI stays as it is, in NFC or not
        return written
