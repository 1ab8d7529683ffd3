"""The SPARQL endpoint as a data service of the catalogue, where the settings state one."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from es_lod.namespaces import DCAT, DCT, EU_ACCESS, FOAF, RDF, SPARQL_PROTOCOL
from es_lod.site.addresses import DATASET, DOCUMENTS, page
from es_lod.site.downloads.download import Download
from es_lod.site.harvest.triples import texts, triple
from es_lod.site.settings import LICENCES, THEMES, Settings
from es_lod.values import Text

_TITLE: Final = {"pl": "Punkt dostępowy SPARQL", "en": "SPARQL endpoint"}
_DESCRIPTION: Final = {
    "pl": "Odpowiada na zapytania SPARQL 1.1 o cały zbiór; bez zapytania opisuje sam siebie.",
    "en": "Answers SPARQL 1.1 queries over the whole dataset; without a query it describes itself.",
}
_STANDARD: Final = "SPARQL 1.1 Protocol"


def service(settings: Settings) -> Iterator[Triple]:
    """The triples of the data service; none without an endpoint.

    https://semiceu.github.io/DCAT-AP/releases/3.0.1/#DataService
    """
    if settings.endpoint is None:
        return
    node, endpoint = settings.service_iri, NamedNode(settings.endpoint)
    yield triple(node, RDF.type, NamedNode(DCAT.DataService))
    yield from texts(node, DCT.title, Text(_TITLE))
    yield from texts(node, DCT.description, Text(_DESCRIPTION))
    yield triple(node, DCAT.endpointURL, endpoint)
    # Without a query it gives its service description.
    yield triple(node, DCAT.endpointDescription, endpoint)
    yield triple(node, DCAT.servesDataset, NamedNode(settings.dataset_iri))
    yield triple(node, DCT.conformsTo, NamedNode(SPARQL_PROTOCOL))
    yield triple(SPARQL_PROTOCOL, RDF.type, NamedNode(DCT.Standard))
    yield triple(SPARQL_PROTOCOL, DCT.title, Literal(_STANDARD, language="en"))
    told = settings.url + page(DATASET, "pl")
    yield triple(node, DCAT.landingPage, NamedNode(told))
    yield triple(told, RDF.type, NamedNode(FOAF.Document))
    yield triple(node, DCT.license, NamedNode(dict(LICENCES.choices)[settings.licence]))
    yield triple(node, DCT.accessRights, NamedNode(EU_ACCESS.PUBLIC))
    yield triple(node, DCT.publisher, NamedNode(settings.publisher_iri))
    yield triple(node, DCAT.contactPoint, NamedNode(settings.contact_iri))
    for theme in settings.themes:
        yield triple(node, DCAT.theme, NamedNode(dict(THEMES.choices)[theme]))
    yield from texts(node, DCAT.keyword, settings.keywords)


def is_served(item: Download, settings: Settings) -> bool:
    """Whether a file is also what the endpoint gives: the whole graph, in one of its formats."""
    return settings.endpoint is not None and not item.is_packed and item.suffix in DOCUMENTS
