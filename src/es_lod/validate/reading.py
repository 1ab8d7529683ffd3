"""Which properties a query of a shape goes along, read off its text.

Only what our own queries have is read: patterns that lead from `$this` onwards, groups, `UNION`,
`OPTIONAL`, `FILTER`, `NOT EXISTS` and `BIND`. https://www.w3.org/TR/sparql11-query/#grammar
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from es_lod.namespaces import RDF

_THIS: Final = "$this"
_PREFIX: Final = re.compile(r"PREFIX (\w+): <([^<>\s]+)>\n")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|[$?]\w+|[a-z]+:[A-Za-z]\w*|\w+|\S')
_SUBJECT: Final = re.compile(r"[$?]\w+")
_NAME: Final = re.compile(r"<[^<>\s]*>|[a-z]+:[A-Za-z]\w*|a")
_OBJECT: Final = re.compile(r'[$?]\w+|<[^<>\s]*>|[a-z]+:[A-Za-z]\w*|".*"', re.DOTALL)
_SELECTED: Final = re.compile(r"DISTINCT|[$?]\w+")
_BETWEEN: Final = frozenset((".", "UNION", "OPTIONAL"))


class Unread(Exception):
    """A query has what is not read here: it may look at anything."""


class Step(NamedTuple):
    """A property along which a query goes."""

    property: str
    is_beyond: bool
    """Whether it starts elsewhere than from the focus node."""


def steps(query: str) -> Iterator[Step]:
    """The properties along which a query goes. Raises `Unread`."""
    prefixes = dict(_PREFIX.findall(query))
    tokens = _TOKEN.findall(_PREFIX.sub("", query))
    start = tokens.index("WHERE") if "WHERE" in tokens else 0
    if tokens[:1] != ["SELECT"] or not all(map(_SELECTED.fullmatch, tokens[1:start])):
        raise Unread
    return _Reading(tokens[start + 1 :], prefixes).steps()


class _Reading:
    def __init__(self, tokens: list[str], prefixes: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._prefixes = prefixes
        self._at = 0
        self._reached = {_THIS}
        self._outer: list[set[str]] = []

    def steps(self) -> Iterator[Step]:
        while self._at < len(self._tokens):
            word = self._next()
            if word in ("FILTER", "BIND"):
                self._pass_expression()
            elif _SUBJECT.fullmatch(word):
                yield from self._statements(word)
            elif word == "{":
                self._outer.append(set(self._reached))
            elif word == "}" and self._outer:
                self._reached = self._outer.pop()  # what an inner group binds may be unbound here
            elif word not in _BETWEEN:
                raise Unread
        if self._outer:
            raise Unread

    def _next(self) -> str:
        if self._at == len(self._tokens):
            raise Unread
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _pass_expression(self) -> None:
        """What filters or binds looks at values alone, unless a group is in it."""
        if self._peek() == "NOT":
            self._at += 1
            if self._next() != "EXISTS":
                raise Unread
            return  # the group is read as any other
        if self._next() != "(":
            raise Unread
        depth = 1
        while depth:
            word = self._next()
            depth += (word == "(") - (word == ")")
            if word in ("{", "EXISTS"):
                raise Unread

    def _statements(self, subject: str) -> Iterator[Step]:
        """What is asked of a subject, up to the end of the statement."""
        if subject not in self._reached:
            raise Unread  # it could be anything that has the same value
        separator = ";"
        while separator == ";":
            is_named = not _SUBJECT.fullmatch(self._peek())
            if is_named:
                yield from self._path(subject != _THIS)
            elif subject == _THIS:
                self._at += 1  # any of its properties: nothing further can be asked of the value
            else:
                raise Unread
            object_ = self._next()
            if not _OBJECT.fullmatch(object_):
                raise Unread
            if is_named:
                self._reached.add(object_)
            separator = self._peek()
            self._at += separator == ";"

    def _path(self, is_beyond: bool) -> Iterator[Step]:
        """A path: https://www.w3.org/TR/sparql11-query/#propertypaths."""
        depth = 0
        while True:
            while self._peek() == "(":
                self._at, depth = self._at + 1, depth + 1
            name = self._next()
            if not _NAME.fullmatch(name):
                raise Unread
            is_repeated = self._peek() in ("*", "+")
            yield Step(self._iri(name), is_beyond or is_repeated)
            self._at += is_repeated
            while depth and self._peek() == ")":
                self._at, depth = self._at + 1, depth - 1
            if self._peek() not in ("/", "|"):
                if depth or self._peek() in ("*", "+", "?"):
                    raise Unread  # a group that is repeated
                return
            is_beyond |= self._next() == "/"

    def _iri(self, name: str) -> str:
        if name == "a":
            return str(RDF.type)
        if name.startswith("<"):
            return name[1:-1]
        prefix, _, local = name.partition(":")
        if prefix not in self._prefixes:
            raise Unread
        return self._prefixes[prefix] + local
