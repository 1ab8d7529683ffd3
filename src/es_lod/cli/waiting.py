"""Standard input, waited for so that no signal is missed."""

import io
import select
import sys
from typing import Any, BinaryIO, Final, cast

_TURN: Final = 0.25
"""For how many seconds the system is asked to wait at a time."""


def standard_input() -> BinaryIO:
    """The bytes of standard input; of one that is closed, none."""
    given = sys.stdin.buffer if sys.stdin is not None else io.BytesIO()
    # Elsewhere only sockets can be waited for. What stands in for it in tests has no raw stream.
    if sys.platform == "win32" or not isinstance(given, io.BufferedReader):
        return given
    return cast("BinaryIO", io.BufferedReader(_Waiting(given.raw)))


class _Waiting(io.RawIOBase):
    """A stream that is waited for in turns.

    A signal that comes after Python has looked for one, and before the system is asked to read,
    waits until there is something to read: on a terminal, or behind a program that takes its time,
    for ever. Between turns Python looks again.
    """

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def readinto(self, buffer: Any) -> int | None:
        while not select.select([self._raw], [], [], _TURN)[0]:
            pass
        return self._raw.readinto(buffer)
