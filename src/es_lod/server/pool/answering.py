"""The processes that answer questions, each of which can be ended without harm to the others."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from es_lod import extensions
from es_lod.context import prefixes
from es_lod.server.pool.attempts import Attempts, Job, Outcome
from es_lod.server.pool.counting import sized
from es_lod.server.pool.forked import Forked
from es_lod.server.pool.levels import levels
from es_lod.server.pool.loading import Source
from es_lod.server.pool.spawned import Spawned
from es_lod.server.pool.stock import Stock
from es_lod.server.pool.supplies import Supply
from es_lod.server.pool.worker import Order
from es_lod.server.questions import Answer, Limits, Question, Refusal

MOST: Final = 1000
"""Questions at once, running or waiting."""


class Pool:
    """Answers questions about files, within limits, by processes of its own.

    A heavy question does not keep quick ones waiting. `workers` quick questions run at once, or as
    many as suit the machine. With `federated`, `SERVICE` is answered: whoever may ask
    can then make this machine call any other. Relative IRIs are resolved by `base`.
    """

    def __init__(
        self,
        files: Sequence[Source | Path],
        limits: Limits | None = None,
        *,
        federated: bool = False,
        workers: int | None = None,
        base: str | None = None,
        fork: bool = hasattr(os, "fork"),
    ) -> None:
        self._limits = limits or Limits()
        self._sources = [file if isinstance(file, Source) else Source(file) for file in files]
        self._sources += map(Source, extensions.turtle_files("ontology"))
        self._base = base
        self._federated = federated
        self._fork = fork
        self._workers = workers
        self._running: set[asyncio.Task[Outcome]] = set()
        self._supply: Supply | None = None
        self._attempts: Attempts
        self._stock: Stock
        self._folder: Path

    @property
    def alive(self) -> bool:
        """Whether questions are answered now."""
        return self._supply is not None and self._supply.alive

    async def start(self) -> None:
        """Load the files. Raises `InputError` for one that is not there or is no RDF."""
        self._folder = Path(tempfile.mkdtemp(prefix="es-lod-"))
        folder = str(self._folder)
        known = (self._sources, self._base, prefixes(), self._limits, folder)
        order = Order(*known, self._federated)
        supply: Supply = Forked(order) if self._fork else Spawned(order)
        try:
            await supply.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._supply = supply
        ladder = levels(self._limits, self._workers, supply.price)
        self._stock = Stock(supply, quick=ladder[0].places)
        self._attempts = Attempts(self._limits, ladder, self._stock, self._folder)
        self._stock.fill()

    async def close(self, grace: float = 0) -> None:
        """End all processes and remove all files; questions may take `grace` seconds to end."""
        supply, self._supply = self._supply, None
        if supply is None:
            return
        if grace and self._running:
            await asyncio.wait(self._running, timeout=grace)
        for running in self._running:
            running.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await self._stock.close()
        await supply.close()
        await self._attempts.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def answer(self, question: Question, results: str | None, graph: str | None) -> Answer:
        """The answer, in a format of `RESULTS` or one of `GRAPHS`, whichever its kind has.

        Raises `Refusal`. Whoever no longer waits for the answer cancels the task that does.
        """
        self._admit(question)
        job = Job(question, results, graph)
        task = asyncio.create_task(self._attempts.outcome(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._limits.seconds)
        except asyncio.CancelledError:
            task.add_done_callback(_forget)
            task.cancel()
            raise
        if not done:
            task.cancel()
            raise Refusal("time" if job.running else "busy", seconds=self._limits.seconds)
        if task.cancelled():
            raise Refusal("closed")
        if isinstance(outcome := task.result(), Refusal):
            raise outcome
        return outcome

    def _admit(self, question: Question) -> None:
        if self._supply is None:
            raise Refusal("closed")
        if len(self._running) >= MOST:
            raise Refusal("busy")
        if len(question.text) > self._limits.body:
            raise Refusal("long", size=sized(self._limits.body))


def _forget(task: "asyncio.Task[Outcome]") -> None:
    """Remove an answer that nobody waits for any more."""
    if not task.cancelled() and isinstance(answer := task.result(), Answer):
        answer.path.unlink(missing_ok=True)
