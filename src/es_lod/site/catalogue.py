"""The catalogue of the site: DCAT-AP 3.0.1, with what Polish portals look for.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.dataset import Dataset
from es_lod.model import kinds
from es_lod.namespaces import (
    ATTRIBUTION,
    CATALOGUE_PREFIXES,
    DATA_THEMES,
    DCAT,
    DCATAP,
    DCT,
    ES,
    EU_ACCESS,
    EU_AVAILABILITY,
    EU_COUNTRY,
    EU_FILE_TYPE,
    FOAF,
    HOME,
    MEDIA_TYPES,
    PREFIXES,
    RDF,
    SHA_256,
    SPDX,
    VCARD,
    XSD,
    Term,
)
from es_lod.site.addresses import CATALOGUE
from es_lod.site.edition import Edition, File
from es_lod.site.files import Download
from es_lod.site.settings import (
    FREQUENCIES,
    LANGUAGES,
    LICENCES,
    PUBLISHERS,
    THEMES,
    Agent,
    Settings,
)
from es_lod.values import PartialDate, Text, Texts

_TITLES: Final = {"pl": "Dane w postaci {}", "en": "The data as {}"}
_VOCABULARY: Final = f"{HOME}ns"
_VOCABULARY_TITLES: Final = {
    "pl": "es-lod: słownik ekonomii społecznej",
    "en": "es-lod: a vocabulary of the social economy",
}
_PACKED: Final = {"pl": "Dane w postaci {} (gzip)", "en": "The data as {} (gzip)"}
# CKAN knows the licence by this title alone.
_LICENCE_TITLES: Final = {
    "CC_BY_4_0": "Creative Commons Attribution",
    "CC_BY_SA_4_0": "Creative Commons Attribution Share-Alike",
    "CC0": "Creative Commons CCZero",
}


_FORMATS: Final = {"ttl": "TURTLE", "jsonld": "JSON_LD", "rdf": "RDF_XML"}


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The catalogue as Turtle, JSON-LD and RDF/XML."""
    triples = list(catalogue(edition.settings, downloads, period(edition.dataset)))
    names = {**PREFIXES, **CATALOGUE_PREFIXES}
    for name, format in _FORMATS.items():
        data = serialize(triples, format=getattr(RdfFormat, format), prefixes=names)
        yield File(f"{CATALOGUE}.{name}", data or b"")


def period(dataset: Dataset) -> tuple[PartialDate, PartialDate] | None:
    """From the first to the last day that a record speaks of, as precise as they are stated."""
    days = sorted(
        PartialDate(value[:10])
        for record in dataset
        for field in type(record).fields()
        if isinstance(field.kind, kinds.DateKind) and (value := getattr(record, field.name))
    )
    return (days[0], days[-1]) if days else None


def catalogue(
    settings: Settings,
    downloads: Iterable[Download],
    period: tuple[PartialDate, PartialDate] | None = None,
) -> Iterator[Triple]:
    """The triples of the catalogue, its one dataset, and a distribution for each download.

    `period` is what the events and foundings of the data cover.
    """
    return _Writer(settings).triples(list(downloads), period)


class _Writer:
    """Makes the triples; the IRIs of all nodes begin with the site's address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._catalogue = settings.url + "catalog"
        self._dataset = settings.url + "dataset"
        self._publisher = settings.publisher.iri or settings.url + "publisher"
        self._licence = dict(LICENCES.choices)[settings.licence]

    def triples(  # as `catalogue` says
        self, downloads: list[Download], period: tuple[PartialDate, PartialDate] | None
    ) -> Iterator[Triple]:
        yield from self._catalogue_node()
        yield from self._dataset_node(downloads, period)
        for item in downloads:
            yield from self._distribution(item)
        for media_type in dict.fromkeys(item.kind.media_type for item in downloads):
            yield _triple(MEDIA_TYPES + media_type, RDF.type, NamedNode(DCT.MediaType))
        yield from self._agents()
        yield _triple(SHA_256, RDF.type, NamedNode(SPDX.ChecksumAlgorithm))
        yield _triple(_VOCABULARY, RDF.type, NamedNode(DCT.Standard))
        yield from _texts(_VOCABULARY, DCT.title, Text(_VOCABULARY_TITLES))
        yield _triple(self._licence, RDF.type, NamedNode(DCT.LicenseDocument))
        title = Literal(_LICENCE_TITLES[self._settings.licence], language="en")
        yield _triple(self._licence, DCT.title, title)
        if "BY" in self._settings.licence:
            yield _triple(self._licence, DCT.type, NamedNode(ATTRIBUTION))

    def _catalogue_node(self) -> Iterator[Triple]:
        node = self._catalogue
        yield _triple(node, RDF.type, NamedNode(DCAT.Catalog))
        yield from self._common(node)
        yield _triple(node, FOAF.homepage, NamedNode(self._settings.url))
        yield _triple(self._settings.url, RDF.type, NamedNode(FOAF.Document))
        yield _triple(node, DCAT.themeTaxonomy, NamedNode(DATA_THEMES))
        yield _triple(node, DCT.license, NamedNode(self._licence))
        yield _triple(node, DCT.spatial, NamedNode(EU_COUNTRY.POL))
        yield _triple(node, DCAT.dataset, NamedNode(self._dataset))

    def _dataset_node(
        self, downloads: list[Download], period: tuple[PartialDate, PartialDate] | None
    ) -> Iterator[Triple]:
        node, settings = self._dataset, self._settings
        yield _triple(node, RDF.type, NamedNode(DCAT.Dataset))
        yield from self._common(node)
        yield _triple(node, DCT.identifier, Literal(node))
        yield _triple(node, DCAT.landingPage, NamedNode(settings.url))
        frequency = dict(FREQUENCIES.choices)[settings.frequency]
        yield _triple(node, DCT.accrualPeriodicity, NamedNode(frequency))
        yield _triple(node, DCT.accessRights, NamedNode(EU_ACCESS.PUBLIC))
        yield _triple(node, DCT.spatial, NamedNode(EU_COUNTRY.POL))
        for theme in settings.themes:
            yield _triple(node, DCAT.theme, NamedNode(dict(THEMES.choices)[theme]))
        yield from _texts(node, DCAT.keyword, settings.keywords)
        if settings.date is not None:
            yield _triple(node, DCAT.version, Literal(settings.date))
        yield _triple(node, DCAT.contactPoint, NamedNode(settings.url + "contact"))
        if period is not None:
            yield from self._period(node, period)
        for item in downloads:
            yield _triple(node, DCAT.distribution, NamedNode(self._iri_of(item)))

    def _common(self, node: str) -> Iterator[Triple]:
        """What a catalogue and a dataset both say."""
        settings = self._settings
        yield from _texts(node, DCT.title, settings.title)
        yield from _texts(node, DCT.description, settings.description or settings.title)
        yield _triple(node, DCT.publisher, NamedNode(self._publisher))
        for language in settings.languages:
            yield _triple(node, DCT.language, NamedNode(dict(LANGUAGES.choices)[language]))
        if settings.date is not None:
            for term in (DCT.issued, DCT.modified):
                yield _triple(node, term, _moment(settings.date))

    def _period(self, node: str, period: tuple[PartialDate, PartialDate]) -> Iterator[Triple]:
        covered = f"{self._dataset}#period"
        yield _triple(node, DCT.temporal, NamedNode(covered))
        yield _triple(covered, RDF.type, NamedNode(DCT.PeriodOfTime))
        for term, date in zip((DCAT.startDate, DCAT.endDate), period, strict=True):
            yield _triple(covered, term, Literal(date, datatype=NamedNode(date.datatype)))

    def _iri_of(self, item: Download) -> str:
        return f"{self._dataset}#{item.path.rpartition('/')[2].replace('.', '-')}"

    def _distribution(self, item: Download) -> Iterator[Triple]:
        node, address = self._iri_of(item), self._settings.url + item.path
        yield _triple(node, RDF.type, NamedNode(DCAT.Distribution))
        titles = _PACKED if item.is_packed else _TITLES
        name = item.path.rpartition("/")[2]
        for tag, title in sorted(titles.items()):
            for term in (DCT.title, DCT.description):
                yield _triple(node, term, Literal(title.format(name), language=tag))
        for term in (DCAT.accessURL, DCAT.downloadURL):
            yield _triple(node, term, NamedNode(address))
        yield _triple(node, DCT["format"], NamedNode(EU_FILE_TYPE[item.kind.file_type]))
        yield _triple(node, DCAT.mediaType, NamedNode(MEDIA_TYPES + item.kind.media_type))
        if item.is_packed:
            yield _triple(node, DCAT.compressFormat, NamedNode(f"{MEDIA_TYPES}application/gzip"))
        yield _triple(node, DCT.license, NamedNode(self._licence))
        yield _triple(node, DCATAP.availability, NamedNode(EU_AVAILABILITY.STABLE))
        size = Literal(str(item.size), datatype=NamedNode(XSD.nonNegativeInteger))
        yield _triple(node, DCAT.byteSize, size)
        yield _triple(node, DCT.conformsTo, NamedNode(_VOCABULARY))
        yield _triple(node, SPDX.checksum, NamedNode(f"{node}-sha256"))
        yield _triple(f"{node}-sha256", RDF.type, NamedNode(SPDX.Checksum))
        yield _triple(f"{node}-sha256", SPDX.algorithm, NamedNode(SHA_256))
        digest = Literal(item.sha256, datatype=NamedNode(XSD.hexBinary))
        yield _triple(f"{node}-sha256", SPDX.checksumValue, digest)

    def _agents(self) -> Iterator[Triple]:
        publisher = self._settings.publisher
        yield _triple(self._publisher, RDF.type, NamedNode(FOAF.Agent))
        yield from _texts(self._publisher, FOAF.name, publisher.name)
        if publisher.type:
            kind = dict(PUBLISHERS.choices)[publisher.type]
            yield _triple(self._publisher, DCT.type, NamedNode(kind))
        if publisher.homepage:
            yield _triple(self._publisher, FOAF.homepage, NamedNode(publisher.homepage))
            yield _triple(publisher.homepage, RDF.type, NamedNode(FOAF.Document))
        if publisher.regon:
            yield _triple(self._publisher, ES.regon, Literal(publisher.regon))
        yield from self._contact(self._settings.contact or publisher)

    def _contact(self, contact: Agent) -> Iterator[Triple]:
        """Whom to ask; where no address is given, at the publisher's pages."""
        node = self._settings.url + "contact"
        for class_ in (VCARD.Kind, VCARD.Organization):
            yield _triple(node, RDF.type, NamedNode(class_))
        yield from _texts(node, VCARD.fn, contact.name or self._settings.publisher.name)
        if contact.email:
            yield _triple(node, VCARD.hasEmail, NamedNode(f"mailto:{contact.email}"))
        if contact.telephone:
            yield _triple(node, VCARD.hasTelephone, NamedNode(f"tel:{contact.telephone}"))
        page = self._settings.publisher.homepage or self._settings.url
        yield _triple(node, VCARD.hasURL, NamedNode(page))


def _triple(subject: str, predicate: Term, object_: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), object_)


def _texts(subject: str, predicate: Term, texts: Text | Texts | None) -> Iterator[Triple]:
    for tag, strings in (texts or {}).items():
        for string in [strings] if isinstance(strings, str) else strings:
            yield _triple(subject, predicate, Literal(string, language=tag))


def _moment(date: PartialDate) -> Literal:
    """The beginning of a day: dane.gov.pl passes over an `xsd:date`."""
    return Literal(f"{date}T00:00:00Z", datatype=NamedNode(XSD.dateTime))
