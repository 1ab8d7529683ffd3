"""The processes that answer questions, each of which can be ended without harm to the others."""

import asyncio
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from es_lod import extensions
from es_lod.context import prefixes
from es_lod.server.counting import sized
from es_lod.server.forked import Forked
from es_lod.server.levels import HURRIED, Level, Remembered, levels
from es_lod.server.loading import Source
from es_lod.server.questions import Answer, Limits, Question, Refusal
from es_lod.server.spawned import Spawned
from es_lod.server.stock import Stock
from es_lod.server.supplies import Ended, Supply, Worker
from es_lod.server.worker import Order, packed

MOST: Final = 1000
"""Questions at once, running or waiting."""
_GRACE: Final = 5
"""Seconds after which a worker ends itself, where nobody ended it at the limit."""
_TICK: Final = 0.01
_SLOWER: Final = 4
"""How much slower than alone a question may run and still count as quick."""
_Outcome: TypeAlias = Answer | Refusal


@dataclass(slots=True)
class _Job:
    """A question on its way."""

    question: Question
    results: str | None
    graph: str | None
    running: bool = False


class Pool:
    """Answers questions about files, within limits, by processes of its own.

    A heavy question does not keep quick ones waiting. `workers` quick questions run at once, else
    one for each core, but two at least. With `federated`, `SERVICE` is answered: whoever may ask
    can then make this machine call any other. Relative IRIs are resolved by `base`.
    """

    def __init__(  # all but the first two are rarely given
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
        self._remembered = Remembered()
        self._numbers = itertools.count(1)
        self._running: set[asyncio.Task[_Outcome]] = set()
        self._clearing: set[asyncio.Task[None]] = set()
        self._supply: Supply | None = None
        self._levels: tuple[Level, ...]
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
        self._levels = levels(self._limits, self._workers, supply.price)
        self._stock = Stock(supply, quick=self._levels[0].places)
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
        if self._clearing:
            await asyncio.wait(self._clearing)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def answer(self, question: Question, results: str | None, graph: str | None) -> Answer:
        """The answer, in a format of `RESULTS` or one of `GRAPHS`, whichever its kind has.

        Raises `Refusal`. Whoever no longer waits for the answer cancels the task that does.
        """
        self._admit(question)
        job = _Job(question, results, graph)
        task = asyncio.create_task(self._outcome(job))
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

    async def _outcome(self, job: _Job) -> _Outcome:
        at = self._remembered.level(job.question)
        while isinstance(outcome := await self._attempt(job, at), int):
            at = outcome
        return outcome

    async def _attempt(self, job: _Job, at: int) -> _Outcome | int:
        """What comes of a question; or the level at which to try again."""
        await self._levels[at].enter()
        path = self._folder / str(next(self._numbers))
        outcome: _Outcome | int = at
        worker = asking = None
        try:
            worker = await self._stock.take()
            asking = asyncio.create_task(worker.ask(self._message(job, path)))
            job.running = True
            began = worker.used()
            self._stock.slow(worker, self._levels[at].niceness)
            while not await _ends(worker, asking, self._levels[at]):
                self._remembered.remember(job.question, at + 1)
                if not self._levels[at + 1].enter_now():
                    outcome = at + 1
                    return outcome
                self._levels[at].leave()
                at += 1
                self._stock.slow(worker, self._levels[at].niceness)
            outcome = _understood(asking.result(), path)
            self._remembered.remember(job.question, self._level(worker.used() - began))
        except Ended as end:
            outcome = _reason(end)
        finally:
            job.running = False
            self._levels[at].leave()
            if asking is not None:
                asking.cancel()
            if worker is not None:
                self._stock.give_back(worker)
                if not isinstance(outcome, Answer):
                    self._clear(worker, path)
        return outcome

    def _message(self, job: _Job, path: Path) -> bytes:
        how = {"results": job.results, "graph": job.graph, "path": str(path)}
        return packed({**job.question._asdict(), **how, "seconds": self._limits.seconds + _GRACE})

    def _level(self, used: float) -> int:
        """The level of a question that has used so many seconds of a processor."""
        return sum(used > (level.patience or used) for level in self._levels)

    def _clear(self, worker: Worker, path: Path) -> None:
        """Remove what a worker has written in vain, as soon as it writes no more."""
        if not worker.busy:
            path.unlink(missing_ok=True)
            return
        clearing = asyncio.create_task(_unlink(worker, path))
        self._clearing.add(clearing)
        clearing.add_done_callback(self._clearing.discard)


async def _ends(worker: Worker, asking: "asyncio.Task[Any]", level: Level) -> bool:
    """Whether a question is answered before it has used up the time of its level.

    On a busy machine less of the processor's time has passed than of the clock's.
    """
    began, begun = worker.used(), time.monotonic()
    used = 0.0
    while (patience := level.patience) is None or used < patience:
        step = None if patience is None else min(max(patience - used, _TICK), HURRIED)
        if (await asyncio.wait({asking}, timeout=step))[0]:
            return True
        # Who waits for something else, such as another server, does not use the processor.
        used = max(worker.used() - began, (time.monotonic() - begun) / _SLOWER)
    return False


def _understood(reply: dict[str, Any], path: Path) -> _Outcome:
    if "refusal" in reply:
        return Refusal.from_json(reply)
    return Answer(reply["kind"], reply["format"], reply["rows"], path)


# The stack is full: SIGSEGV, on macOS SIGBUS, on Windows STATUS_STACK_OVERFLOW. No memory is left:
# Rust aborts, or Linux kills.
_DEEP: Final = {-11, -10, -7, 0xC00000FD, 0xC0000005}
_MEMORY: Final = {-6, -9, 0xC0000409}


def _reason(end: Ended) -> Refusal:
    """Why a worker ended that nobody of us ended."""
    if end.status in _DEEP:
        return Refusal("deep")
    if end.status in _MEMORY:
        return Refusal("memory")
    reason = {
        "pl": "proces, który odpowiadał, się zakończył",
        "en": "the process that answered ended",
    }
    return Refusal("failed", reason=reason)


async def _unlink(worker: Worker, path: Path) -> None:
    await asyncio.wait({worker.ended}, timeout=_GRACE)
    path.unlink(missing_ok=True)


def _forget(task: "asyncio.Task[_Outcome]") -> None:
    """Remove an answer that nobody waits for any more."""
    if not task.cancelled() and isinstance(answer := task.result(), Answer):
        answer.path.unlink(missing_ok=True)
