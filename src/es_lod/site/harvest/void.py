"""What the dataset holds, counted: VoID, at `.well-known/void`.

https://www.w3.org/TR/void/
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.formats import FORMATS
from es_lod.namespaces import (
    CATALOGUE_PREFIXES,
    CONCEPT,
    DCT,
    FILE_FORMATS,
    FOAF,
    LICENCE_PAGES,
    PREFIXES,
    RDF,
    VOID,
    prefixed,
)
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.graph import Graph
from es_lod.site.harvest.distributions import plain
from es_lod.site.harvest.triples import integer, moment, texts, triple

_PREFIXES: Final = ("foaf", "void")
"""What the description uses beside the prefixes of the records."""
_EXAMPLES: Final = 3
"""How many records are named as examples."""
_HOSTS: Final = 20
"""To how many other datasets, those linked to most, links are counted."""
_SPECIAL: Final = re.compile(r"([\\.?*+{}()|\[\]^$])")
_ESCAPED: Final = r"\\\1"


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The description as Turtle."""
    names = PREFIXES | {name: CATALOGUE_PREFIXES[name] for name in _PREFIXES}
    written = serialize(void(edition, downloads), format=RdfFormat.TURTLE, prefixes=names)
    yield File(addresses.VOID, written or b"")


def void(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[Triple]:
    """The triples of the description."""
    settings, counts = edition.settings, edition.graph
    document, node = settings.url + addresses.VOID, settings.dataset_iri
    yield triple(document, RDF.type, NamedNode(VOID.DatasetDescription))
    yield triple(document, FOAF.primaryTopic, NamedNode(node))
    yield triple(node, RDF.type, NamedNode(VOID.Dataset))
    yield from texts(node, DCT.title, settings.title)
    yield from texts(node, DCT.description, settings.description)
    publisher = settings.publisher_iri
    yield triple(node, DCT.publisher, NamedNode(publisher))
    yield triple(node, DCT.license, NamedNode(LICENCE_PAGES[settings.licence]))
    yield triple(node, FOAF.homepage, NamedNode(settings.url))
    if settings.moment is not None:
        yield triple(node, DCT.modified, moment(settings.moment))
    yield triple(node, VOID.uriSpace, Literal(settings.base))
    if settings.endpoint is not None:
        yield triple(node, VOID.sparqlEndpoint, NamedNode(settings.endpoint))
    yield from _files(settings.url, node, plain(downloads))
    yield from _numbers(edition, node, counts)
    yield from _partitions(node, counts)
    yield from _linksets(node, counts)


def _files(url: str, node: str, downloads: Iterable[Download]) -> Iterator[Triple]:
    """The dumps, and the formats of RDF that they are in."""
    for item in downloads:
        format = FORMATS.get(item.suffix)
        if format is not None and format.rdf is not None:
            yield triple(node, VOID.dataDump, NamedNode(url + item.path))
            feature = FILE_FORMATS + format.title.replace("/", "_")
            yield triple(node, VOID.feature, NamedNode(feature))


def _numbers(edition: Edition, node: str, counts: Graph) -> Iterator[Triple]:
    """How much there is. Entities are what is named by `base` and an id: records, not parts."""
    base = edition.settings.base
    yield triple(node, VOID.uriRegexPattern, Literal(f"^{_SPECIAL.sub(_ESCAPED, base)}[^#]+$"))
    for term, number in (
        (VOID.triples, counts.triples),
        (VOID.entities, edition.register.count()),
        (VOID.classes, len(counts.classes)),
        (VOID.properties, len(counts.properties)),
        (VOID.distinctSubjects, counts.subjects),
        (VOID.distinctObjects, counts.objects),
    ):
        yield triple(node, term, integer(number))
    for id_ in nsmallest(_EXAMPLES, edition.register.ids()):
        yield triple(node, VOID.exampleResource, NamedNode(base + id_))
    namespaces = {_namespace(iri) for iri in (*counts.classes, *counts.properties)}
    for vocabulary in sorted(namespaces - {""}):
        yield triple(node, VOID.vocabulary, NamedNode(vocabulary))


def _namespace(iri: str) -> str:
    """An IRI of a term without its last word; nothing of one such as `urn:a:b`."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _partitions(node: str, counts: Graph) -> Iterator[Triple]:
    """How often each class and each property stands."""
    for kind, iris in (("class", counts.classes), ("property", counts.properties)):
        number = VOID.entities if kind == "class" else VOID.triples
        parts = {f"{node}#{kind}-{_word(iri)}": iri for iri in sorted(iris)}
        for part in parts:
            yield triple(node, VOID[f"{kind}Partition"], NamedNode(part))
        for part, iri in parts.items():
            yield triple(part, VOID[kind], NamedNode(iri))
            yield triple(part, number, integer(iris[iri]))


def _linksets(node: str, counts: Graph) -> Iterator[Triple]:
    """The links to other datasets: our concept schemes, and what is the same elsewhere."""
    spaces: Counter[str] = Counter()
    for (_, space), number in counts.links.items():
        spaces[space] += number
    ours = {space for space in spaces if space.startswith(CONCEPT)}
    others = sorted(spaces.keys() - ours, key=lambda space: (-spaces[space], space))
    spaces_told = (*sorted(ours), *others[:_HOSTS])
    targets = {space: f"{node}#target-{_word(space)}" for space in spaces_told}
    links = {
        f"{node}#links-{_word(predicate)}-{_word(space)}": (predicate, space)
        for predicate, space in sorted(counts.links)
        if space in targets
    }
    for linkset in links:
        yield triple(node, VOID.subset, NamedNode(linkset))
    for linkset, link in links.items():
        yield triple(linkset, RDF.type, NamedNode(VOID.Linkset))
        yield triple(linkset, VOID.subjectsTarget, NamedNode(node))
        yield triple(linkset, VOID.objectsTarget, NamedNode(targets[link[1]]))
        yield triple(linkset, VOID.linkPredicate, NamedNode(link[0]))
        yield triple(linkset, VOID.triples, integer(counts.links[link]))
    for space, target in targets.items():
        yield triple(target, RDF.type, NamedNode(VOID.Dataset))
        yield triple(target, VOID.uriSpace, Literal(space))


def _word(iri: str) -> str:
    """An IRI in a word, for the fragment of what is said of it: `schema-name`."""
    return re.sub("[^A-Za-z0-9]+", "-", prefixed(iri).removeprefix(CONCEPT)).strip("-")
