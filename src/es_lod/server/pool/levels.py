"""How long questions may run, and in which order they wait.

Nobody knows beforehand how long a query takes. So each begins among the quick ones; whatever
outlasts the patience of its level goes to the next, where it competes with its like only. There
are few places at a level: nothing that lasts can keep the quick ones from theirs.
"""

import asyncio
import hashlib
import os
import re
import time
from collections import OrderedDict, deque
from pathlib import Path
from typing import Final

from es_lod.server.questions import Limits, Question

QUICK: Final = 0.075
"""Seconds of a processor for which a question counts as quick. Over 130,000 triples, what asks for
the facts about some things takes a millisecond, the slower named queries take half a second."""
HURRIED: Final = 0.005
"""The least of it while others wait: a new worker needs up to 3 ms for its first question."""
_TIMES: Final = 8
"""What uses so many times what the quick have used of late has to go while others wait."""
_SLOWER: Final = ((0.3, 10), (2.0, 15), (None, 19))
"""The further levels: their patience, and the niceness of their processes. What needs a second is
not to wait for what needs a minute, and pays for that with a part of the second once more."""
_REMEMBERED: Final = 1000


class Level:
    """Places for questions of a kind.

    They are given to who waits longest; but once somebody has waited `long`, to who came last. For
    when there are more questions than can be answered, some must go without: if all waited as long
    as they can, none would have time left for its answer.
    """

    def __init__(
        self,
        places: int,
        patience: float | None,
        *,
        hurry: float = 0,
        niceness: int = 0,
        long: float,
    ) -> None:
        self.places = places
        self.patience = patience
        """Seconds of a processor that a question may use here; `None` for as many as it needs."""
        self.niceness = niceness
        """Of the processes of these questions."""
        self._hurry = hurry
        self._usual = 0.0
        self._long = long
        self._free = places
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()

    @property
    def patience_now(self) -> float | None:
        """The patience, which may be less while others wait."""
        if not self._waiting or not self._hurry or self.patience is None:
            return self.patience
        return min(self.patience, max(self._hurry, _TIMES * self._usual))

    def note(self, used: float) -> None:
        """Note what a question has used that was answered here."""
        self._usual += (used - self._usual) / 50

    def enter_now(self) -> bool:
        """Take a place, unless all are taken."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    async def enter(self) -> None:
        """Take a place as soon as it is one's turn."""
        if self.enter_now():
            return
        turn = asyncio.get_running_loop().create_future()
        waiting = (time.monotonic(), turn)
        self._waiting.append(waiting)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the place was given, but nobody is there to take it
                self.leave()
            elif waiting in self._waiting:
                self._waiting.remove(waiting)
            raise

    def leave(self) -> None:
        """Give a place back: to somebody who waits, or to nobody."""
        while self._waiting:
            is_late = self._waiting[0][0] < time.monotonic() - self._long
            _, turn = self._waiting.pop() if is_late else self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


def levels(limits: Limits, quick: int | None, price: float) -> tuple[Level, ...]:
    """The level of the quick, with so many places, then the slower ones.

    The slower run with low priority, and are as many as memory allows. `price` is what a new
    worker costs in seconds: before a question has run as long, it does not pay to end it. Unless
    it is next to nothing, there is a place for each core only.
    """
    dear, long = min(price, 1.0), limits.seconds / 2
    quick = quick or (_cores() if dear else 2 * _cores())
    slower = max(1, min(_cores(), _memory() * 3 // 4 // limits.memory // len(_SLOWER)))
    return (
        Level(max(2, quick), max(QUICK, dear), hurry=max(HURRIED, dear), long=long),
        *(
            Level(slower, patience and patience + dear, niceness=niceness, long=long)
            for patience, niceness in _SLOWER
        ),
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    """The bytes of memory that this machine or container has; 4 GiB where nobody tells."""
    found = []
    if hasattr(os, "sysconf"):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    group = Path("/sys/fs/cgroup/memory.max")
    if group.is_file() and re.fullmatch(r"\d+\n", text := group.read_text("ascii")):
        found.append(int(text))
    return min(found, default=2**32)


class Remembered:
    """The level of questions that were not quick, of the last ones only."""

    def __init__(self) -> None:
        self._levels: OrderedDict[bytes, int] = OrderedDict()

    def level(self, question: Question) -> int:
        """Where a question begins."""
        return self._levels.get(_digest(question), 0)

    def remember(self, question: Question, level: int) -> None:
        """Let a question begin at a level from now on."""
        key = _digest(question)
        self._levels.pop(key, None)
        if level:
            self._levels[key] = level
        if len(self._levels) > _REMEMBERED:
            self._levels.popitem(last=False)


def _digest(question: Question) -> bytes:
    """A question in few bytes: it may be long."""
    return hashlib.sha256(repr(question).encode()).digest()
