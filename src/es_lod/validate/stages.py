"""The stages of checking, one report: records, references, SHACL, lints.

A problem of an earlier stage silences later ones on the same record and field.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from es_lod.errors import Location, Path, Problem, key_path
from es_lod.iris import relative
from es_lod.model.record import Node, PartKind
from es_lod.readers.plain import Plain
from es_lod.report import Report
from es_lod.validate import shacl
from es_lod.validate.results import Result
from es_lod.validate.seen import Seen
from es_lod.validate.within import Told

if TYPE_CHECKING:
    from es_lod.dataset import Dataset


def validate(dataset: "Dataset", *, strict: bool = False, seen: Seen | None = None) -> Report:
    """Everything that can be wrong with a dataset; `seen` is what went by as it was read."""
    with _all(dataset) if seen is None else nullcontext(seen) as looked:
        looked.rest(dataset)
        shaped = _shape_problems(dataset, looked)
        linted = [_at_record(found, dataset) for found in looked.of(dataset.base).problems]
    of_rdf = [problem for problem in dataset.problems if dataset.is_of_rdf(problem)]
    of_documents = [problem for problem in dataset.problems if not dataset.is_of_rdf(problem)]
    private = [problem for problem in of_rdf if problem.code == "pesel"]
    # Of which class the shapes are to judge it is not known.
    ambiguous = {problem.record for problem in of_rdf if problem.code == "ambiguous-type"}
    shaped = [
        problem
        for problem in shaped
        if problem.record not in ambiguous and not _is_excused(problem, dataset)
    ]
    problems: list[Problem] = []
    # RDF is judged by the shapes before records are built from it, documents the other way round.
    for stage in (private, of_documents, shaped, [p for p in of_rdf if p not in private], linted):
        known = {(p.record, _top(p.field)) for p in problems if p.severity == "error"}
        # A misspelt key is why the field that it means is missing.
        misspelt = (p for p in problems if p.code == "unknown-key" and p.field == p.value)
        known |= {(p.record, p.hint) for p in misspelt}
        problems += [p for p in stage if (p.record, _top(p.field)) not in known]
    return Report(problems, strict=strict, is_whole=not dataset.refused)


def _is_excused(problem: Problem, dataset: "Dataset") -> bool:
    """Whether a field is missing whose column is: that is told once."""
    origin = dataset.origin(str(problem.record)) if problem.code == "missing" else None
    return origin is not None and problem.field in origin.entry.excused


def _at_record(problem: Problem, dataset: "Dataset") -> Problem:
    """A problem of triples with the place of its value in the record that they are of."""
    origin = dataset.origin(str(problem.record))
    if origin is not None:
        path = origin.path_of(str(problem.value))
        place = origin.entry.locate((*origin.entry.path, *origin.path, *path), False)
        return replace(problem, field=key_path(path), location=place)
    if problem.record is None and problem.value == dataset.base:
        return problem.at(_of_base(dataset))
    return problem


def _of_base(dataset: "Dataset") -> Location | None:
    """The place where a document states the base."""
    for record in dataset.kept.documents():
        if isinstance(record, Plain) and record.place.base != dataset.base:
            continue
        origin = dataset.origin(str(record.id))
        if origin is not None and origin.entry.base == dataset.base:
            place = origin.entry.locate(("base",), False)
            # A line of JSON Lines does not know the one that states it.
            is_stated_here = place != origin.entry.locate((), False)
            return place if is_stated_here else Location(place.file)
    return None


def shape_report(dataset: "Dataset") -> Report:
    """What the shapes alone find, in the input itself where it is RDF."""
    with _all(dataset) as seen:
        seen.rest(dataset)
        return Report(_shape_problems(dataset, seen))


def _all(dataset: "Dataset") -> Seen:
    """What was not seen as it was read, looked at now."""
    seen = Seen()
    for run in dataset.kept.runs():
        seen.take(run, dataset.base, dataset.kept.find_plain)
    return seen


def _top(field: str | None) -> str | None:
    """The key of the record that a key path begins with."""
    return field and field.partition(".")[0].partition("[")[0]


def _shape_problems(dataset: "Dataset", seen: Seen) -> list[Problem]:
    found = seen.results(dataset)
    return list(_once(_placed(result, dataset) for result in found))


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One problem a record, field and value: several constraints may fail on one fault."""
    seen: set[tuple[object, ...]] = set()
    for problem in problems:
        key = (problem.code, problem.record, problem.field, problem.value)
        if key not in seen:
            seen.add(key)
            yield problem


def _placed(result: Result, dataset: "Dataset") -> Problem:
    """A result at the record and field that it speaks of, with the place in the source."""
    iri, _, fragment = result.focus.partition("#")
    record = dataset.find(relative(iri, dataset.base))
    if record is None:
        record = dataset.find(relative(result.focus, dataset.base))
        fragment = ""
    field = shacl.shaped_field(result)
    key = (field.key,) if field else ()
    if record is None:
        name = relative(iri, dataset.base)
        steps: Path = (fragment, *key) if fragment else key
        return shacl.problem(result, name, key_path(steps), field)
    steps = (*(_steps(record, fragment) if fragment else ()), *key)
    origin = dataset.origin(str(record.id))
    value = relative(result.value, dataset.base)
    told = Told(record, origin).problem("shape", steps, value)
    found = shacl.problem(result, str(record.id), told.field, field)
    return found.at(told.location)


def _steps(node: Node, fragment: str, prefix: str = "") -> Path:
    """The keys and fragments that lead to the part of a fragment."""
    for field in type(node).links():
        if not isinstance(field.kind, PartKind):
            continue
        value = getattr(node, field.name)
        for part in value if field.many else () if value is None else (value,):
            own = part.id or prefix + part.minted(field)
            here: Path = (field.key, part.fragment(field)) if field.many else (field.key,)
            if own == fragment:
                return here
            inner = _steps(part, fragment, f"{own}-")
            if inner:
                return (*here, *inner)
    return ()
