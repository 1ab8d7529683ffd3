"""How far reading has come: for whoever waits for it."""

import weakref
from pathlib import Path
from typing import BinaryIO


class Meter:
    """Records read so far, and how much of the files that they come from.

    It is asked from another thread: nothing here is worth a lock.
    """

    def __init__(self) -> None:
        self.records = 0
        self._sizes: dict[str, int] | None = {}
        self._behind = 0
        self._current: tuple[str, weakref.ref[BinaryIO]] | None = None
        self._begun: set[str] = set()
        self._at = 0

    def expect(self, name: str, *, is_file: bool) -> None:
        """Note an input before it is read; without a size of all, no share is known."""
        try:
            size = Path(name).stat().st_size if is_file else None
        except OSError:
            size = 0  # told when it is read
        if size is None:
            self._sizes = None
        elif self._sizes is not None:
            self._sizes[name] = size

    def opened(self, name: str, stream: BinaryIO) -> None:
        """Note a file that is being read; tables are opened several times."""
        self._current = (name, weakref.ref(stream))

    def begin(self, name: str) -> None:
        """Note that the records of an input begin."""
        if self._sizes is not None:
            self._behind = sum(self._sizes.get(done, 0) for done in self._begun)
        self._begun.add(name)
        self._at = 0

    def share(self) -> float | None:
        """How much of all bytes is read, from 0 to 1; nothing where that is not known."""
        total = sum(self._sizes.values()) if self._sizes else 0
        if self._current is None or not total:
            return None
        name, found = self._current
        stream = found()
        try:
            if name not in self._begun:
                at = 0
            else:  # of a file that is closed its last records may be on their way
                at = self._at = stream.tell() if stream else self._at
        except (ValueError, OSError):  # read to its end and closed
            at = (self._sizes or {}).get(name, 0)
        return min(1.0, (self._behind + at) / total)
