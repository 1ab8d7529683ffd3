"""The edition that is served now: a rebuilt site is taken over as a whole.

Files come from the folder, so those of a new edition at once; questions wait until its data are
loaded: nobody who has seen the new edition is answered from the former one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from es_lod.errors import InputError, Location, Problem
from es_lod.server.bodies import PATIENCE
from es_lod.server.files import Files
from es_lod.server.published import Stamps, stamp
from es_lod.server.questions import Refusal
from es_lod.server.serving import Options, Serving, loaded
from es_lod.site.editions.settings import is_spread, settings_of
from es_lod.site.settings import Settings

_LOG: Final = logging.getLogger("es_lod.server")
_SWAP: Final = 2.0
"""Seconds in which one folder takes the place of another."""
_AGAIN: Final = 10.0
"""Seconds after which what could not be loaded is tried again."""
_RETRIES: Final = 5
_TICK: Final = 0.05


class Current:
    """The files of the folder as it is, and what answers the questions to it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._stamp: Stamps | None = None
        self._files: Files | None = None
        self._loading: asyncio.Task[Serving] | None = None
        self._started = False  # whether one was there before
        self._failed = 0.0
        self._missing: tuple[float, float] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

    async def answer(self, request: Request, path: str) -> Response:
        """The answer to a request for a path of the site, of one edition whatever happens to it.

        Raises `InputError` where there is no site.
        """
        reason = None  # what is not found may have been taken away meanwhile
        for _ in range(_RETRIES):
            files = await self.files()
            seen = self._stamp
            try:
                answer = files.answer(request, path)
            except OSError as error:
                reason = error.strerror
            else:
                if self._is_still(seen):
                    return answer
            await asyncio.sleep(_TICK)
        raise self._unreadable(reason)

    async def files(self) -> Files:
        """The files of the edition that is in the folder now.

        Raises `InputError` where there is none; while one takes the place of another, waits.
        """
        while (found := await self._stamped()) != self._stamp or self._files is None:
            try:
                site, settings = self.options.site, self._read_settings()
                spread = is_spread(site)
            except InputError:
                if self._is_still(found):
                    raise
                continue
            self._files = Files(site, settings, spread=spread)
            self._started = self._stamp is not None
            self._stamp = found
            if self._started:
                _LOG.info("another edition: its data are being loaded")
            self._load()
        return self._files

    def _is_still(self, found: Stamps | None) -> bool:
        """Whether the folder is still the one that had these stamps."""
        try:
            return stamp(self.options.site) == found
        except OSError:
            return False

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Serving]:
        """What answers the questions to the edition that is in the folder now."""
        serving = await self._served()
        with serving.used():
            yield serving

    async def _served(self) -> Serving:
        while not self._closing.is_set():
            await self.files()
            loading = self._loading
            if loading is None:
                break
            if loading.done() and self._is_to_be_tried_again(loading):
                self._load()
                continue
            await asyncio.wait({loading})
            await self.files()  # another edition may have come while this one was loaded
            if loading is self._loading and not loading.cancelled():
                return loading.result()
        raise Refusal("closed")

    def _is_to_be_tried_again(self, loading: "asyncio.Task[Serving]") -> bool:
        """Whether data could not be loaded some time ago: somebody may have mended them."""
        has_failed = loading.cancelled() or loading.exception() is not None
        return has_failed and asyncio.get_running_loop().time() > self._failed + _AGAIN

    def _load(self) -> None:
        """Load the edition that was found. Nobody new asks the former one."""
        former = self._loading
        if self._stamp is None or self._closing.is_set():
            return
        self._loading = asyncio.create_task(loaded(self.options, self.settings, self._stamp))
        self._loading.add_done_callback(self._note)
        if former is not None:
            self._begin_to_end(former)

    def _note(self, loading: "asyncio.Task[Serving]") -> None:
        if not loading.cancelled() and (error := loading.exception()) is not None:
            self._failed = asyncio.get_running_loop().time()
            if self._started:  # else who starts us tells
                _LOG.error("an edition could not be loaded: %s", error)

    async def close(self) -> None:
        """End all that runs for it: who still waits for an answer is told that none will come."""
        if not self._closing.is_set():
            self._closing.set()
            if self._loading is not None:
                self._begin_to_end(self._loading)
        if self._ending:
            await asyncio.wait(self._ending)

    def _begin_to_end(self, loading: "asyncio.Task[Serving]") -> None:
        ending = asyncio.create_task(self._end(loading))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _end(self, loading: "asyncio.Task[Serving]") -> None:
        """End an edition as soon as no request asks it any more."""
        loading.cancel()
        await asyncio.wait({loading})
        if loading.cancelled() or loading.exception() is not None:
            return
        serving = loading.result()
        waiting = [asyncio.create_task(e.wait()) for e in (serving.unused, self._closing)]
        longest = PATIENCE + self.options.limits.seconds
        await asyncio.wait(waiting, timeout=longest, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await serving.close()

    @property
    def settings(self) -> Settings:
        """The settings of the edition whose files were served last."""
        return self._files.settings if self._files is not None else self._read_settings()

    def _read_settings(self) -> Settings:
        return self.options.settings or settings_of(self.options.site)

    async def _stamped(self) -> Stamps:
        """The stamps of the folder, as soon as it is there: it may be about to be replaced."""
        while True:
            try:
                return stamp(self.options.site)
            except OSError as error:
                now = asyncio.get_running_loop().time()
                since, last = self._missing or (now, now)
                if now > last + _SWAP:
                    since = now  # it was there meanwhile
                self._missing = since, now
                if now > since + _SWAP:
                    settings_of(self.options.site)  # says what is the matter
                    raise self._unreadable(error.strerror) from None
            await asyncio.sleep(_TICK)

    def _unreadable(self, reason: str | None) -> InputError:
        place = Location(str(self.options.site))
        params = {"reason": reason or "?"}
        return InputError([Problem("file-unreadable", location=place, params=params)])
