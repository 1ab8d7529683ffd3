"""The named queries as the page tells of them: what their headers say, in one language."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from es_lod.messages.message import LANGUAGES
from es_lod.query import named_queries
from es_lod.site.collation import polish_order

_HEADER: Final = re.compile(r"\A(?:#[^\n]*\n)+\s*")
_LINE: Final = re.compile(
    r"^# (column|parameter)(?:@(\w+))?: \??(\w+) (\(date\) )?— (.*)$", re.MULTILINE
)
_DAY: Final = "2026-01-01"


class Column(NamedTuple):
    """A column or a parameter, and what it is."""

    name: str
    told: str
    is_date: bool

    @property
    def bound(self) -> str:
        """How a parameter is given a value within a query."""
        example = f'"{_DAY}"' if self.is_date else "<…>"
        return f"VALUES ?{self.name} {{ {example} }}"


class Named(NamedTuple):
    """A named query: columns and parameters with what they are; the text without its header."""

    name: str
    title: str
    question: str
    columns: tuple[Column, ...]
    parameters: tuple[Column, ...]
    text: str


@cache
def named(language: str) -> Mapping[str, Named]:
    """The named queries by name, in the Polish order of their titles."""
    found = [
        Named(
            query.name,
            query.title[language],
            query.question[language],
            _told(query.text, "column", language),
            _told(query.text, "parameter", language),
            _HEADER.sub("", query.text),
        )
        for query in named_queries().values()
    ]
    return {
        query.name: query for query in sorted(found, key=lambda query: polish_order(query.title))
    }


def named_text(name: str) -> str | None:
    """The text of a named query as the page shows it, without its header; None for no such."""
    found = named(LANGUAGES[0]).get(name)
    return found.text if found else None


def name_of(text: str) -> str | None:
    """The name of the named query that has this text, however its lines end."""
    wanted = "\n".join(text.split())
    return _names().get(wanted)


@cache
def _names() -> Mapping[str, str]:
    return {"\n".join(query.text.split()): name for name, query in named(LANGUAGES[0]).items()}


def _told(text: str, key: str, language: str) -> tuple[Column, ...]:
    """What the header says of each column or parameter; English has no mark."""
    return tuple(
        Column(found[3], found[5], found[4] is not None)
        for found in _LINE.finditer(text)
        if found[1] == key and (found[2] or "en") == language
    )
