"""JSON and our own JSON-LD: fast parsing, and places found again on demand."""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, TypeAlias

from es_lod.errors import InputError, Location, Path, Problem
from es_lod.readers import reasons
from es_lod.readers.entries import (
    MAX_DEPTH,
    PROBLEM,
    Entry,
    Tree,
    entries,
)

MAX_BYTES: Final = 256 * 2**20
"""The largest JSON document that is read; JSON Lines has no such limit."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = r'"(?:[^"\\]|\\.)*+"'


class _Repeated(dict[str, Tree]):
    """An object with keys that stand twice; the last value holds."""

    repeated: tuple[str, ...]


def _object(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found = dict(pairs)
    if len(found) != len(pairs):
        found = _Repeated(found)
        counts = Counter(key for key, _ in pairs)
        found.repeated = tuple(key for key, count in counts.items() if count > 1)
    return found


class _NoNumber(ValueError):
    """`NaN` and `Infinity`, which Python reads and JSON does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _constant(name: str) -> None:
    raise _NoNumber(name)


def _number(digits: str) -> int | Decimal:
    # Python refuses to convert very long integers; such a number is no value of ours anyway.
    return int(digits) if len(digits) < 400 else Decimal("NaN")


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except ArithmeticError:  # an exponent that no decimal has
        return Decimal("NaN")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_decimal,
    parse_int=_number,
    parse_constant=_constant,
)


_PAIRS: Final = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=Decimal, parse_constant=_constant
)
scan_pairs: Final[Callable[[str, int], tuple[Any, int]]] = _PAIRS.scan_once  # type: ignore[attr-defined]  # untyped
"""Value and end of the JSON text at an offset, objects as tuples of pairs; raises `ValueError`,
`ArithmeticError` or `StopIteration` for what `parse` refuses, and for some numbers that it takes.
"""


def parse(text: str, file: str, line: int = 1) -> Tree:
    """The tree of a JSON text; `line` is that of its first character in the file.

    Raises `InputError` for what is no JSON, and for nesting deeper than the interpreter bears.
    """
    try:
        tree = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        reason, at = reasons.of_json(text, error)
        params: dict[str, Any] = {"format": "JSON", "reason": reason}
        place = Places(text, file, line).at(at)
        raise InputError([Problem("syntax", location=place, params=params)]) from None
    except RecursionError:
        place = Places(text, file, line).at(_too_deep(text))
        params = {"limit": MAX_DEPTH}
        raise InputError([Problem("too-deep", location=place, params=params)]) from None
    except _NoNumber as error:
        place = Places(text, file, line).at(_outside_strings(text, error.name))
        reason = {"pl": f"{error.name} nie jest JSON-em", "en": f"{error.name} is not JSON"}
        params = {"format": "JSON", "reason": reason}
        raise InputError([Problem("syntax", location=place, params=params)]) from None
    return tree


def _too_deep(text: str) -> int:
    """Where nesting goes deeper than we read."""
    depth = 0
    for token in re.finditer(_STRING + r"|[\[{]|[\]}]", text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            return token.start()
    return 0


def _outside_strings(text: str, word: str) -> int:
    """Where a word stands that is not within a string."""
    tokens = re.finditer(f"{_STRING}|{word}", text)
    return next((token.start() for token in tokens if token[0] == word), 0)


def read(text: str, file: str, root: Tree) -> Iterator[Entry | Problem]:
    """The records of a JSON document; `root` is its tree."""
    yield from entries(root, Places(text, file))


def place(text: str, file: str, path: Path) -> Location:
    """The place of a value in a JSON text."""
    return Places(text, file)(path, False)


def without_problem(text: str) -> str:
    """The text of an object without its key `$problem`, all else as it stands."""
    at = _skip(text, 0)
    members = dict(_members(text, at))
    if PROBLEM not in members:
        return text
    keys = [*members]
    n = keys.index(PROBLEM)
    begin = members[PROBLEM][0]
    if n + 1 < len(keys):
        return text[:begin] + text[members[keys[n + 1]][0] :]
    end = _DECODER.raw_decode(text, members[PROBLEM][1])[1]
    before = text[:begin].rstrip()
    return before.removesuffix(",") + text[end:]


class Places:
    """Where values stand in a JSON text: found when first asked for, each object and array once.

    `line` is that of the text's first character in the file.
    """

    def __init__(self, text: str, file: str, line: int = 1) -> None:
        self._text = text
        self._file = file
        self._line = line
        self._members: dict[int, _Members] = {}
        self._breaks: list[int] | None = None

    def __call__(self, path: Path, key: bool) -> Location:
        """The place of the value at a path, or of its key; the last, where a key stands twice."""
        try:
            offset = self._offset(path, key)
        except RecursionError:
            return Location(self._file, self._line)
        return self.at(offset)

    def at(self, offset: int) -> Location:
        """The place of an offset in the text."""
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer("\n", self._text)]
        before = bisect_left(self._breaks, offset)
        start = self._breaks[before - 1] + 1 if before else 0
        return Location(self._file, self._line + before, offset - start + 1)

    def _offset(self, path: Path, key: bool) -> int:
        at = _skip(self._text, 0)
        for i, step in enumerate(path):
            if self._text[at] not in "[{":
                break
            if at not in self._members:
                self._members[at] = dict(_members(self._text, at))
            found = self._members[at].get(step)
            if found is None:
                break
            at = found[0] if key and i == len(path) - 1 else found[1]
        return at


_Members: TypeAlias = dict[str | int, tuple[int, int]]


def _members(text: str, at: int) -> Iterator[tuple[str | int, tuple[int, int]]]:
    """The key or index of each member of an object or array, and the offsets of key and value."""
    in_object = text[at] == "{"
    at = _skip(text, at + 1)
    index = 0
    while text[at] not in "]}":
        key: str | int = index
        key_at = at
        if in_object:
            key, at = json.decoder.scanstring(text, at + 1)  # type: ignore[attr-defined]  # untyped
            at = _skip(text, _skip(text, at) + 1)
        yield key, (key_at, at)
        index += 1
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
