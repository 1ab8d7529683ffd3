"""RDF into a store as it stands, without a look at the records in it.

Queries of RDF are asked of the triples, and no problem of a record stops them but a PESEL. To read
the records all the same took thirteen times as long as to load 200,000 triples.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from es_lod.errors import InputError
from es_lod.namespaces import DEFAULT_BASE, RDF
from es_lod.query import add_vocabulary
from es_lod.rdf.graph import Canonical, base_of, known_types
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input, Source, sources
from es_lod.readers.sources import read
from es_lod.stores.batches import loaded
from es_lod.stores.lines import FORMATS as LINES
from es_lod.stores.lines import Otherwise, as_they_stand
from es_lod.validate.personal import is_clean

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

_FORMATS: Final = (*LINES, "ttl", "trig", "rdf")
_TOGETHER: Final = 2**16
"""How many quads are loaded at once."""


def load_graph(inputs: Sequence[Input], base: str | None, store: Store, meter: Meter) -> str | None:
    """Load the one file of RDF that the inputs are; returns the base of the records in it.

    None, with an empty store, where they are something else, or there is something to tell of them:
    what cannot be read, or may not be shown.
    """
    try:
        found = [source for item in inputs for source in _sources(item)]
        if len(found) != 1 or found[0].format.name not in _FORMATS or found[0].stream is not None:
            return None
        if not _load_lines(found[0], store):
            _load_quads(found[0], base or DEFAULT_BASE, store)
    except (InputError, OSError):
        store.clear()
        return None
    records = _records(store)
    meter.records = len(records)
    add_vocabulary(store)
    return base or base_of(records) or DEFAULT_BASE


def _sources(item: Input) -> Iterator[Source]:
    for found in [item] if isinstance(item, Source) else sources(item):
        if not isinstance(found, Source):
            raise InputError([found])
        yield found


def _load_lines(source: Source, store: Store) -> bool:
    """Load lines as they stand; tells whether that may be done with all of them."""
    if source.format.name not in LINES:
        return False
    format_ = getattr(RdfFormat, str(source.format.rdf))
    try:
        with source.open() as stream, loaded(store, format_, are_ours=False) as out:
            for lines in as_they_stand(stream):
                out.write(lines)
    except (Otherwise, SyntaxError):
        store.clear()
    return len(store) > 0


def _load_quads(source: Source, base: str, store: Store) -> None:
    held = read(source, base)
    quads: Iterable[Quad] = map(Canonical(), (quad for quad in held if isinstance(quad, Quad)))
    quads = iter(quads)
    while some := list(islice(quads, _TOGETHER)):
        if not all(map(is_clean, some)):
            raise InputError([])  # the other way tells where
        store.bulk_extend(some)


def _records(store: Store) -> list[str]:
    """The IRIs of the records in a store, without those of the vocabulary."""
    types = " ".join(f"<{type_}>" for type_ in sorted(known_types()))
    text = f"SELECT DISTINCT ?s {{ VALUES ?t {{ {types} }} ?s <{RDF.type}> ?t }}"
    answer = store.query(text, use_default_graph_as_union=True)
    found = (solution[0] for solution in cast("QuerySolutions", answer))
    return [subject.value for subject in found if isinstance(subject, NamedNode)]
