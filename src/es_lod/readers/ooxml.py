"""The XML parts of a workbook, read as streams by expat: no tree, no entities, flat memory.

Names are taken without their namespace: the transitional and the strict form of Office Open XML
differ in nothing else that is read here.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from es_lod.readers.grids import MAX_CELL

_BLOCK: Final = 1 << 16
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Attributes = dict[str, str]


class Refused(Exception):
    """What the parts of a workbook must not have; the text is a key of the reasons."""


class Part:
    """Feeds one part to handlers of start and end tags, named without namespace."""

    def __init__(self) -> None:
        # expat leaves prefixes on; they are cut off once for each name.
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._names: dict[str, str] = {}
        self._text: list[str] | None = None
        self._size = 0
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}

    def feed(self, stream: IO[bytes]) -> Iterator[None]:
        """Parse the stream; pauses after each block."""
        while block := stream.read(_BLOCK):
            self._parser.Parse(block, False)
            yield
        self._parser.Parse(b"", True)
        yield

    def parse(self, stream: IO[bytes]) -> None:
        """Parse all of the stream."""
        for _ in self.feed(stream):
            pass

    def keep(self) -> None:
        """Keep the text that comes, until it is taken."""
        self._text, self._size = [], 0

    def take(self) -> str:
        """The text kept."""
        text = "".join(self._text or ())
        self._text = None
        return text

    def _characters(self, data: str) -> None:
        # One character more than a cell may have tells that it is too long.
        if self._text is not None and self._size <= MAX_CELL:
            self._text.append(data)
            self._size += len(data)

    def _start(self, name: str, attributes: Attributes) -> None:
        if handler := self.starts.get(self._names.get(name) or self._local(name)):
            handler(attributes)

    def _end(self, name: str) -> None:
        if handler := self.ends.get(self._names.get(name) or self._local(name)):
            handler()

    def _local(self, name: str) -> str:
        return self._names.setdefault(name, name.rpartition(":")[2])

    def _refuse(self, *_: object) -> None:
        raise Refused("doctype")


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute by its name without prefix."""
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), None)


def unescaped(text: str) -> str:
    """The text with `_x0041_` as the character that it stands for."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Texts(Part):
    """Collects the texts of a string item: `t`, also of its runs, but no phonetic hints."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._length = 0
        self._phonetic = False
        self.starts |= {
            item: lambda _: self._begin(),
            "t": lambda _: self.keep(),
            "rPh": lambda _: self._hint(True),
        }
        self.ends |= {"t": self._piece, "rPh": lambda: self._hint(False)}

    def item(self) -> str:
        """The text of the item that just ended."""
        return unescaped("".join(self._pieces))

    def _begin(self) -> None:
        self._pieces, self._length = [], 0

    def _hint(self, phonetic: bool) -> None:
        self._phonetic = phonetic

    def _piece(self) -> None:
        text = self.take()
        if not self._phonetic and self._length <= MAX_CELL:
            self._pieces.append(text)
            self._length += len(text)


def shared_strings(stream: IO[bytes], limit: int) -> list[str]:
    """The shared strings of a workbook, in order."""
    found: list[str] = []
    part = Texts("si")

    def end() -> None:
        if len(found) >= limit:
            raise Refused("cells")
        found.append(part.item())

    part.ends["si"] = end
    part.parse(stream)
    return found


def formats(stream: IO[bytes], built_in: dict[int, str]) -> list[str | None]:
    """The number format of each cell style, in order."""
    codes: dict[str, str] = {str(number): code for number, code in built_in.items()}
    styles: list[str] = []
    part = Part()

    def number_format(attributes: Attributes) -> None:
        codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def style(attributes: Attributes) -> None:
        styles.append(attributes.get("numFmtId", "0"))

    # Only within their lists: named styles and conditional formats have elements of these names.
    part.starts["numFmts"] = lambda _: part.starts.update(numFmt=number_format)
    part.starts["cellXfs"] = lambda _: part.starts.update(xf=style)
    part.ends["numFmts"] = lambda: part.starts.update(numFmt=_nothing)
    part.ends["cellXfs"] = lambda: part.starts.update(xf=_nothing)
    part.parse(stream)
    return [codes.get(number) for number in styles]


def _nothing(_: Attributes) -> None:
    pass
