"""Data judged in parts, so that memory does not grow with them.

Records that are plainly right are judged as they are read, some thousand at a time. Beside them in
each part stand the records to which they refer: shapes look no further (`Reach`). A record that
refers to one that comes later waits for the end. What RDF says, and records that are not plainly
right, make one part at the end. Where shapes look further, or RDF says more of what was judged
already, all data are judged at once: the results are the same.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import AbstractContextManager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from es_lod.intake.runs import Run, runs
from es_lod.readers.plain import Plain, Where
from es_lod.validate import shacl, shapes
from es_lod.validate.data import Data, ntriples
from es_lod.validate.reach import Reach, reach
from es_lod.validate.rest import Rest, terms
from es_lod.validate.results import Result
from es_lod.validate.second import Second

if TYPE_CHECKING:
    from es_lod.dataset import Dataset

PART: Final = 1 << 22
"""How many bytes of N-Triples are judged together."""
_FEW: Final = 4096
"""How many records at most wait where there is one part only."""
Find: TypeAlias = Callable[[str], Plain | None]
"""The record of an id, where it is plainly right and was read already."""


class Parts(AbstractContextManager["Parts"]):
    """The results for data that come in parts; what is kept of them is gone at the end.

    With a second process, where one `is_wanted` and of use, parts are judged in both.
    """

    def __init__(self, base: str, *, is_wanted: bool = False) -> None:
        self._base = base
        self._second = Second(judged, is_wanted=is_wanted)
        self._found: set[Result] = set()
        self._is_cut = False
        self._late: list[str] = []
        self._begin()

    @cached_property
    def _terms(self) -> Set[str]:
        return terms()

    @cached_property
    def _reach(self) -> Reach | None:
        # A base in which the vocabulary is makes records of its terms.
        is_apart = not any(term.startswith(self._base) for term in self._terms)
        return reach(shapes.known()) if is_apart else None

    def _begin(self) -> None:
        self._data = Data()
        self._ids: set[str] = set()
        # To what those in the part refer outside of it.
        self._others: set[str] = set()

    def take(self, run: Run, find: Find) -> None:
        """Take records that are plainly right."""
        self._add(self._timely(run, find), find)
        self._found.update(*self._second.done())

    def add(self, pieces: Iterable[bytes]) -> None:
        """Take N-Triples of RDF, and of records that are not plainly right, when all others are."""
        self._data.add(pieces)

    def _keep(self, run: Run) -> None:
        self._ids |= run.summary.classes.keys()
        self._data.add((run.text("nt", self._base),))

    def _add(self, run: Run, find: Find) -> None:
        if run:
            self._keep(run)
        if len(self._data) > PART and self._reach is not None:
            self._judge(self._reach, find)

    def _timely(self, run: Run, find: Find) -> Run:
        """The records that can be judged by now."""
        waiting = set()
        for found in run.summary.references:
            if found.target in self._ids or found.target in self._others:
                continue
            if find(found.target) is None:
                waiting.add(_at(found.of))
            else:
                self._others.add(found.target)
        if not waiting:
            return run
        self._late += [record.id for record in run if _at(record) in waiting]
        # Others of the run may refer to these.
        return self._timely(Run([r for r in run if _at(r) not in waiting]), find)

    def finish(self, dataset: "Dataset") -> None:
        """Judge what waits: all that is plainly right was taken."""
        if not self._is_cut and (len(self._late) <= _FEW or self._reach is None):
            for run in self._met(self._late, dataset.kept.find_plain):
                self._keep(run)
            return
        rest = Rest(dataset, cast("Reach", self._reach), self._terms)
        if rest.is_far or any(map(dataset.kept.find_plain, rest.subjects)):
            self._judge_at_once(dataset)
            return
        with_rest: list[str] = []
        for run in self._met(self._late, dataset.kept.find_plain):
            named = {_at(r.of) for r in run.summary.references if r.target in rest.subjects}
            with_rest += [record.id for record in run if _at(record) in named]
            others = Run([record for record in run if _at(record) not in named])
            self._refer(others)
            self._add(others, dataset.kept.find_plain)
        for run in self._met(with_rest, dataset.kept.find_plain):
            self._refer(run)
            self._keep(run)
        self._others |= rest.targets

    def _judge_at_once(self, dataset: "Dataset") -> None:
        self._is_cut = False
        self._second.close()
        self._found.clear()
        self._data.__exit__()
        self._begin()
        for run in dataset.kept.runs():
            self._keep(run)

    @staticmethod
    def _met(ids: Iterable[str], find: Find) -> Iterator[Run]:
        return runs(record for id_ in ids if (record := find(id_)) is not None)

    def _refer(self, run: Run) -> None:
        self._others |= {found.target for found in run.summary.references}

    def results(self, find: Find) -> list[Result]:
        """All results, in a fixed order, each once."""
        self._found.update(*self._second.done())
        with self._data as data:
            if self._is_cut:
                data.put_beside(self._beyond(find))
            # Here the terms of the vocabulary are judged, too.
            self._found.update(shacl.results(data))
        self._found.update(*self._second.last())
        return sorted(self._found)

    def _judge(self, known: Reach, find: Find) -> None:
        self._data.put_beside(self._beyond(find))
        part = _Part(self._data.read(), frozenset(self._data.beside), known)
        if not self._second.takes(part):
            self._found.update(judged(part))
        self._is_cut = True
        self._begin()

    def _beyond(self, find: Find) -> Iterator[bytes]:
        """The records outside of the part to which those in it refer.

        They are there as a whole: of records that lack all but what is looked at an engine tells
        so much that a thousand of them take 60 MB.
        """
        for run in self._met(sorted(self._others - self._ids), find):
            yield run.text("nt", self._base)

    def __exit__(self, *_: object) -> None:
        self._second.close()
        self._data.__exit__()


class _Part(NamedTuple):
    """Records that are judged together, and what shapes look at from them."""

    data: bytes
    beside: Set[str]
    known: Reach


def judged(part: _Part) -> list[Result]:
    """The results for a part."""
    data = Data((part.data,))
    data.beside |= part.beside
    with data:
        data.put_beside((_looked_at(part.known),))
        return shacl.judged(data)


@lru_cache(maxsize=2)
def _looked_at(known: Reach) -> bytes:
    """What shapes look at in the vocabulary from elsewhere: a third of it."""
    said = (quad for quad in shapes.vocabulary() if quad.predicate.value in known.asked)
    return b"".join(ntriples(said))


def _at(record: Plain | Where) -> tuple[int, int]:
    """What tells a record from others that are there."""
    return id(record.place), record.number
