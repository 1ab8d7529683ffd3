"""An answer on its way into a file: its bytes and rows are counted as pyoxigraph writes them.

A row is counted in the written bytes, whose chunks may end anywhere: solutions stay in pyoxigraph,
which serialises them some ten times as fast as Python could look at each.
"""

import re
from collections.abc import Callable
from typing import BinaryIO, Final, TypeAlias

from es_lod.server.questions import Limits, Refusal

Counter: TypeAlias = Callable[[bytes], int]
"""Gets the chunks of an answer, and says how many rows begin or end in each."""


class Output:
    """A file that takes an answer up to its limits; beyond, writing raises `Refusal`."""

    def __init__(self, file: BinaryIO, limits: Limits, counter: Counter | None = None) -> None:
        self.rows = 0
        self._file = file
        self._limits = limits
        self._counter = counter
        self._size = 0

    def write(self, chunk: bytes) -> int:
        """Take the next bytes."""
        self._size += len(chunk)
        if self._size > self._limits.size:
            raise Refusal("size", size=sized(self._limits.size))
        if self._counter is not None:
            self.count(self._counter(chunk))
        self._file.write(chunk)
        return len(chunk)

    def count(self, rows: int) -> None:
        """Count further rows."""
        self.rows += rows
        if self.rows > self._limits.rows:
            raise Refusal("rows", rows=self._limits.rows)

    def flush(self) -> None:
        """Do nothing: who opened the file closes it."""


def sized(size: int) -> str:
    """A number of bytes for people, rounded down to a whole unit."""
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if size >> power:
            return f"{size >> power} {unit}"
    return f"{size} B"


class TSVRows:
    """Lines but the header: line feeds in values are escaped."""

    _header = 1

    def __call__(self, chunk: bytes) -> int:
        """The rows of the next chunk."""
        lines = chunk.count(b"\n")
        header, self._header = min(lines, self._header), max(0, self._header - lines)
        return lines - header


class CSVRows:
    """Lines but the header; a line feed between quotation marks belongs to a value."""

    def __init__(self) -> None:
        self._lines = TSVRows()
        self._quoted = False

    def __call__(self, chunk: bytes) -> int:
        """The rows of the next chunk."""
        # A doubled mark within a value closes it and opens it again: the parity stays right.
        parts = chunk.split(b'"')
        plain = b"".join(parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0
        return self._lines(plain)


class JSONRows:
    """Objects that are items of an array. No other than rows are, and none in a string counts."""

    def __init__(self) -> None:
        self._escape = b""
        self._quoted = False
        self._last = b""

    def __call__(self, chunk: bytes) -> int:
        """The rows of the next chunk."""
        text = _PAIR.sub(b"", self._escape + chunk)
        self._escape = text[-1:] if text.endswith(b"\\") else b""
        parts = text.removesuffix(b"\\").split(b'"')
        # A bracket and a brace that chunks divide are brought together. (A string never stands
        # between them.)
        plain = self._last + b"".join(parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0
        self._last = plain[-1:]
        return plain.count(b"[{") + plain.count(b",{")


_PAIR: Final = re.compile(rb"\\.", re.DOTALL)


class XMLRows:
    """Tags `<result>`: in texts and attributes `<` is escaped.

    Raises `Refusal` for what XML cannot hold, where pyoxigraph would write a broken document: a
    control character, or a predicate of which no local name can be made.
    """

    def __init__(self) -> None:
        self._tail = b""

    def __call__(self, chunk: bytes) -> int:
        """The rows of the next chunk."""
        text = self._tail + chunk
        if _FORBIDDEN.search(text):
            raise Refusal("unwritable", reason=_CONTROL)
        if _NAMELESS.search(text):
            raise Refusal("unwritable", reason=_PREDICATE)
        found = text.count(b"<result>")
        # A tag or a character that the chunk divides is looked at again; nothing that was found is.
        starts = [text.rfind(b"<", -_LONGEST), text.rfind(b"\xef", -2)]
        tail = text[min((at for at in starts if at >= 0), default=len(text)) :]
        self._tail = b"" if b">" in tail else tail
        return found


_LONGEST: Final = 64
"""Of what is looked for in a tag. Prefixes are short."""
# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAMELESS: Final = re.compile(rb"</?[^\s<>/:]*:[\s>/]")
_CONTROL: Final = {
    "pl": "jest w niej znak sterujący, którego XML nie zna",
    "en": "it has a control character, which XML does not know",
}
_PREDICATE: Final = {
    "pl": "IRI właściwości nie kończy się nazwą, której XML wymaga",
    "en": "the IRI of a property does not end in a name, which XML needs",
}
