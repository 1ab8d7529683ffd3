"""The triples of a dataset, whatever they are written as: their one hash, and their numbers.

The hash is that of RDF Dataset Canonicalization: https://www.w3.org/TR/rdf-canon/
"""

import hashlib
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby
from tempfile import TemporaryFile
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from es_lod.namespaces import CONCEPT, RDF, SDO
from es_lod.readers.aside import naming_folder

HASH: Final = "rdfc-1.0"
"""The key of the hash in a manifest, by which one is known to be ours."""
_RUN: Final = 1 << 24
"""How many bytes of lines are sorted in memory; of larger datasets such runs are merged."""
_BLOCK: Final = 1 << 16
"""How many bytes of each run are held while they are merged; of more it takes longer."""
_TYPE: Final = f"<{RDF.type}>".encode()


class Graph(NamedTuple):
    """SHA-256 of the canonical N-Quads (RDFC-1.0), and what is counted in the triples."""

    hash: str
    triples: int
    subjects: int
    objects: int
    classes: Counter[str]
    properties: Counter[str]
    links: Counter[tuple[str, str]]
    """(property, beginning of the IRIs that it leads to) → triples."""


class Triples(io.RawIOBase):
    """A stream of N-Triples that is written into by whole lines.

    Records have no blank nodes, whose names are what canonicalization is about: what is left of it
    is the order of the lines, each once. N-Quads of the default graph are N-Triples.
    """

    def __init__(self) -> None:
        super().__init__()
        self._files = ExitStack()
        self._lines = _Sorted(self._files)

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Take lines."""
        self._lines.add(data.splitlines(keepends=True), len(data))
        return len(data)

    def graph(self) -> Graph:
        """What was written; nothing more can be."""
        hash_ = hashlib.sha256()
        classes: Counter[bytes] = Counter()
        properties: Counter[bytes] = Counter()
        links: Counter[tuple[bytes, str]] = Counter()
        subjects, last = 0, b""
        with self._files:
            objects = _Sorted(self._files)
            for lines in self._lines.blocks():
                hash_.update(b"".join(lines))
                about, predicates, ends = zip(*[line.split(b" ", 2) for line in lines], strict=True)
                subjects += len(set(about)) - (about[0] == last)
                last = about[-1]
                properties.update(predicates)
                pairs = [*zip(predicates, ends, strict=True)]
                classes.update([end for predicate, end in pairs if predicate == _TYPE])
                links.update(_links(pairs))
                different = set(ends)
                objects.add(different, sum(map(len, different)))
            object_count = sum(map(len, objects.blocks()))
        return Graph(
            hash_.hexdigest(),
            properties.total(),
            subjects,
            object_count,
            Counter({_object(end): count for end, count in classes.items()}),
            Counter({_iri(name): count for name, count in properties.items()}),
            Counter({(_iri(name), space): count for (name, space), count in links.items()}),
        )


def graph(pieces: Iterable[bytes]) -> Graph:
    """The graph of pieces of N-Triples, each of whole lines."""
    triples = Triples()
    for piece in pieces:
        triples.write(piece)
    return triples.graph()


class _Sorted:
    """Lines in the order of their bytes, each once; of many, runs are kept in files."""

    def __init__(self, files: ExitStack) -> None:
        self._files = files
        self._runs: list[Any] = []
        # No set, which has no order: lines come in runs of their own, and are sorted in a third
        # of the time.
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, lines: Iterable[bytes], size: int) -> None:
        """Take lines of so many bytes."""
        self._lines += lines
        self._size += size
        if self._size > _RUN:
            self._end_run()

    def blocks(self) -> Iterator[list[bytes]]:
        """All lines, many at a time."""
        if self._lines:
            self._end_run()
        heads = [run.readlines(_BLOCK) for run in self._runs]
        while any(heads):
            # What the runs go on with comes behind the last line of one of them.
            bound = min(head[-1] for head in heads if head)
            ends = [bisect_right(head, bound) for head in heads]
            block = sorted(chain.from_iterable(h[:n] for h, n in zip(heads, ends, strict=True)))
            yield _once(block)
            heads = [
                head[end:] or run.readlines(_BLOCK)
                for head, end, run in zip(heads, ends, self._runs, strict=True)
            ]

    def _end_run(self) -> None:
        with naming_folder():
            file: Any = self._files.enter_context(TemporaryFile())  # noqa: SIM115
            file.writelines(_once(sorted(self._lines)))
            file.seek(0)
        self._runs.append(file)
        self._lines.clear()
        self._size = 0


def _once(lines: list[bytes]) -> list[bytes]:
    """Sorted lines, each once."""
    return [line for line, _ in groupby(lines)]


def _links(pairs: list[tuple[bytes, bytes]]) -> Counter[tuple[bytes, str]]:
    """The datasets that predicates lead to: concept schemes, and what is the same elsewhere."""
    found: Counter[tuple[bytes, str]] = Counter()
    met = [(p, end) for p, end in pairs if end.startswith(_CONCEPT) or p == _SAME]
    for (predicate, end), count in Counter(met).items():
        if predicate != _TYPE and end.startswith(b"<") and (space := _space(_object(end))):
            found[predicate, space] += count
    return found


def _space(iri: str) -> str | None:
    """A concept scheme of ours, or where the IRI of a thing begins."""
    if iri.startswith(CONCEPT):
        return CONCEPT + iri.removeprefix(CONCEPT).partition("/")[0] + "/"
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None


def _object(end: bytes) -> str:
    """The IRI that a line ends with."""
    return end[1:-4].decode()


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


_SAME: Final = f"<{SDO.sameAs}>".encode()
_CONCEPT: Final = f"<{CONCEPT}".encode()
