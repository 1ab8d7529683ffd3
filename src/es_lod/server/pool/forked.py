"""Workers that a keeper forks: they share the memory of one store, and start in milliseconds."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Final

from es_lod.errors import InputError
from es_lod.server.pool.loading import heard
from es_lod.server.pool.supplies import ENVIRONMENT, LOG, Ended, Worker
from es_lod.server.pool.worker import Order

_LONGEST_PAUSE: Final = 60.0


class Forked:
    """A keeper, which is started anew should it be lost, and its workers."""

    price: Final = 0.0

    def __init__(self, order: Order) -> None:
        self._order = order
        self._up = asyncio.Event()
        self._workers: dict[int, Worker] = {}
        self._control: socket.socket
        self._keeper: subprocess.Popen[bytes]
        self._heard = b""
        self._listening: asyncio.Task[None]

    @property
    def alive(self) -> bool:
        """Whether the keeper has the data."""
        return self._up.is_set()

    async def start(self) -> None:
        """Start the keeper. Raises `InputError` for what it cannot read."""
        try:
            await self._launch()
        except BaseException:
            await self._end()
            raise
        self._listening = asyncio.create_task(self._listen())

    async def worker(self) -> Worker:
        """Have a worker forked. Raises `Ended`."""
        await self._up.wait()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b'{"fork": true}\n'], [theirs.fileno()])
        except OSError:
            ours.close()
            raise Ended(None) from None
        worker = Worker(*await asyncio.open_connection(sock=ours))
        try:
            pid = worker.pid = (await worker.hear())["pid"]
        except BaseException:
            worker.close()
            raise
        self._workers[pid] = worker
        worker.end = lambda: self._tell({"end": pid})
        worker.renice = lambda niceness: self._tell({"nice": [pid, niceness]})
        return worker

    async def close(self) -> None:
        """End the keeper, which ends its workers."""
        self._up.clear()
        self._listening.cancel()
        await asyncio.wait({self._listening})
        await self._end()
        for pid in list(self._workers):
            self._note(pid, None)

    async def _launch(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        self._heard = b""
        program = [sys.executable, "-m", "es_lod.server.pool.keeper"]
        with theirs:
            self._keeper = subprocess.Popen(program, stdin=theirs.fileno(), env=ENVIRONMENT)  # noqa: S603  # ours
        order = json.dumps(self._order.to_json()).encode() + b"\n"
        with contextlib.suppress(ConnectionError):
            await asyncio.get_running_loop().sock_sendall(self._control, order)
        message = await self._hear()
        if message is None:
            raise Ended(await asyncio.to_thread(self._keeper.wait))
        if "problem" in message:
            raise heard(message)
        LOG.debug("%d triples are loaded", message["ready"])
        self._up.set()

    async def _listen(self) -> None:
        while True:
            while (message := await self._hear()) is not None:
                self._note(message["ended"], message["status"])
            await self._lose()
            await self._launch_again()

    async def _hear(self) -> dict[str, Any] | None:
        while b"\n" not in self._heard:
            try:
                data = await asyncio.get_running_loop().sock_recv(self._control, 1 << 16)
            except ConnectionError:
                data = b""
            if not data:
                return None
            self._heard += data
        line, self._heard = self._heard.split(b"\n", 1)
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, pid: int, status: int | None) -> None:
        worker = self._workers.pop(pid, None)
        if worker is not None and not worker.ended.done():
            worker.ended.set_result(status)

    async def _lose(self) -> None:
        """The keeper is no more: its workers are to go, too, lest they run on unwatched."""
        self._up.clear()
        status = await self._end()
        LOG.error("the keeper of the data ended (%s); it is started again", status)
        for pid, worker in list(self._workers.items()):
            if worker.alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._note(pid, None)

    async def _launch_again(self) -> None:
        pause = 1.0
        while not self.alive:
            try:
                await self._launch()
            except (InputError, Ended, OSError) as error:
                LOG.error("the data cannot be loaded: %s", error)  # no fault of ours
                await self._end()
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _end(self) -> int | None:
        self._control.close()
        try:
            return await asyncio.to_thread(self._keeper.wait, 10)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            return await asyncio.to_thread(self._keeper.wait)

    def _tell(self, message: Mapping[str, Any]) -> None:
        with contextlib.suppress(OSError):  # a keeper that is gone has no workers
            self._control.send(json.dumps(message).encode() + b"\n")
