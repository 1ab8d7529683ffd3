"""The mapping written by hand for the cases only: nothing is checked, no other record is known."""

from collections.abc import Callable, Iterator
from typing import Any

BASE = "https://w3id.org/es-lod/id/"
CONCEPTS = "https://w3id.org/es-lod/concept/"
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "es": "https://w3id.org/es-lod/ns#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rov": "http://www.w3.org/ns/regorg#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ORGANISATION = ("org:FormalOrganization", "schema:Organization", "org:Organization")
TYPES = {
    "Article": ("schema:NewsArticle",),
    "Foundation": ("es:Foundation", *ORGANISATION),
    "Association": ("es:Association", *ORGANISATION),
    "SocialCooperative": ("es:SocialCooperative", *ORGANISATION),
    "SocialIntegrationCentre": (
        "es:SocialIntegrationCentre",
        "schema:Organization",
        "org:OrganizationalUnit",
    ),
    "Workshop": ("es:Workshop", "org:OrganizationalUnit"),
    "Event": ("schema:Event",),
    "address": ("schema:PostalAddress",),
    "contactPoint": ("schema:ContactPoint",),
    "location": ("schema:Place",),
    "agenda": ("es:AgendaItem",),
}
PLAIN = ("krs", "nip", "regon")
SDO_PLAIN = (
    "inLanguage",
    "streetAddress",
    "postalCode",
    "addressLocality",
    "addressCountry",
    "email",
)
TEXTS = ("name", "alternateName", "headline")
REFERENCES = {
    "publisher": "schema:publisher",
    "about": "schema:about",
    "founders": "schema:founder",
    "operator": "es:operatedBy",
    "workshops": "es:workshop",
    "organizer": "schema:organizer",
    "source": "prov:wasDerivedFrom",
}
CHOICES = {
    "articleType": ("dct:type", "article-type/"),
    "eventType": ("dct:type", "event-type/"),
    "kind": ("org:classification", "entity-kind/"),
    "legalForm": ("rov:orgType", "legal-form/"),
    "workshopType": ("es:workshopType", "workshop-type/"),
}
DATES = {
    "datePublished": ("schema:datePublished", "xsd:date"),
    "startDate": ("schema:startDate", "xsd:date"),
    "foundingDate": ("schema:foundingDate", "xsd:gYear"),
    "operatedSince": ("es:operatedSince", "xsd:gYear"),
}
PARTS = {
    "address": "schema:address",
    "contactPoint": "schema:contactPoint",
    "location": "schema:location",
    "agenda": "es:agendaItem",
}
SLUGS = {
    "Dyskusja o reintegracji": "dyskusja-o-reintegracji",
    "Zwiedzanie warsztatów": "zwiedzanie-warsztatow",
}


def absolute(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Mapping:
    """The triples of records, in the terms of a library."""

    def __init__(
        self,
        iri: Callable[[str], Any],
        plain: Callable[[str], Any],
        text: Callable[[str, str], Any],
        typed: Callable[[str, Any], Any],
    ) -> None:
        self._iri, self._plain, self._text, self._typed = iri, plain, text, typed
        term = lambda name: iri(absolute(name))  # noqa: E731  # used only here
        self._rdf_type = term("rdf:type")
        self._types = {key: [term(name) for name in names] for key, names in TYPES.items()}
        self._plains = {key: term(f"es:{key}") for key in PLAIN} | {
            key: term(f"schema:{key}") for key in SDO_PLAIN
        }
        self._texts = {key: term(f"schema:{key}") for key in TEXTS}
        self._references = {key: term(name) for key, name in REFERENCES.items()}
        self._choices = {
            key: (term(name), CONCEPTS + scheme) for key, (name, scheme) in CHOICES.items()
        }
        self._dates = {key: (term(name), term(type_)) for key, (name, type_) in DATES.items()}
        self._parts = {key: term(name) for key, name in PARTS.items()}

    def triples(self, record: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
        """The triples of a record and its parts."""
        return self._node(BASE + record["id"], record["type"], record)

    def _node(self, name: str, kind: str, record: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
        subject = self._iri(name)
        for type_ in self._types[kind]:
            yield subject, self._rdf_type, type_
        for key, value in record.items():
            if key in PARTS:
                yield from self._part(subject, name, key, value)
            elif key not in {"id", "type"}:
                predicate, objects = self._objects(key, value)
                for object_ in objects:
                    yield subject, predicate, object_

    def _objects(self, key: str, value: Any) -> tuple[Any, list[Any]]:
        if key in self._texts:
            if isinstance(value, dict):
                texts = [self._text(text, language) for language, text in value.items()]
            else:
                texts = [self._text(text, "pl") for text in _all(value)]
            return self._texts[key], texts
        if key in self._references:
            return self._references[key], [self._iri(BASE + id_) for id_ in _all(value)]
        if key in self._plains:
            return self._plains[key], [self._plain(value)]
        if key in self._choices:
            predicate, scheme = self._choices[key]
            return predicate, [self._iri(scheme + notation) for notation in _all(value)]
        predicate, datatype = self._dates[key]
        return predicate, [self._typed(value, datatype)]

    def _part(self, owner: Any, name: str, key: str, value: Any) -> Iterator[tuple[Any, Any, Any]]:
        for part in _all(value):
            iri = f"{name}-{key}" if "#" in name else f"{name}#{key}"
            if key == "agenda":
                iri = f"{iri}-{SLUGS[part['name']]}"
            yield owner, self._parts[key], self._iri(iri)
            yield from self._node(iri, key, part)


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
