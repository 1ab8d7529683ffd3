"""The validation report as it may be published: without what tells of the machine or of persons."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PureWindowsPath
from typing import Any, Final

from es_lod.errors import Problem
from es_lod.report import Report

_OF_PERSONS: Final = ("personal-email", "person-in-contact")
"""Problems whose value may be a person's name or address: it stands in one place, not in two."""


def public(report: Report) -> Report:
    """A report with the names of files in place of their paths, and no values of persons."""
    folders = _folders(report)
    return Report(_public(problem, folders) for problem in report)


def _folders(report: Report) -> list[str]:
    """The folders of all files, the deepest first; relative ones tell nothing of the machine."""
    files = {problem.location.file for problem in report if problem.location is not None}
    found = {file[: len(file) - len(_name(file))] for file in files}
    return sorted((f for f in found if _is_telling(f)), key=lambda f: (-len(f), f))


def _name(file: str) -> str:
    """The last part of a path, of Windows or of other systems."""
    return PureWindowsPath(file).name or file


def _is_telling(folder: str) -> bool:
    return len(folder) > 1 and (folder[0] in "/\\~" or folder[1] == ":")


def _public(problem: Problem, folders: list[str]) -> Problem:
    place = problem.location
    if place is not None:
        place = replace(place, file=_name(place.file))
    is_personal = problem.code in _OF_PERSONS
    return replace(
        problem,
        location=place,
        value="…" if is_personal else _without(problem.value, folders),
        hint=None if is_personal else _without(problem.hint, folders),
        params=_without(problem.params, folders),
        text=_without(problem.text, folders),
    )


def _without(value: Any, folders: Iterable[str]) -> Any:
    """A value in whose texts no folder is named."""
    if isinstance(value, Mapping):
        return {key: _without(item, folders) for key, item in value.items()}
    if isinstance(value, str):
        for folder in folders:
            value = value.replace(folder, "")
    return value
