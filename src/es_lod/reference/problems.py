"""The reference page of the problems, `docs/problems.md`, derived from catalogue and shapes."""

from collections.abc import Iterator
from typing import Final

from es_lod.labels import shape_messages
from es_lod.messages import CATALOGUE

_HEAD: Final = """\
# Problems

What a report can say: each code with its severity and its text in Polish and English, which tells
the cause and the remedy. Words in braces are filled in. Codes are stable: programs may rely on
them. This page is generated (`make docs`); a test keeps it true.

An error makes the data not conform (exit code 1); a warning does not, and a notice only says what
was done. What the shapes find has the code that the model has for the same fault, or else `shape`
with the text of the shape.
"""


def page() -> str:
    """The page in Markdown."""
    lines = [_HEAD, "## Of records and inputs", "", *_catalogue(), ""]
    return "\n".join([*lines, "## Of the law, and likely slips", "", *_warnings(), ""])


def _catalogue() -> Iterator[str]:
    yield "| code | severity | Polish | English |"
    yield "|---|---|---|---|"
    for code, message in CATALOGUE.items():
        if code != "shape":
            yield f"| `{code}` | {message.severity} | {_cell(message.pl)} | {_cell(message.en)} |"


def _warnings() -> Iterator[str]:
    """The warnings of shapes: the name of the shape is the code."""
    yield "| code | Polish | English |"
    yield "|---|---|---|"
    for code, texts in shape_messages("Warning").items():
        yield f"| `{code}` | {_cell(texts['pl'])} | {_cell(texts['en'])} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
