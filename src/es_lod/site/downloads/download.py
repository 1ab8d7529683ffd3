"""The files that people and harvesters download: what they are called, and what they are."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from es_lod.formats import FORMATS


class Kind(NamedTuple):
    """What a file holds: the code of the EU's authority table, and the media type."""

    file_type: str
    media_type: str


GZIP: Final = "application/gzip"
PACKED: Final = ".gz"
"""The suffix of a packed file, behind that of what it holds."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site: its path from the site's address, what it holds, size and SHA-256.

    `is_packed` says that it is compressed by gzip.
    """

    path: str
    kind: Kind
    size: int
    sha256: str
    is_packed: bool = False

    @property
    def name(self) -> str:
        """The name without its folder: `es.ttl.gz`."""
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The suffix that says what it holds: `ttl`, also of `es.ttl.gz`."""
        return _suffix(self.path)

    @property
    def media_type(self) -> str:
        """The media type of its bytes, which for a packed file is not that of what it holds."""
        return GZIP if self.is_packed else self.kind.media_type


# https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/file-type
_FILE_TYPES: Final = {
    "ttl": "RDF_TURTLE",
    "nt": "RDF_N_TRIPLES",
    "nq": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "rdf": "RDF_XML",
    "jsonld": "JSON_LD",
    "csv": "CSV",
}
KINDS: Final = {
    **{name: Kind(type_, FORMATS[name].media_type) for name, type_ in _FILE_TYPES.items()},
    "geojson": Kind("GEOJSON", "application/geo+json"),
    "ics": Kind("ICS", "text/calendar"),
}
"""The kinds of downloads, by suffix."""


def is_offered(path: str) -> bool:
    """Whether a file is of a kind that people download by itself."""
    return _suffix(path) in KINDS


def download(path: str, size: int, sha256: str) -> Download:
    """The description of a file of such a kind, plain or packed."""
    return Download(path, KINDS[_suffix(path)], size, sha256, path.endswith(PACKED))


def _suffix(path: str) -> str:
    """The suffix that says what a file holds: `ttl`, also of `es.ttl.gz`."""
    return path.removesuffix(PACKED).rpartition(".")[2]
