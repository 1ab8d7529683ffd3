"""The term lint: every IRI in a known namespace is a declared term of it.

Phantom terms stand in official material too: `owl:subClassOf`, `w3.org/ns/locn#` without `www`.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import NamedNode, Quad, Triple, parse

from es_lod import extensions
from es_lod.errors import Problem
from es_lod.model import kinds, part_classes, record_classes
from es_lod.namespaces import HOME, PREFIXES, RDF, near_misses, prefixed

_TYPE = NamedNode(RDF.type)


def lint(data: Iterable[Quad | Triple]) -> Iterator[Problem]:
    """Undeclared terms and mistyped namespaces among predicates, types and objects, each once."""
    seen: set[str] = set()
    for quad in data:
        terms = [quad.predicate, quad.object]
        for term in terms:
            if isinstance(term, NamedNode) and term.value not in seen:
                seen.add(term.value)
                strict = term is quad.predicate or quad.predicate == _TYPE
                subject = getattr(quad.subject, "value", "")
                yield from _check(term.value, subject, strict=strict)


def _check(iri: str, subject: str, *, strict: bool) -> Iterator[Problem]:
    for wrong, right in _near_misses():
        if iri.startswith(wrong):
            hint = right + iri[len(wrong) :]
            yield Problem("near-miss-term", subject, value=iri, hint=hint)
            return
    if strict and iri not in declared():
        namespace = next((ns for ns in PREFIXES.values() if iri.startswith(ns)), None)
        if namespace and not _is_declared_elsewhere(iri, namespace):
            params = {"vocabulary": namespace}
            yield Problem("undeclared-term", subject, value=prefixed(iri), params=params)


@cache
def _near_misses() -> tuple[tuple[str, str], ...]:
    return tuple(near_misses())


@cache
def declared() -> frozenset[str]:
    """The terms that the model uses, and all that the ontology files describe."""
    classes = (*record_classes().values(), *part_classes().values())
    terms = {str(type_) for cls in classes for type_ in cls.types}
    for cls in classes:
        for field in cls.fields():
            terms.add(field.property)
            if isinstance(field.kind, kinds.ChoiceKind):
                terms |= {str(iri) for _, iri in field.kind.choices}
        terms |= {str(getattr(cls, "owner_property", None))}
    for path in extensions.turtle_files("ontology"):
        terms |= {quad.subject.value for quad in parse(path=str(path))}
    return frozenset(terms)


def _is_declared_elsewhere(iri: str, namespace: str) -> bool:
    """Whether a vocabulary has a term; a vocabulary whose terms we do not have has them all."""
    import rdflib.namespace as known

    for name in ("SDO", "ORG", "SKOS", "DCTERMS", "PROV", "RDF", "RDFS", "OWL", "XSD", "SH"):
        vocabulary = getattr(known, name)
        if str(vocabulary) == namespace:
            return rdflib_has(vocabulary, iri.removeprefix(namespace))
    return not namespace.startswith(HOME)


def rdflib_has(vocabulary: object, local: str) -> bool:
    """Whether rdflib's list of a vocabulary has a term."""
    return bool(local) and local in vocabulary  # type: ignore[operator]
