"""The term lint: every IRI in a known namespace is a declared term of it.

Phantom terms stand in official material too: `owl:subClassOf`, `w3.org/ns/locn#` without `www`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple, parse

from es_lod import extensions
from es_lod.errors import Problem
from es_lod.iris import is_absolute, relative
from es_lod.model import Record, kinds, part_classes, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.model.outline import KEPT, Outline, Values
from es_lod.namespaces import HOME, PREFIXES, RDF, near_misses, prefixed
from es_lod.rdf.texts import quads
from es_lod.readers.plain import Plain, told

_TYPE = NamedNode(RDF.type)
_NOWHERE = BlankNode("any")


class TermLint:
    """Looks at triples as they go by; what is wrong gathers in `problems`, each term once.

    Predicates and types have to be declared where their namespace is known. Any IRI may be in a
    namespace that only resembles a known one, or on a host for development; ids within `base` are
    passed over.
    """

    def __init__(self, base: str) -> None:
        self.problems: list[Problem] = []
        if _DEVELOPMENT.match(base):
            self.problems.append(Problem("development-iri", value=base))
        self._base = base
        self._seen: set[str] = set()

    def check(self, triple: Quad | Triple) -> None:
        """Look at one triple."""
        predicate, object_ = triple.predicate, triple.object
        if predicate.value not in self._seen:
            self._seen.add(predicate.value)
            self._look(predicate.value, triple, is_term=True)
        if isinstance(object_, NamedNode) and object_.value not in self._seen:
            is_type = predicate == _TYPE
            if is_type:
                self._seen.add(object_.value)
            if is_type or not object_.value.startswith(self._base):
                self._look(object_.value, triple, is_term=is_type)

    def passing(self, records: Iterable[Record | Plain]) -> Iterator[Record | Plain]:
        """The records, each looked at before it goes on."""
        for item in records:
            if not (isinstance(item, Plain) and is_right(item.outline, item.values)):
                for quad in quads(*told(item), self._base):
                    self.check(quad)
            yield item

    def passing_quads(self, data: Iterable[Quad]) -> Iterator[Quad]:
        """Quads that no record carries, each looked at before it goes on."""
        for quad in data:
            self.check(quad)
            yield quad

    def _look(self, iri: str, triple: Quad | Triple, *, is_term: bool) -> None:
        near = _near_miss(iri) if iri.startswith(_WRONG) else None
        if near is not None:
            self._tell("near-miss-term", iri, triple, hint=near)
        elif _DEVELOPMENT.match(iri):
            self._tell("development-iri", iri, triple)
        elif is_term and iri not in _modelled() and iri not in declared():
            namespace = next((ns for ns in PREFIXES.values() if iri.startswith(ns)), None)
            if namespace and not _is_declared_elsewhere(iri, namespace):
                self._tell("undeclared-term", prefixed(iri), triple, vocabulary=namespace)

    def _tell(
        self, code: str, value: str, triple: Quad | Triple, hint: str | None = None, **params: str
    ) -> None:
        self._seen.add(value)
        subject = getattr(triple.subject, "value", "").partition("#")[0]
        record = relative(subject, self._base) or None
        self.problems.append(Problem(code, record, value=value, hint=hint, params=params))


def lint(data: Iterable[Quad | Triple], base: str) -> list[Problem]:
    """What the lint finds in triples."""
    found = TermLint(base)
    for triple in data:
        found.check(triple)
    return found.problems


def lint_context(context: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a JSON-LD context: undeclared terms, and keys that are misspelt ones.

    A key that nearly but not quite is its term's local name is a slip (`LegalSatus` stands in an
    official context); data with the right name are dropped then.
    """
    found = TermLint("")
    for key, term in _definitions(context):
        # A term as the predicate of a triple, which the lint looks at.
        found.check(Triple(_NOWHERE, NamedNode(term), _NOWHERE))
        local = re.split("[/#]", term)[-1]
        alike = SequenceMatcher(None, key.lower(), local.lower()).ratio() > 0.8
        if alike and key.lower() not in local.lower() and local.lower() not in key.lower():
            found.problems.append(Problem("misnamed-term", value=key, hint=local))
    return found.problems


def _definitions(
    context: Mapping[str, Any], prefixes: Mapping[str, str] = PREFIXES
) -> Iterator[tuple[str, str]]:
    """The keys of a context and of those nested in it, with the IRIs that they stand for."""
    own = {key: iri for key, iri in context.items() if isinstance(iri, str) and iri[-1:] in "#/"}
    prefixes = {**prefixes, **own}
    for key, definition in context.items():
        stated = definition if isinstance(definition, Mapping) else {"@id": definition}
        name = stated.get("@id") or stated.get("@reverse")
        if key.startswith("@") or key in own or not isinstance(name, str):
            continue
        prefix, _, rest = name.partition(":")
        iri = prefixes.get(prefix, f"{prefix}:") + rest
        if is_absolute(iri) and rest:
            yield key, iri
        nested = stated.get("@context")
        if isinstance(nested, Mapping):
            yield from _definitions(nested, prefixes)


def _near_miss(iri: str) -> str | None:
    """The term that a mistyped one means. Terms begin with a letter, version IRIs need not."""
    wrong, right = next(pair for pair in _NEAR_MISSES if iri.startswith(pair[0]))
    local = iri[len(wrong) :]
    return right + local if local[:1].isalpha() else None


_NEAR_MISSES: Final = tuple(near_misses())
_WRONG: Final = tuple(wrong for wrong, _ in _NEAR_MISSES)
# Hosts that only a developer reaches, and the names that RFC 2606 keeps for examples.
_DEVELOPMENT: Final = re.compile(
    r"https?://(localhost|127\.|\[::1\]|dev\.|([^/?#]+\.)?example(\.(com|org|net))?[:/?#]|[^/?#]+\.local[:/])",
    re.IGNORECASE,
)


def asks(outline: Outline) -> bool:
    """Whether something may have to be told of the terms of an outline, or of its values."""
    return _positions(outline) != ()


def is_right(outline: Outline, values: Values) -> bool:
    """Whether nothing can be told of the terms of an outline, or of the IRIs in its values."""
    positions = _positions(outline)
    return positions is not None and all(_are_right(values[n], is_part) for n, is_part in positions)


def _are_right(value: Any, is_part: bool) -> bool:
    if is_part:
        return all(is_right(part.outline, part.values) for part in value)
    return not any(map(_is_suspicious, [value] if isinstance(value, str) else value))


@lru_cache(maxsize=KEPT)
def _positions(outline: Outline) -> tuple[tuple[int, bool], ...] | None:
    """Where IRIs of others, and parts with such, stand in values; none where a term is told of."""
    fields = [(n, field) for n, field in enumerate(outline.fields) if field is not None]
    if _are_told(outline.cls.types, [field for _, field in fields]):
        return None
    asked = [(n, isinstance(f.kind, PartKind)) for n, f in fields if _may_be_told(f.kind)]
    return tuple(asked)


def _are_told(types: Iterable[str], fields: Iterable[Field]) -> bool:
    """Whether there is something to say of types, properties or choices."""
    terms = [*types]
    for field in fields:
        terms.append(field.property)
        if isinstance(field.kind, kinds.ChoiceKind):
            terms += (iri for _, iri in field.kind.choices)
    # A field whose property is `rdf:type` has types as its values.
    return RDF.type in terms or any(map(_is_suspicious, terms))


@cache
def _may_be_told(kind: kinds.Kind) -> bool:
    """Whether there may be something to say of values of a kind."""
    if not isinstance(kind, PartKind):
        return isinstance(kind, kinds.IriKind)
    fields = kind.part.fields()
    return _are_told(kind.part.types, fields) or any(_may_be_told(f.kind) for f in fields)


def _is_suspicious(iri: str) -> bool:
    """Whether more has to be looked at than the IRI of a modelled term, or of no term."""
    return iri.startswith(_WRONG) or _DEVELOPMENT.match(iri) is not None


@cache
def declared() -> frozenset[str]:
    """The terms that the model uses, and all that the ontology files describe."""
    files = extensions.turtle_files("ontology")
    return _modelled().union(quad.subject.value for path in files for quad in parse(path=str(path)))


@cache
def _modelled() -> frozenset[str]:
    """The terms that the model uses: most data have no others, and need no file to be read."""
    classes = (*record_classes().values(), *part_classes().values())
    terms = {str(type_) for cls in classes for type_ in cls.types} | {RDF.type, RDF.subject}
    for cls in classes:
        for field in cls.fields():
            terms.add(field.property)
            if isinstance(field.kind, kinds.ChoiceKind):
                terms |= {str(iri) for _, iri in field.kind.choices}
        terms |= {str(getattr(cls, "owner_property", None))}
    return frozenset(terms)


def _is_declared_elsewhere(iri: str, namespace: str) -> bool:
    """Whether a vocabulary has a term; a vocabulary whose terms we do not have has them all."""
    import rdflib.namespace as known

    for name in ("SDO", "ORG", "SKOS", "DCTERMS", "PROV", "RDF", "RDFS", "OWL", "XSD", "SH"):
        vocabulary = getattr(known, name)
        if str(vocabulary) == namespace:
            local = iri.removeprefix(namespace)
            return bool(local) and local in vocabulary
    return not namespace.startswith(HOME)
