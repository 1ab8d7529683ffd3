"""The catalogue of the site: DCAT-AP 3.0.1, with what Polish portals look for.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.labels import vocabulary_title
from es_lod.messages import Number
from es_lod.namespaces import (
    CATALOGUE_PREFIXES,
    DATA_THEMES,
    DCAT,
    DCATAP,
    DCATAPPL,
    DCT,
    EU_ACCESS,
    EU_AVAILABILITY,
    EU_COUNTRY,
    EU_FILE_TYPE,
    FOAF,
    HOME,
    HYDRA,
    LICENCE_TYPES,
    MEDIA_TYPES,
    OPENNESS,
    PREFIXES,
    RDF,
    SHA_256,
    SKOS,
    SPDX,
    XSD,
)
from es_lod.site.addresses import CATALOGUE, CATALOGUES
from es_lod.site.downloads.download import GZIP, Download
from es_lod.site.edition import Edition, File
from es_lod.site.facts.extent import is_linked, period
from es_lod.site.harvest.agents import agents
from es_lod.site.harvest.distributions import (
    LICENCE_TITLES,
    description,
    identifier,
    stars,
    title,
)
from es_lod.site.harvest.jsonld import compacted
from es_lod.site.harvest.service import is_served, service
from es_lod.site.harvest.triples import integer, moment, texts, triple
from es_lod.site.settings import (
    FREQUENCIES,
    LANGUAGES,
    LICENCES,
    THEMES,
    Settings,
)
from es_lod.values import PartialDate, Text

_VOCABULARY: Final = f"{HOME}ns"
_STARS: Final = {
    "en": "{:star|stars}",
    "pl": "{:gwiazdka|gwiazdki|gwiazdek}",
}
_OPENNESS_TITLES: Final = {"pl": "Poziom otwartości", "en": "Openness score"}


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The catalogue as Turtle, JSON-LD and RDF/XML: one graph."""
    triples = list(catalogue(edition, downloads))
    names = {**PREFIXES, **CATALOGUE_PREFIXES}
    for name in CATALOGUES:
        format = RdfFormat.from_extension(name)
        data = (
            compacted(triples, names)
            if format == RdfFormat.JSON_LD
            else serialize(triples, format=format, prefixes=names)
        )
        yield File(f"{CATALOGUE}.{name}", data or b"")


def catalogue(edition: Edition, downloads: Iterable[Download]) -> Iterator[Triple]:
    """The triples of the catalogue, its one dataset, and a distribution for each download."""
    writer = _Writer(edition.settings, is_linked=is_linked(edition))
    return writer.triples(list(downloads), period(edition))


class _Writer:
    """Makes the triples; the IRIs of all nodes begin with the site's address."""

    def __init__(self, settings: Settings, *, is_linked: bool) -> None:
        self._settings = settings
        self._is_linked = is_linked
        self._catalogue = settings.catalogue_iri
        self._dataset = settings.dataset_iri
        self._publisher = settings.publisher_iri
        self._licence = dict(LICENCES.choices)[settings.licence]

    def triples(  # as `catalogue` says
        self, downloads: list[Download], period: tuple[PartialDate, PartialDate] | None
    ) -> Iterator[Triple]:
        yield from self._catalogue_node()
        yield from self._dataset_node(downloads, period)
        for item in downloads:
            yield from self._distribution(item)
        yield from self._kinds(downloads)
        yield from service(self._settings)
        yield from agents(self._settings, self._publisher)
        yield from self._page()
        yield triple(SHA_256, RDF.type, NamedNode(SPDX.ChecksumAlgorithm))
        yield triple(_VOCABULARY, RDF.type, NamedNode(DCT.Standard))
        yield from texts(_VOCABULARY, DCT.title, Text(vocabulary_title(_VOCABULARY)))
        yield triple(self._licence, RDF.type, NamedNode(DCT.LicenseDocument))
        title = Literal(LICENCE_TITLES[self._settings.licence], language="en")
        yield triple(self._licence, DCT.title, title)
        asked = NamedNode(LICENCE_TYPES[self._settings.licence])
        yield triple(self._licence, DCT.type, asked)

    def _catalogue_node(self) -> Iterator[Triple]:
        node = self._catalogue
        yield triple(node, RDF.type, NamedNode(DCAT.Catalog))
        yield from self._common(node)
        yield triple(node, FOAF.homepage, NamedNode(self._settings.url))
        yield triple(self._settings.url, RDF.type, NamedNode(FOAF.Document))
        yield triple(node, DCAT.themeTaxonomy, NamedNode(DATA_THEMES))
        yield triple(node, DCT.license, NamedNode(self._licence))
        yield triple(node, DCT.spatial, NamedNode(EU_COUNTRY.POL))
        yield triple(node, DCAT.dataset, NamedNode(self._dataset))
        if self._settings.endpoint is not None:
            yield triple(node, DCAT.service, NamedNode(self._settings.service_iri))

    def _page(self) -> Iterator[Triple]:
        """The one page of the catalogue, as harvesters that follow pages look for it."""
        page = f"{self._catalogue}#page-1"
        yield triple(self._catalogue, RDF.type, NamedNode(HYDRA.Collection))
        yield triple(self._catalogue, HYDRA.totalItems, integer(1))
        yield triple(self._catalogue, HYDRA.member, NamedNode(self._dataset))
        yield triple(self._catalogue, HYDRA.view, NamedNode(page))
        yield triple(page, RDF.type, NamedNode(HYDRA.PartialCollectionView))
        for term in (HYDRA.first, HYDRA.last):
            yield triple(page, term, NamedNode(page))
        yield triple(page, HYDRA.totalItems, integer(1))

    def _dataset_node(
        self, downloads: list[Download], period: tuple[PartialDate, PartialDate] | None
    ) -> Iterator[Triple]:
        node, settings = self._dataset, self._settings
        yield triple(node, RDF.type, NamedNode(DCAT.Dataset))
        yield from self._common(node)
        yield triple(node, DCT.identifier, Literal(node))
        yield triple(node, DCAT.landingPage, NamedNode(settings.url))
        frequency = dict(FREQUENCIES.choices)[settings.frequency]
        yield triple(node, DCT.accrualPeriodicity, NamedNode(frequency))
        yield triple(node, DCT.accessRights, NamedNode(EU_ACCESS.PUBLIC))
        yield triple(node, DCT.spatial, NamedNode(EU_COUNTRY.POL))
        for theme in settings.themes:
            yield triple(node, DCAT.theme, NamedNode(dict(THEMES.choices)[theme]))
        yield from texts(node, DCAT.keyword, settings.keywords)
        if settings.date is not None:
            yield triple(node, DCAT.version, Literal(settings.date))
        yield triple(node, DCAT.contactPoint, NamedNode(settings.contact_iri))
        if period is not None:
            yield from self._period(node, period)
        for item in downloads:
            yield triple(node, DCAT.distribution, NamedNode(self._iri_of(item)))

    def _common(self, node: str) -> Iterator[Triple]:
        """What a catalogue and a dataset both say."""
        settings = self._settings
        yield from texts(node, DCT.title, settings.title)
        yield from texts(node, DCT.description, settings.description or settings.title)
        yield triple(node, DCT.publisher, NamedNode(self._publisher))
        for language in settings.languages:
            yield triple(node, DCT.language, NamedNode(dict(LANGUAGES.choices)[language]))
        if settings.moment is not None:
            for term in (DCT.issued, DCT.modified):
                yield triple(node, term, moment(settings.moment))

    def _period(self, node: str, period: tuple[PartialDate, PartialDate]) -> Iterator[Triple]:
        covered = f"{self._dataset}#period"
        yield triple(node, DCT.temporal, NamedNode(covered))
        yield triple(covered, RDF.type, NamedNode(DCT.PeriodOfTime))
        for term, date in zip((DCAT.startDate, DCAT.endDate), period, strict=True):
            yield triple(covered, term, Literal(date, datatype=NamedNode(date.datatype)))

    def _iri_of(self, item: Download) -> str:
        return f"{self._dataset}#{identifier(item)}"

    def _distribution(self, item: Download) -> Iterator[Triple]:
        node, address = self._iri_of(item), self._settings.url + item.path
        yield triple(node, RDF.type, NamedNode(DCAT.Distribution))
        yield from texts(node, DCT.title, title(item))
        yield from texts(node, DCT.description, description(item))
        if self._settings.moment is not None:
            yield triple(node, DCT.modified, moment(self._settings.moment))
        for term in (DCAT.accessURL, DCAT.downloadURL):
            yield triple(node, term, NamedNode(address))
        yield triple(node, DCT["format"], NamedNode(EU_FILE_TYPE[item.kind.file_type]))
        yield triple(node, DCAT.mediaType, NamedNode(MEDIA_TYPES + item.kind.media_type))
        if is_served(item, self._settings):
            yield triple(node, DCAT.accessService, NamedNode(self._settings.service_iri))
        if item.is_packed:
            yield triple(node, DCAT.compressFormat, NamedNode(MEDIA_TYPES + GZIP))
        yield triple(node, DCT.license, NamedNode(self._licence))
        yield triple(node, DCATAP.availability, NamedNode(EU_AVAILABILITY.STABLE))
        yield triple(node, DCAT.byteSize, integer(item.size, XSD.nonNegativeInteger))
        yield triple(node, DCT.conformsTo, NamedNode(_VOCABULARY))
        yield triple(node, DCATAPPL.opennessScore, NamedNode(self._openness(item)))
        yield triple(node, SPDX.checksum, NamedNode(f"{node}-sha256"))
        yield triple(f"{node}-sha256", RDF.type, NamedNode(SPDX.Checksum))
        yield triple(f"{node}-sha256", SPDX.algorithm, NamedNode(SHA_256))
        digest = Literal(item.sha256, datatype=NamedNode(XSD.hexBinary))
        yield triple(f"{node}-sha256", SPDX.checksumValue, digest)

    def _openness(self, item: Download) -> str:
        return f"{OPENNESS}/{stars(item, is_linked=self._is_linked)}-stars"

    def _kinds(self, downloads: list[Download]) -> Iterator[Triple]:
        """What the levels of openness and the media types are that the distributions name."""
        for media_type in sorted({item.kind.media_type for item in downloads}):
            yield triple(MEDIA_TYPES + media_type, RDF.type, NamedNode(DCT.MediaType))
        for level in sorted({self._openness(item) for item in downloads}):
            yield triple(level, RDF.type, NamedNode(SKOS.Concept))
            yield triple(level, SKOS.inScheme, NamedNode(OPENNESS))
            count = level.removeprefix(f"{OPENNESS}/").partition("-")[0]
            for tag, label in _STARS.items():
                text = label.format(Number(count))
                yield triple(level, SKOS.prefLabel, Literal(text, language=tag))
        yield triple(OPENNESS, RDF.type, NamedNode(SKOS.ConceptScheme))
        yield from texts(OPENNESS, DCT.title, Text(_OPENNESS_TITLES))
