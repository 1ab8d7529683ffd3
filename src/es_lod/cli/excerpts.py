"""The lines that problems speak of, with a caret under the place: for people at a terminal."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from es_lod.errors import Location, Problem
    from es_lod.report import Report

MAX_BYTES: Final = 32 * 2**20
"""Larger files are not read a second time for this."""
_WIDTH: Final = 100
_BEFORE: Final = 60
"""How much of a long line stands before the caret."""


def text(report: "Report", language: str) -> str:
    """The report as text, each problem with its line where that can be shown."""
    from es_lod.report import line

    lines = _lines(problem.location for problem in report if problem.location)
    told = [line(problem, language) + _excerpt(problem, lines) for problem in report.told()]
    return "\n".join([*told, *report.untold(language), report.summary(language)]) + "\n"


def _lines(places: Iterable["Location"]) -> dict[tuple[str, int], str]:
    """File and line number → the line, for all places that have one."""
    wanted: dict[str, set[int]] = {}
    for place in places:
        if place.line is not None:
            wanted.setdefault(place.file, set()).add(place.line)
    return {(name, number): found for name in wanted for number, found in _of(name, wanted[name])}


def _of(name: str, numbers: set[int]) -> Iterator[tuple[int, str]]:
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return  # standard input, or too much
        data = path.read_bytes()
    except (OSError, ValueError):
        return
    for number, found in enumerate(_text(data).split("\n"), 1):
        if number in numbers:
            yield number, found.rstrip("\r")


def _text(data: bytes) -> str:
    """The text of a file: UTF-8, or what Excel writes in Poland."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1250", "replace")


def _excerpt(problem: "Problem", lines: dict[tuple[str, int], str]) -> str:
    from es_lod.personal import masked
    from es_lod.report import printable

    place = problem.location
    if place is None or place.line is None or place.column is None:
        return ""
    found = lines.get((place.file, place.line))
    if found is None or masked(found) is not found:
        return ""  # a person's number is never shown
    column = place.column - 1
    start = max(0, column - _BEFORE) if len(found) > _WIDTH else 0
    shown = printable(found[start : start + _WIDTH].replace("\t", " "))
    number = str(place.line)
    return f"\n{number:>6} | {shown}\n{'':>6} | {' ' * (column - start)}^"
