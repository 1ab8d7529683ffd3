"""The formats whose text is written by templates."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from es_lod.rdf.ntriples import NTriples
from es_lod.rdf.rdfxml import RdfXml
from es_lod.rdf.templates import Templates
from es_lod.rdf.turtle import Turtle

TEMPLATES: Final[dict[str, Callable[[str, str], Templates]]] = {
    "nt": NTriples,
    "ttl": Turtle,
    "rdf": RdfXml,
}
"""By the name of the format."""


@lru_cache(maxsize=8)
def templates(format: str, base: str, language: str) -> Templates:
    """The templates of one of the formats; `language` is that of plain strings."""
    return TEMPLATES[format](base, language)
