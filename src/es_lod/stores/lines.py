"""RDF in lines, N-Triples and N-Quads, of which every quad is as records have it.

Such lines are loaded as they stand, in a quarter of the time of quads that Python holds one by one.
All that is looked for shows in the bytes: terms are never shortened here.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from es_lod.namespaces import ES, OTHER_SPELLINGS
from es_lod.personal import MASK, hides_digits, holds_pesel, may_hold_pesel
from es_lod.readers.rdf import MAX_TOKEN

FORMATS: Final = ("nt", "nq")
_TOGETHER: Final = 2**20
_OTHERS: Final = (
    (b"_", b"_:"),  # is named anew
    (b"<", b"<<"),  # no record has triple terms
    (b"\\", b"\\u"),
    (b"\\", b"\\U"),  # either may hide any of the others
    (b"\0", b"\0"),
    (b"#", f"<{ES.operates}>".encode()),  # is stated on the unit
    (b"\xe2", MASK.encode()),
    *((b"p", f"<{namespace}".encode()) for namespace in OTHER_SPELLINGS),
)
"""What is looked for. Where the sign before it is nowhere, it is not: that takes a thirtieth."""
_ASCII: Final = bytes(range(128))


class Otherwise(Exception):
    """Something in the lines is not as records have it, or may not be shown."""


def as_they_stand(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines of a stream, many at once. Raises `Otherwise`."""
    while lines := stream.read(_TOGETHER):
        if not lines.endswith(b"\n"):
            lines += stream.readline(MAX_TOKEN)
        if any(sign in lines and other in lines for sign, other in _OTHERS) or _may_hold_pesel(
            lines
        ):
            raise Otherwise
        yield lines


def _may_hold_pesel(lines: bytes) -> bool:
    """Whether a line has the number of a person; in a line is all that is in its terms."""
    try:
        signs = "".join(set(lines.translate(None, _ASCII).decode()))
    except UnicodeDecodeError:
        return True
    if hides_digits(signs):
        return True
    if b"%" not in lines and not may_hold_pesel(lines):
        return False
    return any(
        holds_pesel(line.decode())
        for line in lines.split(b"\n")
        if b"%" in line or may_hold_pesel(line)
    )
