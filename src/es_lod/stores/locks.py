"""Locks of files, which end with the process that holds them.

On Windows there is none to take: a file that is open cannot be renamed or deleted there, which is
all that is to be prevented.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows

    def lock(descriptor: int, *, shared: bool = False, wait: bool = True) -> None:
        """Lock an open file."""
else:

    def lock(descriptor: int, *, shared: bool = False, wait: bool = True) -> None:
        """Lock an open file. Raises `OSError` where another holds it, and `wait` is not said."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[int]:
    """A lock of a file, which is made where it is not there. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        lock(descriptor, shared=shared, wait=wait)
        yield descriptor
    finally:
        os.close(descriptor)
