"""Copies of what the data are described with: vocabulary, concept schemes, shapes, context, schema.

The namespace is the project's; a copy says what the terms meant when the site was made.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from es_lod import extensions, resources
from es_lod.namespaces import CONCEPT, RDF, SKOS
from es_lod.reference.diagram import drawing
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.harvest.jsonld import compacted
from es_lod.templates import template

_SCHEME: Final = NamedNode(SKOS.ConceptScheme)


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:  # noqa: ARG001  # as every room
    """The copies of all that is ours, and of what extensions add to it."""
    yield File(addresses.DIAGRAM, drawing().encode())
    yield File(addresses.SHAPES, _together(extensions.turtle_files("shapes")))
    for path in extensions.turtle_files("ontology"):
        if path == resources.folder("ontology") / "alignments.ttl":
            yield File(addresses.ALIGNMENTS, path.read_bytes())
        elif (name := _name(path)) is not None:
            yield from _vocabulary(name, path)
    for name in (addresses.CONTEXT, addresses.RECORDS_SCHEMA):
        text = template(name, "pl")
        assert isinstance(text, str)  # noqa: S101  # tells mypy so; both are JSON
        yield File(name, text.encode())


def _name(path: Path) -> str | None:
    """The name of a vocabulary file on the site; an extension's own vocabulary has none."""
    if path.parent.name == "concepts":
        quads = parse(path=str(path))
        schemes = [
            q.subject for q in quads if q.predicate.value == RDF.type and q.object == _SCHEME
        ]
        names = [node.value for node in schemes if isinstance(node, NamedNode)]
        return addresses.scheme(names[0].removeprefix(CONCEPT)) if names else None
    return addresses.VOCABULARY if path == resources.folder("ontology") / "es.ttl" else None


def _vocabulary(name: str, path: Path) -> Iterator[File]:
    """A file of the ontology in every format: as Turtle, it is ours to the byte."""
    parser = parse(path=str(path))
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in parser]
    prefixes = {name: iri for name, iri in parser.prefixes.items() if name}
    yield File(f"{name}.ttl", path.read_bytes())
    yield File(f"{name}.jsonld", compacted(triples, prefixes))
    for format in (RdfFormat.N_TRIPLES, RdfFormat.RDF_XML):
        data = serialize(triples, format=format, prefixes=prefixes) or b""
        yield File(f"{name}.{format.file_extension}", data)


def _together(paths: Iterable[Path]) -> bytes:
    """Turtle files one after the other.

    Each declares its prefixes anew, which Turtle allows; blank nodes would be mixed up only if
    they had names, and ours have none.
    """
    return b"\n\n".join(path.read_bytes() for path in paths)
