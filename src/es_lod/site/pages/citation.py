"""How a dataset is cited, and used: texts to copy."""

from collections.abc import Sequence
from typing import Final

from es_lod.iris import slug
from es_lod.namespaces import ES
from es_lod.site.addresses import dump
from es_lod.site.downloads.download import Download
from es_lod.site.servers import uri
from es_lod.site.settings import Settings

_ESCAPED: Final = str.maketrans(
    {c: f"\\{c}" for c in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
"""https://www.ctan.org/pkg/bibtex: what TeX would take for its own."""


def bibtex(settings: Settings, language: str) -> str:
    """An entry for BibTeX."""
    title = settings.title.best(language)
    publisher = settings.publisher.name.best(language) if settings.publisher.name else ""
    year = settings.date[:4] if settings.date else ""
    words = slug(f"{slug(title, 40)} {year}") or "dataset"
    fields = {
        "author": f"{{{{{_tex(publisher)}}}}}",
        "title": f"{{{{{_tex(title)}}}}}",
        "year": f"{{{year}}}",
        "version": f"{{{settings.date or ''}}}",
        "publisher": f"{{{{{_tex(publisher)}}}}}",
        "url": f"{{{settings.dataset_iri}}}",
    }
    lines = [f"  {key} = {value}," for key, value in fields.items() if value != "{}"]
    return "\n".join([f"@misc{{{words},", *lines, "}"])


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)


_QUERY: Final = f"PREFIX es: <{ES}> SELECT * WHERE {{ ?unit es:operatedBy ?operator }}"


def commands(file: str) -> list[str]:
    """What to type to ask the data of a file, in a shell of any system's."""
    return [
        "pip install es-lod",
        f"es-lod query {file} founders",
        f'es-lod query {file} --text "{_QUERY}"',
    ]


def asked(settings: Settings) -> str:
    """What to type to ask the endpoint."""
    sent = f'-H "Accept: text/csv" --data-urlencode "query={_QUERY}"'
    return f'curl -G {sent} "{uri(settings.endpoint)}"' if settings.endpoint else ""


def in_python(file: str) -> str:
    """How a downloaded file is read in Python."""
    return (
        "import es_lod  # pip install es-lod\n\n"
        f'dataset = es_lod.load("{file}")\n'
        "for record in dataset:\n"
        "    print(type(record).__name__, record.id)\n"
    )


def in_r(settings: Settings, downloads: Sequence[Download]) -> str:
    """How the data are read in R: a table, where there is one, else the graph."""
    table = next((d for d in downloads if d.path.endswith(".csv")), None)
    if table is not None:
        name = slug(table.name.removesuffix(".csv")).replace("-", "_")
        address = settings.url + table.path
        return f'{name} <- read.csv("{address}", encoding = "UTF-8")\nhead({name})\n'
    address = settings.url + dump("es.nt")
    return f'graph <- rdflib::rdf_parse("{address}", format = "ntriples")\ngraph\n'
