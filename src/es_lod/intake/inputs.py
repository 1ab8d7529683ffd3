"""What inputs hold beside the records of documents: RDF, and names for the references of tables."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from es_lod.errors import InputError, Location, Problem
from es_lod.namespaces import prefixed
from es_lod.rdf.graph import Graph
from es_lod.rdf.read import trees
from es_lod.readers.entries import Entry
from es_lod.readers.named import Source
from es_lod.readers.sources import grids, opener, read
from es_lod.validate import personal

if TYPE_CHECKING:
    from es_lod.tabular.names import Names
    from es_lod.tabular.tables import Tables


def open_tables(
    listed: Sequence[Source],
    stack: ExitStack,
    base: Callable[[], str],
    columns: str | Path | None,
    is_overridden: bool,
) -> "Tables | None":
    """The tables among inputs, open as long as the stack; none where there is none.

    Raises `InputError` for the columns file.
    """
    tabular = {s.name: (s, stack.enter_context(opener(s))) for s in listed if s.format.tabular}
    if not tabular:
        return None
    from es_lod.tabular.columns_file import read_columns
    from es_lod.tabular.tables import Tables

    documents = [s for s in listed if not s.format.tabular and s.stream is None]
    return Tables(
        tabular,
        lambda name: grids(*tabular[name]),
        lambda names: _note_names(documents, base(), names),
        None if columns is None else read_columns(columns),
        is_overridden=is_overridden,
    )


def _note_names(documents: Sequence[Source], base: str, names: "Names") -> None:
    """Note what the records of documents are called, for the references of tables."""
    for source in documents:
        try:
            for item in read(source, base):
                if isinstance(item, Entry):
                    names.note_tree(item.tree)
                elif isinstance(item, Quad):
                    names.note_quad(item)
                elif not isinstance(item, Problem):
                    for record in item:
                        names.note_tree(record.origin.entry.tree)
        except InputError:
            pass  # told when the document is read for its records


def documents_conform(
    problems: Iterable[Problem], is_of_rdf: Callable[[Problem], bool], rdf_inputs: Collection[str]
) -> bool:
    """Whether no record of a document has an error; RDF may say all but a PESEL number.

    Records of RDF that have no id of ours are told by the name of their input alone.
    """
    return not any(
        problem.severity == "error"
        and (problem.code == "pesel" or not (is_of_rdf(problem) or _file(problem) in rdf_inputs))
        for problem in problems
    )


def _file(problem: Problem) -> str | None:
    return problem.location.file if problem.location is not None else None


def graph_entries(graph: Graph, name: str, base: str) -> Iterator[Entry | Problem]:
    """The records of an RDF input, and what of it they do not carry; `name` is the input's."""
    place = Location(name)
    for tree in trees(graph, base):
        if isinstance(tree, Problem):
            yield tree.at(place)
        else:
            about = partial(graph.about, tree[0])
            yield Entry(tree[1], (), lambda *_: place, is_rdf=True, raw=about)
    if graph.graph_names:
        count = {"count": len(graph.graph_names)}
        yield Problem("graph-names-dropped", location=place, params=count)
    left = graph.left_over()
    if left:
        example = f"{left[0].subject} {prefixed(left[0].predicate.value)}"
        params = {"count": len(left), "example": example}
        yield Problem("not-carried-over", location=place, params=params)
    yield from personal.in_left_over(graph, base, place)
