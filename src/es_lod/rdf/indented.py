"""JSON in lines, as `json` writes it with an indent of 2.

That has no other way to indent than a generator for each level, of four times the time. What is
given a `line` stands in one that begins so.
"""

from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring as quoted


def in_braces(members: Sequence[str], line: str) -> str:
    """An object of members that are written."""
    inner = f"{line}  "
    return f"{{{inner}{f',{inner}'.join(members)}{line}}}"


def in_brackets(items: Sequence[str], line: str) -> str:
    """An array of items that are written."""
    inner = f"{line}  "
    return f"[{inner}{f',{inner}'.join(items)}{line}]"


def texts(pairs: Iterable[tuple[str, str | tuple[str, ...]]], line: str) -> str:
    """A text in each language, or several of them."""
    inner = f"{line}  "
    return in_braces([f"{quoted(tag)}: {_strings(told, inner)}" for tag, told in pairs], line)


def _strings(strings: str | tuple[str, ...], line: str) -> str:
    if isinstance(strings, str):
        return quoted(strings)
    several = [quoted(string) for string in strings]
    return in_brackets(several, line) if len(several) > 1 else several[0]
