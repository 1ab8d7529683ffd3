"""Headers that go with all answers: who may read, who may frame; nobody guesses types."""

from http import HTTPStatus
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from es_lod.messages.message import LANGUAGES
from es_lod.server.reconcile.manifest import NAME
from es_lod.site.addresses import SPARQL

_ALWAYS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Location",
    "X-Content-Type-Options": "nosniff",
}
_FRAMED: Final = "frame-ancestors 'self'"
"""Of pages with no policy of their own: another site could show them as its own in a frame. The
previews of reconciliation, which are made for frames, have one."""
_ASKED: Final = {
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_POSTED: Final = {f"/{SPARQL}", f"/{NAME}", *(f"/{NAME}/{tag}" for tag in LANGUAGES)}
"""To these addresses questions may be posted."""


class OpenToAll:
    """Lets scripts of other sites read everything, and answers what browsers ask before that.

    Starlette's own does so only where a header says that a browser asks; caches would keep answers
    without. https://fetch.spec.whatwg.org/#http-cors-protocol
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", _FRAMED)
            await send(message)

        if scope["method"] == "OPTIONS":
            methods = allowed(scope["path"])
            headers = {"Access-Control-Allow-Methods": methods, "Allow": methods, **_ASKED}
            answer = Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
            await answer(scope, receive, marked)
        else:
            await self._app(scope, receive, marked)


def allowed(path: str) -> str:
    """The methods of an address, as the header `Allow` has them."""
    return "GET, HEAD, POST, OPTIONS" if path in _POSTED else "GET, HEAD, OPTIONS"
