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
from es_lod.validate.data import Data, ntriples
from es_lod.validate.terms import TermLint

if TYPE_CHECKING:
    from es_lod.dataset import Dataset


class Seen(AbstractContextManager["Seen"]):
    """The triples of a dataset for an engine, which lints have looked at; gone at the end.

    Runs are taken while they are read; `rest` takes what is left when all is.
    """

    def __init__(self) -> None:
        self.data = Data()
        self._lints: _Lints | None = None

    def of(self, base: str) -> "_Lints":
        """What the lints have seen of a dataset; its base is known once reading has begun."""
        if self._lints is None:
            self._lints = _Lints(TermLint(base), ConceptLint(base))
        return self._lints

    def take(self, run: Run, base: str) -> None:
        """Take records that are plainly right."""
        self.of(base).look_at(run)
        self.data.add((run.text("nt", base),))

    def rest(self, dataset: "Dataset") -> None:
        """Take RDF as it came in, and records that are not plainly right."""
        lints = self.of(dataset.base)
        self.data.add(ntriples(lints.quads(chain.from_iterable(dataset.graphs))))
        kept = dataset.kept
        named = (relative(iri, dataset.base) for iri in lints.concepts.subjects)
        # What RDF says of a record as a concept goes with what the record says.
        lints.look_at(filter(None, map(kept.find_plain, named)))
        self.data.add(texts(lints.records(kept.built()), FORMATS["nt"], dataset.base))

    def __exit__(self, *details: object) -> None:
        self.data.__exit__(*details)


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
