"""The service description: what the endpoint is and can do, for machines.

https://www.w3.org/TR/sparql11-service-description/
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.context import prefixes
from es_lod.formats import FORMATS
from es_lod.namespaces import DCT, FILE_FORMATS, RDF, SD, VOID, XSD
from es_lod.server.questions import Limits
from es_lod.site.settings import Settings

_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "RDF_XML",
    "N-Triples",
)
"""https://www.w3.org/ns/formats/"""


def description(
    url: str,
    settings: Settings,
    limits: Limits,
    graphs: Mapping[str, int],
    *,
    federated: bool,
    format: str,
) -> bytes:
    """The description of the endpoint at `url`, in a format of graphs.

    `graphs` has the number of triples of each named graph; the default graph is the union of all.
    """
    triples = _triples(url, settings, limits, graphs, federated=federated)
    names = {**prefixes(), "sd": str(SD), "void": str(VOID)}
    chosen = getattr(RdfFormat, str(FORMATS[format].rdf))
    return serialize(triples, format=chosen, prefixes=names) or b""


def _triples(
    url: str, settings: Settings, limits: Limits, graphs: Mapping[str, int], *, federated: bool
) -> list[Triple]:
    service, dataset = NamedNode(url), NamedNode(f"{url}#dataset")
    default = NamedNode(f"{url}#default-graph")
    found: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (service, RDF.type, NamedNode(SD.Service)),
        (service, SD.endpoint, service),
        (service, SD.supportedLanguage, NamedNode(SD.SPARQL11Query)),
        (service, SD.feature, NamedNode(SD.UnionDefaultGraph)),
        *((service, SD.resultFormat, NamedNode(FILE_FORMATS + name)) for name in _RESULTS),
        *(
            (service, DCT.title, Literal(text, language=tag))
            for tag, text in settings.title.items()
        ),
        *(
            (service, DCT.description, Literal(text, language=tag))
            for tag, text in _told(limits).items()
        ),
        (service, SD.defaultDataset, dataset),
        (dataset, RDF.type, NamedNode(SD.Dataset)),
        (dataset, DCT.source, NamedNode(settings.dataset_iri)),
        (dataset, SD.defaultGraph, default),
        (default, RDF.type, NamedNode(SD.Graph)),
    ]
    if federated:
        found.append((service, SD.feature, NamedNode(SD.BasicFederatedQuery)))
    for i, (name, size) in enumerate(graphs.items(), 1):
        graph = NamedNode(f"{url}#graph-{i}")
        content = NamedNode(f"{url}#content-{i}")
        count = Literal(str(size), datatype=NamedNode(XSD.integer))
        found += [
            (dataset, SD.namedGraph, graph),
            (graph, RDF.type, NamedNode(SD.NamedGraph)),
            (graph, SD.name, NamedNode(name)),
            (graph, SD.graph, content),
            (content, RDF.type, NamedNode(SD.Graph)),
            (content, VOID.triples, count),
        ]
    return [Triple(s, NamedNode(p), o) for s, p, o in found]


def _told(limits: Limits) -> dict[str, str]:
    size, body = limits.size // 2**20, limits.body // 2**10
    return {
        "pl": f"Granice: {limits.seconds:g} s, {limits.rows} wierszy lub trójek, {size} MiB "
        f"odpowiedzi, {body} KiB żądania.",
        "en": f"Limits: {limits.seconds:g} s, {limits.rows} rows or triples, {size} MiB of answer, "
        f"{body} KiB of request.",
    }
