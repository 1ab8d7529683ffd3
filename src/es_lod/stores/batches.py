"""Lines of N-Triples or N-Quads into a store, while the next lines are made."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from pyoxigraph import RdfFormat, Store

BATCH: Final = 2**23
"""Bytes that are loaded at once. Four times as much takes a tenth less of processor time, but then
nothing is loaded before 32 MB are made; a store in files takes 175 MB more of memory with it."""


@contextmanager
def loaded(store: Store, format: RdfFormat, *, are_ours: bool) -> Iterator["Batches"]:
    """What lines are written to; a second thread loads them. Raises `SyntaxError`."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        out = Batches(store, format, thread, are_ours=are_ours)
        yield out
        out.finish()


class Batches:
    """Lines that another thread loads, batch by batch: pyoxigraph lets go of the interpreter."""

    def __init__(
        self, store: Store, format: RdfFormat, thread: ThreadPoolExecutor, *, are_ours: bool
    ) -> None:
        self._store = store
        self._format = format
        self._thread = thread
        self._are_ours = are_ours
        self._held: list[bytes] = []
        self._size = 0
        self._loading: Future[None] | None = None

    def write(self, data: bytes) -> int:
        """Take some whole lines."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= BATCH:
            self._send()
        return len(data)

    def finish(self) -> None:
        """Load what is left, and wait for it."""
        self._send()
        self._wait()

    def _send(self) -> None:
        self._wait()  # one batch is loaded while the next is made: no more are in memory
        batch, self._held, self._size = b"".join(self._held), [], 0
        self._loading = self._thread.submit(self._load, batch)

    def _load(self, batch: bytes) -> None:
        # We write lines from checked records: checking IRIs again would take a third more.
        self._store.bulk_load(batch, format=self._format, lenient=self._are_ours)

    def _wait(self) -> None:
        if self._loading is not None:
            self._loading.result()
