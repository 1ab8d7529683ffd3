"""The one hash of a dataset, by RDF Dataset Canonicalization.

https://www.w3.org/TR/rdf-canon/
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from tempfile import TemporaryFile
from typing import Any, Final, NamedTuple

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS
from es_lod.serialize import texts

HASH: Final = "rdfc-1.0"
"""The key of the hash in a manifest, by which one is known to be ours."""
_RUN: Final = 1 << 24
"""How many bytes of lines are sorted in memory; of larger datasets such runs are merged."""


class Canonical(NamedTuple):
    """SHA-256 of the canonical N-Quads (RDFC-1.0), and how many triples there are."""

    hash: str
    triples: int


def canonical(dataset: Dataset) -> Canonical:
    """The hash of a dataset; dumps in all formats have the same.

    Records have no blank nodes, whose names are what canonicalization is about: what is left of it
    is the order of the lines, each once.
    """
    hash_, count = hashlib.sha256(), 0
    with ExitStack() as files:
        runs = [_kept(run, files) for run in _runs(texts(dataset, FORMATS["nt"], dataset.base))]
        for line, _ in groupby(merge(*runs)):
            hash_.update(line)
            count += 1
    return Canonical(hash_.hexdigest(), count)


def _runs(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines of a text, sorted as far as they are held at once.

    N-Quads of the default graph are N-Triples.
    """
    lines: set[bytes] = set()
    size = 0
    for piece in pieces:
        lines.update(piece.splitlines(keepends=True))
        size += len(piece)
        if size > _RUN:
            yield sorted(lines)
            lines.clear()
            size = 0
    yield sorted(lines)


def _kept(lines: list[bytes], files: ExitStack) -> Iterable[bytes]:
    """Lines, in a file that goes with `files`; a merge reads them again, run beside run."""
    file: Any = files.enter_context(TemporaryFile())  # noqa: SIM115  # it does
    file.writelines(lines)
    file.seek(0)
    return file  # type: ignore[no-any-return]  # its lines
