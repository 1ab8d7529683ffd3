"""What answers the questions to one edition: its data in processes, its names in an index."""

import asyncio
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

import es_lod
from es_lod.dataset import Dataset
from es_lod.errors import InputError, Location, Problem
from es_lod.report import Report
from es_lod.server.graphs import named_graphs
from es_lod.server.pool.answering import Pool
from es_lod.server.published import Stamps, stamp
from es_lod.server.questions import Limits, Refusal
from es_lod.server.reconcile.reconciler import Reconciler
from es_lod.site import addresses
from es_lod.site.edition import Edition
from es_lod.site.settings import Settings

_LOG: Final = logging.getLogger("es_lod.server")
_TAG: Final = 16
"""Hexadecimal digits that tell data apart."""
_T = TypeVar("_T")


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


class Serving:
    """What answers the questions to one edition, until `close`."""

    def __init__(
        self, settings: Settings, pool: Pool, graphs: Mapping[str, int], tag: str, folder: Path
    ) -> None:
        self.settings = settings
        self.pool = pool
        self.graphs = graphs
        self.tag = tag
        """What the tags of answers begin with: another for other data."""
        self.unused = asyncio.Event()
        """Set while no request asks."""
        self.unused.set()
        self._users = 0
        self._folder = folder
        self._naming: asyncio.Task[Reconciler] | None = None

    @cached_property
    def frame(self) -> Edition:
        """An edition without records, for what is around the content of pages."""
        return Edition(Dataset(), self.settings, Report([]))

    @contextmanager
    def used(self) -> Iterator[None]:
        """A request that asks."""
        self._users += 1
        self.unused.clear()
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self.unused.set()

    async def reconciler(self) -> Reconciler:
        """What finds records by names, made when it is first asked for."""
        if self._naming is None:
            self._naming = asyncio.create_task(finished(self._reconciler))
        return await asyncio.shield(self._naming)

    def _reconciler(self) -> Reconciler:
        dataset = Dataset.load(self._folder / "es.nt", base=self.settings.base)
        return Reconciler(dataset, self.settings)

    async def close(self) -> None:
        """End all processes, and remove all files."""
        await self.pool.close()
        if self._naming is not None:
            await asyncio.wait({self._naming})
        await finished(lambda: shutil.rmtree(self._folder, ignore_errors=True))


async def loaded(options: Options, settings: Settings, found: Stamps) -> Serving:
    """What answers the questions to the edition that is in the folder now, whose stamps are known.

    Raises `InputError` for data that cannot be read, or where another edition came meanwhile.
    """
    folder = Path(tempfile.mkdtemp(prefix="es-lod-"))
    try:
        try:
            data, tag = await finished(lambda: _gathered(options, settings, folder))
            if stamp(options.site) != found:
                raise FileNotFoundError  # what was gathered may be of two editions
        except (OSError, SyntaxError) as error:
            raise _unreadable(options.site, error) from None
        pool = Pool(
            [data, *options.beside],
            options.limits,
            federated=options.federated,
            base=settings.base,
        )
        try:
            await pool.start()
        except InputError as error:
            raise _original(error, data, _quads(options)) from None
        try:
            return Serving(settings, pool, await _graphs(pool), tag, folder)
        except BaseException:
            await pool.close()
            raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _gathered(options: Options, settings: Settings, folder: Path) -> tuple[Path, str]:
    """A copy of the quads of an edition, with the catalogue in a graph of its own; and their tag.

    The pool loads them anew should its keeper be lost: by then the folder may have other ones.
    """
    site = options.site
    shutil.copyfile(site / addresses.dump("es.nt"), folder / "es.nt")
    data = folder / "es.nq"
    shutil.copyfile(_quads(options), data)
    graph = NamedNode(settings.catalogue_iri)
    catalogue = parse(path=str(site / f"{addresses.CATALOGUE}.ttl"), format=RdfFormat.TURTLE)
    with data.open("ab") as out:
        quads = (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in catalogue)
        serialize(quads, out, RdfFormat.N_QUADS)
    digest = hashlib.sha256(es_lod.__version__.encode())
    for path in (data, *options.beside):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return data, digest.hexdigest()[:_TAG]


def _quads(options: Options) -> Path:
    return options.data or options.site / addresses.dump("es.nq")


async def _graphs(pool: Pool) -> Mapping[str, int]:
    try:
        return await named_graphs(pool)
    except Refusal as refusal:  # there are too many triples to count them in time
        _LOG.warning("the named graphs are not described: %s", refusal)
        return {}


async def finished(work: Callable[[], _T]) -> _T:
    """The result of work in a thread, which is waited for even by who is cancelled."""
    task = asyncio.create_task(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _unreadable(site: Path, error: OSError | SyntaxError) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    place = Location(str(getattr(error, "filename", None) or site))
    return InputError([Problem("file-unreadable", location=place, params={"reason": reason})])


def _original(error: InputError, copy: Path, original: Path) -> InputError:
    """An error in the file that was copied, not in the copy."""

    def moved(problem: Problem) -> Problem:
        place = problem.location
        if place is None or place.file != str(copy):
            return problem
        return replace(problem, location=replace(place, file=str(original)))

    return InputError([moved(problem) for problem in error.problems])
