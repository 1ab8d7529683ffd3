"""The body of a request, of limited size and in limited time; forms; a client that went away."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from es_lod.server.pool.counting import sized
from es_lod.server.questions import Refusal

PATIENCE: Final = 20.0
"""Seconds in which a request has to be sent."""
_T = TypeVar("_T")


async def body(request: Request, limit: int) -> bytes:
    """The whole body. Raises `Refusal` for one that is too long, or too slow in coming."""
    try:
        length = int(request.headers.get("content-length", "0"))
    except ValueError:
        length = 0  # the server has refused what is no number
    if length > limit:
        raise Refusal("body", size=sized(limit))
    found = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                found += chunk
                if len(found) > limit:
                    raise Refusal("body", size=sized(limit))
    except TimeoutError:
        raise Refusal("late", seconds=PATIENCE) from None
    return bytes(found)


def fields(data: bytes, most: int) -> list[tuple[str, str]]:
    """The fields of a form, or of a query string: so many at most.

    Raises `UnicodeDecodeError` where they are not in UTF-8, `ValueError` where they are too many.
    https://url.spec.whatwg.org/#urlencoded-parsing
    """
    return parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=most)


async def while_connected(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """The result of work that ends when the client goes away, with `ClientDisconnect`.

    The body has to be read before.
    """
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        for other in (task, gone):
            other.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
