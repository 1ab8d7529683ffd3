"""The query page: SPARQL for people, with and without JavaScript."""

from es_lod.server.page.assets import ASSETS, asset
from es_lod.server.page.page import Shown, query_page
from es_lod.server.page.queries import named_text
from es_lod.server.page.results import ROWS, Boolean, Graph, Result, Solutions, Value, read_result
from es_lod.server.page.terms import terms_json

__all__ = [
    "ASSETS",
    "ROWS",
    "Boolean",
    "Graph",
    "Result",
    "Shown",
    "Solutions",
    "Value",
    "asset",
    "named_text",
    "query_page",
    "read_result",
    "terms_json",
]
