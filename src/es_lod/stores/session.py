"""A query of inputs: what answers it, and what is kept for the next.

The first query is answered from memory: to load the inputs there and to ask takes less than to make
a store in files. The answer is kept, and that the inputs were asked. The next query that has no
answer yet makes the store when its own is out; those after it ask the store.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import RawIOBase
from typing import BinaryIO, Final

from pyoxigraph import Store

from es_lod.query import DamagedStore
from es_lod.readers.grids import spooled
from es_lod.readers.named import Input, Source
from es_lod.stores.asked import Asked, Opened
from es_lod.stores.kept import ANSWER, MARK, STORE, Cache, Kept
from es_lod.stores.key import memory
from es_lod.stores.place import is_narrow
from es_lod.stores.questions import Copying, Names, Question, names_of

TOO_LARGE: Final = "it is larger than ES_LOD_CACHE_SIZE"
NARROW: Final = "less than 1 GiB of memory may be used"
MEMORY: Final = 2 * 2**30
"""How many bytes inputs may take in memory; larger ones are loaded into files before they are asked
the first time, which takes twice as long, in memory that does not grow."""
QUICK: Final = 0.1
"""Answers that were found in fewer seconds are not kept."""
_SHARE: Final = 32
"""Answers that take more than this part of the limit are not kept."""


class Session:
    """A query of inputs of which nothing is kept."""

    uncached: str | None = None
    """Why nothing could be kept, where that was tried."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._data: Opened | None = None

    def recall(self) -> BinaryIO | None:
        """The answer, where it is kept."""
        return None

    def open(self) -> Opened:
        """The store to be asked."""
        self._data = self._asked.load(Store())
        return self._data

    def noting(self, out: RawIOBase) -> RawIOBase:
        """Where the answer is to be written, so that it can be kept."""
        return out

    def forget(self) -> None:
        """Note that nobody read the answer to its end."""

    def keep(self) -> None:
        """Keep what is worth it, now that the answer is out."""


@contextmanager
def session(
    asked: Asked, question: Question, cache: Cache | None = None, *, at_once: bool = False
) -> Iterator[Session]:
    """A query of inputs; nothing is kept without a cache, or of small ones.

    `at_once` has the first query make the store. Raises `DamagedStore` where a query finds that
    what was kept is damaged: it is deleted then.
    """
    with ExitStack() as stack:
        name = None
        if cache is not None:
            asked = replace(asked, inputs=[_reread(item, stack) for item in asked.inputs])
            name = asked.key
        if cache is None or name is None:
            yield Session(asked)
            return
        try:
            yield _Keeping(asked, names_of(name, question), cache, stack, at_once=at_once)
        except DamagedStore:
            cache.drop(name)
            raise


def _reread(item: Input, stack: ExitStack) -> Input:
    """An input that can be read several times."""
    if not isinstance(item, Source) or item.stream is None:
        return item
    return replace(item, stream=stack.enter_context(spooled(item.stream))())


class _Keeping(Session):
    """A query of inputs that have a name in a cache."""

    def __init__(
        self, asked: Asked, names: Names, cache: Cache, stack: ExitStack, *, at_once: bool
    ) -> None:
        super().__init__(asked)
        self._names = names
        self._cache = cache
        self._stack = stack
        self._at_once = at_once
        self._begun = time.monotonic()
        self._is_kept = False
        self._copy: Copying | None = None

    def recall(self) -> BinaryIO | None:
        """The answer, where it is kept."""
        name = self._names.answer
        if name is None or (self._at_once and self._find(self._names.store, STORE) is None):
            return None
        found = self._find(name, ANSWER)
        return found and self._stack.enter_context((found.folder / ANSWER).open("rb"))

    def open(self) -> Opened:
        """The store to be asked: the one that is kept, or one that is loaded now."""
        self.uncached = self.uncached or (NARROW if is_narrow() else None)
        self._data = self._kept()
        if self._data is None and self._may_keep and memory(self._asked.inputs) > MEMORY:
            self._data = self._made()
        if self._data is None:
            self._data = self._asked.load(Store())
        return self._data

    def noting(self, out: RawIOBase) -> RawIOBase:
        """Where the answer is to be written, so that it can be kept."""
        if self._names.answer is None or not self._may_keep:
            return out
        try:
            spare = self._stack.enter_context(self._cache.spare())
        except OSError as error:
            self._fail(error)
            return out
        self._copy = Copying(out, spare, self._cache.limit // _SHARE)
        return self._copy

    def forget(self) -> None:
        """Note that nobody read the answer to its end."""
        self._copy = None

    def keep(self) -> None:
        """Keep what is worth it, now that the answer is out."""
        if self._data is None or not self._may_keep:
            return
        try:
            # What changed while it was read is not what the name says.
            if not self._is_kept and self._asked.key != self._names.store:
                return
            if self._copy is not None and self._copy.is_whole:
                self._keep_answer(self._copy)
            if not self._is_kept:
                self._keep_store(self._data)
        except (OSError, RuntimeError) as error:  # a full disk, a folder that is not ours
            self._fail(error)

    @property
    def _may_keep(self) -> bool:
        return self.uncached is None

    def _fail(self, error: Exception) -> None:
        self.uncached = getattr(error, "strerror", None) or str(error)

    def _find(self, key: str, kind: str) -> Kept | None:
        try:
            return self._cache.find(key, kind, self._stack) if self._may_keep else None
        except OSError as error:
            self._fail(error)
            return None

    def _kept(self) -> Opened | None:
        found = self._find(self._names.store, STORE)
        if found is None:
            return None
        try:
            store = Store.read_only(str(found.folder))
        except (OSError, RuntimeError):
            self._cache.drop(self._names.store)
            return None
        self._is_kept = True
        self._begun = time.monotonic()
        self._asked.meter.records = found.about["records"]
        return Opened(store, found.about["base"])

    def _made(self) -> Opened | None:
        """A store in files that is loaded now, and kept before it is asked."""
        try:
            made = self._stack.enter_context(self._cache.unfinished(STORE))
            loaded = self._asked.load(Store(str(made.content)))
            if not loaded.is_good or self._asked.key != self._names.store:
                return loaded
            base = loaded.base
            _close(loaded.store)
            del loaded  # it moves to its place
            if self._cache.keep(made, self._names.store, self._noted(base)):
                return self._kept()
            self.uncached = TOO_LARGE
            return Opened(Store.read_only(str(made.content)), base)
        except (OSError, RuntimeError) as error:
            self._fail(error)
            return None

    def _keep_answer(self, copy: Copying) -> None:
        if time.monotonic() - self._begun > QUICK:
            with self._cache.unfinished(ANSWER) as made:
                copy.save(made.content / ANSWER)
                self._cache.keep(made, str(self._names.answer), {})

    def _keep_store(self, data: Opened) -> None:
        """Keep the store where it is not the first query of these inputs, else note that one."""
        found = self._find(self._names.mark, MARK)
        if found is None and not self._at_once:
            self._mark(0)
            return
        if found is not None and found.about["larger"] >= self._cache.limit:
            self.uncached = TOO_LARGE
            return
        with self._cache.unfinished(STORE) as made:
            store = Store(str(made.content))
            # A generator of ours lets Ctrl+C in between.
            store.bulk_extend(quad for quad in data.store)
            _close(store)
            del store
            if not self._cache.keep(made, self._names.store, self._noted(data.base)):
                self._mark(self._cache.limit)
                self.uncached = TOO_LARGE

    def _mark(self, larger: int) -> None:
        """Note that the inputs were asked, and the limit that their store is larger than."""
        self._cache.drop(self._names.mark)
        with self._cache.unfinished(MARK) as made:
            self._cache.keep(made, self._names.mark, {"larger": larger})

    def _noted(self, base: str) -> dict[str, str | int]:
        return {"base": base, "records": self._asked.meter.records}


def _close(store: Store) -> None:
    """Have all of a store in its files, its tables in order: joins take half the time then."""
    store.optimize()
    store.flush()
