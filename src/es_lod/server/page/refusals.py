"""What the page says of a question that is not answered."""

import re
from typing import Final, NamedTuple

from es_lod.server.page.cells import visible
from es_lod.server.page.terms import prefixes
from es_lod.server.questions import Refusal

# What the parser of Oxigraph says: `error at 2:8: expected one of …`.
_PARSER: Final = re.compile(r"[\s:]*\berror at (\d{1,7}):(\d{1,7})[:\s]*(.*)", re.DOTALL)
_LETTERS: Final = re.compile(r"(?:, )?\[(?:'[^']*'|\"[^\"]*\"|[^\[\]'\"])*(?:\]|['\"]?…?\Z)")
"""Classes of letters among what it expected: those say nothing to people."""
_AROUND: Final = 80
_LONGEST: Final = 600


class Told(NamedTuple):
    """A refusal: what it says; the place in the query, and the line with what stands from there.

    `detail` is what the parser says, `prefix` one that the query lacks, `declare` the line for it
    where it is known. Without a place `line` is 0.
    """

    text: str
    line: int = 0
    column: int = 0
    before: str = ""
    after: str = ""
    detail: str = ""
    prefix: str = ""
    declare: str = ""


def told(refusal: Refusal, text: str, language: str) -> Told:
    """What is said of a refusal of a query in a language."""
    said = visible(refusal.text[language])
    found = _PARSER.search(said)
    if found is None:
        return Told(said[:_LONGEST])
    lead, detail = said[: found.start()], _LETTERS.sub("", found[3]).strip()[:_LONGEST]
    line, column = int(found[1]), max(1, int(found[2]))
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return Told(lead or detail, detail=detail)
    there = lines[line - 1]
    before, after = there[: column - 1], there[column - 1 :]
    return Told(
        lead or detail,
        line,
        column,
        visible(before[-_AROUND:]),
        visible(after[:_AROUND]),
        detail,
        *(_prefix(before) if "Prefix not found" in detail else ("", "")),
    )


def _prefix(before: str) -> tuple[str, str]:
    """The prefix of the name that ends there, and the line that declares it."""
    found = re.search(r"([\w-]+):[\w.-]*$", before)
    if found is None:
        return "", ""
    iri = prefixes().get(found[1])
    return found[1], f"PREFIX {found[1]}: <{iri}>" if iri else ""
