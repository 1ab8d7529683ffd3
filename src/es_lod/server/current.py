"""The edition that is served now: a rebuilt site is taken over as a whole.

Files come from the folder, so those of a new edition at once; questions wait until its data are
loaded: nobody who has seen the new edition is answered from the former one.
"""

import asyncio
import logging
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from es_lod.dataset import Dataset
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.server.files import Files
from es_lod.server.graphs import named_graphs
from es_lod.server.pool import Pool
from es_lod.server.published import Stamp, stamp
from es_lod.server.questions import Limits
from es_lod.server.reconcile.reconciler import Reconciler
from es_lod.site import addresses
from es_lod.site.edition import Edition
from es_lod.site.editions.settings import settings_of
from es_lod.site.settings import Settings

_LOG: Final = logging.getLogger("es_lod.server")
_SWAP: Final = 2.0
"""Seconds in which one folder takes the place of another."""


@dataclass(frozen=True)
class Options:
    """What is served: a published folder, beside it files of RDF; within which limits.

    `data` has the quads of the folder where those are not its own dump, `settings` those of a
    folder that does not say all of them.
    """

    site: Path
    beside: Sequence[Path] = ()
    data: Path | None = None
    settings: Settings | None = None
    limits: Limits = field(default_factory=Limits)
    federated: bool = False


@dataclass(frozen=True, eq=False)
class Serving:
    """What answers the questions to one edition."""

    settings: Settings
    pool: Pool
    graphs: Mapping[str, int]
    tag: str
    """What the tags of answers begin with: another for each edition."""
    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def frame(self) -> Edition:
        """An edition without records, for what is around the content of pages."""
        return Edition(Dataset(), self.settings, Report([]))

    @property
    def reconciler(self) -> Reconciler:
        """What finds records by names, made when it is first asked for."""
        with self._lock:
            return self._reconciler

    @cached_property
    def _reconciler(self) -> Reconciler:
        dataset = Dataset.load(self.folder / "es.nt", base=self.settings.base)
        return Reconciler(dataset, self.settings)


class Current:
    """The files of the folder as it is, and what answers the questions to it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._stamp: Stamp | None = None
        self._files: Files | None = None
        self._loading: asyncio.Task[Serving] | None = None
        self._ended: set[asyncio.Task[None]] = set()

    async def files(self) -> Files:
        """The files of the edition that is in the folder now.

        Raises `InputError` where there is none; while one takes the place of another, waits.
        """
        found = await self._stamped()
        if found != self._stamp or self._files is None:
            self._files = Files(self.options.site, self._read_settings())
            if self._stamp is not None:
                _LOG.info("another edition: its data are being loaded")
            self._stamp = found
            former, self._loading = self._loading, asyncio.create_task(self._loaded(found))
            if former is not None:
                ending = asyncio.create_task(_close(former, self._loading))
                self._ended.add(ending)
                ending.add_done_callback(self._ended.discard)
        return self._files

    async def serving(self) -> Serving:
        """What answers the questions to the edition that is in the folder now."""
        while True:
            await self.files()
            loading = self._loading
            assert loading is not None  # noqa: S101  # `files` has begun it
            serving = await asyncio.shield(loading)
            if loading is self._loading:
                return serving

    async def close(self) -> None:
        """End all that runs for it."""
        if self._loading is not None:
            await _close(self._loading)
        await asyncio.gather(*self._ended, return_exceptions=True)

    async def _stamped(self) -> Stamp:
        try:
            return stamp(self.options.site)
        except OSError:
            for _ in range(int(_SWAP / 0.05)):
                await asyncio.sleep(0.05)
                try:
                    return stamp(self.options.site)
                except OSError:
                    continue
            settings_of(self.options.site)  # says what is the matter
            raise

    @property
    def settings(self) -> Settings:
        """The settings of the edition whose files were served last."""
        if self._files is not None:
            return self._files.settings
        return self._read_settings()

    def _read_settings(self) -> Settings:
        return self.options.settings or settings_of(self.options.site)

    async def _loaded(self, found: Stamp) -> Serving:
        options, settings = self.options, self._read_settings()
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="es-lod-"))
        data = await asyncio.to_thread(_gathered, options, settings, folder)
        pool = Pool(
            [data, *options.beside],
            options.limits,
            federated=options.federated,
            base=settings.base,
        )
        await pool.start()
        graphs = await named_graphs(pool)
        return Serving(settings, pool, graphs, f"{found.modified:x}{found.inode:x}", folder)


def _gathered(options: Options, settings: Settings, folder: Path) -> Path:
    """A copy of the quads of an edition, with the catalogue in a graph of its own."""
    site = options.site
    shutil.copyfile(site / addresses.dump("es.nt"), folder / "es.nt")
    data = folder / "es.nq"
    shutil.copyfile(options.data or site / addresses.dump("es.nq"), data)
    graph = NamedNode(settings.catalogue_iri)
    catalogue = parse(path=str(site / f"{addresses.CATALOGUE}.ttl"), format=RdfFormat.TURTLE)
    with data.open("ab") as out:
        quads = (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in catalogue)
        serialize(quads, out, RdfFormat.N_QUADS)
    return data


async def _close(
    loading: asyncio.Task[Serving], after: asyncio.Task[Serving] | None = None
) -> None:
    """End an edition, where another follows it when that is there."""
    if after is not None:
        await asyncio.wait({after})
    try:
        serving = await loading
    except (InputError, OSError, asyncio.CancelledError) as error:
        _LOG.error("an edition could not be loaded: %s", error)
        return
    await serving.pool.close()
    await asyncio.to_thread(shutil.rmtree, serving.folder, ignore_errors=True)
