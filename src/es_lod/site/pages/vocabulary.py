"""The pages of the vocabulary: its terms, and a page for each concept scheme."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from es_lod.formats import FORMATS
from es_lod.iris import is_web
from es_lod.labels import class_label, field_label, own_type
from es_lod.messages.message import LANGUAGES
from es_lod.model import part_classes, record_classes
from es_lod.namespaces import BIBO, CONCEPT, DCT, ES, OWL, RDFS, SKOS, prefixed
from es_lod.reference import diagram, terms
from es_lod.reference.terms import Entry, Ontology, Use
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.vocabulary_words import WORDS
from es_lod.site.words import Speaker

_KINDS: Final = dict(zip(("classes", "relations", "attributes"), terms.KINDS, strict=True))
_MATCHES: Final = {
    SKOS.exactMatch: "exact",
    SKOS.closeMatch: "close",
    SKOS.broadMatch: "broad",
    SKOS.narrowMatch: "narrow",
    SKOS.relatedMatch: "related",
}
_PARTS: Final = {
    "shapes": addresses.SHAPES,
    "alignments": addresses.ALIGNMENTS,
    "context": addresses.CONTEXT,
    "records-schema": addresses.RECORDS_SCHEMA,
}


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:  # noqa: ARG001
    """The page of the vocabulary and those of its concept schemes, in both languages."""
    ontology, uses = terms.everything(), terms.uses()
    for language in LANGUAGES:
        page = Page(edition, addresses.VOCABULARY, language)
        view = _View(page, ontology, uses)
        yield rendered(page, "vocabulary.html.j2", WORDS, view.vocabulary())
        for scheme in ontology.schemes():
            page = Page(edition, addresses.scheme(terms.scheme_name(scheme.iri)), language)
            view = _View(page, ontology, uses)
            yield rendered(page, "scheme.html.j2", WORDS, view.scheme(scheme))


class Shown(NamedTuple):
    """A term or a concept as pages show it.

    `others` and `twin` are the label and the definition in the other language; `rows` are facts:
    (what they are, values).
    """

    anchor: str
    iri: str
    name: str
    label: str
    definition: str
    other: str
    twin: str
    deprecated: bool
    rows: list[tuple[str, list[Markup]]]


class _View:
    """What a page shows of the ontology."""

    def __init__(self, page: Page, ontology: Ontology, uses: Mapping[str, list[Use]]) -> None:
        self._page = page
        self._ontology = ontology
        self._uses = uses
        self._say = Speaker(page.language, WORDS)
        self._inverses: dict[str, list[str]] = {}
        for entry in ontology.entries.values():
            for iri in entry.iris(OWL.inverseOf):
                self._inverses.setdefault(entry.iri, []).append(iri)
                self._inverses.setdefault(iri, []).append(entry.iri)

    def vocabulary(self) -> dict[str, Any]:
        """The values of the page of the vocabulary."""
        own = next(e for e in self._ontology.of_type(OWL.Ontology) if f"{e.iri}#" == str(ES))
        kinds = {key: self._ontology.terms(kind) for key, kind in _KINDS.items()}
        kinds["others"] = self._ontology.others()
        return {
            **self._head(own),
            "diagram": self._page.to_file(addresses.DIAGRAM),
            "width": diagram.WIDTH,
            "height": diagram.HEIGHT,
            "sections": {key: [self._term(e) for e in kinds[key]] for key in kinds},
            "schemes": [
                (
                    self._page.to(addresses.scheme(terms.scheme_name(scheme.iri))),
                    scheme.text(DCT.title, self._page.language),
                    len(self._ontology.concepts(scheme.iri)),
                )
                for scheme in self._ontology.schemes()
            ],
            "parts": {key: self._page.to_file(path) for key, path in _PARTS.items()},
        }

    def scheme(self, scheme: Entry) -> dict[str, Any]:
        """The values of the page of a concept scheme."""
        concepts = self._ontology.concepts(scheme.iri)
        below: dict[str, list[Entry]] = {}
        for concept in concepts:
            for iri in concept.iris(SKOS.broader) or [""]:
                below.setdefault(iri, []).append(concept)
        return {
            **self._head(scheme),
            "tree": self._tree(below, ""),
            "concepts": [self._concept(c, below.get(c.iri, [])) for c in concepts],
            "vocabulary": self._page.to(addresses.VOCABULARY),
            "fields": self._fields_of(terms.scheme_name(scheme.iri)),
        }

    def _head(self, entry: Entry) -> dict[str, Any]:
        """What the vocabulary and a scheme both say of themselves."""
        language = self._page.language
        licence = entry.iris(DCT.license)
        return {
            "iri": entry.iri,
            "title": entry.text(DCT.title, language),
            "about": entry.text(DCT.description, language),
            "version": entry.text(OWL.versionInfo),
            "modified": entry.text(DCT.modified) or entry.text(DCT.created),
            "draft": entry.iris(BIBO.status) == [BIBO["status/draft"]],
            "licence": _link(licence[0], licence[0]) if licence else None,
            "citation": entry.text(DCT.bibliographicCitation, language),
            "formats": [
                (FORMATS[suffix], self._page.to_file(f"{self._page.name}.{suffix}"))
                for suffix in addresses.DOCUMENTS
            ],
        }

    def _term(self, entry: Entry) -> Shown:
        is_ours = entry.iri.startswith(str(ES))
        rows = [
            ("under", [self._link(iri) for iri in entry.above]),
            ("domain", [self._link(iri) for iri in entry.domain]),
            ("range", [self._link(iri) for iri in entry.range]),
            ("inverse", [self._link(iri) for iri in self._inverses.get(entry.iri, ())]),
            ("elsewhere", self._matches(entry)),
            ("type", [Markup("<code>{}</code>").format(name) for name in self._types(entry)]),
            ("used", [self._use(use) for use in self._uses.get(entry.iri, ())]),
        ]
        anchor = entry.name if is_ours else prefixed(entry.iri)
        return self._shown(entry, anchor, prefixed(entry.iri), RDFS.label, rows)

    def _concept(self, entry: Entry, below: list[Entry]) -> Shown:
        names = entry.texts(SKOS.altLabel)
        rows = [
            ("also", [_in(tag, text) for tag in LANGUAGES for text in names.get(tag, ())]),
            ("broader", [self._link(iri) for iri in entry.iris(SKOS.broader)]),
            ("narrower", [self._link(narrower.iri) for narrower in below]),
            ("valid-from", [Markup.escape(entry.text(ES.validFrom))]),
            ("valid-until", [Markup.escape(entry.text(ES.validUntil))]),
            ("source", [_in("pl", entry.citation)] if entry.citation else []),
            ("address", [_link(iri, name) for name, iri in entry.sources]),
            ("elsewhere", self._matches(entry)),
        ]
        notation = entry.text(SKOS.notation)
        return self._shown(entry, notation, notation, SKOS.prefLabel, rows)

    def _shown(
        self, entry: Entry, anchor: str, name: str, label: str, rows: list[tuple[str, list[Markup]]]
    ) -> Shown:
        language, twin = self._page.language, self._page.twin_language
        return Shown(
            anchor,
            entry.iri,
            name,
            entry.text(label, language),
            entry.text(SKOS.definition, language),
            entry.text(label, twin),
            entry.text(SKOS.definition, twin),
            entry.is_deprecated,
            [(key, kept) for key, values in rows if (kept := [v for v in values if v])],
        )

    def _tree(self, below: Mapping[str, list[Entry]], above: str) -> list[tuple[str, str, Any]]:
        """The concepts under one, each with those under it: (anchor, label, those)."""
        return [
            (
                concept.text(SKOS.notation),
                concept.text(SKOS.prefLabel, self._page.language),
                self._tree(below, concept.iri),
            )
            for concept in below.get(above, ())
        ]

    def _link(self, iri: str) -> Markup:
        """A term or a concept, by its label where it is described here."""
        entry = self._ontology.entries.get(iri)
        if iri.startswith(CONCEPT) and entry is not None:
            scheme, _, notation = terms.scheme_name(iri).partition("/")
            target = self._page.to(addresses.scheme(scheme), notation)
            return _to(target, entry.text(SKOS.prefLabel, self._page.language))
        if entry is not None and entry.is_term:
            anchor = entry.name if iri.startswith(str(ES)) else prefixed(iri)
            name = Markup("<code>{}</code>").format(prefixed(iri))
            target = self._page.to(addresses.VOCABULARY, anchor)
            return _to(target, entry.text(RDFS.label, self._page.language)) + " " + name
        return _link(iri, Markup("<code>{}</code>").format(self._ontology.short(iri)))

    def _matches(self, entry: Entry) -> list[Markup]:
        return [
            Markup("{}: {}").format(self._say(_MATCHES[how]), self._link(iri))
            for how, iri in entry.matches
        ]

    def _types(self, entry: Entry) -> list[str]:
        """The types of records, and the parts, whose class is a term of ours."""
        every = {**record_classes(), **part_classes()}
        return [name for name, cls in every.items() if entry.iri == own_type(cls)]

    def _use(self, use: Use) -> Markup:
        language, key = self._page.language, use.field.key
        label = field_label(use.cls, use.field, language)
        # What every record has belongs to no class of the vocabulary.
        owner, name = self._say("every-record"), key
        if use.cls.types:
            owner, name = class_label(use.cls, language), f"{use.cls.__name__}.{key}"
        return Markup("<code>{}</code> ({}: {})").format(name, owner, label)

    def _fields_of(self, scheme: str) -> list[Markup]:
        """The fields whose values are concepts of a scheme."""
        every = (use for several in self._uses.values() for use in several)
        return [self._use(use) for use in every if getattr(use.field.kind, "scheme", "") == scheme]


def _link(iri: str, text: str) -> Markup:
    """A link out of the site, where a browser can follow it."""
    return _to(iri, text) if is_web(iri) else Markup.escape(text)


def _to(target: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(target, text)


def _in(language: str, text: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, text)
