"""How long questions may run, and in which order they wait.

Nobody knows beforehand how long a query takes. So each begins among the quick ones; whatever
outlasts the patience of its level goes to the next, where it competes with its like only. There
are few places at a level: nothing that lasts can keep the quick ones from theirs.
"""

import asyncio
import hashlib
import os
import re
from collections import OrderedDict, deque
from pathlib import Path
from typing import Final

from es_lod.server.questions import Limits, Question

QUICK: Final = 0.075
"""Seconds of a processor for which a question counts as quick. Over 130,000 triples, what asks for
the facts about some things takes a millisecond, the slower named queries take half a second."""
HURRIED: Final = 0.02
"""The same while others wait."""
_SLOWER: Final = ((1.0, 5), (5.0, 10), (None, 19))
"""The further levels: their patience, and the niceness of their processes. What needs a second is
not to wait for what needs a minute, and pays for that with a part of the second once more."""
_REMEMBERED: Final = 1000


class Level:
    """Places for questions of a kind, given in the order in which they are asked for."""

    def __init__(self, places: int, patience: float | None, hurry: float, niceness: int) -> None:
        self.places = places
        self.niceness = niceness
        """Of the processes of these questions."""
        self._patience = patience
        self._hurry = hurry
        self._free = places
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def patience(self) -> float | None:
        """Seconds of a processor that a question may use here now; `None`: as many as it needs."""
        return self._hurry if self._hurry and self._waiting else self._patience

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
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the place was given, but nobody is there to take it
                self.leave()
            raise

    def leave(self) -> None:
        """Give a place back: to who waits longest, or to nobody."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


def levels(limits: Limits, workers: int | None, price: float) -> tuple[Level, ...]:
    """The level of the quick, with `workers` places or one for each core, then the slower ones.

    The slower run with low priority, and are as many as memory allows. `price` is what a new
    worker costs in seconds: before a question has run as long, it does not pay to end it.
    """
    quick = max(2, workers or _cores())
    slower = min(quick, _memory() * 3 // 4 // limits.memory // len(_SLOWER))
    dear = min(price, 1.0)
    return (
        Level(quick, max(QUICK, dear), max(HURRIED, dear), 0),
        *(Level(max(1, slower), patience and patience + dear, 0, n) for patience, n in _SLOWER),
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
