"""A second process that judges parts of data while the first one reads on.

Which of them judges a part changes nothing in the results: a process that ends early costs its time
only.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final, Generic, TypeAlias, TypeVar

from es_lod import signals

Given = TypeVar("Given")
Found = TypeVar("Found")
Work: TypeAlias = Callable[[Given], Found]

# A forked process has all modules and pays nothing for them; elsewhere they take a quarter of a
# second to load, and the script that asks would be run anew.
_FORKS: Final = sys.platform == "linux"


def is_of_use() -> bool:
    """Whether a second process has a core of its own."""
    return _FORKS and len(os.sched_getaffinity(0)) > 1


class Second(Generic[Given, Found]):
    """Another process that does one thing after another; begun with the first.

    One thing may wait for it, so that it need not wait itself.
    """

    def __init__(self, work: Work[Given, Found], *, is_wanted: bool = True) -> None:
        self._work = work
        self._link: Connection | None = None
        self._process: Any = None
        self._doing: list[Given] = []
        self._waiting: list[Given] = []
        self._has_ended = not (is_wanted and is_of_use())

    def takes(self, given: Given) -> bool:
        """Give it something to do; if it has enough, or is gone, whoever asks has to do it."""
        if self._has_ended or self._waiting:
            return False
        self._waiting.append(given)
        return True

    def done(self) -> list[Found]:
        """What it has done by now; it is given what waits."""
        found = self._received() if self._doing and self._is_ready() else []
        if self._waiting and not self._doing:
            self._send(self._waiting.pop())
        return found

    def last(self) -> list[Found]:
        """The rest of what it was given, done here as far as it has not begun."""
        here = [self._work(given) for given in self._waiting]
        self._waiting.clear()
        return here + (self._received() if self._doing else [])

    def close(self) -> None:
        """End the process, whatever it does; nothing more comes of it."""
        self._has_ended = True
        self._doing.clear()
        self._waiting.clear()
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()

    def _is_ready(self) -> bool:
        return self._has_ended or self._link is None or self._link.poll()

    def _send(self, given: Given) -> None:
        self._doing.append(given)
        try:
            if self._link is None:
                self._link = self._begun()
            self._link.send(given)
        except OSError:  # it was ended from outside, or there is no room for one
            self._has_ended = True

    def _received(self) -> list[Found]:
        """What was done, by it or, where it failed, here: who asks meets the error and tells."""
        answer: Sequence[Found] = ()
        with suppress(EOFError, OSError):
            if self._link is not None and not self._has_ended:
                answer = self._link.recv()
        given = self._doing.pop()
        self._has_ended |= not answer
        return list(answer) or [self._work(given)]

    def _begun(self) -> Connection:
        context: Any = get_context("fork")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_do, args=(theirs, ours, self._work), daemon=True)
        with signals.held_back():
            self._process.start()
        theirs.close()
        return ours  # type: ignore[no-any-return]


def _do(link: Connection, other: Connection, work: Work[Any, Any]) -> None:
    """What the process does, until the other end is closed: it may not hold that itself."""
    signals.left_to_first()
    other.close()
    with suppress(EOFError, OSError):
        while True:
            given = link.recv()
            try:
                answer = [work(given)]
            except Exception:  # noqa: BLE001  # whoever asks meets it, too, and tells
                answer = []
            link.send(answer)
