"""The stream: reading, building and checking records one by one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from es_lod.errors import InputError, Problem
from es_lod.intake.inputs import graph_entries, open_tables
from es_lod.intake.runs import Run, gathered
from es_lod.model import Record
from es_lod.model.normal import names_within, rebased
from es_lod.namespaces import DEFAULT_BASE
from es_lod.personal import holds_pesel
from es_lod.rdf.graph import Graph, common_base
from es_lod.readers.documents import Builder
from es_lod.readers.entries import Entry
from es_lod.readers.jsonl import Block, Lines, Looked, look
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input, Source, sources
from es_lod.readers.origins import Built
from es_lod.readers.plain import Plain
from es_lod.readers.sources import read
from es_lod.readers.unread import Listener, Unread
from es_lod.validate import personal
from es_lod.validate.ledger import Ledger

if TYPE_CHECKING:
    from es_lod.intake.spread import Spread
    from es_lod.tabular.tables import Tables

_DANGLING: Final = "dangling-reference"
_LINE_UNREAD: Final = ("syntax", "not-utf-8", "line-too-long", "too-deep")
"""The problems of a line of JSON Lines that stands for a record."""


class Intake:
    """Inputs as one stream of checked records; what is wrong gathers in `problems`.

    Iterating reads. Records come in normal form, as first met, with ids in `base`; broken and
    duplicate ones come too, marked, so that a caller can leave them out. References are judged
    when the stream ends. `base` overrides what documents state; without one the first document's
    holds, or the default. `columns` is a file that describes the columns of tables; `spread` are
    processes that look at JSON Lines.
    """

    def __init__(
        self,
        inputs: Sequence[Input],
        base: str | None = None,
        columns: str | Path | None = None,
        *,
        listener: Listener | None = None,
        meter: Meter | None = None,
        spread: "Spread | None" = None,
    ) -> None:
        self.problems: list[Problem] = []
        self.refused: list[Problem] = []
        """Those of the problems after which an input was not read any further."""
        self.graphs: list[Graph] = []
        """The RDF inputs; each is read whole."""
        self.left_out = 0
        """How many records are left out so far, with those that could not be built."""
        self.meter = meter or Meter()
        self._listener = listener
        self._spread = spread
        self._inputs = inputs
        self._columns = columns
        self._override = base
        self._base = base
        self._ledger: Ledger | None = None
        self._waiting: list[Entry] = []
        self._tables: Tables | None = None
        # The ids of lines that could not be read.
        self._ids_unread: list[str] = []

    @property
    def base(self) -> str:
        """The base of the records' ids, once the first record is read."""
        return self._base or DEFAULT_BASE

    @property
    def ledger(self) -> Ledger:
        """The check across records; its base is settled by the first record."""
        if self._ledger is None:
            self._ledger = Ledger(self.base)
        return self._ledger

    def __iter__(self) -> Iterator[Built | Plain]:
        for item in self.parts():
            if isinstance(item, Run):
                yield from item
            else:
                yield item

    def parts(self) -> Iterator[Built | Run]:
        """The records, those that are plainly right many at a time."""
        with ExitStack() as stack:
            listed = list(self._sources())
            try:
                self._tables = open_tables(
                    listed, stack, lambda: self.base, self._columns, self._override is not None
                )
            except InputError as error:  # of the columns file: no table can be read
                self._refuse(error)
                listed = [source for source in listed if not source.format.tabular]
            for source in listed:
                self.meter.expect(source.name, is_file=source.stream is None)
            for source in listed:
                self.meter.begin(source.name)
                try:
                    yield from self._records(source)
                except InputError as error:
                    self._refuse(error)
            yield from self._completed()
        for id_ in self._ids_unread:
            self.ledger.note_unbuilt(id_)
        dangling = self.ledger.finish()
        # What an input would have had that could not be read is not known.
        self.problems += (p for p in dangling if not self.refused or p.code != _DANGLING)

    def records(self) -> Iterator[Record | Run]:
        """The records without errors, the first read already: `base` is settled."""
        good = (
            item if isinstance(item, Run) else item.record
            for item in self.parts()
            if isinstance(item, Run) or not item.broken
        )
        first = next(good, None)
        return good if first is None else chain((first,), good)

    def left_over(self) -> Iterator[Quad]:
        """The quads of RDF inputs that no record carries; to be asked for when all is read.

        Those with a PESEL in them, which is told as an error, are left out.
        """
        for graph in self.graphs:
            yield from filter(personal.is_clean, graph.left_over())

    def _sources(self) -> Iterator[Source]:
        for item in self._inputs:
            try:
                for found in [item] if isinstance(item, Source) else sources(item):
                    if isinstance(found, Problem):
                        self.problems.append(found)
                    else:
                        yield replace(found, meter=self.meter)
            except InputError as error:
                self._refuse(error)

    def _refuse(self, error: InputError) -> None:
        self.problems += error.problems
        self.refused += error.problems

    def _records(self, source: Source) -> Iterator[Built | Run]:
        for item in gathered(self._items(source)):
            if isinstance(item, Entry):
                yield from self._entry(item)
            elif isinstance(item, Problem):
                self._unbuilt(item)
            else:
                yield from self._run(item if isinstance(item, Run) else Run(item))

    def _unbuilt(self, problem: Problem) -> None:
        if problem.record and problem.code in _LINE_UNREAD:
            self._ids_unread.append(problem.record)
        if not isinstance(problem, Unread):
            self.problems.append(problem)
            return
        self.problems.append(problem.plain())
        if isinstance(problem.raw, str):
            self.meter.records += 1
            self.left_out += 1
        if self._listener is not None:
            self._listener.unread(problem)

    def _run(self, run: Run) -> Iterator[Built | Run]:
        """Records that are plainly right, where they are so among others, too."""
        stated = run.place.base
        self._settle(stated)
        is_of_base = stated in (None, self.base) or self._override
        private = holds_pesel(stated or self.base)
        if is_of_base and not private and self.ledger.takes(run.summary):
            self.meter.records += len(run)
            yield run
        else:
            for record in run:
                yield from self._entry(record.origin.entry)

    def _settle(self, base: str | None) -> None:
        """The base that the first document states is that of all."""
        if self._base is None and base is not None and self._ledger is None:
            self._base = base

    def _items(self, source: Source) -> Iterator[Entry | Problem | Sequence[Plain]]:
        if self._tables is not None and source.format.tabular:
            yield from self._tables.entries(source.name)
            return
        graph = Graph((), len(self.graphs), source.name) if source.format.rdf else None
        for item in read(source, self.base, self._look):
            # JSON-LD is documents or RDF, as its context says.
            if not isinstance(item, Quad):
                yield item
            elif graph is not None:
                graph.add(item)
        if graph is not None and graph.quads:
            self.graphs.append(graph)
            if self._base is None and self._ledger is None:
                self._base = common_base(graph)
            yield from graph_entries(graph, source.name, self.base)

    def _look(self, lines: Lines, blocks: Iterator[Block]) -> Iterator[Looked]:
        if self._spread is None:
            return look(lines, blocks)
        return self._spread.look(lines, blocks, self._base or lines.base or DEFAULT_BASE)

    def _entry(self, entry: Entry, *, final: bool = False) -> Iterator[Built]:
        self._settle(entry.base)
        builder = Builder(entry, self.ledger.claimed)
        built = builder.records()
        if not final and _lacks_operator(builder.problems):
            # Its operator may claim it further on: judged at the end.
            self._waiting.append(entry)
            return
        private = personal.in_entry(entry, built, entry.base or self.base)
        told = len(self.problems)
        for claim in () if private else builder.claims:
            self.ledger.claim(claim)
        # What else is wrong with a value that is a PESEL is of no interest.
        known = {(problem.record, problem.field) for problem in private}
        self.problems += private
        self.problems += (p for p in builder.problems if (p.record, p.field) not in known)
        if not built:
            self._note_unbuilt(entry)
        spoilt = bool(private) or entry.is_partial
        checked = [
            self._checked(item._replace(broken=item.broken or spoilt), entry) for item in built
        ]
        marked = [
            item._replace(broken=done.broken) for item, done in zip(built, checked, strict=True)
        ]
        # Without an id that can be used a record is not built, though records within it are.
        unbuilt = all(item.origin.path for item in built)
        left_out = unbuilt + sum(item.broken for item in checked)
        self.meter.records += len(built) + unbuilt
        if left_out:
            self.left_out += left_out
            if self._listener is not None:
                self._listener.left_out(entry, marked, self.problems[told:])
        yield from checked

    def _note_unbuilt(self, entry: Entry) -> None:
        id_ = entry.tree.get("id") if isinstance(entry.tree, dict) else None
        if isinstance(id_, str):
            self.ledger.note_unbuilt(id_)

    def _checked(self, item: Built, entry: Entry) -> Built:
        record: Record = item.record
        base = self.base if entry.base is None or self._override else entry.base
        self.ledger.bases.add(base)
        if base != self.base or names_within(record, base):
            record = rebased(record, base, self.base)
        found = self.ledger.add(record, item.origin)
        self.problems += found
        wrong = any(p.severity == "error" and p.record == record.id for p in found)
        return Built(record, item.origin, item.broken or wrong)

    def _completed(self) -> Iterator[Built]:
        for entry in self._waiting:
            yield from self._entry(entry, final=True)


def _lacks_operator(problems: Iterable[Problem]) -> bool:
    return any(problem.code == "missing" and problem.field == "operator" for problem in problems)
