"""Answers of queries as text: a table for people, the W3C's formats for programs."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    serialize,
)

from es_lod.context import prefixes
from es_lod.formats import FORMATS
from es_lod.namespaces import prefixed
from es_lod.query import Answer, NamedQuery, refusals
from es_lod.report import printable

_RESULTS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def written(answer: Answer, format: str | None, base: str) -> str | None:
    """The answer as text; `None` for a format that an answer of its kind does not have.

    Without a format: a table, `true` or `false`, or Turtle. Raises `InputError` where the query
    fails on its way through the data.
    """
    with refusals():
        return _written(answer, format, base)


def _written(answer: Answer, format: str | None, base: str) -> str | None:
    if isinstance(answer, (QuerySolutions, QueryBoolean)):
        if format in (None, "table"):
            if isinstance(answer, QueryBoolean):
                return f"{str(bool(answer)).lower()}\n"
            return _table(answer, base)
        chosen = _RESULTS.get(str(format))
        data = answer.serialize(format=chosen) if chosen else None
        return data.decode() if data is not None else None
    rdf = FORMATS.get(format or "ttl")
    if rdf is None or rdf.rdf is None:
        return None
    names = {**prefixes(), "id": base}
    return (serialize(answer, format=getattr(RdfFormat, rdf.rdf), prefixes=names) or b"").decode()


def _table(answer: QuerySolutions, base: str) -> str:
    names = [variable.value for variable in answer.variables]
    rows = [[_cell(row[name], base) for name in names] for row in answer]
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    rule = ["─" * width for width in widths]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (names, rule, *rows)
    )
    return "\n".join(lines) + "\n"


def _cell(term: object, base: str) -> str:
    if isinstance(term, NamedNode):
        local = term.value.removeprefix(base)
        return printable(local if local != term.value else prefixed(term.value))
    if isinstance(term, (Literal, BlankNode)):
        return printable(" ".join(term.value.split()))
    return ""


def listing(queries: Iterable[NamedQuery], language: str) -> str:
    """The named queries with their questions and parameters."""
    listed = list(queries)
    width = max((len(query.name) for query in listed), default=0) + 2
    lines = []
    for query in listed:
        question = query.question.get(language, query.name)
        parameters = "".join(f" [--param {name}=…]" for name in query.parameters)
        lines.append(f"{query.name:<{width}}{question}{parameters}\n")
    return "".join(lines)
