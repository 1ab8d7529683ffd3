"""The triples of a dataset, whatever they are written as: their one hash, and their numbers.

The hash is that of RDF Dataset Canonicalization: https://www.w3.org/TR/rdf-canon/
"""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from es_lod.namespaces import CONCEPT, RDF, SDO
from es_lod.readers.aside import naming_folder

HASH: Final = "rdfc-1.0"
"""The key of the hash in a manifest, by which one is known to be ours."""
_RUN: Final = 1 << 24
"""How many bytes of lines are sorted in memory; of larger datasets such runs are merged."""
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
        classes: Counter[str] = Counter()
        properties: Counter[bytes] = Counter()
        links: Counter[tuple[bytes, str]] = Counter()
        subjects = 0
        with self._files:
            objects = _Sorted(self._files)
            for _, said in groupby(map(_noted(hash_.update), self._lines.all()), itemgetter(0)):
                subjects += 1
                ends = []
                for _, predicate, rest in said:
                    properties[predicate] += 1
                    ends.append(rest)
                    if predicate == _TYPE:
                        classes[rest[1:-4].decode()] += 1
                    elif rest[:1] == b"<" and (space := _space(predicate, rest)):
                        links[predicate, space] += 1
                objects.add(ends, sum(map(len, ends)))
            object_count = sum(1 for _ in objects.all())
        return Graph(
            hash_.hexdigest(),
            properties.total(),
            subjects,
            object_count,
            classes,
            Counter({_iri(name): count for name, count in properties.items()}),
            Counter({(_iri(name), space): count for (name, space), count in links.items()}),
        )


def graph(pieces: Iterable[bytes]) -> Graph:
    """The graph of pieces of N-Triples, each of whole lines."""
    triples = Triples()
    for piece in pieces:
        triples.write(piece)
    return triples.graph()


def _noted(note: Callable[[bytes], None]) -> Callable[[bytes], list[bytes]]:
    """Splits lines into subject, predicate and the rest, after noting them."""

    def split(line: bytes) -> list[bytes]:
        note(line)
        return line.split(b" ", 2)

    return split


class _Sorted:
    """Lines in the order of their bytes, each once; of many, runs are kept in files."""

    def __init__(self, files: ExitStack) -> None:
        self._files = files
        self._runs: list[Iterable[bytes]] = []
        self._lines: set[bytes] = set()
        self._size = 0

    def add(self, lines: Iterable[bytes], size: int) -> None:
        """Take lines of so many bytes."""
        self._lines.update(lines)
        self._size += size
        if self._size > _RUN:
            self._end_run()

    def all(self) -> Iterable[bytes]:
        """All lines."""
        if not self._runs:
            return sorted(self._lines)
        self._end_run()
        return map(itemgetter(0), groupby(merge(*self._runs)))

    def _end_run(self) -> None:
        with naming_folder():
            file: Any = self._files.enter_context(TemporaryFile())  # noqa: SIM115
            file.writelines(sorted(self._lines))
            file.seek(0)
        self._runs.append(file)  # its lines
        self._lines.clear()
        self._size = 0


def _space(predicate: bytes, rest: bytes) -> str | None:
    """The dataset that a link leads to: a concept scheme of ours, or what is the same elsewhere."""
    iri = rest[1:-4].decode()
    if iri.startswith(CONCEPT):
        return CONCEPT + iri.removeprefix(CONCEPT).partition("/")[0] + "/"
    if predicate != _SAME:
        return None
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


_SAME: Final = f"<{SDO.sameAs}>".encode()
