"""What inputs hold beside the records of documents: RDF, and names for the references of tables."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from es_lod.errors import InputError, Location, Problem
from es_lod.namespaces import prefixed
from es_lod.rdf.graph import Graph
from es_lod.rdf.read import trees
from es_lod.readers.entries import Entry
from es_lod.readers.sources import Source, read
from es_lod.validate import personal

if TYPE_CHECKING:
    from es_lod.tabular.names import Names


def note_names(documents: Sequence[Source], base: str, names: "Names") -> None:
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
