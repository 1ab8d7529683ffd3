"""What a worker may not do, where the system can forbid it."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

if sys.platform != "win32":
    import resource


def confine(memory: int, *, offline: bool) -> None:
    """Bound the memory of this process from now on, and let it open one file at a time.

    Which no query can make it do anyway, but then no `SERVICE` that the scanner overlooks can open
    a socket, either: the one descriptor that is left is that of the answer.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = _data()
    if used is not None:
        _limit(resource.RLIMIT_DATA, used + memory)
    if offline:
        free = os.open(os.devnull, os.O_RDONLY)
        os.close(free)
        _limit(resource.RLIMIT_NOFILE, free + 1)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _data() -> int | None:
    """The bytes that count for RLIMIT_DATA; only Linux tells them, and limits all of them."""
    try:
        found = re.search(r"VmData:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    except OSError:
        return None
    return int(found[1]) << 10 if found else None


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """End this process after a time, should nobody else be left to end it."""
    if hasattr(signal, "alarm"):
        signal.alarm(ceil(seconds))
        try:
            yield
        finally:
            signal.alarm(0)
    else:
        yield
