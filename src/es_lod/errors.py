"""What can go wrong: `Problem`, where it is (`Location`), and the exceptions that carry them."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from es_lod import messages
from es_lod.personal import masked

Severity: TypeAlias = Literal["error", "warning", "info"]
Path: TypeAlias = tuple[str | int, ...]
"""Keys and list indices that lead from a document or record to a value."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a source: file with line and column (from 1), or sheet and cell."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        file = masked(self.file)  # a name may hold a person's number, too
        if self.cell is not None:
            return f"{file}[{self.sheet}!{self.cell}]"
        return ":".join(str(part) for part in (file, self.line, self.column) if part)

    def to_json(self) -> dict[str, object]:
        """The location as `{file, line, column, sheet, cell}`."""
        return {
            "file": masked(self.file),
            "line": self.line,
            "column": self.column,
            "sheet": self.sheet,
            "cell": self.cell,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or worth knowing.

    `code` is stable; `messages.CATALOGUE` has its severity and its texts, or the shape of that
    name. `record` is an id or an absolute IRI, `field` a key path (`address.postalCode`,
    `agenda[1].name`), `value` the offending value as text, `hint` what to write instead. `params`
    fill the texts. A PESEL in any of them is blotted out.
    """

    code: str
    record: str | None = None
    field: str | None = None
    value: str | None = None
    location: Location | None = None
    hint: str | None = None
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)
    override: Severity | None = None
    """The severity, where it is not the catalogue's."""
    text: Mapping[str, str] | None = dataclasses.field(default=None, hash=False)
    """The texts, where they are not the catalogue's: the message of a shape."""

    def __post_init__(self) -> None:
        # Whatever is told of a value, a person's number in it is never shown.
        for name in ("record", "field", "value", "hint"):
            text = getattr(self, name)
            if text is not None and (safe := masked(text)) is not text:
                object.__setattr__(self, name, safe)
        object.__setattr__(self, "params", {k: _masked(v) for k, v in self.params.items()})

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `info`; only an error makes data not conform."""
        return self.override or messages.CATALOGUE[self.code].severity

    @property
    def message(self) -> dict[str, str]:
        """The text in Polish and English: `{"pl": …, "en": …}`."""
        if self.text is not None:
            return dict(self.text)
        known = {"field": self.field, "value": self.value, "record": self.record, "hint": self.hint}
        return messages.render(self.code, {**known, **self.params})

    def at(self, location: Location | None) -> "Problem":
        """The same problem at a place."""
        return dataclasses.replace(self, location=location)

    def to_json(self) -> dict[str, object]:
        """The problem as `{code, severity, record, field, value, location, hint, message}`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "record": self.record,
            "field": self.field,
            "value": self.value,
            "location": self.location.to_json() if self.location else None,
            "hint": self.hint,
            "message": self.message,
        }


def _masked(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _masked(item) for key, item in value.items()}
    return masked(value) if isinstance(value, str) else value


def key_path(path: Path) -> str | None:
    """A path as text: `("agenda", 1, "name")` → `agenda[1].name`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or None


def shown(raw: object) -> str:
    """A raw value for a message, as documents write it; mappings and lists are left out."""
    match raw:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[raw]
        case Mapping():
            return "{…}"
        case list() | tuple() | set() | frozenset():
            return "[…]"
    return str(raw)


class EsLodError(Exception):
    """The base of all errors that this library raises on purpose."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(_line(problem) for problem in self.problems))


def _line(problem: Problem) -> str:
    place = f"{problem.location}: " if problem.location else ""
    where = f"{problem.field}: " if problem.field else ""
    return f"{place}{where}{problem.message['en']} [{problem.code}]"


class InputError(EsLodError):
    """An input that cannot be read at all: missing, of unknown kind, broken syntax."""


class InvalidRecord(EsLodError, ValueError):
    """Values that a record class does not take; raised by its constructor with all of them."""


class InvalidData(EsLodError):
    """Data with errors, where data without errors is asked for."""


class InvalidValue(EsLodError, ValueError):
    """A value that a field cannot take; becomes a `Problem` of the record that holds it."""

    def __init__(self, code: str, hint: str | None = None, **params: Any) -> None:
        super().__init__([Problem(code, hint=hint, params=params)])
        self.code = code
        self.hint = hint
        self.params = params
