"""The files that people and harvesters download: what they are called, and what they are."""

import hashlib
from dataclasses import dataclass
from typing import Final

from es_lod.formats import FORMATS, Format


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site: its path from the site's address, what it holds, size and SHA-256.

    `file_type` is the code of the EU's authority table, `media_type` that of what it holds;
    `is_packed` says that it is compressed by gzip.
    """

    path: str
    file_type: str
    media_type: str
    size: int
    sha256: str
    is_packed: bool = False


FILE_TYPES: Final = {
    "ttl": "RDF_TURTLE",
    "nt": "RDF_N_TRIPLES",
    "nq": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "rdf": "RDF_XML",
    "jsonld": "JSON_LD",
    "csv": "CSV",
}
"""Our formats in https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/file-type."""


def download(path: str, format: Format, data: bytes, *, is_packed: bool = False) -> Download:
    """The description of a file of the site."""
    digest = hashlib.sha256(data).hexdigest()
    type_ = FILE_TYPES[format.name]
    return Download(path, type_, format.media_type, len(data), digest, is_packed)


DUMPS: Final = tuple(FORMATS[name] for name in ("ttl", "nt", "nq", "trig", "jsonld", "rdf"))
"""The formats of the whole dataset."""
