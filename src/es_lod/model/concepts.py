"""The concept schemes: which notations a field can take, read from the ontology."""

from collections.abc import Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, parse

from es_lod import extensions
from es_lod.namespaces import CONCEPT, SKOS

_IN_SCHEME = NamedNode(SKOS.inScheme)
_NOTATION = NamedNode(SKOS.notation)


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


def concept_iri(scheme: str, notation: str) -> str:
    """The IRI of a concept: `{CONCEPT}{scheme}/{notation}`."""
    return f"{CONCEPT}{scheme}/{notation}"
