"""The service over HTTP: has requests answered in a thread, and words refusals.

All paths stand also below a language: `/reconcile/en/suggest/entity`. OpenRefine keeps the address
of a service, and its server sends no language along. JSONP, which the specification leaves to the
service, is not offered: a parameter `callback` is passed over.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from es_lod.messages.message import LANGUAGES
from es_lod.server.questions import Refusal
from es_lod.server.reconcile.asking import Asked, asked_by, language_of
from es_lod.server.reconcile.manifest import NAME, SUGGESTED
from es_lod.server.reconcile.preview import POLICY
from es_lod.server.reconcile.reading import read_json
from es_lod.server.reconcile.reconciler import Reconciler
from es_lod.server.reconcile.refusals import Refused

_Answers = Callable[[Reconciler, Asked], Any]
_Handler = Callable[[Request], Awaitable[Response]]
_PREVIEW: Final = "preview"


_AT_ONCE: Final = 2
"""How many requests are worked on at once: the threads that serve files are others."""
_LIMITER: Final[RunVar[CapacityLimiter]] = RunVar("es_lod.reconcile")


def routes(
    get_reconciler: Callable[[], Reconciler],
    address: Callable[[Request], str],
) -> list[Route]:
    """The routes of `/reconcile` and all below it.

    `get_reconciler` is called for each request, in a thread: it may wait. `address` says where the
    site is reached, with a slash at its end.
    """

    async def endpoint(request: Request) -> Response:
        """The manifest; or answers to a batch of queries, or to a data extension query."""
        return await _answered(request, get_reconciler, _answers_at(address(request) + NAME))

    def answering(answers: _Answers) -> _Handler:
        async def handler(request: Request) -> Response:
            return await _answered(request, get_reconciler, answers)

        return handler

    below = {_PREVIEW: answering(_preview), "extend/propose": answering(_proposed)}
    for what in SUGGESTED:
        below[f"suggest/{what}"] = answering(_suggested(what))
        below[f"flyout/{what}"] = answering(_flyout(what))
    found = []
    for root in (f"/{NAME}", *(f"/{NAME}/{tag}" for tag in LANGUAGES)):
        found.append(Route(root, endpoint, methods=["GET", "POST"]))
        found += [Route(f"{root}/{path}", handler) for path, handler in below.items()]
    return found


def _limiter() -> CapacityLimiter:
    try:
        return _LIMITER.get()
    except LookupError:
        _LIMITER.set(limiter := CapacityLimiter(_AT_ONCE))
        return limiter


async def _answered(
    request: Request, get_reconciler: Callable[[], Reconciler], answers: _Answers
) -> Response:
    language = language_of(request)
    try:
        asked = await asked_by(request)
        answer = await to_thread.run_sync(
            lambda: answers(get_reconciler(), asked), limiter=_limiter()
        )
    except Refused as refused:
        return _json(refused.body(language), language, refused.status)
    except Refusal as refusal:
        told = {"status": "error", "code": refusal.code, "message": refusal.text[language]}
        return _json({**told, "details": {}}, language, refusal.status)
    return answer if isinstance(answer, Response) else _json(answer, language)


def _answers_at(url: str) -> _Answers:
    def answers(reconciler: Reconciler, asked: Asked) -> Any:
        found = asked.parameters
        if "queries" in found:
            return reconciler.query(read_json(found["queries"], "queries"), asked.language)
        if "extend" in found:
            return reconciler.extend(read_json(found["extend"], "extend"), asked.language)
        if "query" in found or asked.is_form:
            raise Refused("no-queries")
        return reconciler.manifest(url, asked.language)

    return answers


def _preview(reconciler: Reconciler, asked: Asked) -> Any:
    id_ = asked.needed("id")
    page = reconciler.preview(id_, asked.language, asked.path)
    if page is None:
        raise Refused("unknown-entity", value=id_)
    headers = {"Content-Security-Policy": POLICY, "Content-Language": asked.language}
    headers["Vary"] = "Accept-Language"
    return Response(page, media_type="text/html", headers=headers)


def _suggested(what: str) -> _Answers:
    def answers(reconciler: Reconciler, asked: Asked) -> Any:
        suggest = getattr(reconciler, f"suggest_{what}")
        return suggest(asked.text("prefix"), asked.whole("cursor", 0) or 0, asked.language)

    return answers


def _flyout(what: str) -> _Answers:
    def answers(reconciler: Reconciler, asked: Asked) -> Any:
        id_ = asked.needed("id")
        found = reconciler.flyout(what, id_, asked.language)
        if found is None:
            raise Refused("unknown-entity", value=id_)
        return found

    return answers


def _proposed(reconciler: Reconciler, asked: Asked) -> Any:
    return reconciler.propose(asked.text("type") or None, asked.whole("limit", 1), asked.language)


def _json(tree: Any, language: str, status: int = 200) -> Response:
    """A tree as JSON; half a surrogate pair, which UTF-8 cannot write, is escaped."""
    try:
        data = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        data = json.dumps(tree, separators=(",", ":")).encode()
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return Response(data, status, headers=headers, media_type="application/json")
