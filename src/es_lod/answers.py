"""Answers of queries as text: a table for people, the W3C's formats for programs."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from itertools import chain, islice
from typing import Any, BinaryIO, Final, cast

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


_MEASURED: Final = 1000
"""Rows after which the widths of a table are settled: the rest goes out as it comes."""


def write(answer: Answer, out: RawIOBase | BinaryIO, format: str | None, base: str) -> bool | None:
    """Write the answer as it comes; tells whether there was anything to write.

    `None` for a format that an answer of its kind does not have; nothing is written then. Without
    a format: a table, `true` or `false`, or Turtle. Raises `InputError` where the query fails on
    its way through the data, `DamagedStore` where the data does.
    """
    counted = _Counted(out)
    with refusals():
        is_written = _write(answer, cast("BinaryIO", counted), format, base)
        counted.flush()
    return counted.count > 0 if is_written else None


def _write(answer: Answer, out: BinaryIO, format: str | None, base: str) -> bool:
    if isinstance(answer, (QuerySolutions, QueryBoolean)):
        if format in (None, "table"):
            out.writelines(line.encode() for line in _table(answer, base))
            return True
        chosen = _RESULTS.get(str(format))
        if chosen is not None:
            answer.serialize(out, format=chosen)
        return chosen is not None
    rdf = FORMATS.get(format or "ttl")
    if rdf is None or rdf.rdf is None:
        return False
    from es_lod.context import prefixes

    names = {**prefixes(), "id": base}
    serialize(answer, out, format=getattr(RdfFormat, rdf.rdf), prefixes=names)
    return True


class _Counted(RawIOBase):
    """A stream that is written to in large pieces, and knows how much that was."""

    def __init__(self, out: RawIOBase | BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._held: list[bytes] = []
        self._size = 0
        self.count = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._held.append(bytes(data))
        self._size += len(data)
        self.count += len(data)
        if self._size >= 2**16:
            self._put()
        return len(data)

    def flush(self) -> None:
        self._put()
        self._out.flush()

    def _put(self) -> None:
        held, self._held, self._size = b"".join(self._held), [], 0
        self._out.write(held)


def _table(answer: QuerySolutions | QueryBoolean, base: str) -> Iterator[str]:
    """The lines of a table, its columns as wide as the first rows need; wider cells push on."""
    if isinstance(answer, QueryBoolean):
        yield f"{str(bool(answer)).lower()}\n"
        return
    names = [variable.value for variable in answer.variables]
    rows = ([_cell(term, base) for term in row] for row in answer)
    first = list(islice(rows, _MEASURED))
    if not first:
        return
    widths = [max(map(len, column)) for column in zip(names, *first, strict=True)]
    rule = ["─" * width for width in widths]
    for line in chain((names, rule), first, rows):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"


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
