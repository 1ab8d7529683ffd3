"""The reference page of the problems, `docs/problems.md`.

It derives from the catalogue, the shapes and the corpus of broken inputs: only a checkout has that.
"""

from collections.abc import Iterator
from typing import Final

from es_lod.reference.cases import Case, Expected, cases
from es_lod.reference.codes import Entry, capital, codes

_HEAD: Final = """\
# Problems

What a report can say: each code with its cause, its remedy and an example. Codes are stable:
programs may rely on them. Words in braces are filled in. This page is generated (`make docs`); a
test keeps it true, and one more runs all examples.

An error makes the data not conform (exit code 1, or 2 where an input could not be read); a warning
does not, and a notice only says what was done. What the shapes find has the code that the model has
for the same fault, or else `shape` with the text of the shape.
"""
_SEVERITIES: Final = {"error": "Errors", "warning": "Warnings", "info": "Notices"}
_LIKED: Final = ("yaml", "csv", "xlsx", "ttl")
"""The formats of examples, the best known first."""
_WIDTH: Final = 100
_BEFORE: Final = 60
"""How much of a long line stands before its caret."""


def page() -> str:
    """The page in Markdown."""
    entries = codes()
    lines = [_HEAD, *_index(entries)]
    for entry in entries:
        lines += [*_section(entry), ""]
    return "\n".join(lines)


def _index(entries: list[Entry]) -> Iterator[str]:
    for severity, title in _SEVERITIES.items():
        codes = [entry.code for entry in entries if entry.severity == severity]
        yield f"**{title}**: " + " · ".join(f"[{code}](#{code})" for code in codes)
        yield ""


def _section(entry: Entry) -> Iterator[str]:
    yield f"## {entry.code}"
    yield ""
    yield f"| {entry.severity} | cause | remedy |"
    yield "|---|---|---|"
    for language, (cause, remedy) in entry.texts.items():
        yield f"| {language} | {_cell(cause)} | {_cell(remedy)} |"
    yield ""
    yield from _example(entry.code)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _example(code: str) -> Iterator[str]:
    having = [case for case in cases() if code in (told.code for told in case.expected)]
    case = min(having, key=_rank)
    told = next(told for told in case.expected if told.code == code)
    shown = list(_shown(case, told))
    yield f"{capital(case.name)}{_where(case, told)}" + (":" if shown else ".")
    if shown:
        yield ""
        yield from ("```text", *shown, "```")


def _rank(case: Case) -> tuple[bool, int]:
    suffix = case.file.rpartition(".")[2]
    known = _LIKED.index(suffix) if suffix in _LIKED else len(_LIKED)
    return len(case.expected) > 1, known


def _where(case: Case, told: Expected) -> str:
    if _is_run(case):
        return ""
    if told.cell is not None:
        return f", `{case.file}`, cell {told.cell}"
    if told.line is not None:
        return f", `{case.file}:{told.line}:{told.column}`"
    return f", `{case.file}`"


def _is_run(case: Case) -> bool:
    return case.command is not None and case.command.startswith("es-lod ")


def _shown(case: Case, told: Expected) -> Iterator[str]:
    """The line that is told of, or else the command, the change, or the whole file."""
    if told.cell is not None:
        yield case.text_at(told).strip("⟨⟩")
    elif told.line is not None and told.column is not None:
        line = case.text.split("\n")[told.line - 1].replace("\t", " ")
        start = max(0, told.column - 1 - _BEFORE) if len(line) > _WIDTH else 0
        if line.strip():
            yield _printable(line[start : start + _WIDTH]).rstrip()
            yield " " * (told.column - 1 - start) + "^"
        return
    if _is_run(case):
        yield f"$ {_short(str(case.command))}"
    if case.edits:
        for old, new in case.edits:
            if old != new:  # otherwise how the text is stored is what is wrong
                yield from (f"- {_short(line)}" for line in old.split("\n"))
                yield from (f"+ {_short(line)}" for line in new.split("\n"))
    elif case.text.strip() and not _is_run(case):
        yield _short(case.text)


def _short(line: str) -> str:
    plain = _printable(line.strip())
    return plain if len(plain) <= _WIDTH else plain[: _WIDTH - 1] + "…"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
