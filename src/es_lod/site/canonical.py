"""The one hash of a dataset, by RDF Dataset Canonicalization.

https://www.w3.org/TR/rdf-canon/
"""

import hashlib
from typing import Final, NamedTuple

from pyoxigraph import RdfFormat, serialize

from es_lod.dataset import Dataset
from es_lod.rdf.emit import quads

HASH: Final = "rdfc-1.0"
"""The key of the hash in a manifest, by which one is known to be ours."""


class Canonical(NamedTuple):
    """SHA-256 of the canonical N-Quads (RDFC-1.0), and how many triples there are."""

    hash: str
    triples: int


def canonical(dataset: Dataset) -> Canonical:
    """The hash of a dataset; dumps in all formats have the same.

    Records have no blank nodes, whose names are what canonicalization is about: what is left of it
    is the order of the lines, each once.
    """
    statements = (quad for record in dataset for quad in quads(record, dataset.base))
    written = serialize(statements, format=RdfFormat.N_QUADS) or b""
    lines = sorted(set(written.splitlines(keepends=True)))
    hash_ = hashlib.sha256()
    for line in lines:
        hash_.update(line)
    return Canonical(hash_.hexdigest(), len(lines))
