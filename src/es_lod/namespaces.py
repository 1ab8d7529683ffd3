"""IRIs: the namespaces of the vocabulary, and constants for their terms.

This is the one module of the package with IRI strings in it.
"""

from collections.abc import Iterator
from typing import Final


class Term(str):
    """The absolute IRI of a vocabulary term."""

    __slots__ = ()


class Namespace:
    """A namespace with a prefix; its attributes are terms (`ES.operatedBy`).

    Not a subclass of `str`: there `ES.count`, `ES.format` and `ES.index` would be string methods.
    Creating one makes its prefix known to the writers of records, or to those of another kind of
    graph where it is `listed` there; a prefix stands for one IRI.
    """

    def __init__(self, prefix: str, iri: str, listed: dict[str, str] | None = None) -> None:
        prefixes = PREFIXES if listed is None else listed
        if prefixes.setdefault(prefix, iri) != iri:
            raise ValueError(f"prefix {prefix!r} already stands for {prefixes[prefix]}")
        self._prefix = prefix
        self._iri = iri

    def __getattr__(self, name: str) -> Term:
        if name.startswith("__"):
            raise AttributeError(name)
        term = Term(self._iri + name)
        setattr(self, name, term)  # Python asks here only for what it does not find
        return term

    def __getitem__(self, name: str) -> Term:
        return Term(self._iri + name)

    def __str__(self) -> str:
        return self._iri


PREFIXES: Final[dict[str, str]] = {}
"""Prefix → namespace IRI, for all that is written; extensions add theirs."""
CATALOGUE_PREFIXES: Final[dict[str, str]] = {}
"""Those that only catalogues use, beside `PREFIXES`."""

RDF: Final = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("owl", "http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#")
SKOS: Final = Namespace("skos", "http://www.w3.org/2004/02/skos/core#")
DCT: Final = Namespace("dct", "http://purl.org/dc/terms/")
PROV: Final = Namespace("prov", "http://www.w3.org/ns/prov#")
SDO: Final = Namespace("schema", "https://schema.org/")
ORG: Final = Namespace("org", "http://www.w3.org/ns/org#")
ROV: Final = Namespace("rov", "http://www.w3.org/ns/regorg#")
ADMS: Final = Namespace("adms", "http://www.w3.org/ns/adms#")
LOCN: Final = Namespace("locn", "http://www.w3.org/ns/locn#")
SH: Final = Namespace("sh", "http://www.w3.org/ns/shacl#")
ES: Final = Namespace("es", "https://w3id.org/es-lod/ns#")
# In the header of the ontology only; nothing that is written has its prefix.
BIBO: Final = Namespace("bibo", "http://purl.org/ontology/bibo/", {})

DCAT: Final = Namespace("dcat", "http://www.w3.org/ns/dcat#", CATALOGUE_PREFIXES)
FOAF: Final = Namespace("foaf", "http://xmlns.com/foaf/0.1/", CATALOGUE_PREFIXES)
VCARD: Final = Namespace("vcard", "http://www.w3.org/2006/vcard/ns#", CATALOGUE_PREFIXES)
DCATAP: Final = Namespace("dcatap", "http://data.europa.eu/r5r/", CATALOGUE_PREFIXES)
DCATAPPL: Final = Namespace("dcatappl", "https://api.dane.gov.pl/ns/dcatappl#", CATALOGUE_PREFIXES)
SPDX: Final = Namespace("spdx", "http://spdx.org/rdf/terms#", CATALOGUE_PREFIXES)
HYDRA: Final = Namespace("hydra", "http://www.w3.org/ns/hydra/core#", CATALOGUE_PREFIXES)
VOID: Final = Namespace("void", "http://rdfs.org/ns/void#", CATALOGUE_PREFIXES)
# https://op.europa.eu/en/web/eu-vocabularies/authority-tables
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
EU_LICENCE: Final = Namespace("eulic", f"{_AUTHORITY}licence/", CATALOGUE_PREFIXES)
EU_LANGUAGE: Final = Namespace("eulang", f"{_AUTHORITY}language/", CATALOGUE_PREFIXES)
EU_THEME: Final = Namespace("eutheme", f"{_AUTHORITY}data-theme/", CATALOGUE_PREFIXES)
EU_FREQUENCY: Final = Namespace("eufreq", f"{_AUTHORITY}frequency/", CATALOGUE_PREFIXES)
EU_FILE_TYPE: Final = Namespace("euft", f"{_AUTHORITY}file-type/", CATALOGUE_PREFIXES)
EU_ACCESS: Final = Namespace("euar", f"{_AUTHORITY}access-right/", CATALOGUE_PREFIXES)
EU_COUNTRY: Final = Namespace("euctry", f"{_AUTHORITY}country/", CATALOGUE_PREFIXES)
EU_AVAILABILITY: Final = Namespace(
    "euavail", f"{_AUTHORITY}planned-availability/", CATALOGUE_PREFIXES
)
PUBLISHER_TYPE: Final = Namespace(
    "pubtype", "http://purl.org/adms/publishertype/", CATALOGUE_PREFIXES
)
# Feeds: https://w3id.org/ldes/specification, https://w3id.org/tree/specification
FEED_PREFIXES: Final[dict[str, str]] = {}
"""Those of feeds."""
LDES: Final = Namespace("ldes", "https://w3id.org/ldes#", FEED_PREFIXES)
TREE: Final = Namespace("tree", "https://w3id.org/tree#", FEED_PREFIXES)
AS: Final = Namespace("as", "https://www.w3.org/ns/activitystreams#", FEED_PREFIXES)
# https://www.w3.org/TR/sparql11-service-description/
SD: Final = Namespace("sd", "http://www.w3.org/ns/sparql-service-description#", {})
SHA_256: Final = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
"""The algorithm, with the scheme that DCAT-AP's code list asks for; its class has the other."""
DATA_THEMES: Final = f"{_AUTHORITY}data-theme"
"""The scheme of the data themes."""
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
"""Media types have their IRIs here: `{MEDIA_TYPES}text/turtle`."""
_LICENCE_TYPE = "http://purl.org/adms/licencetype/"
LICENCE_TYPES: Final = {
    "CC_BY_4_0": f"{_LICENCE_TYPE}Attribution",
    "CC_BYSA_4_0": f"{_LICENCE_TYPE}ViralEffect-ShareAlike",
    "CC0": f"{_LICENCE_TYPE}PublicDomain",
}
"""What the licences ask for, by their codes in the EU's authority table."""
OPENNESS: Final = "https://api.dane.gov.pl/vocab/openness-score"
"""The scheme of the levels of openness of dane.gov.pl: `{OPENNESS}/3-stars`."""
SPARQL_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
"""What an endpoint conforms to."""
FILE_FORMATS: Final = "http://www.w3.org/ns/formats/"
"""Formats of RDF as VoID names them: `{FILE_FORMATS}Turtle`."""
HARVESTER: Final = "urn:otwarte-dane:harvester:1.10"
"""The namespace of what dane.gov.pl harvests as XML, with its version."""
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
CSVW: Final = "http://www.w3.org/ns/csvw"
"""The context of the descriptions of tables."""

_COMMONS = "https://creativecommons.org/"
LICENCE_PAGES: Final = {
    "CC_BY_4_0": f"{_COMMONS}licenses/by/4.0/",
    "CC_BYSA_4_0": f"{_COMMONS}licenses/by-sa/4.0/",
    "CC0": f"{_COMMONS}publicdomain/zero/1.0/",
}
"""The licences of data by their codes in the EU's table, at those who wrote them."""
W3ID: Final = "https://w3id.org/"
"""The registry of permanent identifiers; its folders lead elsewhere."""

HOME: Final = "https://w3id.org/es-lod/"
"""All that is ours begins so."""
CONCEPT: Final = "https://w3id.org/es-lod/concept/"
"""Concept schemes and their concepts: `{CONCEPT}{scheme}/{notation}`."""
SHAPES: Final = "https://w3id.org/es-lod/shapes#"
"""Node shapes `Class`, property shapes `Class-key`."""
PROBLEM: Final = "https://w3id.org/es-lod/problem#"
"""The codes of problems, where a report is written as RDF."""
DEFAULT_BASE: Final = "https://w3id.org/es-lod/id/"
"""The base for trying things out; a publisher states its own."""
SVG: Final = "http://www.w3.org/2000/svg"
"""The namespace of the elements of a drawing; no vocabulary."""
CONTEXT: Final = "https://w3id.org/es-lod/context.jsonld"
"""The JSON-LD context of the records; read from the package, never fetched."""

_MISTAKEN: Final = {
    "http://schema.org/": str(SDO),
    "http://www.schema.org/": str(SDO),
    "https://www.schema.org/": str(SDO),
}
OTHER_SPELLINGS: Final = tuple(_MISTAKEN)
"""Namespaces of schema.org that are read as ours."""


def prefixed(iri: str) -> str:
    """The IRI as a prefixed name (`schema:name`), or unchanged where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expanded(name: str) -> str:
    """The IRI of a prefixed name, or the argument where its prefix is unknown."""
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix)
    return namespace + local if colon and namespace is not None else name


def near_misses() -> Iterator[tuple[str, str]]:
    """Pairs (wrong, right) of namespaces often mistyped: scheme, `www.`, last character."""
    for right in PREFIXES.values():
        for scheme in ("http://", "https://"):
            host = right.split("://", 1)[1]
            for name in (host.removeprefix("www."), "www." + host.removeprefix("www.")):
                for last in "#/":
                    wrong = scheme + name[:-1] + last
                    if wrong not in PREFIXES.values():
                        yield wrong, right


def canonical(iri: str) -> str:
    """The IRI with schema.org's other spellings (`http`, `www`) brought to ours."""
    if iri.startswith(OTHER_SPELLINGS):
        wrong = next(wrong for wrong in _MISTAKEN if iri.startswith(wrong))
        return _MISTAKEN[wrong] + iri[len(wrong) :]
    return iri
