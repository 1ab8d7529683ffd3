"""What the ontology files say of terms and concepts: the one view that all pages share."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode, parse

from es_lod import extensions, resources
from es_lod.model import part_classes, record_classes
from es_lod.model.fields import Field
from es_lod.model.record import Node
from es_lod.namespaces import CONCEPT, DCT, ES, OWL, RDF, RDFS, SDO, SKOS, Term, prefixed

MATCHES: Final = {
    SKOS.exactMatch: "≡",
    SKOS.closeMatch: "=",
    SKOS.broadMatch: "<",
    SKOS.narrowMatch: ">",
    SKOS.relatedMatch: "~",
}
"""How a twin elsewhere relates to a term of ours, with the sign for it."""
KINDS: Final = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
"""The kinds of terms, in the order of the pages."""


class Entry:
    """A term, a concept, a scheme or an ontology: what is said of it."""

    def __init__(self, iri: str, said: Mapping[str, list[Any]]) -> None:
        self.iri = iri
        self._said = said

    @property
    def name(self) -> str:
        """The last part of the IRI: the anchor on a page."""
        return self.iri.rpartition("#" if "#" in self.iri else "/")[2]

    def texts(self, predicate: str) -> Mapping[str, list[str]]:
        """Language → texts; those in no language stand under the empty string."""
        found: dict[str, list[str]] = {}
        for text in self._said.get(predicate, ()):
            if isinstance(text, Literal):
                found.setdefault(text.language or "", []).append(text.value)
        return found

    def text(self, predicate: str, language: str = "") -> str:
        """The first text in a language, or nothing."""
        return next(iter(self.texts(predicate).get(language, ())), "")

    def iris(self, *predicates: str) -> list[str]:
        """What the predicates lead to."""
        return [
            term.value
            for predicate in predicates
            for term in self._said.get(predicate, ())
            if isinstance(term, NamedNode)
        ]

    @property
    def is_term(self) -> bool:
        """Whether it has a label, as terms do."""
        return RDFS.label in self._said

    @property
    def is_deprecated(self) -> bool:
        """Whether it is there for old data only."""
        return self.text(OWL.deprecated) == "true"

    @property
    def above(self) -> list[str]:
        """Superclasses and superproperties."""
        return self.iris(RDFS.subClassOf, RDFS.subPropertyOf)

    @property
    def domain(self) -> list[str]:
        """The classes whose instances have the property."""
        return self.iris(RDFS.domain, SDO.domainIncludes)

    @property
    def range(self) -> list[str]:
        """The classes or datatypes of the property's values."""
        return self.iris(RDFS.range, SDO.rangeIncludes)

    @property
    def matches(self) -> list[tuple[Term, str]]:
        """Twins elsewhere: (how they relate, IRI)."""
        return [(relation, iri) for relation in MATCHES for iri in self.iris(relation)]

    @property
    def citation(self) -> str:
        """The source in words: act and article."""
        texts = self.texts(DCT.bibliographicCitation)
        return "; ".join(text for several in texts.values() for text in several)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The addresses of the sources: (what they are called in short, IRI)."""
        return [(_place(iri), iri) for iri in self.iris(DCT.source)]


class Ontology:
    """The entries of ontology files, in the order of the files."""

    def __init__(self, paths: Iterable[Path]) -> None:
        said: dict[str, dict[str, list[Any]]] = {}
        self.prefixes: dict[str, str] = {}
        # es.ttl first: it says which terms there are, and in which order.
        for path in sorted(paths, key=lambda path: (path.stem != "es", path.stem)):
            parser = parse(path=str(path))
            for quad in parser:
                if isinstance(quad.subject, NamedNode):
                    predicates = said.setdefault(quad.subject.value, {})
                    predicates.setdefault(quad.predicate.value, []).append(quad.object)
            self.prefixes |= parser.prefixes
        self.entries = {iri: Entry(iri, known) for iri, known in said.items()}

    def of_type(self, type_: str) -> list[Entry]:
        """All of a type."""
        return [entry for entry in self.entries.values() if type_ in entry.iris(RDF.type)]

    def terms(self, kind: str) -> list[Entry]:
        """Our own terms of a kind."""
        return [entry for entry in self.of_type(kind) if entry.iri.startswith(str(ES))]

    def others(self) -> list[Entry]:
        """The terms of others that are used here, and said to be what they are."""
        return [e for e in self.entries.values() if e.is_term and not e.iri.startswith(str(ES))]

    def schemes(self) -> list[Entry]:
        """The concept schemes."""
        return self.of_type(SKOS.ConceptScheme)

    def concepts(self, scheme: str) -> list[Entry]:
        """The concepts of a scheme."""
        return self._concepts.get(scheme, [])

    @cached_property
    def _concepts(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            for scheme in entry.iris(SKOS.inScheme):
                found.setdefault(scheme, []).append(entry)
        return found

    def short(self, iri: str) -> str:
        """The IRI as a prefixed name, with the prefixes of the files."""
        fitting = [(ns, name) for name, ns in self.prefixes.items() if name and iri.startswith(ns)]
        namespace, prefix = max(fitting, default=("", ""))
        return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else prefixed(iri)


@cache
def ours() -> Ontology:
    """What our own files say."""
    return Ontology(resources.folder("ontology").rglob("*.ttl"))


@cache
def everything() -> Ontology:
    """What our files say, and those of the extensions."""
    return Ontology(extensions.turtle_files("ontology"))


class Use(NamedTuple):
    """A field whose property a term is."""

    cls: type[Node]
    field: Field


def uses() -> Mapping[str, list[Use]]:
    """Property → the fields that are written with it, each where it is declared."""
    found: dict[str, list[Use]] = {}
    for cls in (*record_classes().values(), *part_classes().values()):
        for owner, field in _declared(cls):
            of_property = found.setdefault(field.property, [])
            if (use := Use(owner, field)) not in of_property:
                of_property.append(use)
    return found


def _declared(cls: type[Node]) -> Iterator[tuple[type[Node], Field]]:
    """The fields of a class, each with the class that declares it."""
    for field in cls.fields():
        owners = [c for c in cls.__mro__ if field.name in vars(c).get("__annotations__", {})]
        yield (owners[-1] if owners else cls), field


def scheme_name(iri: str) -> str:
    """The name of a scheme: `legal-form`."""
    return iri.removeprefix(CONCEPT)


def _place(iri: str) -> str:
    """An act by its place in the journal of laws (`DU/2003/1143`), another source by its host."""
    _, is_act, place = iri.partition("/eli/")
    return place.removesuffix("/ogl") if is_act else iri.split("/")[2].removeprefix("www.")
