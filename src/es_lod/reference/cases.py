"""The corpus of broken inputs: edits to good files, each with what has to be told of it.

The tables are `tests/problems/*.txt`, the good files stand beside them: a checkout has them, an
installed package does not. How a table is written is said in `tests/problems/README.md`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from es_lod.readers.sheets import letters

FOLDER: Final = Path(__file__).parents[3] / "tests" / "problems"
MARK: Final = "‸"
"""Stands in an edit where the problem is to be told; no part of the text."""

_REPEATED: Final = re.compile(r"⟦([0-9]+)×(.*?)⟧", re.DOTALL)
_EXPECTED: Final = re.compile(r"([a-z0-9-]+)(?: @ (.+?))?(?: \? (.+))?")


@dataclass(frozen=True, slots=True)
class Expected:
    """A problem that has to be told: its code and its place, which a file as a whole has not.

    `line` and `column` are those of the text, which is that of the table for a workbook: there
    the place is `cell`.
    """

    code: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A broken input: the text of a file, how it is stored, and what is told of it.

    `command` is what is run; without one the file is read and validated. `base` is the good file
    that was edited, if any, `edits` what was replaced in it and by what.
    """

    name: str
    file: str
    text: str
    expected: tuple[Expected, ...]
    encoding: str = "utf-8"
    command: str | None = None
    base: Path | None = None
    edits: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode(self.encoding)

    def text_at(self, told: Expected) -> str:
        """The text of the cell of a table that is told of."""
        line, column = told.line or 1, told.column or 1
        row = self.text.splitlines()[line - 1]
        cells = csv.reader([row], delimiter=";")
        return next(cells)[_columns(row[: column - 1]) - 1]


@cache
def cases() -> tuple[Case, ...]:
    """All cases, table by table. Raises `ValueError` for a table that cannot be read."""
    return tuple(case for path in sorted(FOLDER.glob("*.txt")) for case in _of_table(path))


def good_files() -> list[Path]:
    """The files that the cases edit."""
    return sorted({case.base for case in cases() if case.base})


def _of_table(path: Path) -> Iterator[Case]:
    file, block = "", list[str]()
    for line in (*path.read_text(encoding="utf-8").splitlines(), ""):
        if line:
            block.append(line)
            continue
        if block and block[0].startswith("== "):
            file = block[0].removeprefix("== ")
        elif block and not block[0].startswith("; "):
            try:
                yield _case(file, block)
            except ValueError as error:
                raise ValueError(f"{path.name}: {block[0]}: {error}") from None
        block = []


def _case(file: str, block: list[str]) -> Case:
    name, *lines = block
    case = Case(name.removeprefix("# "), file, "", ())
    edits: list[tuple[list[str], list[str]]] = []
    whole: list[str] = []
    told: list[str] = []
    for line in lines:
        sign, _, rest = line.partition(" ")
        match sign:
            case "-":
                if not edits or edits[-1][1]:
                    edits.append(([], []))
                edits[-1][0].append(rest)
            case "+":
                edits[-1][1].append(rest)
            case "=":
                whole.append(rest)
            case "!":
                case = replace(case, encoding=rest)
            case "$":
                case = replace(case, command=_written([rest]))
            case ">":
                told.append(rest)
            case _:
                raise ValueError(f"no such line: {line}")
    base = None if whole else FOLDER / file.replace(".xlsx", ".csv")
    text = _written(whole) if base is None else _edited(base.read_text(encoding="utf-8"), edits)
    expected = tuple(_expected(text, told))
    if file.endswith(".xlsx"):
        expected = tuple(_in_cell(problem, text.replace(MARK, "")) for problem in expected)
    told_of = [("\n".join(old), "\n".join(new).replace(MARK, "")) for old, new in edits]
    text = text.replace(MARK, "")
    return replace(case, text=text, expected=expected, base=base, edits=tuple(told_of))


def _written(lines: Iterable[str]) -> str:
    """What stands in a table as the text that it means."""
    text = _REPEATED.sub(lambda found: int(found[1]) * found[2], "\n".join(lines))
    return text.replace("␀", "\0").replace("␉", "\t").replace("␇", "\a").replace("␍", "\r")


def _edited(text: str, edits: Iterable[tuple[list[str], list[str]]]) -> str:
    for old_lines, new_lines in edits:
        old, new = "\n".join(old_lines), _written(new_lines)
        if text.count(old) != 1:
            raise ValueError(f"stands {text.count(old)} times: {old}")
        text = text.replace(old, new)
    return text


def _expected(text: str, told: Iterable[str]) -> Iterator[Expected]:
    """What is told, with its places: the marks in their order, or where a text begins."""
    plain = text.replace(MARK, "")
    marks = [found.start() - n for n, found in enumerate(re.finditer(MARK, text))]
    for line in told:
        found = _EXPECTED.fullmatch(line)
        if found is None:
            raise ValueError(f"no such problem: {line}")
        code, begins, hint = found.groups()
        if begins is not None:
            begins = begins.replace("\\n", "\n")
            if plain.count(begins) != 1:
                raise ValueError(f"stands {plain.count(begins)} times: {begins}")
            yield Expected(code, *_place(plain, plain.index(begins)), hint)
        elif marks:
            yield Expected(code, *_place(plain, marks.pop(0)), hint)
        else:
            yield Expected(code, hint=hint)
    if marks:
        raise ValueError("more marks than problems")


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _in_cell(problem: Expected, text: str) -> Expected:
    """A problem of a workbook: its cell from its place in the text of the table."""
    if problem.line is None or problem.column is None:
        return problem
    column = _columns(text.splitlines()[problem.line - 1][: problem.column - 1])
    return replace(problem, cell=f"{letters(column)}{problem.line}")


def _columns(before: str) -> int:
    """How many cells begin in the text of a row that stands before a place, or at it."""
    return len(next(csv.reader([before + "x"], delimiter=";")))
