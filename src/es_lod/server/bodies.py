"""The body of a request, of a limited size and in limited time; and a client that went away."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request

from es_lod.server.counting import sized
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
