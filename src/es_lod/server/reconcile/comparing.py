"""Whether a record has the value that was given of a property.

Each value has keys by which it is known; what was given has keys, too, and agrees with the values
that share one with it.
"""

from collections.abc import Callable, Iterable
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
from es_lod.values import PartialDate

Named: TypeAlias = Callable[[str], Iterable[str]]
"""The names of the entity that has an id."""
Given: TypeAlias = str | int | float | bool
"""A value that a query gives; of an entity its id, or else its name."""

IDENTIFYING: Final = (strings.KrsKind, strings.NipKind, strings.RegonKind)
"""The kinds of numbers that only one organisation has."""
_PRECISIONS: Final = (len("2018"), len("2018-06"), len("2018-06-19"))
_NEARLY: Final = 0.99
"""The most that two texts come to that are not the same."""


def agreement(kind: Kind, value: Any, given: Given, base: str, named: Named) -> float | None:
    """How well a value agrees with what was given, from 0 to 1.

    Nothing where it cannot be told: what was given is no value of this kind.
    """
    written = _written(given)
    asked = _asked(kind, written, base)
    if asked is None:
        return None
    if not asked.isdisjoint(keys(kind, value, named)):
        return 1.0
    texts = _texts(kind, value, named)
    return max((_likeness(text, written) for text in texts), default=0.0)


def keys(kind: Kind, value: Any, named: Named) -> set[str]:
    """What a value is known by."""
    match kind:
        case kinds.ConceptKind(scheme):
            return {f"{scheme}/{value}"}
        case kinds.ChoiceKind():
            return {fold(word) for word in (value, *_labels(kind, value))}
        case kinds.DateKind():
            # Dates agree as far as both are precise.
            return {value[:length] for length in _PRECISIONS} | {f"={value[:10]}"}
        case kinds.RefKind():
            return {str(value), *(_text_key(name) for name in named(str(value)))}
    texts = _texts(kind, value, named)
    return set(map(_text_key, texts)) if texts else {_plain(str(value))}


@lru_cache(maxsize=4096)
def _asked(kind: Kind, written: str, base: str) -> frozenset[str] | None:
    """What a value that agrees is known by; nothing where none can."""
    match kind:
        case kinds.ConceptKind(scheme):
            found = meanings(scheme).get(fold(written), frozenset())
            return frozenset(f"{scheme}/{notation}" for notation in found)
        case kinds.ChoiceKind():
            return frozenset((fold(written),))
        case kinds.DateKind():
            return _asked_date(written)
        case kinds.RefKind():
            return frozenset((relative(written, base), _text_key(written)))
    if _is_text(kind):
        return frozenset((_text_key(written),))
    meant = _parsed(kind, written)
    if meant is None and isinstance(kind, (*IDENTIFYING, kinds.CountKind, kinds.DecimalKind)):
        return None
    return frozenset((_plain(str(written if meant is None else meant)),))


def asked_keys(kind: Kind, given: Given, base: str) -> frozenset[str]:
    """What a value that agrees with what was given is known by."""
    return _asked(kind, _written(given), base) or frozenset()


def _asked_date(written: str) -> frozenset[str] | None:
    try:
        date = PartialDate(written.removesuffix("T00:00:00Z"))  # as OpenRefine gives days
    except InvalidValue:
        return None
    return frozenset((date[:10], *(f"={date[:length]}" for length in _PRECISIONS)))


def _written(given: Given) -> str:
    """A value as text: a whole number without the fraction that JSON may give it."""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given).strip()


def _parsed(kind: Kind, written: str) -> Any:
    """A value in the one form of its kind; nothing for what is none."""
    try:
        return kind.parse(written)
    except InvalidValue:
        return None


def _labels(kind: kinds.ChoiceKind, value: str) -> Iterable[str]:
    return (choice_label(kind, value, tag) for tag in LANGUAGES)


def _is_text(kind: Kind) -> bool:
    is_text = isinstance(kind, kinds.TextKind | kinds.TextsKind | kinds.ValueKind)
    return is_text or type(kind) is strings.StringKind


def _texts(kind: Kind, value: Any, named: Named) -> list[str]:
    """The texts of a value that can be more or less alike to others; none of other values."""
    match kind:
        case kinds.TextsKind():
            return [text for texts in value.values() for text in texts]
        case kinds.TextKind():
            return list(value.values())
        case kinds.RefKind():
            return list(named(str(value)))
    return [str(value)] if _is_text(kind) else []


@lru_cache(maxsize=65536)
def _text_key(text: str) -> str:
    """The words of a text in the order of the alphabet."""
    return " ".join(sorted(word.text for word in words(text)))


def _likeness(value: str, given: str) -> float:
    """How alike two texts are that do not agree."""
    return min(_NEARLY, fuzz.ratio(_text_key(value), _text_key(given)) / 100)


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """A number, an address: without case and diacritics, and without the slash at its end."""
    return transliterated(text).casefold().rstrip("/")
