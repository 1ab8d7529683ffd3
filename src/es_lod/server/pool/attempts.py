"""A question on its way through the levels, until it is answered or refused."""

import asyncio
import itertools
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from es_lod.server.pool.levels import Level, Remembered
from es_lod.server.pool.stock import Stock
from es_lod.server.pool.supplies import Ended, Worker
from es_lod.server.pool.worker import packed
from es_lod.server.questions import Answer, Limits, Question, Refusal

Outcome: TypeAlias = Answer | Refusal

_GRACE: Final = 5
"""Seconds after which a worker ends itself, where nobody ended it at the limit."""
_TICK: Final = 0.01
"""Seconds after which is looked again how much a question has used."""
_SLOWER: Final = 20
"""How much slower than alone a question may run without going to the next level."""


@dataclass(slots=True)
class Job:
    """A question, and the formats of its answer."""

    question: Question
    results: str | None
    graph: str | None
    running: bool = False
    """Whether a worker has it now."""


class Attempts:
    """Has questions answered by workers at their levels, and leaves no file but the answers."""

    def __init__(
        self, limits: Limits, levels: tuple[Level, ...], stock: Stock, folder: Path
    ) -> None:
        self._limits = limits
        self._levels = levels
        self._stock = stock
        self._folder = folder
        self._remembered = Remembered()
        self._numbers = itertools.count(1)
        self._clearing: set[asyncio.Task[None]] = set()

    async def outcome(self, job: Job) -> Outcome:
        """What comes of a question, however often it has to begin anew."""
        at = self._remembered.level(job.question)
        while isinstance(outcome := await self._attempt(job, at), int):
            at = outcome
        return outcome

    async def close(self) -> None:
        """Wait until all files are removed that were written in vain."""
        if self._clearing:
            await asyncio.wait(self._clearing)

    async def _attempt(self, job: Job, at: int) -> Outcome | int:
        """What comes of a question; or the level at which to try again."""
        await self._levels[at].enter()
        path = self._folder / str(next(self._numbers))
        outcome: Outcome | int = at
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
            used = worker.used() - began
            self._levels[at].note(used)
            self._remembered.remember(job.question, self._level(used))
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

    def _message(self, job: Job, path: Path) -> bytes:
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
    """Whether a question is answered before it has used up what its level allows.

    That is time of a processor, of which less passes on a busy machine. But who waits for something
    else, such as another server, may not wait for ever.
    """
    began, latest = worker.used(), None
    if level.patience is not None:
        latest = time.monotonic() + _SLOWER * level.patience
    while not (await asyncio.wait({asking}, timeout=latest and _TICK))[0]:
        patience = level.patience_now
        late = latest is not None and time.monotonic() > latest
        if late or (patience is not None and worker.used() - began > patience):
            return False
    return True


def _understood(reply: dict[str, Any], path: Path) -> Outcome:
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
