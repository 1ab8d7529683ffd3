"""The concept schemes: which notations a field can take, read from the ontology."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from pyoxigraph import Literal, NamedNode, parse

from es_lod import extensions
from es_lod.iris import fold
from es_lod.namespaces import CONCEPT, SKOS

_IN_SCHEME = NamedNode(SKOS.inScheme)
_NOTATION = NamedNode(SKOS.notation)
_LABELS = (NamedNode(SKOS.prefLabel), NamedNode(SKOS.altLabel))


@cache
def schemes() -> Mapping[str, frozenset[str]]:
    """Scheme → notations of its concepts."""
    found: dict[str, set[str]] = {}
    for path in extensions.turtle_files("ontology"):
        if path.parent.name != "concepts":
            continue
        scheme_of: dict[object, str] = {}
        notation_of: dict[object, str] = {}
        for quad in parse(path=str(path)):
            if quad.predicate == _IN_SCHEME and isinstance(quad.object, NamedNode):
                scheme_of[quad.subject] = quad.object.value.removeprefix(CONCEPT)
            elif quad.predicate == _NOTATION and isinstance(quad.object, Literal):
                notation_of[quad.subject] = quad.object.value
        for concept, notation in notation_of.items():
            found.setdefault(scheme_of[concept], set()).add(notation)
    return {scheme: frozenset(notations) for scheme, notations in found.items()}


def nearest_notation(scheme: str, word: str) -> str | None:
    """The notation that a word means or resembles: by label, in any language, or misspelt."""
    if len(word) > 100:
        return None
    words = _words(scheme)
    # Abbreviations are near to each other by chance: `OPS` is no misspelt `PES`.
    near = get_close_matches(word.casefold(), list(words), 1, 0.8 if len(word) > 4 else 1.0)
    return words[near[0]] if near else None


def notation_of(scheme: str, label: str) -> str | None:
    """The notation of the concept that has a label, in any language and case."""
    return _words(scheme).get(label.casefold())


@cache
def polish_names(scheme: str) -> Mapping[str, str]:
    """Notation → Polish preferred label, of the concepts of a scheme."""
    prefix, found = f"{CONCEPT}{scheme}/", {}
    for path in extensions.turtle_files("ontology"):
        for quad in parse(path=str(path)) if path.parent.name == "concepts" else ():
            iri = str(getattr(quad.subject, "value", ""))
            is_name = quad.predicate == _LABELS[0] and isinstance(quad.object, Literal)
            if is_name and iri.startswith(prefix) and quad.object.language == "pl":
                found[iri.removeprefix(prefix)] = quad.object.value
    return found


def meanings(scheme: str) -> Mapping[str, frozenset[str]]:
    """Each label and notation of a scheme, folded, with the notations that it may stand for."""
    return _meanings().get(scheme, {})


@cache
def _meanings() -> Mapping[str, Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for scheme, notations in schemes().items():
        words = found.setdefault(scheme, {})
        for label, notation in (*labels_of(scheme), *((name, name) for name in notations)):
            words[fold(label)] = words.get(fold(label), frozenset()) | {notation}
    return found


@cache
def _words(scheme: str) -> Mapping[str, str]:
    """Each label and notation of a scheme in lower case, with the notation that it stands for."""
    labels: dict[str, str] = {}
    for label, notation in labels_of(scheme):
        labels.setdefault(label.casefold(), notation)
    return {**labels, **{notation: notation for notation in sorted(schemes().get(scheme, ()))}}


def labels_of(scheme: str) -> tuple[tuple[str, str], ...]:
    """The labels of a scheme's concepts, each with the notation that it stands for."""
    return _every_label().get(scheme, ())


@cache
def _every_label() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for path in extensions.turtle_files("ontology"):
        if path.parent.name != "concepts":
            continue
        for quad in parse(path=str(path)):
            iri, _, notation = str(getattr(quad.subject, "value", "")).rpartition("/")
            if quad.predicate in _LABELS and isinstance(quad.object, Literal):
                label = (quad.object.value, notation)
                found.setdefault(iri.removeprefix(CONCEPT), []).append(label)
    return {scheme: tuple(labels) for scheme, labels in found.items()}


def concept_iri(scheme: str, notation: str) -> str:
    """The IRI of a concept: `{CONCEPT}{scheme}/{notation}`."""
    return f"{CONCEPT}{scheme}/{notation}"
