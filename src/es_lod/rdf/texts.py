"""The formats whose text is written by templates."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from es_lod.model import Kind
from es_lod.model.outline import Outline, Values
from es_lod.rdf.ntriples import NTriples
from es_lod.rdf.rdfxml import RdfXml
from es_lod.rdf.templates import Templates
from es_lod.rdf.turtle import Turtle
from es_lod.values import DEFAULT_LANGUAGE

TEMPLATES: Final[dict[str, Callable[[str, str], Templates]]] = {
    "nt": NTriples,
    "nq": NTriples,
    "ttl": Turtle,
    "trig": Turtle,
    "rdf": RdfXml,
}
"""By the name of the format. Without names of graphs N-Quads are N-Triples, and TriG is Turtle."""


@lru_cache(maxsize=8)
def templates(format: str, base: str, language: str) -> Templates:
    """The templates of one of the formats; `language` is that of plain strings."""
    return TEMPLATES[format](base, language)


def quads(outline: Outline, values: Values, language: str, base: str) -> Iterator[Quad]:
    """The triples of a record, as quads of the default graph: its N-Triples, read.

    Its types come first, its fields as declared, then its parts, by IRI; the values of a field in
    their canonical order.
    """
    text = templates("nt", base, language).text(outline, values)
    return parse(text, format=RdfFormat.N_TRIPLES)


def as_term(kind: Kind, value: Any, base: str) -> NamedNode | Literal:
    """The term of a value that is no text."""
    written = templates("nt", base, DEFAULT_LANGUAGE).term(kind)(value)
    (quad,) = parse(f"<a:a> <a:a> {written} .", format=RdfFormat.N_TRIPLES)
    return cast("NamedNode | Literal", quad.object)
