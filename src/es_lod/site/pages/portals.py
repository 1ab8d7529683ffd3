"""The page for those who harvest: the exact addresses that each portal takes."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from es_lod.formats import FORMATS
from es_lod.messages.message import LANGUAGES
from es_lod.site.addresses import (
    CATALOGUE,
    CATALOGUES,
    CKAN,
    DANEGOV,
    DANEGOV_QUERY,
    LINKSET,
    MANIFEST,
    SITEMAP,
    SPARQL,
    VOID,
)
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import size_said
from es_lod.site.words import Speaker, Words

WORDS: Final[Words] = {
    "title": ("Dla portali z danymi", "For data portals"),
    "intro": (
        "Adresy, z których portale pobierają opis tego zbioru i same dane. Niczego nie trzeba "
        "poprawiać ani przepisywać ręcznie.",
        "The addresses from which portals take the description of this dataset and the data. "
        "Nothing there has to be mended or copied by hand.",
    ),
    "ckan": ("CKAN", "CKAN"),
    "ckan-how": (
        "Rozszerzenie ckanext-dcat: nowe źródło typu „Generic DCAT RDF Harvester” z jednym z tych "
        "adresów katalogu (DCAT-AP 3.0.1).",
        "The extension ckanext-dcat: a new source of the type “Generic DCAT RDF Harvester” with "
        "one of these addresses of the catalogue (DCAT-AP 3.0.1).",
    ),
    "danegov": ("dane.gov.pl", "dane.gov.pl"),
    "danegov-how": (
        "Portal zna trzy drogi; wystarczy jedna. Adres zgłasza portalowi dostawca danych.",
        "The portal knows three ways; one is enough. The provider of the data reports the address "
        "to the portal.",
    ),
    "danegov-xml": (
        "XML (schemat harwestera 1.10; obok leży suma .md5)",
        "XML (harvester schema 1.10; the .md5 sum lies beside it)",
    ),
    "danegov-ckan": ("CKAN", "CKAN"),
    "danegov-dcat": ("DCAT (SPARQL): punkt dostępowy", "DCAT (SPARQL): the endpoint"),
    "danegov-perhaps": (
        "DCAT (SPARQL): punkt dostępowy, o ile serwer go ma",
        "DCAT (SPARQL): the endpoint, if the server has one",
    ),
    "danegov-query": ("DCAT (SPARQL): zapytanie", "DCAT (SPARQL): the query"),
    "europa": ("data.europa.eu", "data.europa.eu"),
    "europa-how": (
        "Portal europejski bierze plik RDF z katalogiem; dane z dane.gov.pl trafiają tam same.",
        "The European portal takes an RDF file with the catalogue; what is on dane.gov.pl gets "
        "there by itself.",
    ),
    "robots": ("Wyszukiwarki i programy", "Search engines and programs"),
    "sitemap": ("Mapa strony", "Sitemap"),
    "void": ("Opis zbioru (VoID)", "Description of the dataset (VoID)"),
    "linkset": ("Zestaw odnośników (RFC 9264)", "Linkset (RFC 9264)"),
    "endpoint": ("Punkt dostępowy SPARQL", "SPARQL endpoint"),
    "downloads": ("Pliki z danymi", "Files with the data"),
    "caption": (
        "Cały zbiór w każdym formacie; sumy SHA-256 zawiera {file}",
        "The whole dataset in each format; {file} has the SHA-256 sums",
    ),
    "file": ("Plik", "File"),
    "type": ("Typ", "Type"),
    "size": ("Rozmiar", "Size"),
}
_ROUTES: Final = (
    ("ckan", tuple((name, f"{CATALOGUE}.{name}") for name in CATALOGUES)),
    (
        "danegov",
        (
            ("danegov-xml", DANEGOV),
            ("danegov-ckan", CKAN),
            ("danegov-dcat", SPARQL),
            ("danegov-query", DANEGOV_QUERY),
        ),
    ),
    ("europa", (("rdf", f"{CATALOGUE}.rdf"),)),
    (
        "robots",
        (
            ("sitemap", SITEMAP),
            ("void", VOID),
            ("linkset", LINKSET),
            ("endpoint", SPARQL),
        ),
    ),
)
"""Heading → address, and what is said of it; formats of the catalogue say their own name."""


class Route(NamedTuple):
    """An address for portals; without a link where it is not known whether anything answers."""

    label: str
    address: str
    href: str | None


class Row(NamedTuple):
    """A file to download."""

    name: str
    href: str
    media_type: str
    size: str


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The page for portals."""
    for language in LANGUAGES:
        page = Page(edition, CATALOGUE, language)
        rows = [
            Row(
                item.path,
                page.to_file(item.path),
                item.kind.media_type + (" (gzip)" if item.is_packed else ""),
                size_said(item.size, language),
            )
            for item in downloads
        ]
        say = Speaker(language, WORDS)
        values = {
            "routes": [(key, list(_routes(page, say, key, ways))) for key, ways in _ROUTES],
            "catalogues": {name: FORMATS[name] for name in CATALOGUES},
            "manifest": MANIFEST,
            "rows": rows,
        }
        yield rendered(page, "portals.html.j2", WORDS, values)


def _routes(
    page: Page, say: Speaker, key: str, ways: tuple[tuple[str, str], ...]
) -> Iterator[Route]:
    """The addresses below a heading."""
    settings = page.edition.settings
    for word, path in ways:
        label = FORMATS[word].title if word in CATALOGUES else say(word)
        if path != SPARQL:
            yield Route(label, settings.url + path, page.to_file(path))
        elif settings.endpoint is not None:
            yield Route(label, settings.endpoint, settings.endpoint)
        elif key == "danegov":
            yield Route(say("danegov-perhaps"), settings.url + path, None)
