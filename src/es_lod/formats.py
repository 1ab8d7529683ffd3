"""The formats of files: their names, suffixes and media types."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, which is its suffix without the dot.

    `rdf` is pyoxigraph's name of it, where it has one; `title` is for messages; `tabular` says
    that it holds tables.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    rdf: str | None = None
    tabular: bool = False


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Final = {
    format.name: format
    for format in (
        Format("yaml", "YAML", (".yaml", ".yml"), "application/yaml"),
        Format("json", "JSON", (".json",), "application/json"),
        Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), "application/jsonl"),
        Format("csv", "CSV", (".csv", ".tsv"), "text/csv", tabular=True),
        Format("xlsx", "XLSX", (".xlsx", ".xlsm"), _XLSX, tabular=True),
        Format("jsonld", "JSON-LD", (".jsonld",), "application/ld+json", "JSON_LD"),
        Format("ttl", "Turtle", (".ttl",), "text/turtle", "TURTLE"),
        Format("nt", "N-Triples", (".nt",), "application/n-triples", "N_TRIPLES"),
        Format("nq", "N-Quads", (".nq",), "application/n-quads", "N_QUADS"),
        Format("trig", "TriG", (".trig",), "application/trig", "TRIG"),
        Format("rdf", "RDF/XML", (".rdf", ".xml", ".owl"), "application/rdf+xml", "RDF_XML"),
    )
}
"""All formats that are read, by name."""

GRAPHS: Final = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
"""The formats that are written as one text, each of them RDF."""
WRITTEN: Final = (*GRAPHS, "csv", "xlsx")
"""All formats that are written."""

KNOWN: Final = ", ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)


def of_path(path: PurePath) -> Format | None:
    """The format that a path's suffix names, whatever its case."""
    suffix = path.suffix.lower()
    return next((format for format in FORMATS.values() if suffix in format.suffixes), None)
