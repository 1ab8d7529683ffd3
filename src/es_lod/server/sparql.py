"""The endpoint `/sparql`: the SPARQL 1.1 Protocol for machines, a page for people.

https://www.w3.org/TR/sparql11-protocol/
"""

import asyncio
import contextlib
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from es_lod.messages.message import LANGUAGES
from es_lod.query import fetches
from es_lod.server.bodies import body, while_connected
from es_lod.server.current import Current
from es_lod.server.description import description
from es_lod.server.files import is_known
from es_lod.server.negotiation import language
from es_lod.server.opened import OpenedResponse
from es_lod.server.page import Shown, named_text, query_page, read_result
from es_lod.server.protocol import DATA, TABLES, Asked, asked, described, wanted
from es_lod.server.questions import Answer, Question, Refusal
from es_lod.server.reached import root
from es_lod.server.serving import Serving
from es_lod.site.addresses import SPARQL
from es_lod.site.served import uncommented

_CHANGING: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
"""What gives another answer each time."""
_WHOLE: Final = 2**20
"""Bytes up to which an answer is sent at once."""
_VARY: Final = {"Vary": "Accept, Accept-Language"}
_PASSING: Final = {"busy", "closed", "failed"}
_TAGS: Final = tuple(LANGUAGES)


def endpoint(current: Current) -> Callable[[Request], Awaitable[Response]]:
    """What answers the requests to the endpoint."""

    async def sparql(request: Request) -> Response:
        try:
            content = await body(request, current.options.limits.body)
            method = "GET" if request.method == "HEAD" else request.method
            kind = request.headers.get("content-type")
            ask = asked(method, request.scope["query_string"], kind, content)
            async with current.serving() as serving:
                return await _answered(request, serving, current, ask)
        except Refusal as refusal:
            return refused(refusal)

    return sparql


def _named(ask: Asked) -> Asked:
    """A request with the text of the named query that it asks for."""
    name = ask.parameters.get("name")
    if ask.question is not None or not name:
        return ask
    text = named_text(name)
    if text is None:
        raise Refusal("unnamed", name=name[:80])
    return ask._replace(question=Question(text))


def _without_name(ask: Asked) -> Asked:
    return ask._replace(parameters={k: v for k, v in ask.parameters.items() if k != "name"})


async def _answered(request: Request, serving: Serving, current: Current, ask: Asked) -> Response:
    accept = request.headers.get("accept")
    try:
        ask = _named(ask)
    except Refusal as refusal:
        if wanted(accept, ask.parameters.get("format")).is_page:
            return await _page(request, serving, current, _without_name(ask), refusal)
        raise
    if ask.question is None:
        format = described(accept)
        if format is None:
            return await _page(request, serving, current, ask)
        return _description(request, serving, current, format)
    want = wanted(accept, ask.parameters.get("format"))
    if want.is_page:
        return await _page(request, serving, current, ask)
    headers = dict(_VARY)
    if _is_stable(request, ask.question, federated=current.options.federated):
        headers["ETag"] = _tag(serving, ask.question, f"{want.results} {want.graph}")
        known = request.headers.get("if-none-match", "")
        # `*` is no tag: whether there is an answer at all is not known yet.
        if known.strip() != "*" and is_known(known, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    work = serving.pool.answer(ask.question, want.results, want.graph)
    return _sent(await while_connected(request, work), headers)


def _is_stable(request: Request, question: Question, *, federated: bool) -> bool:
    """Whether the same is answered to a request until another edition comes.

    A POST is not answered with 304: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    return (
        request.method in {"GET", "HEAD"}
        and not _CHANGING.search(question.text)
        and not (federated and fetches(question.text))
    )


def _description(request: Request, serving: Serving, current: Current, format: str) -> Response:
    options = current.options
    url = root(request, serving.settings) + SPARQL
    parts = (url, serving.settings, options.limits, serving.graphs)
    data = description(*parts, federated=options.federated, format=format)
    return Response(data, media_type=_media_type(DATA[format][0]), headers=_VARY)


def _sent(answer: Answer, headers: dict[str, str]) -> Response:
    """An answer, whose file goes."""
    known = DATA if answer.kind == "graph" else TABLES
    media_type = _media_type(known[answer.format][0])
    if answer.path.stat().st_size <= _WHOLE:
        data = answer.path.read_bytes()
        answer.path.unlink()
        return Response(data, media_type=media_type, headers=headers)
    sent = OpenedResponse(answer.path.open("rb"), headers, media_type)
    with contextlib.suppress(PermissionError):  # Windows removes no open file: see the task
        answer.path.unlink()
    sent.background = BackgroundTask(answer.path.unlink, missing_ok=True)
    return sent


async def _page(
    request: Request,
    serving: Serving,
    current: Current,
    ask: Asked,
    refusal: Refusal | None = None,
) -> Response:
    """The page with what was asked and what came of it."""
    tag = ask.parameters.get("lang", "")
    if tag not in _TAGS:
        tag = language(request.headers.get("accept-language"), _TAGS)
    asked_for, name = ask.question or Question(""), ask.parameters.get("name")
    shown = Shown(
        asked_for.text,
        name,
        limits=current.options.limits,
        default_graphs=asked_for.default_graphs,
        named_graphs=asked_for.named_graphs,
    )
    if ask.question is not None:
        try:
            answer = await while_connected(request, serving.pool.answer(ask.question, "json", "nt"))
            try:
                result = await asyncio.to_thread(read_result, answer.path, answer.kind)
            finally:
                answer.path.unlink()
            shown = shown._replace(answer=result, total=answer.rows)
        except Refusal as found:
            refusal = found
    if refusal is not None:
        shown = shown._replace(refusal=refusal)
    status = refusal.status if refusal is not None else HTTPStatus.OK.value
    headers = {**_VARY, "Content-Language": tag, "Cache-Control": "no-cache"}
    headers |= _later(refusal) if refusal is not None else {}
    nonce = secrets.token_urlsafe(16)
    data = uncommented(await asyncio.to_thread(query_page, serving.frame, tag, shown, nonce))
    return HTMLResponse(data, status, headers)


def refused(refusal: Refusal) -> Response:
    """A refusal in both languages."""
    text = "".join(f"{refusal.text[tag]}\n" for tag in ("en", "pl"))
    return PlainTextResponse(text, refusal.status, _VARY | _later(refusal))


def _later(refusal: Refusal) -> dict[str, str]:
    """When to ask again; whoever obeyed it after a question too heavy would ask it for ever."""
    return {"Retry-After": "10"} if refusal.code in _PASSING else {}


def _tag(serving: Serving, question: Question, formats: str) -> str:
    digest = hashlib.sha256(repr((question, formats)).encode("utf-8", "surrogatepass"))
    return f'W/"{serving.tag}-{digest.hexdigest()[:24]}"'


def _media_type(name: str) -> str:
    return f"{name}; charset=utf-8" if name.startswith("text/") else name
