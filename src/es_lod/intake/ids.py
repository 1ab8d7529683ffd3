"""Where the records of ids are, in little memory."""

from array import array
from collections.abc import Iterator
from typing import Final

_FIRST: Final = 1 << 8
"""The slots of an empty index; always a power of two."""


class Ids:
    """Numbers of records by the hash of their id: an index that takes 14 to 20 bytes a record.

    It holds no id: whoever asks compares that of the record. Arrays hold no objects, so that
    processes forked from this one go on sharing them: a dict of ids takes 200 bytes a record, and
    each process that reads in it gets a copy, as it counts references.
    """

    def __init__(self) -> None:
        # A hash for each number; a slot holds a number and one, or nothing (linear probing).
        self._hashes = array("q")
        self._slots = array("I", [0]) * _FIRST

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, id_: str) -> int:
        """Note the next id, which is not there yet, and say which number it has."""
        number = len(self._hashes)
        self._hashes.append(hash(id_))
        if 3 * number > 2 * len(self._slots):
            self._grow()
        else:
            self._put(number)
        return number

    def at(self, id_: str) -> Iterator[int]:
        """The numbers of records that may have this id: hardly ever more than one."""
        sought, mask = hash(id_), len(self._slots) - 1
        slot = sought & mask
        while found := self._slots[slot]:
            if self._hashes[found - 1] == sought:
                yield found - 1
            slot = slot + 1 & mask

    def _put(self, number: int) -> None:
        mask = len(self._slots) - 1
        slot = self._hashes[number] & mask
        while self._slots[slot]:
            slot = slot + 1 & mask
        self._slots[slot] = number + 1

    def _grow(self) -> None:
        self._slots = array("I", bytes(2 * self._slots.itemsize * len(self._slots)))
        for number in range(len(self._hashes)):
            self._put(number)
