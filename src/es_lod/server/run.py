"""The server process: uvicorn, with slow clients shown the door."""

import logging
import signal
import socket
import sys
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.logging import AccessFormatter

from es_lod.server.patience import Patient
from es_lod.server.stopping import GRACE, LEAVE, Stopping

if sys.platform != "win32":
    import resource

_HEADERS: Final = 128 * 2**10
"""Bytes of a request before its body: a query of the longest kind, percent-encoded."""
_CONNECTIONS: Final = 1000
_FILES: Final = 4096
"""Files that may be open."""
_OURS: Final = 64
"""Files that are open whoever asks."""
_LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "message": {"format": "%(asctime)s %(levelname)s %(message)s"},
        "access": {
            "()": "es_lod.server.run.Line",
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


def listening(host: str, port: int) -> socket.socket:
    """A socket on an address; port 0 is any free one. Raises `OSError` where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=512)
    # Connections take it over. asyncio does so only for sockets that were made with a protocol;
    # without, each body waits some 40 ms for the client to acknowledge the header.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _room() -> int:
    """How many connections there may be; where the limit of open files is ours to raise, it is."""
    if sys.platform == "win32":
        return _CONNECTIONS
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now == resource.RLIM_INFINITY or now >= _FILES:
        return _CONNECTIONS
    now = _FILES if most == resource.RLIM_INFINITY else min(most, _FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    # For each connection one, one for a file that it is sent, one for who comes meanwhile. With no
    # room for these, asyncio would fill the log and accept nobody.
    return max(1, min(_CONNECTIONS, (now - _OURS) // 3))


def _at_once(room: int) -> int:
    """How many connections are taken at a time.

    asyncio has taken three times as many before the first of them is told of, and one can be
    closed in its place; with a fourth for what is yet closing they are the third of `_room`.
    """
    return max(1, room // 4)


class Line(AccessFormatter):
    """A line of the access log, in which a proxy may have the client write any character."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with marks in place of what is not printed."""
        line = super().format(record)
        return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def run(app: Starlette, listener: socket.socket) -> None:
    """Serve until a signal stops it; answers under way are finished.

    After some seconds `app.state.close` is called, which ends those that are not. Raises
    `app.state.failure` where that keeps it from starting.
    """
    Patient.most = _room()
    config = uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="on",
        log_config=_LOGGING,
        server_header=False,
        h11_max_incomplete_event_size=_HEADERS,
        backlog=_at_once(Patient.most),
        timeout_graceful_shutdown=GRACE + LEAVE,
    )
    server = Stopping(config, app.state.close)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, server.handle_exit)  # the terminal is closed
    try:
        server.run(sockets=[listener])
    except SystemExit as end:
        raise getattr(app.state, "failure", end) from None
