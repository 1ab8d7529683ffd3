"""The end of the server process: answers under way are finished, or refused."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Final

import uvicorn

GRACE: Final = 7
"""Seconds that answers under way have when the server stops. Who supervises servers kills them some
time later, Docker after ten seconds."""
LEAVE: Final = 2
"""Seconds that clients have to take what was answered then."""


class Stopping(uvicorn.Server):
    """A server that says so to whoever waits when it stops, where uvicorn only hangs up."""

    def __init__(self, config: uvicorn.Config, close: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._close = close
        self._hurry = asyncio.Event()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop: at once, where nothing is answered yet, or where that was said before."""
        if self.should_exit and not self._hurry.is_set():
            self._hurry.set()
        else:
            super().handle_exit(sig, frame)
        if not self.started:
            raise KeyboardInterrupt

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; what stops that is told by who asked for it, not by a traceback."""
        log = logging.getLogger("uvicorn.error")
        log.disabled = True
        await super().startup(sockets)
        log.disabled = False

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End all answers, those that last by a refusal."""
        refusing = asyncio.create_task(self._refuse())
        await super().shutdown(sockets)
        refusing.cancel()

    async def _refuse(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), GRACE)
        await self._close()
