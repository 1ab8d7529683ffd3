"""A store of inputs: one that is kept, or one that is loaded now."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import Store

from es_lod.errors import Problem
from es_lod.iris import base_iri
from es_lod.query import DamagedStore
from es_lod.readers.grids import spooled
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input, Source
from es_lod.stores.kept import TOO_LARGE, Cache
from es_lod.stores.key import key


@dataclass(frozen=True, slots=True)
class Opened:
    """A store with records, ontology and concepts, and the base of the records."""

    store: Store
    base: str
    problems: Sequence[Problem] = ()
    refused: Sequence[Problem] = ()
    is_good: bool = True
    """Whether queries may be asked of it."""
    uncached: str | None = None
    """Why nothing could be kept, where that was tried."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Inputs, and how they are to be read."""

    inputs: Sequence[Input]
    base: str | None = None
    columns: str | Path | None = None
    meter: Meter = field(default_factory=Meter)

    @property
    def key(self) -> str | None:
        """The name of what they give; none where it is not worth keeping."""
        return key(self.inputs, self.base, self.columns)

    def load(self, store: Store) -> Opened:
        """Load them into a store."""
        from es_lod.intake import Intake
        from es_lod.stores.graphs import load_graph
        from es_lod.stores.loading import load

        base = base_iri(self.base) if self.base is not None else None
        of_graph = load_graph(self.inputs, base, store, self.meter)
        if of_graph is not None:
            return Opened(store, of_graph)
        found = load(Intake(self.inputs, base, self.columns, meter=self.meter), store)
        return Opened(store, found.base, found.problems, found.refused, found.is_good)


@contextmanager
def opened(asked: Asked, cache: Cache | None = None) -> Iterator[Opened]:
    """The store of inputs, from the cache or loaded; what is large and without errors is kept.

    Raises `DamagedStore` where a query finds that what was kept is damaged: it is deleted then.
    """
    with ExitStack() as stack:
        if cache is not None:
            inputs = [_reread(item, stack) for item in asked.inputs]
            asked = replace(asked, inputs=inputs)
        name = None if cache is None else asked.key
        if cache is None or name is None:
            yield asked.load(Store())
            return
        try:
            yield _kept(asked, cache, name, stack)
        except DamagedStore:
            cache.drop(name)
            raise


def _kept(asked: Asked, cache: Cache, name: str, stack: ExitStack) -> Opened:
    try:
        found = cache.find(name, stack)
        if found is not None:
            asked.meter.records = found.records
            return Opened(found.store, found.base)
        return _made(asked, cache, name, stack)
    except (OSError, RuntimeError) as error:  # a full disk, a folder that is not ours
        asked.meter.records = 0
        loaded = asked.load(Store())
        return replace(loaded, uncached=getattr(error, "strerror", None) or str(error))


def _made(asked: Asked, cache: Cache, name: str, stack: ExitStack) -> Opened:
    made = stack.enter_context(cache.unfinished())
    loaded = asked.load(Store(made.store))
    # What changed while it was read is not what the name says.
    if not loaded.is_good or asked.key != name:
        return loaded
    base = loaded.base
    # Joins take half the time then; of 2 million triples that is worth the two seconds.
    loaded.store.optimize()
    loaded.store.flush()
    del loaded  # closes it: it moves to its place
    if not cache.keep(made, name, base, asked.meter.records):
        return Opened(Store.read_only(made.store), base, uncached=TOO_LARGE)
    found = cache.find(name, stack)
    if found is None:
        raise OSError(0, "the store is gone")
    return Opened(found.store, found.base)


def _reread(item: Input, stack: ExitStack) -> Input:
    """An input that can be read several times."""
    if not isinstance(item, Source) or item.stream is None:
        return item
    return replace(item, stream=stack.enter_context(spooled(item.stream))())
