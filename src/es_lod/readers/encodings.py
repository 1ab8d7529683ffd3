"""The encoding of a text file, decided on the whole of it before a line is read.

One line alone tells nothing: a file in Windows-1250 may begin with a thousand lines of ASCII.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from es_lod.errors import InputError, Location, Problem
from es_lod.readers.grids import Opener

MAX_LINE: Final = 16 * 2**20
"""The most characters of a line, and of a row with its quoted line breaks."""

WINDOWS: Final = "cp1250"
_BLOCK: Final = 2**20
_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

# Where ISO-8859-2 has ą ś Ą Ś Ź ź, Windows-1250 has ± ¶ ˇ ¦ ¬ Ľ, and no word has them, but for the
# Slovak Ľ: that stands before a vowel, and begins a word.
_ISO: Final = re.compile(
    "(?<=[^\\W\\d_])[±¶ˇ¦¬]|[±¶ˇ¦¬](?=[^\\W\\d_])|(?<=[a-ząćęłńóśźż])Ľ|Ľ(?=[bcdgklłmnńrstw])"
)


class Encoding(NamedTuple):
    """An encoding by Python's name, and the beginning of the text."""

    name: str
    head: str


def detect(name: str, opened: Opener) -> Encoding:
    """UTF-8, UTF-16 by its byte order mark, or else Windows-1250.

    Reads the file once or twice, in flat memory. Raises `InputError` for what is no text.
    """
    with opened() as stream:
        start = stream.read(3)
    encoding = next((e for bom, e in _BOMS.items() if start.startswith(bom)), "utf-8")
    try:
        return Encoding(encoding, _checked(name, opened, encoding))
    except UnicodeDecodeError:
        if encoding != "utf-8" or _mostly_utf8(opened):
            raise _at_fault(name, opened, encoding) from None
    try:
        return Encoding(WINDOWS, _checked(name, opened, WINDOWS))
    except UnicodeDecodeError:
        raise _at_fault(name, opened, WINDOWS) from None


def _blocks(stream: BinaryIO, encoding: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    while block := stream.read(_BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _checked(name: str, opened: Opener, encoding: str) -> str:
    """The beginning of the text, when all of it is text."""
    head, last, unbroken = "", "", 0
    with opened() as stream:
        for text in _blocks(stream, encoding):
            head = head or text
            if "\0" in text:
                raise InputError([Problem("binary-file", location=Location(name))])
            if encoding == WINDOWS and _ISO.search(last + text):
                raise _iso(name, opened)
            unbroken = 0 if "\n" in text or "\r" in text else unbroken + len(text)
            if unbroken > MAX_LINE:
                raise too_long(Location(name))
            last = text[-1:] or last
    if not head.strip():
        raise InputError([Problem("empty-file", location=Location(name))])
    return head


def too_long(place: Location) -> InputError:
    """A line that does not end."""
    return InputError([Problem("line-too-long", location=place, params={"limit": MAX_LINE >> 20})])


def _mostly_utf8(opened: Opener) -> bool:
    """Whether the text is UTF-8 with some damage: more of its characters are whole than not."""
    whole = broken = 0
    with opened() as stream:
        for text in _blocks(stream, "utf-8", "replace"):
            wrong = text.count("\ufffd")
            whole += len(text) - len(text.encode("ascii", "ignore")) - wrong
            broken += wrong
    return whole > broken


def _at_fault(name: str, opened: Opener, encoding: str) -> InputError:
    """The error at the first byte that the encoding does not have."""
    place = Location(name)
    with io.TextIOWrapper(opened(), encoding, "surrogateescape", newline="") as reader:
        if encoding == "utf-16":  # which knows no surrogateescape
            return InputError([Problem("not-utf-8", location=place)])
        for number, line in enumerate(reader, 1):
            if found := re.search("[\udc80-\udcff]", line):
                place = Location(name, number, found.start() + 1)
                break
    return InputError([Problem("not-utf-8", location=place)])


def _iso(name: str, opened: Opener) -> InputError:
    place = Location(name)
    with io.TextIOWrapper(opened(), WINDOWS, "replace", newline="") as lines:
        for number, line in enumerate(lines, 1):
            if found := _ISO.search(line):
                place = Location(name, number, found.start() + 1)
                break
    return InputError([Problem("iso-8859-2", location=place)])
