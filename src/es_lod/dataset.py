"""`Dataset`: records in normal form, with ways in and out."""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, Store

from es_lod.errors import InputError, InvalidData, Location, Problem
from es_lod.formats import FORMATS
from es_lod.intake import Intake, Run
from es_lod.intake.inputs import documents_conform
from es_lod.intake.kept import Kept
from es_lod.iris import base_iri
from es_lod.model import Record
from es_lod.model.normal import Normal, absolute, normal_form, rebased
from es_lod.namespaces import DEFAULT_BASE
from es_lod.rdf.texts import quads
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input, Source
from es_lod.readers.origins import Origin
from es_lod.readers.plain import told
from es_lod.replacing import replacing, replacing_folder
from es_lod.serialize import output_format, text_format, write
from es_lod.validate.ledger import Ledger

if TYPE_CHECKING:
    import rdflib

    from es_lod.report import Report
    from es_lod.solutions import Solutions
    from es_lod.validate.seen import Seen


class Dataset(Collection[Record]):
    """Records by id, as first met; all of them in normal form.

    `Dataset([SocialCooperative(...), ...])` takes records, nested or not, and mints missing ids;
    `Dataset.load` reads files. Iterating gives the records, `dataset["id"]` one of them. Two
    datasets are equal when classes, absolute IRIs and fields of their records are. Problems met
    while reading are kept and come back in `validate()`.
    """

    def __init__(self, records: Iterable[Record] = (), *, base: str = DEFAULT_BASE) -> None:
        self.base = base_iri(base)
        self.left_over: tuple[Quad, ...] = ()
        """Quads of RDF inputs that no record carries; written out again as RDF."""
        self.kept = Kept()
        """The records as they were read, for checks and sites."""
        self._problems: list[Problem] = []
        self._refused: list[Problem] = []
        self._graphs: tuple[Sequence[Quad], ...] = ()
        self._rdf_inputs: frozenset[str] = frozenset()
        ledger = Ledger(self.base)
        for record in records:
            for normal in normal_form(record):
                self._take(normal, ledger)
        self._problems += ledger.finish()

    def _take(self, normal: Normal, ledger: Ledger) -> None:
        if normal.record.id is None:
            fields = ", ".join(name.rstrip("?") for name in normal.record.naming)
            self._problems.append(Problem("no-id", params={"fields": fields}))
            return
        record = rebased(normal.record, self.base, self.base)
        if self.kept.get(str(record.id)) == record:
            return  # one object, used in two places
        if normal.minted:
            self._problems.append(Problem("minted-id", record.id, value=record.id, hint=record.id))
        found = ledger.add(record)
        self._problems += found
        if not any(problem.code == "duplicate-id" for problem in found):
            self.kept.add(record)

    @classmethod
    def load(
        cls, *paths: str | Path, base: str | None = None, columns: str | Path | None = None
    ) -> "Dataset":
        """Read files and folders into one dataset.

        Formats by suffix: YAML, JSON, JSON Lines, JSON-LD, Turtle, N-Triples, N-Quads, TriG,
        RDF/XML, CSV, XLSX. `base` overrides what documents state, `columns` describes the columns
        of tables (`docs/tables.md`). Records with errors are left out; what is wrong with them is
        in `problems` and in `validate()`. Raises `InputError` where an input cannot be read at all.
        """
        return _readable(cls.read(paths, base=base, columns=columns))

    @classmethod
    def loads(cls, text: str, format: str = "yaml", *, base: str | None = None) -> "Dataset":
        """Read a text in a format (`yaml`, `json`, `ttl` …) as `load` reads a file."""
        if format not in FORMATS:
            known = {"known": ", ".join(FORMATS)}
            raise InputError([Problem("unknown-suffix", value=format, params=known)])
        name = f"text.{format}"
        try:
            data = text.encode()
        except UnicodeEncodeError:  # an unpaired surrogate
            raise InputError([Problem("not-utf-8", location=Location(name))]) from None
        source = Source(name, FORMATS[format], io.BytesIO(data))
        return _readable(cls.read([source], base=base))

    @classmethod
    def read(
        cls,
        inputs: Sequence[Input],
        *,
        base: str | None = None,
        columns: str | Path | None = None,
        meter: Meter | None = None,
        seen: "Seen | None" = None,
    ) -> "Dataset":
        """Read inputs into one dataset, told to `meter`; never raises for what is wrong in them.

        `seen` is what `validate` will be given: it looks at records as they go by.
        """
        intake = Intake(inputs, base_iri(base) if base is not None else None, columns, meter=meter)
        dataset = cls()
        for item in intake.parts():
            if isinstance(item, Run):
                for plain in item:
                    dataset.kept.take(plain)
                if seen is not None:
                    seen.take(item, intake.base, dataset.kept.find_plain)
            else:
                dataset.kept.take(item)
        dataset.base = intake.base
        dataset.left_over = tuple(intake.left_over())
        dataset._problems = intake.problems
        dataset._refused = intake.refused
        dataset._graphs = tuple(graph.quads for graph in intake.graphs)
        dataset._rdf_inputs = frozenset(graph.name for graph in intake.graphs)
        return dataset

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the input, and across records; `validate()` says more."""
        return tuple(self._problems)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The problems after which an input was not read any further."""
        return tuple(self._refused)

    @property
    def documents_conform(self) -> bool:
        """Whether no record of a document has an error; RDF may say all but a PESEL number."""
        return documents_conform(self._problems, self.is_of_rdf, self._rdf_inputs)

    def is_of_rdf(self, problem: Problem) -> bool:
        """Whether a problem is of a record that came from RDF."""
        return self.kept.is_of_rdf(str(problem.record))

    def report(self) -> "Report":
        """What was wrong with the input, as a report; `validate` looks further."""
        from es_lod.report import Report

        return Report(self._problems, is_whole=not self._refused)

    @property
    def graphs(self) -> tuple[Sequence[Quad], ...]:
        """The quads of each RDF input, as they came in."""
        return self._graphs

    def find(self, id_: str) -> Record | None:
        """A record by its id, also one with errors."""
        return self.kept.find(id_)

    def origin(self, id_: str) -> Origin | None:
        """Where a record was read from."""
        return self.kept.origin(id_)

    def __getitem__(self, id_: str) -> Record:
        found = self.kept.get(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[Record]:
        return self.kept.records()

    def __contains__(self, item: object) -> bool:
        return item in self.kept if isinstance(item, str) else any(item == r for r in self)

    def __len__(self) -> int:
        return len(self.kept)

    def __repr__(self) -> str:
        return f"<Dataset of {len(self)} records in {self.base}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return absolute(self, self.base) == absolute(other, other.base)

    __hash__ = None  # type: ignore[assignment]

    def quads(self) -> Iterator[Quad]:
        """The quads of the records, then those that no record carries."""
        for record in self.kept.unbuilt():
            yield from quads(*told(record), self.base)
        yield from self.left_over

    def save(self, path: str | Path, *, format: str | None = None) -> None:
        """Write the dataset; the format is the suffix's, or given by name (`ttl`, `jsonld` …).

        A path that ends in `/` becomes a folder of CSV tables, `.xlsx` a workbook. Raises
        `InvalidData` where the dataset has errors, `InputError` where the path cannot be written.
        The file takes its place only when it is whole.
        """
        self._refuse_errors()
        chosen = output_format(path, format)
        with replacing_folder(path) if chosen.name == "csv" else replacing(path) as out:
            write(self.kept.unbuilt(), out, chosen, self.base, self.left_over)

    def dumps(self, format: str = "ttl") -> str:
        """The dataset as text in a format: `ttl`, `nt`, `nq`, `trig`, `rdf` or `jsonld`."""
        self._refuse_errors()
        out = io.BytesIO()
        write(self.kept.unbuilt(), out, text_format(format), self.base, self.left_over)
        return out.getvalue().decode()

    def _refuse_errors(self) -> None:
        errors = [problem for problem in self._problems if problem.severity == "error"]
        if errors:
            raise InvalidData(errors)

    def validate(self, *, strict: bool = False, seen: "Seen | None" = None) -> "Report":
        """Everything that can be wrong: records, references, SHACL, terms; one report.

        `seen` is what was given to `read`.
        """
        from es_lod.validate.stages import validate

        return validate(self, strict=strict, seen=seen)

    def to_rdflib(self) -> "rdflib.Graph":
        """The dataset as an rdflib graph, with our prefixes bound."""
        from es_lod.rdf.interchange import to_rdflib

        return to_rdflib(self.quads(), self.base)

    @classmethod
    def from_rdflib(cls, graph: "rdflib.Graph", *, base: str = DEFAULT_BASE) -> "Dataset":
        """The records of an rdflib graph, as if it was read from a file."""
        data = graph.serialize(format="nt", encoding="utf-8")
        source = Source("rdflib graph", FORMATS["nt"], io.BytesIO(data))
        return cls.read([source] if data.strip() else [], base=base)

    def store(self, *, vocabulary: bool = True) -> Store:
        """An in-memory store of the quads, with ontology and concepts beside them.

        RDF inputs are in it as they came in, with their graphs.
        """
        from es_lod.query import store

        return store(self.input_quads(), vocabulary=vocabulary)

    def input_quads(self) -> Iterator[Quad]:
        """The quads of RDF inputs as they came in, and those of all other records."""
        for graph in self._graphs:
            yield from graph
        for record in self.kept.whole():
            yield from quads(*told(record), self.base)

    def query(self, text: str, parameters: Mapping[str, str] | None = None) -> "Solutions | Any":
        """SPARQL over `store()`: SELECT gives `Solutions`, ASK `bool`, others an rdflib graph.

        Parameters are those of `es_lod.query.query`. (`Any`: who selects need not narrow the type.)
        """
        from es_lod.solutions import query

        return query(self.store(), text, parameters, base=self.base)


def _readable(dataset: Dataset) -> Dataset:
    if dataset.refused:
        raise InputError(dataset.refused)
    return dataset
