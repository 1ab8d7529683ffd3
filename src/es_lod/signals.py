"""Signals that end a command, and the processes that it begins."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Windows has not all of them.
_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")
ENDING: Final = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Ctrl+C, the wish of another program, and a terminal that is closed."""


@contextmanager
def held_back() -> Iterator[None]:
    """Have them wait while this process copies itself.

    A copy that gets one before it says `left_to_first` would go on as this process does, and tidy
    up after it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def left_to_first() -> None:
    """In a copy: the first process tells and tidies up, also where all get a signal."""
    for number in ENDING:
        # At a terminal all get Ctrl+C; the first one ends the others when it has heard it.
        is_sent_to_all = number == signal.SIGINT
        signal.signal(number, signal.SIG_IGN if is_sent_to_all else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
