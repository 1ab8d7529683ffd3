"""Workers that are ready, so that nobody waits for one to start."""

import asyncio
from collections import deque
from typing import Final

from es_lod.errors import InputError
from es_lod.server.pool.supplies import LOG, Ended, Supply, Worker

RETIRED: Final = 500
"""Questions after which a worker is replaced: what it writes to is no longer shared memory."""


_SPARE: Final = 2
"""Workers more than places, in whose stead others are started meanwhile."""


class Stock:
    """Workers of a supply: as many as `quick` questions need at once, and some to spare."""

    def __init__(self, supply: Supply, quick: int) -> None:
        self._supply = supply
        self._kept = quick + _SPARE
        self._quick = 0  # of those that are out
        self._ready: list[Worker] = []
        self._wanted: deque[asyncio.Future[Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def take(self) -> Worker:
        """A worker that nobody else asks."""
        worker = await self._take()
        self._quick += 1
        return worker

    async def _take(self) -> Worker:
        while self._ready:
            worker = self._ready.pop()
            if worker.alive:
                self.fill()
                return worker
            worker.close()
        wanted: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._wanted.append(wanted)
        self.fill()
        try:
            return await wanted
        except asyncio.CancelledError:
            if not wanted.cancelled():
                self._put(wanted.result())
            raise

    def slow(self, worker: Worker, niceness: int) -> None:
        """Slow a worker down, which then is none for quick questions any more."""
        if niceness > worker.niceness:
            self._quick -= worker.niceness == 0
            worker.slow(niceness)
            self.fill()

    def give_back(self, worker: Worker) -> None:
        """Take a worker back; one that is still busy is ended."""
        self._quick -= worker.niceness == 0
        if worker.busy:
            worker.end()
        if worker.busy or worker.niceness or worker.asked >= RETIRED or self._closed:
            worker.close()
        else:
            self._put(worker)
        self.fill()

    def fill(self) -> None:
        """Start as many workers as are missing."""
        self._wanted = deque(wanted for wanted in self._wanted if not wanted.done())
        starting = len(self._starting)
        missing = self._kept - self._quick - len(self._ready) - starting
        for _ in range(0 if self._closed else max(missing, len(self._wanted) - starting)):
            task = asyncio.create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def close(self) -> None:
        """Start no more, and let go of those that are ready."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        if self._starting:
            await asyncio.wait(self._starting)
        for worker in self._ready:
            worker.close()

    async def _start(self) -> None:
        while True:
            try:
                self._put(await self._supply.worker())
            except (Ended, InputError, OSError) as error:
                LOG.error("a worker did not start: %r", error)  # no fault of ours
                await asyncio.sleep(1)
            else:
                return

    def _put(self, worker: Worker) -> None:
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                wanted.set_result(worker)
                return
        self._ready.append(worker)
