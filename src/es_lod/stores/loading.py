"""Inputs into a store: N-Triples as templates write them, loaded while the next are made."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from pyoxigraph import RdfFormat, Store

from es_lod.errors import Problem
from es_lod.formats import FORMATS
from es_lod.query import add_vocabulary
from es_lod.stores.batches import loaded

if TYPE_CHECKING:
    from es_lod.intake import Intake
    from es_lod.model import Record
    from es_lod.readers.origins import Built
    from es_lod.readers.plain import Plain


class Verdict(NamedTuple):
    """What was wrong with the inputs, and the base of the records."""

    base: str
    problems: list[Problem]
    refused: list[Problem]
    documents_conform: bool
    """Whether no record of a document has an error; RDF may say all but a PESEL number."""

    @property
    def is_good(self) -> bool:
        """Whether queries may be asked of what was loaded."""
        return self.documents_conform and not self.refused


def load(intake: "Intake", store: Store) -> Verdict:
    """Load the records of documents, RDF as it came in, and beside them ontology and concepts.

    The same quads as `Dataset.store` has, in memory that does not grow with the records.
    """
    from es_lod.intake.inputs import documents_conform
    from es_lod.serialize import write

    origins = _Origins()
    records = origins.of_documents(intake)
    first = next(records, None)  # the base is settled when the first is read
    if first is not None:
        with loaded(store, RdfFormat.N_TRIPLES, are_ours=True) as out:
            write(chain((first,), records), cast("BinaryIO", out), FORMATS["nt"], intake.base)
    for graph in intake.graphs:
        store.bulk_extend(graph.quads)
    add_vocabulary(store)
    inputs = [graph.name for graph in intake.graphs]
    conform = documents_conform(intake.problems, origins.is_of_rdf, inputs)
    return Verdict(intake.base, intake.problems, intake.refused, conform)


class _Origins:
    """Which records came from RDF: of these the graph is loaded, and problems stop no query."""

    def __init__(self) -> None:
        self._of_rdf: dict[str, bool] = {}

    def of_documents(self, intake: "Intake") -> "Iterator[Record | Plain]":
        """The records of documents that have no error."""
        from es_lod.readers.plain import Plain

        for item in intake:
            if isinstance(item, Plain):
                self._of_rdf[item.id] = False
                yield item
            elif not self._note(item):
                yield item.record

    def _note(self, item: "Built") -> bool:
        """Whether a record is to be passed over. The first that is whole has the id."""
        id_, is_rdf = str(item.record.id), item.origin.entry.is_rdf
        if item.broken:
            self._of_rdf.setdefault(id_, is_rdf)
        else:
            self._of_rdf[id_] = is_rdf
        return item.broken or is_rdf

    def is_of_rdf(self, problem: Problem) -> bool:
        """Whether a problem is of a record that came from RDF."""
        return self._of_rdf.get(str(problem.record), False)
