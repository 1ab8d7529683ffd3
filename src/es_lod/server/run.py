"""The server process: uvicorn, with clients that send too slowly shown the door."""

import asyncio
import socket
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

_HEADERS: Final = 128 * 2**10
"""Bytes of a request before its body: a query of the longest kind, percent-encoded."""
_PATIENCE: Final = 20.0
"""Seconds in which they have to come."""
_CONNECTIONS: Final = 1000
_GRACE: Final = 10
"""Seconds that answers under way have when the server stops."""
_SLOW: Final = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Connection: close\r\nContent-Length: 20\r\n\r\n408 Request Timeout\n"
)
_LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "message": {"format": "%(asctime)s %(levelname)s %(message)s"},
        "access": {
            "()": "uvicorn.logging.AccessFormatter",
            "fmt": '%(asctime)s %(client_addr)s "%(request_line)s" %(status_code)s',
            "use_colors": False,
        },
    },
    "handlers": {
        name: {"class": "logging.StreamHandler", "formatter": name, "stream": "ext://sys.stderr"}
        for name in ("message", "access")
    },
    "loggers": {
        "uvicorn": {"handlers": ["message"], "level": "WARNING", "propagate": False},
        "uvicorn.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "es_lod.server": {"handlers": ["message"], "level": "INFO", "propagate": False},
    },
}


class Patient(H11Protocol):
    """HTTP for clients that send their headers in time: uvicorn itself waits for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; while it is no whole request, the time runs on."""
        super().data_received(data)
        if self._is_asked():
            self._stop()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def _is_asked(self) -> bool:
        # uvicorn says None here until the first request, and not so in its types.
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(_PATIENCE, self._end)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        self._deadline = None
        if not self._is_asked() and not self.transport.is_closing():
            self.transport.write(_SLOW)
            self.transport.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket on an address; port 0 is any free one. Raises `OSError` where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until a signal stops it; answers under way are finished."""
    config = uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="on",
        log_config=_LOGGING,
        server_header=False,
        h11_max_incomplete_event_size=_HEADERS,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    uvicorn.Server(config).run(sockets=[listener])
