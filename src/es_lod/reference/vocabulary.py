"""The reference page of the vocabulary, `docs/vocabulary.md`, derived from the ontology."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, parse

from es_lod import resources
from es_lod.messages.message import LANGUAGES
from es_lod.namespaces import CONCEPT, DCT, ES, OWL, RDF, RDFS, SKOS, prefixed

_HEAD: Final = """\
# Vocabulary

What the terms mean, as the files in [`ontology/`](../ontology) say it: classes, properties and the
concept schemes. This page is generated (`make docs`); a test keeps it true. How records are written
stands in [records.md](records.md).

![Classes and relations](vocabulary.svg)

In the tables *under* are superclasses and superproperties; *elsewhere* are twins in other
vocabularies: `=` nearly the same, `<` theirs is wider, `>` theirs is narrower, `~` neighbouring.
"""
_MATCHES: Final = {
    SKOS.exactMatch: "≡",
    SKOS.closeMatch: "=",
    SKOS.broadMatch: "<",
    SKOS.narrowMatch: ">",
    SKOS.relatedMatch: "~",
}
_KINDS: Final = {
    "Classes": OWL.Class,
    "Object properties": OWL.ObjectProperty,
    "Datatype properties": OWL.DatatypeProperty,
}
Facts = Mapping[str, Mapping[str, list[Any]]]


def facts() -> Facts:
    """What our own ontology files say: subject → predicate → objects, in the files' order."""
    return _read()[0]


def prefixes() -> Mapping[str, str]:
    """The prefixes that the ontology files declare."""
    return _read()[1]


@cache
def _read() -> tuple[Facts, Mapping[str, str]]:
    found: dict[str, dict[str, list[Any]]] = {}
    declared: dict[str, str] = {}
    # es.ttl first: it says which terms there are, and in which order.
    files = resources.folder("ontology").rglob("*.ttl")
    for path in sorted(files, key=lambda path: (path.stem != "es", path.stem)):
        parser = parse(path=str(path))
        for quad in parser:
            if isinstance(quad.subject, NamedNode):
                predicates = found.setdefault(quad.subject.value, {})
                predicates.setdefault(quad.predicate.value, []).append(quad.object)
        declared |= parser.prefixes
    return found, declared


def page() -> str:
    """The page in Markdown."""
    lines = [_HEAD]
    for title, type_ in _KINDS.items():
        lines += [f"## {title}", "", *_terms(type_), ""]
    lines += ["## Terms of others", "", *_others(), ""]
    for scheme in _of_type(SKOS.ConceptScheme):
        lines += [*_scheme(scheme), ""]
    return "\n".join(lines)


def _of_type(type_: str) -> list[str]:
    return [iri for iri, said in facts().items() if NamedNode(type_) in said.get(RDF.type, ())]


def _terms(type_: str) -> Iterator[str]:
    yield "| term | label | definition | under | elsewhere |"
    yield "|---|---|---|---|---|"
    for iri in _of_type(type_):
        if iri.startswith(str(ES)):
            above = [
                *facts()[iri].get(RDFS.subClassOf, ()),
                *facts()[iri].get(RDFS.subPropertyOf, ()),
            ]
            yield _row(f"`{prefixed(iri)}`", *_named(iri), _names(above), _matches(iri))


def _others() -> Iterator[str]:
    yield "| term | label | what it stands for here |"
    yield "|---|---|---|"
    for iri, said in facts().items():
        if RDFS.label in said and not iri.startswith(str(ES)):
            yield _row(f"`{prefixed(iri)}`", *_named(iri))


def _scheme(scheme: str) -> Iterator[str]:
    yield f"## Concept scheme `{scheme.removeprefix(CONCEPT)}`"
    yield ""
    yield f"{_both(scheme, DCT.title)}. {_both(scheme, DCT.description, ' ')}"
    yield ""
    yield "| notation | label | definition | under | source |"
    yield "|---|---|---|---|---|"
    for iri, said in facts().items():
        if NamedNode(scheme) in said.get(SKOS.inScheme, ()):
            broader = ", ".join(f"`{_last(term)}`" for term in said.get(SKOS.broader, ()))
            label = _both(iri, SKOS.prefLabel)
            definition = _both(iri, SKOS.definition, "<br>")
            yield _row(f"`{_last(iri)}`", label, definition, broader, _source(iri))


def _named(iri: str) -> tuple[str, str]:
    return _both(iri, RDFS.label), _both(iri, SKOS.definition, "<br>")


def _both(iri: str, predicate: str, between: str = " · ") -> str:
    """The Polish and the English text."""
    texts = {
        text.language: text.value
        for text in facts()[iri].get(predicate, ())
        if isinstance(text, Literal)
    }
    return between.join(texts[language] for language in LANGUAGES if language in texts)


def _names(terms: list[Any]) -> str:
    return ", ".join(f"`{prefixed(term.value)}`" for term in terms if isinstance(term, NamedNode))


def _matches(iri: str) -> str:
    said = facts()[iri]
    return "<br>".join(
        f"{sign} `{_short(term.value)}`"
        for predicate, sign in _MATCHES.items()
        for term in said.get(predicate, ())
    )


def _source(iri: str) -> str:
    said = facts()[iri]
    words = "; ".join(text.value for text in said.get(DCT.bibliographicCitation, ()))
    links = [
        f"[{_place(term.value)}]({term.value})"
        for term in said.get(DCT.source, ())
        if isinstance(term, NamedNode)
    ]
    return "<br>".join(filter(None, [words, " ".join(links)]))


def _place(iri: str) -> str:
    """An act by its place in the journal of laws (`DU/2003/1143`), another source by its host."""
    _, is_act, place = iri.partition("/eli/")
    return place.removesuffix("/ogl") if is_act else iri.split("/")[2].removeprefix("www.")


def _short(iri: str) -> str:
    """The IRI as a prefixed name, with the prefixes of the ontology files."""
    fitting = [(ns, prefix) for prefix, ns in prefixes().items() if prefix and iri.startswith(ns)]
    namespace, prefix = max(fitting, default=("", ""))
    return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri


def _last(term: Any) -> str:
    return str(getattr(term, "value", term)).rpartition("/")[2]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
