"""The beginning of an answer, as much of it as a page can show.

The file with the whole answer is read no further than that: it may have 64 MiB.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

import pyoxigraph as ox

from es_lod.context import prefixes
from es_lod.namespaces import RDF, XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Terms = TypeVar("_Terms", bound=tuple[Term | None, ...])

ROWS: Final = 1000
"""How many rows or triples a page shows at most."""
_CELLS: Final = 20_000
_LETTERS: Final = 1_000_000
"""How many cells, and letters in them, a page has at most: rows may be wide."""
_LONGEST: Final = 1000
"""How many letters of one value are shown."""
_PLAIN: Final = {str(XSD.string), str(RDF.langString)}


class Value(NamedTuple):
    """A term as a page shows it: `text` is the IRI, the lexical form, or the label.

    Strings have no `datatype`. `is_cut` where the text is only the beginning.
    """

    kind: Literal["iri", "literal", "blank", "triple"]
    text: str
    language: str = ""
    datatype: str = ""
    is_cut: bool = False


class Solutions(NamedTuple):
    """The first rows of a table; `is_whole` where there are no others."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    is_whole: bool


class Boolean(NamedTuple):
    """Yes or no."""

    value: bool


class Graph(NamedTuple):
    """The first triples of a graph, also as Turtle; `is_whole` where there are no others."""

    triples: tuple[tuple[Value, Value, Value], ...]
    turtle: str
    is_whole: bool


Result: TypeAlias = Solutions | Boolean | Graph


def read_result(path: Path, kind: str, limit: int = ROWS) -> Result:
    """The beginning of the answer in a file: JSON of SPARQL results, of a graph N-Triples.

    `kind` is that of the answer: `solutions`, `boolean`, `graph`.
    https://www.w3.org/TR/sparql11-results-json/
    """
    if kind == "graph":
        return _graph(path, limit)
    found = ox.parse_query_results(path=str(path), format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Boolean(bool(found))
    columns = tuple(variable.value for variable in found.variables)
    room, named = _Room(limit, len(columns)), _Names()
    rows = (tuple(row[name] for name in columns) for row in found)
    taken = tuple(
        tuple(_value(named(term)) if term is not None else None for term in row)
        for row in room.first(rows)
    )
    return Solutions(columns, taken, room.is_enough)


def _graph(path: Path, limit: int) -> Graph:
    room, named = _Room(limit, 3), _Names()
    found = ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    first = [
        ox.Triple(named(s), p, named(o))  # type: ignore[arg-type]  # what was a subject still is
        for s, p, o in room.first((quad.subject, quad.predicate, quad.object) for quad in found)
    ]
    turtle = ox.serialize(first, format=ox.RdfFormat.TURTLE, prefixes=prefixes()) or b""
    triples = tuple((_value(t.subject), _value(t.predicate), _value(t.object)) for t in first)
    return Graph(triples, turtle.decode(), room.is_enough)


class _Room:
    """Takes rows as long as there is room for them; the first has some, whatever its size."""

    def __init__(self, limit: int, width: int) -> None:
        self._rows = min(limit, max(1, _CELLS // max(1, width)))
        self._letters = _LETTERS
        self.is_enough = True

    def first(self, rows: Iterable[_Terms]) -> Iterator[_Terms]:
        """The rows that have room; then `is_enough` tells whether these were all."""
        for i, row in enumerate(rows):
            if i >= self._rows or self._letters <= 0:
                self.is_enough = False
                return
            self._letters -= sum(min(_LONGEST, len(_text(term))) for term in row if term)
            yield row


class _Names:
    """Blank nodes by number, in the order in which they are met: their own labels are chance."""

    def __init__(self) -> None:
        self._known: dict[ox.BlankNode, ox.BlankNode] = {}

    def __call__(self, term: Term) -> Term:
        """The term, with blank nodes by number."""
        if isinstance(term, ox.BlankNode):
            return self._known.setdefault(term, ox.BlankNode(f"b{len(self._known) + 1}"))
        if isinstance(term, ox.Triple):
            subject, object_ = self(term.subject), self(term.object)
            return ox.Triple(subject, term.predicate, object_)  # type: ignore[arg-type]
        return term


def _value(term: Term) -> Value:
    text = _text(term)
    cut, is_cut = text[:_LONGEST], len(text) > _LONGEST
    match term:
        case ox.NamedNode():
            # Of an IRI a part would be another.
            return Value("iri", text)
        case ox.BlankNode():
            return Value("blank", text)
        case ox.Literal():
            datatype = term.datatype.value
            kept = "" if datatype in _PLAIN else datatype
            return Value("literal", cut, term.language or "", kept, is_cut)
        case _:
            return Value("triple", cut, is_cut=is_cut)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
