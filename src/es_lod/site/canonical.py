"""The one hash of a dataset, by RDF Dataset Canonicalization.

https://www.w3.org/TR/rdf-canon/
"""

import hashlib
from typing import NamedTuple

from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, serialize
from pyoxigraph import Dataset as Quads

from es_lod.dataset import Dataset


class Canonical(NamedTuple):
    """SHA-256 of the canonical N-Quads (RDFC-1.0), and how many triples there are."""

    hash: str
    triples: int


def canonical(dataset: Dataset) -> Canonical:
    """The hash of a dataset; dumps in all formats have the same."""
    quads = Quads(Quad(q.subject, q.predicate, q.object) for q in dataset.quads())
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    return Canonical(hashlib.sha256(b"".join(lines)).hexdigest(), len(lines))
