"""RDF inputs: the quads of a stream, parsed by pyoxigraph behind a guard.

The guard stands where the parser is laxer than the format, or weaker than an attacker: it takes
RDF/XML that ends too early or goes on behind its end, expands entities, and overflows its stack on
triple terms within triple terms.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.parsers import expat

from pyoxigraph import Quad, RdfFormat, Triple, parse

from es_lod.errors import InputError, Location, Problem
from es_lod.formats import Format
from es_lod.namespaces import CONTEXT

MAX_TOKEN: Final = 16 * 2**20
"""The longest literal, IRI or comment, in bytes: the parser's own limit."""
MAX_TERMS: Final = 1000
"""How many triple terms may open before a statement ends. The parser bears some 16,000 of them on
a stack of 8 MiB; the stack of Windows has 1 MiB."""


def quads(stream: BinaryIO, name: str, format: Format, base: str) -> Iterator[Quad]:
    """The quads of a stream; `base` resolves relative IRIs, `name` is that of the input.

    Raises `InputError` for what is no RDF of the format, has triples as objects, names a remote
    context, or has no triple at all.
    """
    guard = _WellFormed(stream, name) if format.name == "rdf" else _Flat(stream, name)
    found = False
    try:
        for quad in _parsed(io.BufferedReader(guard, 1 << 16), name, format, base):
            if isinstance(quad.object, Triple):
                raise InputError([Problem("triple-term", location=Location(name))])
            found = guard.has_statement = True
            yield quad
    except MemoryError:
        params: dict[str, Any] = {"limit": MAX_TOKEN >> 20}
        place = Location(name)
        raise InputError([Problem("line-too-long", location=place, params=params)]) from None
    if not found:
        code = "no-records" if format.name == "jsonld" else "empty-file"
        raise InputError([Problem(code, location=Location(name))])


def _parsed(
    stream: "io.BufferedReader[Any]", name: str, format: Format, base: str
) -> Iterator[Quad]:
    try:
        yield from parse(stream, format=getattr(RdfFormat, str(format.rdf)), base_iri=base)
    except SyntaxError as error:
        if "LoadDocumentCallback" in error.msg:
            told = Problem("remote-context", location=Location(name), params={"known": CONTEXT})
            raise InputError([told]) from None
        place = Location(name, error.lineno, error.offset)
        raise _syntax(format.title, error.msg.split(": ", 1)[-1], place) from None
    except ValueError as error:
        raise _syntax(format.title, str(error), Location(name)) from None


def _syntax(format: str, reason: str, place: Location) -> InputError:
    params = {"format": format, "reason": reason}
    return InputError([Problem("syntax", location=place, params=params)])


class _Guard(io.RawIOBase):
    """A stream whose bytes are looked at before the parser gets them."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__()
        self.has_statement = False
        """Set when the parser has made a statement of what it got."""
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self.look(data)
        buffer[: len(data)] = data
        return len(data)

    def look(self, data: bytes) -> None:
        """Raise `InputError` for bytes that the parser must not get; no bytes are the end."""
        raise NotImplementedError


class _Flat(_Guard):
    """Refuses triple terms that nest: all that open before a statement is made may be nested.

    `<<` within strings counts too, which no reader of sane data will notice.
    """

    _open = 0
    _last = b""

    def look(self, data: bytes) -> None:
        if self.has_statement:
            self._open, self.has_statement = 0, False
        self._open += (self._last + data).count(b"<<")
        self._last = data[-1:] if data[-2:] != b"<<" else b""
        if self._open > MAX_TERMS:
            raise InputError([Problem("triple-term", location=Location(self._name))])


class _WellFormed(_Guard):
    """Refuses XML that is not well-formed or declares entities: a few lines make gigabytes."""

    _ended = False
    _blank = True

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream, name)
        self._parser = expat.ParserCreate()
        self._parser.EntityDeclHandler = self._refuse

    def look(self, data: bytes) -> None:
        if self._ended:
            return
        self._ended = not data
        self._blank = self._blank and not data.strip()
        if self._ended and self._blank:
            raise InputError([Problem("empty-file", location=Location(self._name))])
        try:
            self._parser.Parse(data, self._ended)
        except expat.ExpatError as error:
            place = Location(self._name, error.lineno, error.offset + 1)
            raise _syntax("RDF/XML", expat.ErrorString(error.code), place) from None
        except (LookupError, ValueError) as error:  # an encoding that Python cannot read
            raise _syntax("RDF/XML", str(error), Location(self._name, 1, 1)) from None

    def _refuse(self, *_: object) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        place = Location(self._name, line, column + 1)
        raise InputError([Problem("xml-entity", location=place)])
