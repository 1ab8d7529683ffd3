"""Around all answers: requests of two lengths, clients that went away, a server that goes."""

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LENGTHS: Final = {b"content-length", b"transfer-encoding"}
_TWO: Final = (
    "The request states its length twice: Content-Length and Transfer-Encoding.\n"
    "Żądanie podaje swoją długość dwa razy: Content-Length i Transfer-Encoding.\n"
)
_STOPS: Final = "The server is stopping.\nSerwer kończy pracę.\n"


class Guarded:
    """Answers where nobody else does, or ends without a word in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if {name for name, _ in scope["headers"]} >= _LENGTHS:
            # A proxy may have gone by the other: what follows would be another's request.
            # https://www.rfc-editor.org/rfc/rfc9112#section-6.1
            answer = PlainTextResponse(_TWO, HTTPStatus.BAD_REQUEST, {"Connection": "close"})
            await answer(scope, receive, send)
            return
        is_begun = False

        async def noted(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            pass
        except asyncio.CancelledError:  # uvicorn waits no longer
            if is_begun:
                raise
            answer = PlainTextResponse(_STOPS, HTTPStatus.SERVICE_UNAVAILABLE)
            await answer(scope, receive, send)
