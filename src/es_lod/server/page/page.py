"""The query page: the editor, what was asked and what came of it, the named queries."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from es_lod.formats import FORMATS
from es_lod.namespaces import ES, SDO
from es_lod.server.page import cells
from es_lod.server.page.columns import Column, columns
from es_lod.server.page.frame import ENDPOINT, LONGEST, Parameters, QueryPage, address
from es_lod.server.page.naming import Naming
from es_lod.server.page.pictures import pictures
from es_lod.server.page.queries import Named, name_of, named, named_text
from es_lod.server.page.refusals import told
from es_lod.server.page.results import Boolean, Graph, Result, Solutions
from es_lod.server.page.words import WORDS
from es_lod.server.questions import Limits, Refusal
from es_lod.site.edition import Edition
from es_lod.site.pages.html import Form
from es_lod.site.pages.rendering import part
from es_lod.site.pages.spelling import number_said
from es_lod.site.words import Speaker

_TABLES: Final = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
_ANSWERS: Final = {"json": "JSON", "xml": "XML"}
_GRAPHS: Final = {"ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF/XML", "jsonld": "JSON-LD"}
_MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
}
_OF_SCRIPT: Final = (
    *("suggestions", "class", "property", "concept", "value", "variable", "keyword"),
    *("keys", "too-long"),
)
_LINE: Final = Form('<tr><th scope="row">{}</th>{}</tr>\n')
_CELL: Final = Form("<td>{}</td>")
_NUMBER: Final = Form('<td class="number">{}</td>')
_NONE: Final = Form(
    '<td class="none"><span aria-hidden="true">–</span><span class="unseen">{}</span></td>'
)
FIRST: Final = f"""\
PREFIX es: <{ES}>
PREFIX schema: <{SDO}>

SELECT ?unit ?unitName ?operator ?operatorName
WHERE {{
  ?unit es:operatedBy ?operator ;
    schema:name ?unitName .
  ?operator schema:name ?operatorName .
}}
ORDER BY ?operatorName ?unitName
"""
"""What stands in the editor when nothing was asked."""


class Shown(NamedTuple):
    """What the page shows: a text in the editor, and what came of it.

    `name` is that of a named query, whose text then need not be given. `total` is how many rows or
    triples the whole answer has. The graphs are those that the Protocol's parameters ask of. All
    empty is the page as one comes to it.
    """

    text: str = ""
    name: str | None = None
    answer: Result | None = None
    total: int | None = None
    refusal: Refusal | None = None
    limits: Limits = Limits()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def graphs(self) -> Parameters:
        """The parameters of the graphs."""
        of_default = (("default-graph-uri", iri) for iri in self.default_graphs)
        return (*of_default, *(("named-graph-uri", iri) for iri in self.named_graphs))


class _Download(NamedTuple):
    """A format of the answer: its word, its name, and the link where the query fits into one."""

    format: str
    name: str
    href: str | None

    @property
    def media_type(self) -> str:
        """What the file is."""
        return _MEDIA_TYPES.get(self.format) or FORMATS[self.format].media_type


def query_page(edition: Edition, language: str, shown: Shown, nonce: str) -> bytes:
    """The page in a language, as HTML.

    `nonce` goes into its policy: the editor writes a style sheet. Raises `KeyError` for a name that
    no query has; an unknown language is Polish.
    """
    language = "en" if language == "en" else "pl"
    text = (shown.text or named_text(shown.name or "") or "").replace("\r\n", "\n")
    text = text.encode(errors="replace").decode()
    name = shown.name if not shown.text else name_of(text)
    asked = (("name", name) if name else ("query", text), *shown.graphs)
    page, say = QueryPage(edition, language, asked), Speaker(language, WORDS)
    known = named(language)
    values: dict[str, Any] = {
        "nonce": nonce,
        "text": cells.visible(text) or FIRST,
        "is_long": text != "" and address(("query", text), *shown.graphs) is None,
        "counted": _Counts(say),
        "home": address(("lang", language)),
        "longest": LONGEST,
        "longest_said": number_said(LONGEST, language),
        "script_words": _of_script(say),
        "file": name or "result",
        "endpoint": ENDPOINT,
        "graphs": shown.graphs,
        "is_own": bool(shown.text),
        "chosen": known[name] if name else None,
        "named": known.values(),
        "href_of": _Links(language),
        "result": _result(page, shown.answer, shown.total),
        "permanent": address(*asked) if text else None,
        "refusal": told(shown.refusal, text, language) if shown.refusal else None,
        "limits": shown.limits,
        "rows_limit": number_said(shown.limits.rows, language),
        "seconds_limit": f"{shown.limits.seconds:g}",
    }
    return part(page, "query.html.j2", WORDS, values).encode(errors="replace")


def _of_script(say: Speaker) -> str:
    """What the script says, as JSON."""
    longest = number_said(LONGEST, say.language)
    words = {key: say(key, n=longest) for key in _OF_SCRIPT}
    return json.dumps(words, ensure_ascii=False)


class _Counts:
    """Says numbers with their nouns, large ones in groups of digits."""

    def __init__(self, say: Speaker) -> None:
        self._say = say

    def __call__(self, key: str, number: int) -> str:
        said = number_said(number, self._say.language)
        return self._say(key, n=number).replace(str(number), said, 1)


class _Links:
    """The links to named queries."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, query: Named) -> str | None:
        return address(("name", query.name), ("lang", self._language))


def _result(page: QueryPage, answer: Result | None, total: int | None) -> Mapping[str, Any] | None:
    """What the template shows of an answer."""
    match answer:
        case Solutions():
            return _solutions(page, answer, total)
        case Graph():
            shown = len(answer.triples)
            table = Solutions(("s", "p", "o"), answer.triples, answer.is_whole)
            return {
                "kind": "graph",
                "total": total if total is not None else shown,
                "shown": shown,
                "turtle": cells.visible(answer.turtle),
                "columns": columns(table),
                "lines": _lines(page, table, columns(table)),
                "downloads": _downloads(page, _GRAPHS),
                "pictures": (),
            }
        case Boolean():
            downloads = _downloads(page, _ANSWERS)
            return {"kind": "boolean", "value": answer.value, "downloads": downloads}
    return None


def _solutions(page: QueryPage, table: Solutions, total: int | None) -> Mapping[str, Any]:
    shown, about = len(table.rows), columns(table)
    return {
        "kind": "table",
        "total": total if total is not None else shown,
        "shown": shown,
        "columns": about,
        "marks": [", ".join(map(cells.mark_said, column.marks)) for column in about],
        "lines": _lines(page, table, about),
        "downloads": _downloads(page, _TABLES),
        "pictures": pictures(Naming(page, table, about)),
    }


def _lines(page: QueryPage, table: Solutions, about: tuple[Column, ...]) -> Iterator[Markup]:
    """The rows of a table as HTML."""
    none = _NONE(WORDS["unbound"][page.language == "en"])
    for i, row in enumerate(table.rows, 1):
        filled = Markup().join(
            none
            if value is None
            else (_NUMBER if cells.is_number(value, column) else _CELL)(
                cells.cell(page, value, column)
            )
            for value, column in zip(row, about, strict=True)
        )
        yield _LINE(i, filled)


def _downloads(page: QueryPage, formats: Mapping[str, str]) -> list[_Download]:
    return [_Download(key, name, page.with_format(key)) for key, name in formats.items()]
