"""RDF into a store as it stands, without a look at the records in it.

Queries of RDF are asked of the triples, and no problem of a record stops them but a PESEL. To read
the records all the same took thirteen times as long as to load 200,000 triples.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from es_lod.errors import InputError
from es_lod.namespaces import DEFAULT_BASE
from es_lod.query import add_vocabulary
from es_lod.rdf.graph import TYPE, Canonical, base_of
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input, Source, sources
from es_lod.readers.sources import read
from es_lod.validate.personal import is_clean

_FORMATS: Final = ("nt", "nq", "ttl", "trig", "rdf")
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
        types: dict[str, set[str]] = {}
        held = read(found[0], base or DEFAULT_BASE)
        quads = _typed((quad for quad in held if isinstance(quad, Quad)), types)
        while some := list(islice(quads, _TOGETHER)):
            if not all(map(is_clean, some)):
                raise InputError([])  # noqa: TRY301  # the other way tells where
            store.bulk_extend(some)
            meter.records = len(types)
    except (InputError, OSError):
        store.clear()
        return None
    add_vocabulary(store)
    return base or base_of(types.items()) or DEFAULT_BASE


def _sources(item: Input) -> Iterator[Source]:
    for found in [item] if isinstance(item, Source) else sources(item):
        if not isinstance(found, Source):
            raise InputError([found])
        yield found


def _typed(quads: Iterable[Quad], types: dict[str, set[str]]) -> Iterator[Quad]:
    """The quads in their form, while the types of each subject are noted."""
    for quad in map(Canonical(), quads):
        named = isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        if named and quad.predicate == TYPE:
            types.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
        yield quad
