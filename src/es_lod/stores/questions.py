"""Questions whose answers can be kept: the same words to the same data give the same answer."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

# The functions whose value is another each time, before their bracket, comments between; or an
# escape, which may spell them (https://www.w3.org/TR/sparql11-query/#codepointEscape).
_CHANGES: Final = re.compile(
    r"(?<![a-z])(?:rand|now|uuid|struuid|bnode)(?:\s|#[^\n\r]*[\n\r])*\(|\\u", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query in SPARQL, the values of its parameters, and the format of the answer."""

    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the same data give the same answer each time."""
        return not _CHANGES.search(self.text)


class Names(NamedTuple):
    """Under which names is kept what a query of data makes."""

    store: str
    mark: str
    """That the data were asked."""
    answer: str | None
    """None where the answer is another each time."""


def names_of(data: str, question: Question) -> Names:
    """The names of what is kept of a question to data of a name."""
    asked = [question.text, sorted(question.parameters.items()), question.format]
    answer = _name("answer", data, asked) if question.is_settled else None
    return Names(data, _name("mark", data), answer)


def _name(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Copying(RawIOBase):
    """A stream whose bytes go out, and into a file up to a limit."""

    def __init__(self, out: "RawIOBase | BinaryIO", copy: BinaryIO, limit: int) -> None:
        super().__init__()
        self._out = out
        self._copy = copy
        self._room = limit
        self.is_whole = True
        """Whether all that went out is in the file."""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of it."""
        self._out.write(data)
        self._room -= len(data)
        if self.is_whole and self._room >= 0:
            try:
                self._copy.write(data)
            except OSError:  # no room on the disk
                self.is_whole = False
        else:
            self.is_whole = False
        return len(data)

    def flush(self) -> None:
        """Have the reader see it."""
        self._out.flush()

    def save(self, path: Path) -> None:
        """Write what went out to a file. Raises `OSError`."""
        self._copy.seek(0)
        with path.open("wb") as file:
            shutil.copyfileobj(self._copy, file)
