"""Whether a record has the value that was given of a property."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeAlias

from rapidfuzz import fuzz

from es_lod.errors import InvalidValue
from es_lod.iris import fold, relative, transliterated
from es_lod.labels import choice_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Kind, kinds, strings
from es_lod.model.concepts import meanings
from es_lod.server.reconcile.words import words
from es_lod.values import PartialDate, Text

Named: TypeAlias = Callable[[str], list[str]]
"""The names of the entity that has an id."""
Given: TypeAlias = str | int | float | bool
"""A value that a query gives; of an entity its id, or else its name."""

IDENTIFYING: Final = (strings.KrsKind, strings.NipKind, strings.RegonKind)
"""The kinds of numbers that only one organisation has."""


def agreement(kind: Kind, value: Any, given: Given, base: str, named: Named) -> float | None:
    """How well a value agrees with what was given, from 0 to 1.

    Nothing where it cannot be told: what was given is no value of this kind.
    """
    match kind:
        case strings.KrsKind() | strings.NipKind() | strings.RegonKind():
            number = parsed(kind, _written(given))
            return None if number is None else float(number == value)
        case kinds.CountKind() | kinds.DecimalKind():
            number = parsed(kind, _written(given))
            return None if number is None else float(number == value)
        case kinds.DateKind():
            return _date(str(value), _written(given))
        case kinds.ConceptKind(scheme):
            return float(value in meanings(scheme).get(fold(_written(given)), ()))
        case kinds.ChoiceKind():
            said = {fold(value), *(fold(choice_label(kind, value, tag)) for tag in LANGUAGES)}
            return float(fold(_written(given)) in said)
        case kinds.RefKind():
            return _reference(str(value), _written(given), base, named)
        case kinds.TextKind() | kinds.ValueKind():
            texts = value.values() if isinstance(value, Text) else (value,)
            return max(_text(text, _written(given)) for text in texts)
        case kinds.TextsKind():
            found = [_text(text, _written(given)) for texts in value.values() for text in texts]
            return max(found, default=None)
    return _string(kind, str(value), _written(given))


def _written(given: Given) -> str:
    """A value as text: a whole number without the fraction that JSON may give it."""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)


@lru_cache(maxsize=4096)
def parsed(kind: Kind, written: str) -> Any:
    """A value in the one form of its kind; nothing for what is none."""
    try:
        return kind.parse(written)
    except InvalidValue:
        return None


def _date(value: str, given: str) -> float | None:
    """Dates agree as far as both are precise; OpenRefine gives days as moments."""
    plain = given.strip().removesuffix("T00:00:00Z")
    try:
        other = PartialDate(plain)
    except InvalidValue:
        return None
    length = min(len(value), len(other), 10)
    return float(value[:length] == other[:length])


def _reference(value: str, given: str, base: str, named: Named) -> float:
    if relative(given.strip(), base) == value:
        return 1.0
    return max((_text(name, given) for name in named(value)), default=0.0)


@lru_cache(maxsize=65536)
def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(text[:2000]))


def _text(value: str, given: str) -> float:
    """How alike two texts are; those with the same words are the same."""
    one, other = _plain(value), _plain(given)
    if sorted(one) == sorted(other):
        return 1.0
    return min(0.99, fuzz.token_sort_ratio(" ".join(one), " ".join(other)) / 100)


def _string(kind: Kind, value: str, given: str) -> float:
    """A telephone number, a postcode, an address: the same in its one form, or not."""
    meant = parsed(kind, given)
    if type(kind) is strings.StringKind:
        return _text(value, given)
    plain = transliterated(str(meant if meant is not None else given)).casefold()
    return float(plain.rstrip("/") == transliterated(value).casefold().rstrip("/"))
