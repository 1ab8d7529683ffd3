"""HTTP for clients that send in time, and take what they are sent: uvicorn itself waits for ever.

Who does neither would hold a connection, and perhaps an answer of many megabytes, as long as it
likes: https://datatracker.ietf.org/doc/html/rfc9110#section-17.5
"""

import asyncio
from collections.abc import Callable
from typing import ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

_HEADERS: Final = 20.0
"""Seconds in which the headers of a request have to come."""
_BODY: Final = 30.0
"""The same for its body: longer than whoever reads it waits, who says more."""
_TAKEN: Final = 60.0
"""Seconds in which a client has to take something of what it is sent, beside what the system keeps
for it."""
_BAD: Final = "400 Bad Request"
_SLOW: Final = "408 Request Timeout"
_FULL: Final = "503 Service Unavailable"


class _Timer:
    """What happens after a time, unless it is stopped before."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action
        self._handle: asyncio.TimerHandle | None = None

    @property
    def runs(self) -> bool:
        return self._handle is not None

    def start(self, seconds: float) -> None:
        self.stop()
        self._handle = asyncio.get_running_loop().call_later(seconds, self._act)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _act(self) -> None:
        self._handle = None
        self._action()


class Patient(H11Protocol):
    """A connection that is closed when the client is too slow, or where there is no room for it."""

    most: ClassVar = 1000
    """How many connections there may be."""
    _awaited: object = None
    _unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        self._sending, self._taking = _Timer(self._late), _Timer(self._not_taken)
        super().connection_made(transport)
        self._begun = self.loop.time()
        if len(self.connections) > self.most:
            self._make_room()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what came; while it is no whole request, the time runs on."""
        super().data_received(data)
        self._watch()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # uvicorn's own
        """Refuse what is no HTTP; who is answered already gets no second answer."""
        self._end_with(_BAD)

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        super().on_response_complete()
        self._watch()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which nothing more is asked."""
        super().timeout_keep_alive_handler()
        self._watch()

    def pause_writing(self) -> None:
        """Wait until the client has taken most of what it was sent."""
        super().pause_writing()
        self._wait_for_taking()

    def resume_writing(self) -> None:
        """Send more, or the rest."""
        super().resume_writing()
        self._taking.stop()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._sending.stop()
        self._taking.stop()
        super().connection_lost(exc)

    def _make_room(self) -> None:
        """Close the connection that is needed least, before there are more than files may be open.

        Those who come and ask nothing cannot keep out who asks.
        """
        others = [other for other in self.connections if isinstance(other, Patient)]
        idle = [other for other in others if other.is_idle and other is not self]
        least = min(idle, key=Patient.need, default=None)
        if least is None:
            self._end_with(_FULL)
        else:
            self.connections.discard(least)
            least.transport.abort()

    def _end_with(self, status: str) -> None:
        """Close the connection, with an answer where none has begun."""
        # uvicorn says None here until the first request, and not so in its types.
        cycle: RequestResponseCycle | None = self.cycle
        is_asked = cycle is not None and not cycle.response_complete
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            text = f"{status}\n" if not is_asked or self.cycle.scope["method"] != "HEAD" else ""
            head = (
                f"HTTP/1.1 {status}",
                "Content-Type: text/plain; charset=utf-8",
                f"Content-Length: {len(text)}",
                "Connection: close",
                *(["Retry-After: 10"] if status is _FULL else []),
            )
            self.transport.write("\r\n".join([*head, "", text]).encode())
        if is_asked:  # what would be answered
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
        self._watch()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked, or only the rest of an answer has to be taken."""
        return self.conn.their_state is h11.IDLE or self.transport.is_closing()

    def need(self) -> tuple[bool, bool, float]:
        """How much a connection is needed: that of who has not asked anything for long least."""
        return self.transport.is_closing(), self.cycle is not None, self._begun

    def _watch(self) -> None:
        """Wait for what the client has to do now."""
        if self.transport.is_closing():
            self._sending.stop()
            if not self._taking.runs:
                self._wait_for_taking()
        elif self.conn.their_state is not self._awaited:
            self._awaited = self.conn.their_state
            self._sending.stop()
            if self._awaited is h11.IDLE:
                self._sending.start(_HEADERS)
            elif self._awaited is h11.SEND_BODY:
                self._sending.start(_BODY)

    def _late(self) -> None:
        if self.flow.read_paused:  # nobody has read the body yet
            self._sending.start(_BODY)
        elif not self.transport.is_closing():
            self._end_with(_SLOW)

    def _wait_for_taking(self) -> None:
        self._unsent = self.transport.get_write_buffer_size()
        self._taking.start(_TAKEN)

    def _not_taken(self) -> None:
        if self.transport.get_write_buffer_size() < self._unsent:
            self._wait_for_taking()
        else:
            self.transport.abort()
