"""Requests of the SPARQL 1.1 Protocol: what is asked, and in which format to answer.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from es_lod.formats import FORMATS
from es_lod.server.bodies import fields as fields_of
from es_lod.server.negotiation import media_type
from es_lod.server.questions import GRAPHS, Question, Refusal

TABLES: Final = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""The formats of solutions and booleans, with the media types that ask for them; the first is sent.

https://www.w3.org/TR/sparql11-overview/#sparql11-results
"""
DATA: Final = {name: (FORMATS[name].media_type,) for name in GRAPHS}
"""The formats of graphs."""
_NAMES: Final = {
    "xml": ("xml", "rdf"),
    "json": ("json", "jsonld"),
    "turtle": (None, "ttl"),
    "rdf+xml": (None, "rdf"),
    "json-ld": (None, "jsonld"),
    **{name: (name, None) for name in ("csv", "tsv")},
    **{name: (None, name) for name in DATA},
}
"""What `format` in an address may say, and the formats of tables and data that it means: clients
such as SPARQLWrapper send it beside their header."""
PAGE: Final = "text/html"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MAX_FIELDS: Final = 200


class Wanted(NamedTuple):
    """In which formats an answer may come: of solutions, of graphs; or as a page for people."""

    results: str | None
    graph: str | None
    is_page: bool = False


class Asked(NamedTuple):
    """A request: the question, if there is one, and all parameters beside it."""

    question: Question | None
    parameters: dict[str, str]


def asked(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Asked:
    """What a request asks. Raises `Refusal` for what the Protocol does not have."""
    fields = _fields(query_string)
    if method == "POST":
        kind, charset = _content(content_type)
        if kind == _FORM:
            _refuse_query(fields)
            fields = _fields(body)
        elif kind == _QUERY:
            _refuse_query(fields)
            fields = [*fields, ("query", _decoded(body, charset))]
        elif kind == _UPDATE:
            raise Refusal("readonly")
        else:
            raise Refusal("type", types=f"{_FORM}, {_QUERY}")
    if any(name == "update" for name, _ in fields):
        raise Refusal("readonly")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Refusal("several")
    if method == "POST" and not queries:
        raise Refusal("missing")
    graphs = (_all(fields, "default-graph-uri"), _all(fields, "named-graph-uri"))
    question = Question(queries[0], *graphs) if queries else None
    return Asked(question, {name: value for name, value in fields if name != "query"})


def wanted(accept: str | None, format: str | None = None) -> Wanted:
    """The formats that a client takes; `format` names one, whatever the header says.

    Raises `Refusal` where it takes none.
    """
    if format:
        if format in _NAMES:
            return Wanted(*_NAMES[format])
        raise _unacceptable(f"format={format}")
    best = media_type(accept, [*_types(TABLES), *_types(DATA), PAGE])
    if best is None:
        raise _unacceptable(accept or "")
    results, graph = (_named(known, accept) for known in (TABLES, DATA))
    return Wanted(results, graph, best == PAGE)


def described(accept: str | None) -> str | None:
    """The format of the service description that a client takes; `None` for a page.

    Raises `Refusal` where it takes none: who takes solutions has forgotten the query.
    """
    best = media_type(accept, [*_types(DATA), PAGE])
    if best is None and media_type(accept, _types(TABLES)):
        raise Refusal("missing")
    if best is None:
        raise _unacceptable(accept or "")
    return None if best == PAGE else next(n for n, types in DATA.items() if best in types)


def _types(known: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for names in known.values() for name in names]


def _named(known: Mapping[str, tuple[str, ...]], accept: str | None) -> str | None:
    best = media_type(accept, _types(known))
    return next((name for name, types in known.items() if best in types), None)


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return fields_of(data, _MAX_FIELDS)
    except UnicodeDecodeError:
        raise Refusal("encoding") from None
    except ValueError:
        raise Refusal("fields", most=_MAX_FIELDS) from None


def _content(header: str | None) -> tuple[str, str]:
    """The media type and the charset of a body."""
    kind, *parameters = (header or "").split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.strip().lower(), charset


def _decoded(body: bytes, charset: str) -> str:
    """A query that is the body: the Protocol has it in UTF-8."""
    try:
        if charset not in {"utf-8", "utf8", "us-ascii"}:
            raise Refusal("encoding")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("encoding") from None


def _refuse_query(fields: list[tuple[str, str]]) -> None:
    """What the body says stands in the address as well."""
    if any(name in {"query", "update"} for name, _ in fields):
        raise Refusal("several")


def _all(fields: list[tuple[str, str]], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name, value in fields if name == key))


def _unacceptable(accept: str) -> Refusal:
    results, graphs = (", ".join(types[0] for types in known.values()) for known in (TABLES, DATA))
    return Refusal(
        "unacceptable-any", asked=accept[:200], results=results, graphs=graphs, page=PAGE
    )
