"""JSON Lines: records line by line, those that are plainly right many at a time."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import BinaryIO, Final, NamedTuple, TypeAlias

from es_lod.errors import InputError, Location, Problem
from es_lod.model.outline import Outline, Values
from es_lod.personal import may_hold_pesel
from es_lod.readers import json
from es_lod.readers.entries import Entry, Tree, around, passed_over, settings
from es_lod.readers.plain import Plain, plainly, plainly_given
from es_lod.readers.unread import about
from es_lod.values import DEFAULT_LANGUAGE

MAX_LINE: Final = 16 * 2**20
"""The longest line, in bytes."""
BLOCK: Final = 1 << 16
"""How many bytes are read at a time, up to the end of a line."""


class Lines(NamedTuple):
    """What all lines of a file have in common; the place of its plain records."""

    file: str
    base: str | None
    language: str

    def entry(self, number: int, text: str) -> Entry:
        """The record of a line."""
        text = text.rstrip("\r\n")
        return self.of(json.parse(text, self.file, number), number, text)

    def of(self, tree: Tree, number: int, text: str) -> Entry:
        """The record of a line whose tree is known."""
        locate = json.Places(text, self.file, number)
        return Entry(passed_over(tree), (), locate, self.base, self.language, raw=text)

    def plain(self, number: int, text: str) -> Plain:
        """The record of a line that is plainly right."""
        pairs, _ = json.scan_pairs(text, 0)
        read = plainly_given if "null" in text else plainly
        found = read(pairs, self.language, again=True)
        if found is None:
            raise ValueError(text)
        return Plain(*found, self, number, text)


class Block(NamedTuple):
    """Whole lines, and the number of the first of them."""

    number: int
    data: bytes


class Line(NamedTuple):
    """A line that has to be read on its own."""

    number: int
    data: bytes


Looked: TypeAlias = Sequence[Plain] | Line
"""Records that are plainly right, one behind another; or another line."""
Looking: TypeAlias = Callable[[Lines, Iterator[Block]], Iterator[Looked]]
"""Looks at the blocks of a file."""


def look(lines: Lines, blocks: Iterable[Block]) -> Iterator[Looked]:
    """Look at blocks, one after another."""
    for block in blocks:
        text = _text(block.data)
        if text is not None:
            yield from _look_at(text, lines, block.number)
            continue
        for number, data in enumerate(io.BytesIO(block.data), block.number):
            single = _text(data)
            if single is None:
                yield Line(number, data)
            else:
                yield from _look_at(single, lines, number)


def read(
    stream: BinaryIO, file: str, looking: Looking = look
) -> Iterator[Entry | Problem | Sequence[Plain]]:
    """The records, one by one or many; a first line may state `base` and `language`.

    A line that is wrong is a problem of its own, and reading goes on behind it.
    """
    reader = _Reader(file)
    blocks = _blocks(stream)
    for block in blocks:
        rest = block
        while reader.lines is None and rest.data:
            line, data = _first(rest.data)
            yield from reader.line(Line(rest.number, line))
            rest = Block(rest.number + 1, data)
        if reader.lines is not None:
            for found in looking(reader.lines, chain([rest], blocks)):
                yield from reader.line(found) if isinstance(found, Line) else (found,)
    if reader.lines is None:
        raise InputError([Problem("empty-file", location=Location(file))])


def _blocks(stream: BinaryIO) -> Iterator[Block]:
    """The lines of a file; of one that is too long only so much that this can be seen."""
    number = 1
    while head := stream.read(BLOCK):
        tail = rest = stream.readline(MAX_LINE + 1)
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE + 1)
        block = Block(number, head + tail)
        number += block.data.count(b"\n")
        yield block


def _look_at(text: str, lines: Lines, number: int) -> Iterator[Looked]:
    """What the lines of a text hold."""
    found: list[Plain] = []
    for n, line in enumerate(io.StringIO(text, newline="\n"), number):
        known = _known(line, lines.language)
        if known is not None:
            # `Plain(…)` itself takes a microsecond more.
            found.append(Plain._make((*known, lines, n, line)))
            continue
        if found:
            yield found
            found = []
        yield Line(n, line.encode())
    if found:
        yield found


def _known(line: str, language: str) -> tuple[Outline, Values] | None:
    """Outline and values of a line that is plainly right."""
    try:
        pairs, end = json.scan_pairs(line, 0)
    except (StopIteration, ValueError, ArithmeticError, RecursionError):
        return None
    if line[end:] not in _LINE_ENDS:
        return None
    found = plainly(pairs, language)
    if found is None and "null" in line:
        return plainly_given(pairs, language)
    return found


class _Reader:
    """Reads lines on their own; `lines` is known once the first is read."""

    def __init__(self, file: str) -> None:
        self.lines: Lines | None = None
        self._file = file

    def line(self, line: Line) -> Iterator[Entry | Problem]:
        """The record of a line, or what is wrong with it."""
        try:
            text = self._decoded(line).rstrip("\r\n")
            if not text.strip():
                return
            tree = json.parse(text, self._file, line.number)
        except InputError as error:
            yield from self._wrong(line.data, error)
            return
        if self.lines is None and _are_settings(tree):
            locate = json.Places(text, self._file, line.number)
            self.lines = Lines(self._file, *settings(tree, locate))
            yield from around(tree, _SETTINGS, locate)
            return
        yield self._known().of(tree, line.number, text)

    def _known(self) -> Lines:
        if self.lines is None:
            self.lines = Lines(self._file, None, DEFAULT_LANGUAGE)
        return self.lines

    def _wrong(self, raw: bytes, error: InputError) -> Iterator[Problem]:
        # The id that the line seems to have: references to it are no further problem.
        id_ = _ID.search(raw.decode("utf-8", "replace"))
        problems = [replace(told, record=id_ and id_[1]) for told in error.problems]
        lines = self._known()
        if len(raw) > MAX_LINE:
            yield from problems
        else:
            written = raw.decode(errors="surrogateescape")
            yield from about(problems, written, (lines.base, lines.language))

    def _decoded(self, line: Line) -> str:
        if len(line.data) > MAX_LINE:
            place = Location(self._file, line.number, 1)
            params = {"limit": MAX_LINE >> 20}
            raise InputError([Problem("line-too-long", location=place, params=params)])
        try:
            return line.data.decode("utf-8-sig" if line.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            column = len(line.data[: error.start].decode("utf-8", "replace")) + 1
            place = Location(self._file, line.number, column)
            raise InputError([Problem("not-utf-8", location=place)]) from None


def _first(data: bytes) -> tuple[bytes, bytes]:
    """The first line, and what follows."""
    end = data.find(b"\n") + 1 or len(data)
    return data[:end], data[end:]


def _text(data: bytes) -> str | None:
    """The text of lines that can be looked at together."""
    if len(data) > MAX_LINE or may_hold_pesel(data):
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


_LINE_ENDS: Final = ("\n", "", "\r\n", "\r")
_ID: Final = re.compile(r'"id"\s*:\s*"([a-z0-9-]+)"')
_SETTINGS: Final = ("base", "language")


def _are_settings(tree: Tree) -> bool:
    return isinstance(tree, dict) and "type" not in tree and bool(tree.keys() & set(_SETTINGS))
