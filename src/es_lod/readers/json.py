"""JSON, JSON Lines and our own JSON-LD: fast parsing, and places found again on demand."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final

from es_lod.errors import InputError, Location, Path, Problem
from es_lod.readers.entries import MAX_DEPTH, Entry, Tree, entries

MAX_BYTES: Final = 256 * 2**20
"""The largest JSON document that is read; JSON Lines has no such limit."""
MAX_LINE: Final = 16 * 2**20
"""The longest line of JSON Lines, in bytes."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")


class _Repeated(dict[str, Tree]):
    """An object with a key that stands twice."""

    repeated: str


def _object(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        found = _Repeated(found)
        found.repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


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


def parse(text: str, file: str, line: int = 1) -> Tree:
    """The tree of a JSON text; `line` is that of its first character in the file.

    Raises `InputError` for what is no JSON, and for nesting deeper than the interpreter bears.
    """
    try:
        tree = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = Location(file, line + error.lineno - 1, error.colno)
        params: dict[str, Any] = {"format": "JSON", "reason": error.msg}
        raise InputError([Problem("syntax", location=place, params=params)]) from None
    except RecursionError:
        params = {"limit": MAX_DEPTH}
        raise InputError(
            [Problem("too-deep", location=Location(file, line), params=params)]
        ) from None
    except ValueError as error:
        params = {"format": "JSON", "reason": str(error)}
        raise InputError(
            [Problem("syntax", location=Location(file, line), params=params)]
        ) from None
    return tree


def read(text: str, file: str, root: Tree = None) -> Iterator[Entry | Problem]:
    """The records of a JSON document (`root`, where it is parsed already)."""
    tree = parse(text, file) if root is None else root

    def locate(path: Path, key: bool) -> Location:
        return _location(text, file, 1, path, key)

    yield from _repetitions(tree, (), text, file, 1)
    yield from entries(tree, locate)


def read_lines(stream: BinaryIO, file: str) -> Iterator[Entry | Problem]:
    """The records of JSON Lines, one by one; a first line may state `base` and `language`.

    A line that is wrong is a problem of its own, and reading goes on behind it.
    """
    settings: dict[str, Any] = {}
    number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        try:
            text = _line(raw, stream, file, number)
            if not text.strip():
                continue
            tree = parse(text, file, number)
            if not settings and isinstance(tree, dict) and "type" not in tree and "base" in tree:
                head = next(iter(entries({**tree, "type": ""}, _locator(text, file, number))))
                settings = {
                    "base": getattr(head, "base", None),
                    "language": getattr(head, "language", "pl"),
                }
                continue
        except InputError as error:
            yield from error.problems
            continue
        settings = settings or {"base": None}
        yield from _repetitions(tree, (), text, file, number)
        yield Entry(tree, (), _locator(text, file, number), **settings)


def _line(raw: bytes, stream: BinaryIO, file: str, number: int) -> str:
    place = Location(file, number)
    if len(raw) > MAX_LINE:
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(MAX_LINE)
        raise InputError(
            [Problem("line-too-long", location=place, params={"limit": MAX_LINE >> 20})]
        )
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        column = len(raw[: error.start].decode("utf-8", "replace")) + 1
        raise InputError([Problem("not-utf-8", location=Location(file, number, column))]) from None


def _locator(text: str, file: str, line: int) -> Callable[[Path, bool], Location]:
    def locate(path: Path, key: bool) -> Location:
        return _location(text, file, line, path, key)

    return locate


def _repetitions(tree: Tree, path: Path, text: str, file: str, line: int) -> Iterator[Problem]:
    """A problem for each key that stands twice in one object, at its second place."""
    stack = [(tree, path)] if isinstance(tree, (dict, list)) else []
    while stack:
        node, at = stack.pop()
        if isinstance(node, _Repeated):
            place = _location(text, file, line, (*at, node.repeated), True)
            yield Problem("duplicate-key", value=node.repeated, location=place)
        children = node.items() if isinstance(node, dict) else enumerate(node)
        stack += [
            (child, (*at, step)) for step, child in children if isinstance(child, (dict, list))
        ]


def _location(text: str, file: str, line: int, path: Path, key: bool) -> Location:
    try:
        offset = _offset(text, path, key)
    except RecursionError:
        return Location(file, line)
    before = text.count("\n", 0, offset)
    return Location(file, line + before, offset - text.rfind("\n", 0, offset))


def _offset(text: str, path: Path, key: bool) -> int:
    """Where the value at a path (or its key) begins; the last one, where a key stands twice."""
    at = _skip(text, 0)
    for i, step in enumerate(path):
        if text[at] == "{" and isinstance(step, str):
            found = [pair for pair in _members(text, at) if pair[0] == step]
            if not found:
                break
            _, key_at, value_at = found[-1]
            at = key_at if key and i == len(path) - 1 else value_at
        elif text[at] == "[" and isinstance(step, int):
            items = list(_members(text, at))
            if step >= len(items):
                break
            at = items[step][2]
    return at


def _members(text: str, at: int) -> Iterator[tuple[str | None, int, int]]:
    """The (key, offset of key, offset of value) of an object or array that begins at `at`."""
    in_object = text[at] == "{"
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        key: str | None = None
        key_at = at
        if in_object:
            key, at = json.decoder.scanstring(text, at + 1)  # type: ignore[attr-defined]  # untyped
            at = _skip(text, _skip(text, at) + 1)
        yield key, key_at, at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
