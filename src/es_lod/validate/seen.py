"""What engines and lints look at, taken as it goes by: nothing is read twice for it."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Quad

from es_lod.errors import Problem
from es_lod.formats import FORMATS
from es_lod.intake.runs import Run
from es_lod.iris import relative
from es_lod.model import Record
from es_lod.readers.plain import Plain
from es_lod.serialize import texts
from es_lod.validate.concepts import ConceptLint
from es_lod.validate.data import ntriples
from es_lod.validate.parts import Find, Parts
from es_lod.validate.results import Result
from es_lod.validate.terms import TermLint

if TYPE_CHECKING:
    from es_lod.dataset import Dataset


class Seen(AbstractContextManager["Seen"]):
    """A dataset as lints and an engine look at it; what is kept of it is gone at the end.

    Runs are taken while they are read; `rest` takes what is left when all is. A `second` process
    judges beside this one, where it is of use.
    """

    def __init__(self, *, second: bool = False) -> None:
        self._second = second
        self._lints: _Lints | None = None
        self._parts: Parts | None = None

    def of(self, base: str) -> "_Lints":
        """What the lints have seen of a dataset; its base is known once reading has begun."""
        if self._lints is None:
            self._lints = _Lints(TermLint(base), ConceptLint(base))
        return self._lints

    def _judging(self, base: str) -> Parts:
        if self._parts is None:
            self._parts = Parts(base, is_wanted=self._second)
        return self._parts

    def take(self, run: Run, base: str, find: Find) -> None:
        """Take records that are plainly right; `find` knows them, and those before them."""
        self.of(base).look_at(run)
        self._judging(base).take(run, find)

    def rest(self, dataset: "Dataset") -> None:
        """Take RDF as it came in, and records that are not plainly right."""
        lints, judging = self.of(dataset.base), self._judging(dataset.base)
        judging.finish(dataset)
        judging.add(ntriples(lints.quads(chain.from_iterable(dataset.graphs))))
        named = (relative(iri, dataset.base) for iri in lints.concepts.subjects)
        # What RDF says of a record as a concept goes with what the record says.
        lints.look_at(filter(None, map(dataset.kept.find_plain, named)))
        judging.add(texts(lints.records(dataset.kept.built()), FORMATS["nt"], dataset.base))

    def results(self, dataset: "Dataset") -> list[Result]:
        """What the engine finds."""
        return self._judging(dataset.base).results(dataset.kept.find_plain)

    def __exit__(self, *_: object) -> None:
        if self._parts is not None:
            self._parts.__exit__()


class _Lints(NamedTuple):
    terms: TermLint
    concepts: ConceptLint

    def quads(self, data: Iterable[Quad]) -> Iterator[Quad]:
        return self.concepts.passing_quads(self.terms.passing_quads(data))

    def records(self, records: Iterable[Record | Plain]) -> Iterator[Record | Plain]:
        return self.concepts.passing(self.terms.passing(records))

    def look_at(self, records: Iterable[Plain]) -> None:
        deque(self.records(records), maxlen=0)

    @property
    def problems(self) -> list[Problem]:
        """What they have to tell, once all was seen."""
        return [*self.terms.problems, *self.concepts.problems()]
