"""Workers as the pool sees them, and where they come from."""

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from es_lod.server.pool.worker import LENGTH, packed

LOG: Final = logging.getLogger("es_lod.server")
ENVIRONMENT: Final = {**os.environ, "RUST_BACKTRACE": "0"}
"""Of our processes. With a backtrace, each answer that needs too much memory would fill the log."""


class Ended(Exception):
    """A worker has ended before it answered; with its exit status, where that is known."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class Worker:
    """A process that answers one question at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked = 0
        self.busy = False
        self.niceness = 0
        """How low its priority is, which it cannot raise again."""
        self._reader = reader
        self._writer = writer
        self.ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.pid = 0
        self._used = 0.0
        self.end: Callable[[], None] = lambda: None
        """Ends the process, whatever it does."""
        self.renice: Callable[[int], None] = lambda _: None
        """Sets its priority."""

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._reader.at_eof()

    async def ask(self, message: bytes) -> dict[str, Any]:
        """What it answers. Raises `Ended`."""
        self.asked += 1
        self.busy = True
        with contextlib.suppress(ConnectionError):
            self._writer.write(message)
        answer = await self.hear()
        self.busy = False
        return answer

    async def hear(self) -> dict[str, Any]:
        """What it says next. Raises `Ended`."""
        try:
            head = await self._reader.readexactly(LENGTH.size)
            answer: dict[str, Any] = json.loads(
                await self._reader.readexactly(*LENGTH.unpack(head))
            )
        except (asyncio.IncompleteReadError, ConnectionError):
            await asyncio.wait({self.ended}, timeout=1)
            raise Ended(self.ended.result() if self.ended.done() else None) from None
        return answer

    def slow(self, niceness: int) -> None:
        """Give it a lower priority."""
        self.niceness = niceness
        self.renice(niceness)

    def used(self) -> float:
        """The seconds of a processor that it has used; those of the clock where nobody tells."""
        if sys.platform != "linux":
            return time.monotonic()
        with contextlib.suppress(OSError):  # it may have ended
            # clock_getcpuclockid(3), which Python does not have
            self._used = time.clock_gettime(~self.pid << 3 | 2)
        return self._used

    def close(self) -> None:
        """Say that there are no more questions: it ends as soon as it has answered."""
        if not self._writer.is_closing():
            self._writer.write(packed({"end": True}))
        self._writer.close()


class Supply(Protocol):
    """Where workers come from."""

    @property
    def alive(self) -> bool:
        """Whether it has the data and can give workers."""

    @property
    def price(self) -> float:
        """The seconds that a new worker costs."""

    async def start(self) -> None:
        """Load the data. Raises `InputError` for what cannot be read."""

    async def worker(self) -> Worker:
        """Start a worker, as soon as that is possible. Raises `Ended` where it ends at once."""

    async def close(self) -> None:
        """End all that was started."""
