"""The reference page of the vocabulary, `docs/vocabulary.md`, derived from the ontology."""

from collections.abc import Iterator
from typing import Final

from es_lod.messages.message import LANGUAGES
from es_lod.namespaces import DCT, RDFS, SKOS, prefixed
from es_lod.reference.terms import KINDS, MATCHES, Entry, ours, scheme_name

_HEAD: Final = """\
# Vocabulary

What the terms mean, as the files in [`ontology/`](../ontology) say it: classes, properties and the
concept schemes. This page is generated (`make docs`); a test keeps it true. How records are written
stands in [records.md](records.md).

![Classes and relations](vocabulary.svg)

In the tables *under* are superclasses and superproperties; *elsewhere* are twins in other
vocabularies: `=` nearly the same, `<` theirs is wider, `>` theirs is narrower, `~` neighbouring.
"""
_TITLES: Final = ("Classes", "Object properties", "Datatype properties")


def page() -> str:
    """The page in Markdown."""
    lines = [_HEAD]
    for kind, title in zip(KINDS, _TITLES, strict=True):
        lines += [f"## {title}", "", *_terms(kind), ""]
    lines += ["## Terms of others", "", *_others(), ""]
    for scheme in ours().schemes():
        lines += [*_scheme(scheme), ""]
    return "\n".join(lines)


def _terms(kind: str) -> Iterator[str]:
    yield "| term | label | definition | under | elsewhere |"
    yield "|---|---|---|---|---|"
    for term in ours().terms(kind):
        under = ", ".join(f"`{prefixed(iri)}`" for iri in term.above)
        yield _row(f"`{prefixed(term.iri)}`", *_named(term), under, _matches(term))


def _others() -> Iterator[str]:
    yield "| term | label | what it stands for here |"
    yield "|---|---|---|"
    for term in ours().others():
        yield _row(f"`{prefixed(term.iri)}`", *_named(term))


def _scheme(scheme: Entry) -> Iterator[str]:
    yield f"## Concept scheme `{scheme_name(scheme.iri)}`"
    yield ""
    yield f"{_both(scheme, DCT.title)}. {_both(scheme, DCT.description, ' ')}"
    yield ""
    yield "| notation | label | definition | under | source |"
    yield "|---|---|---|---|---|"
    for concept in ours().concepts(scheme.iri):
        above = [ours().entries[iri].name for iri in concept.iris(SKOS.broader)]
        under = ", ".join(f"`{name}`" for name in above)
        label = _both(concept, SKOS.prefLabel)
        definition = _both(concept, SKOS.definition, "<br>")
        yield _row(f"`{concept.name}`", label, definition, under, _source(concept))


def _named(entry: Entry) -> tuple[str, str]:
    return _both(entry, RDFS.label), _both(entry, SKOS.definition, "<br>")


def _both(entry: Entry, predicate: str, between: str = " · ") -> str:
    """The Polish and the English text."""
    return between.join(filter(None, (entry.text(predicate, tag) for tag in LANGUAGES)))


def _matches(entry: Entry) -> str:
    return "<br>".join(f"{MATCHES[how]} `{ours().short(iri)}`" for how, iri in entry.matches)


def _source(entry: Entry) -> str:
    links = " ".join(f"[{name}]({iri})" for name, iri in entry.sources)
    return "<br>".join(filter(None, [entry.citation, links]))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
