"""Solutions of queries as columns of Python values, which pandas and polars take as they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Store,
    Triple,
)

from es_lod import query as query_
from es_lod.namespaces import XSD

if TYPE_CHECKING:
    import rdflib

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | bool | date | None


class Solutions(dict[str, list[Value]]):
    """The solutions of a SELECT query: each column with its values, as the query orders both.

    `pandas.DataFrame(solutions)` and `polars.DataFrame(solutions)` take it as it is, with its
    columns where there is no row, and with a type where a column begins with empty cells: a list
    of rows would ensure neither. As in a data frame, iterating gives the names of the columns;
    `rows()` gives the rows.

    A cell that is not bound is `None`. An IRI is a string, absolute; a blank node begins with `_:`.
    A column is of `int`, `float` (decimals too), `bool` or `date` where each of its literals is
    one, else of strings in their lexical form: where one date is a year, all dates of its column
    are strings, and so are moments, which may have different time zones. Language tags are
    dropped. RDF terms are what `es_lod.query.query(dataset.store(), ..., base=dataset.base)` gives.
    """

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the query."""
        return tuple(self)

    def rows(self) -> list[dict[str, Value]]:
        """The rows, each a dictionary by column."""
        return [dict(zip(self, row, strict=True)) for row in zip(*self.values(), strict=True)]


def solutions(answer: QuerySolutions) -> Solutions:
    """The solutions by column. Raises `InputError` where the query fails on its way."""
    names = [variable.value for variable in answer.variables]
    with query_.refusals():
        found = [tuple(solution) for solution in answer]
    columns = zip(*found, strict=True) if found else [()] * len(names)
    return Solutions(zip(names, map(_column, columns), strict=True))


def query(
    data: Store, text: str, parameters: Mapping[str, str] | None = None, *, base: str
) -> "Solutions | bool | rdflib.Graph":
    """What `es_lod.query.query` answers, as Python has it: columns, a truth value, or a graph."""
    answer = query_.query(data, text, parameters, base=base)
    if isinstance(answer, QuerySolutions):
        return solutions(answer)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    from es_lod.rdf.interchange import to_rdflib

    with query_.refusals():
        return to_rdflib(answer, base)


class _Kind(NamedTuple):
    """A type of values: what its lexical forms look like, and what they become."""

    form: re.Pattern[str]
    value: Callable[[str], Value]


# Python's own functions take more than XML Schema does, such as 1_000 and 20180619.
_INTEGER = _Kind(re.compile(r"[+-]?[0-9]{1,18}"), int)  # of 64 bits, which data frames have
_FLOAT = _Kind(
    re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN"), float
)
_BOOLEAN = _Kind(re.compile(r"true|false|1|0"), lambda form: form in ("true", "1"))
_DATE = _Kind(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat)

_INTEGERS = (
    "integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger"
    " long int short byte unsignedLong unsignedInt unsignedShort unsignedByte"
)
_KINDS: Final[dict[str, _Kind]] = {
    **{XSD[name]: _INTEGER for name in _INTEGERS.split()},
    **{XSD[name]: _FLOAT for name in ("decimal", "double", "float")},
    XSD.boolean: _BOOLEAN,
    XSD.date: _DATE,
}
"""Datatype → kind. All others stay strings."""


def _column(terms: Sequence[Term | None]) -> list[Value]:
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds == {_INTEGER, _FLOAT}:
        kinds = {_FLOAT}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is not None and all(t is None or kind.form.fullmatch(_form(t)) for t in terms):
        try:
            return [None if term is None else kind.value(_form(term)) for term in terms]
        except ValueError:  # a day that no month has
            pass
    return [None if term is None else _form(term) for term in terms]


def _kind(term: Term) -> _Kind | None:
    return _KINDS.get(term.datatype.value) if isinstance(term, Literal) else None


def _form(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)
