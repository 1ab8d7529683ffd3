"""Inputs that queries are asked of, and the stores that they are loaded into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Store

from es_lod.errors import Problem
from es_lod.iris import base_iri
from es_lod.readers.meter import Meter
from es_lod.readers.named import Input
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
        from es_lod.stores.graphs import load_graph

        self.meter.records = 0
        base = base_iri(self.base) if self.base is not None else None
        of_graph = load_graph(self.inputs, base, store, self.meter)
        if of_graph is not None:
            return Opened(store, of_graph)
        from es_lod.intake import Intake
        from es_lod.stores.loading import load

        found = load(Intake(self.inputs, base, self.columns, meter=self.meter), store)
        return Opened(store, found.base, found.problems, found.refused, found.is_good)
