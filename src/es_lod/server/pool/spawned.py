"""Workers that are started one by one, each of which loads the data: for systems without fork."""

import asyncio
import contextlib
import os
import sys
import time
from asyncio import subprocess
from collections.abc import Mapping
from typing import Any

from es_lod.server.pool.loading import heard
from es_lod.server.pool.supplies import ENVIRONMENT, Worker
from es_lod.server.pool.worker import Order, packed


class Spawned:
    """Workers, and the tasks that wait for their ends."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._first: Worker | None = None
        self._waiting: set[asyncio.Task[None]] = set()
        self._processes: set[subprocess.Process] = set()
        self.alive = False
        self.price = 0.0

    async def start(self) -> None:
        """Start the first worker. Raises `InputError` for what it cannot read."""
        begun = time.monotonic()
        try:
            self._first = await self._start()
        except BaseException:
            await self.close()
            raise
        self.price = time.monotonic() - begun
        self.alive = True

    async def worker(self) -> Worker:
        """Start a worker. Raises `Ended`, or `InputError` where the data is no longer there."""
        first, self._first = self._first, None
        return first or await self._start()

    async def close(self) -> None:
        """End all workers."""
        self.alive = False
        for process in self._processes:
            _kill(process)
        if self._waiting:
            await asyncio.wait(self._waiting)

    async def _start(self) -> Worker:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "es_lod.server.pool.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        assert process.stdin is not None  # noqa: S101  # tells mypy so
        assert process.stdout is not None  # noqa: S101
        worker = Worker(process.stdout, process.stdin)
        self._processes.add(process)
        waiting = asyncio.create_task(self._wait(process, worker))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)
        try:
            process.stdin.write(packed(self._order.to_json()))
            _check(await worker.hear())
        except BaseException:
            _kill(process)
            raise
        worker.end = lambda: _kill(process)
        worker.pid = process.pid
        worker.renice = lambda niceness: _renice(process, niceness)
        return worker

    async def _wait(self, process: subprocess.Process, worker: Worker) -> None:
        status = await process.wait()
        self._processes.discard(process)
        worker.close()
        worker.ended.set_result(status)


def _check(first: Mapping[str, Any]) -> None:
    if "problem" in first:
        raise heard(first)


def _kill(process: subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()


def _renice(process: subprocess.Process, niceness: int) -> None:
    if hasattr(os, "setpriority"):
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
