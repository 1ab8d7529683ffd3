"""The server as an ASGI application: what answers which address."""

import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from typing import Final

from anyio import from_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from es_lod.errors import InputError
from es_lod.server.cors import OpenToAll, allowed
from es_lod.server.current import Current
from es_lod.server.files import is_known
from es_lod.server.guarding import Guarded
from es_lod.server.page import ASSETS, asset, terms_json
from es_lod.server.questions import Refusal
from es_lod.server.reached import root
from es_lod.server.reconcile import routes as reconcile
from es_lod.server.reconcile.reconciler import Reconciler
from es_lod.server.serving import Options
from es_lod.server.sparql import endpoint, refused

_LOG: Final = logging.getLogger("es_lod.server")


def application(options: Options, started: Callable[[], None] = lambda: None) -> Starlette:
    """The server of a published folder; `started` is called when it can answer everything.

    Its `state.close` ends all answers, `state.failure` is why it did not start.
    """
    current = Current(options)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            async with current.serving():
                started()
            yield
        except BaseException as error:
            app.state.failure = error
            raise
        finally:
            await current.close()

    async def health(_: Request) -> Response:
        async with current.serving() as serving:
            date, alive = serving.settings.date, serving.pool.alive
        if not alive:  # the process that has the data was lost, and is being replaced
            raise Refusal("closed")
        told = {"status": "ok", "date": str(date) if date else None}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def file(request: Request) -> Response:
        return await current.answer(request, request.path_params["path"])

    async def reconciler() -> Reconciler:
        async with current.serving() as serving:
            return await serving.reconciler()

    def address(request: Request) -> str:
        return root(request, current.settings)

    app = Starlette(
        routes=[
            Route("/health", health),
            Route("/sparql", endpoint(current), methods=["GET", "POST"]),
            Route("/sparql/terms.json", _terms),
            Route("/sparql/assets/{name}", _asset),
            *reconcile.routes(lambda: from_thread.run(reconciler), address),
            Route("/{path:path}", file),
        ],
        middleware=[
            Middleware(OpenToAll),
            Middleware(Guarded),
            Middleware(GZipMiddleware, compresslevel=5),
        ],
        exception_handlers={
            InputError: _unavailable,
            Refusal: _refused,
            HTTPStatus.METHOD_NOT_ALLOWED: _no_method,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # it would answer what is no path with the host as told
    app.state.close = current.close
    return app


async def _terms(request: Request) -> Response:
    return _stable(request, terms_json(), "application/json")


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return PlainTextResponse("404 Not Found\n", HTTPStatus.NOT_FOUND)
    return _stable(request, asset(name), ASSETS[name])


def _stable(request: Request, data: bytes, media_type: str) -> Response:
    """What only another version of the program changes."""
    etag = f'W/"{hashlib.sha256(data).hexdigest()[:32]}"'
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    return Response(data, media_type=media_type, headers={"ETag": etag})


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101  # tells mypy so
    return refused(refusal)


async def _no_method(request: Request, _: Exception) -> Response:
    """What cannot be done to an address, and what can, in both languages."""
    methods = allowed(request.url.path)
    text = (
        f"{request.method} is not answered here; use one of {methods}.\n"
        f"{request.method} nie jest tu obsługiwane; użyj jednej z metod {methods}.\n"
    )
    return PlainTextResponse(text, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": methods})


async def _unavailable(_: Request, error: Exception) -> Response:
    """The folder holds no site now: what is the matter, in both languages."""
    problems = error.problems if isinstance(error, InputError) else ()
    _LOG.error("%s", error)
    text = "".join(f"{problem.message[tag]}\n" for problem in problems for tag in ("en", "pl"))
    return PlainTextResponse(text, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "10"})
