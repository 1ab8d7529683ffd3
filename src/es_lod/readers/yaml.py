"""YAML documents: scalars as text, positions kept.

Only the parser of ruamel.yaml is used: a common constructor takes `0000123456` for an octal
number and `NO` for false, and lets a duplicate key win. Here the field decides what a text means.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from es_lod.errors import InputError, Location, Path, Problem
from es_lod.readers import reasons
from es_lod.readers.entries import MAX_DEPTH, Entry, Locate, Tree, entries

MAX_BYTES: Final = 32 * 2**20
"""The largest YAML document that is read; JSON Lines has no such limit."""

_NOTHING: Final = ("", "~", "null", "Null", "NULL")

Mark = tuple[int, int]


class _Map(dict[str, Tree]):
    """A mapping that knows where its keys and values stand."""

    __slots__ = ("keys_at", "repeated", "start", "values_at")

    def __init__(self, start: Mark) -> None:
        super().__init__()
        self.start = start
        self.repeated: tuple[str, ...] = ()
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}


class _List(list[Tree]):
    """A list that knows where its items stand."""

    __slots__ = ("items_at", "start")

    def __init__(self, start: Mark) -> None:
        super().__init__()
        self.start = start
        self.items_at: list[Mark] = []


def read(text: str, file: str) -> Iterator[Entry | Problem]:
    """The records of a YAML document. Raises `InputError` for what is not one."""
    yield from entries(*document(text, file))


def document(text: str, file: str) -> tuple[Tree, Locate]:
    """What a YAML document says, and where. Raises `InputError` for what is not one."""
    composer = _Composer(text, file)
    root = composer.document()

    def locate(path: Path, key: bool) -> Location:
        return composer.location(_mark(root, path, key))

    return root, locate


def _mark(tree: Tree, path: Path, key: bool) -> Mark:
    mark = getattr(tree, "start", (0, 0))
    for i, step in enumerate(path):
        if isinstance(tree, _Map) and step in tree:
            at_key = key and i == len(path) - 1
            mark = (tree.keys_at if at_key else tree.values_at)[str(step)]
            tree = tree[str(step)]
        elif isinstance(tree, _List) and isinstance(step, int) and step < len(tree):
            mark, tree = tree.items_at[step], tree[step]
        elif not isinstance(step, int):
            break
    return mark


class _Composer:
    """Builds the tree from the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._events = _events(text, file)

    def document(self) -> Tree:
        root: Tree = None
        documents = 0
        for event in self._events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self.fail("several-documents", event)
                root = self._node(next(self._events), 0)
        if root is None:
            raise InputError([Problem("empty-file", location=Location(self.file))])
        return root

    def _node(self, event: Any, depth: int) -> Tree:
        name = type(event).__name__
        if name == "AliasEvent" or getattr(event, "anchor", None):
            self.fail("yaml-alias", event)
        if getattr(event, "tag", None):
            self.fail("yaml-tag", event, value=str(event.tag))
        if depth > MAX_DEPTH:
            self.fail("too-deep", event, limit=MAX_DEPTH)
        if name == "ScalarEvent":
            nothing = event.implicit[0] and event.value in _NOTHING
            return None if nothing else event.value
        if name == "SequenceStartEvent":
            return self._list(event, depth)
        return self._map(event, depth)

    def _list(self, start: Any, depth: int) -> _List:
        found = _List(_at(start))
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            found.items_at.append(_at(event))
            found.append(self._node(event, depth + 1))
        return found

    def _map(self, start: Any, depth: int) -> _Map:
        found = _Map(_at(start))
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, str):
                reason = {"pl": "klucz musi być tekstem", "en": "a key must be a text"}
                self.fail("syntax", event, format="YAML", reason=reason)
            if key in found:
                found.repeated += (key,)
            value = next(self._events)
            found.keys_at[key], found.values_at[key] = _at(event), _at(value)
            found[key] = self._node(value, depth + 1)
        return found

    def location(self, mark: Mark) -> Location:
        return Location(self.file, mark[0] + 1, mark[1] + 1)

    def fail(self, code: str, event: Any, value: str | None = None, **params: object) -> None:
        place = self.location(_at(event))
        raise InputError([Problem(code, value=value, location=place, params=params)])


def _at(event: Any) -> Mark:
    return event.start_mark.line, event.start_mark.column


def _events(text: str, file: str) -> Iterator[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    # YAML 1.2 no longer breaks lines there, the parser still does: the text would change.
    if found := re.search("[\u0085\u2028\u2029]", text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        reason = {"pl": "znak końca wiersza Unicode", "en": "a line break of Unicode"}
        raise _syntax(reason, Location(file, line, column))
    last: Any = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        english = str(error.problem or error)
        if opened := _opened(error, last):
            mark, english = opened, "found unexpected end of stream"
        place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
        raise _syntax(reasons.of_yaml(english), place) from None
    except (YAMLError, ValueError, OverflowError) as error:
        raise _syntax(str(error).splitlines()[0], Location(file)) from None


def _opened(error: Any, last: Any) -> Any:
    """Where a quotation or a bracket begins that has no end, where that seems to be the error.

    A quotation ends at the next quotation mark, lines below, and a list or mapping takes in the
    keys of the lines below: there the parser stumbles.
    """
    problem, start = error.problem_mark, error.context_mark
    if error.problem == "found unexpected end of stream":
        return start
    if getattr(last, "style", None) in ('"', "'") and last.start_mark.line < last.end_mark.line:
        return last.start_mark if last.end_mark.line == problem.line else None
    in_brackets = re.fullmatch("expected ',' or '[]}]', but got .*", str(error.problem))
    return start if in_brackets and start.line < problem.line else None


def _syntax(reason: str | dict[str, str], place: Location) -> InputError:
    params: dict[str, Any] = {"format": "YAML", "reason": reason}
    return InputError([Problem("syntax", location=place, params=params)])
