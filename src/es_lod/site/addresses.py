"""Where things are in a site: the paths of its files, and the links between its pages.

Every page has a Polish and an English form, told apart by their suffix: ids and the names of pages
have no dots.
"""

import posixpath
import re
from functools import lru_cache
from typing import Final

HTML: Final = {"pl": ".html", "en": ".en.html"}
"""The suffix of a page in a language."""
CATALOGUES: Final = ("ttl", "jsonld", "rdf")
"""The suffixes of the catalogue as RDF."""
DOCUMENTS: Final = (*CATALOGUES, "nt")
"""The suffixes of the documents that each record has as RDF."""
HOME: Final = "index"
DATASET: Final = "dataset"
"""The dataset and its page; `{url}dataset` is its IRI."""
CATALOGUE: Final = "catalog"
"""The catalogue and its page, for those who harvest; `{url}catalog` is its IRI."""
SEARCH: Final = "search"
VOCABULARY: Final = "ns"
PLACES: Final = "places"
DATES: Final = "dates"
QUALITY: Final = "quality/index"
PROBLEMS: Final = "problem"
"""The codes that reports name; the anchors are the codes."""
DIAGRAM: Final = "ns.svg"
"""The picture of the vocabulary's classes."""
SHAPES: Final = "shapes.ttl"
ALIGNMENTS: Final = "alignments.ttl"
"""The twins of the vocabulary's terms elsewhere."""
CONTEXT: Final = "context.jsonld"
RECORDS_SCHEMA: Final = "records.schema.json"
"""The JSON Schema of records."""
FEED: Final = "feed/feed.ttl"
"""The root of the feed."""
DANEGOV: Final = "harvest/danegov.xml"
DANEGOV_SUM: Final = "harvest/danegov.md5"
DANEGOV_QUERY: Final = "harvest/danegov.rq"
CKAN: Final = "harvest/ckan.json"
VOID: Final = ".well-known/void"
LINKSET: Final = "linkset.json"
SITEMAP: Final = "sitemap.xml"
CALENDAR: Final = "calendar.ics"
MAP: Final = "places.geojson"
MANIFEST: Final = "MANIFEST.json"
"""What a site says of its files; a folder that has it was made by us."""
SPARQL: Final = "sparql"
"""The endpoint and the page for queries, which only a server answers: no file of the site."""
LOST: Final = "404"
"""The page of what never was."""
GONE: Final = "gone"
"""The page of what was removed, for a server to show with status 410."""


def dump(name: str) -> str:
    """The path of a file that holds the whole dataset, or a table of it: `dump/es.ttl`."""
    return f"dump/{name}"


def page(name: str, language: str) -> str:
    """The path of a page: `doc/serwis` in English is `doc/serwis.en.html`."""
    return name + HTML[language]


def thing(id_: str) -> str:
    """The path of a thing, below the site's address: `id/serwis`."""
    return f"id/{id_}"


def of_thing(id_: str) -> str:
    """The path of the page of a thing, for hosts that know no rules."""
    return f"{thing(id_)}/index.html"


def document(id_: str) -> str:
    """The name of a thing's documents, without suffix: `doc/serwis`."""
    return f"doc/{id_}"


OF_RECORDS: Final = ("doc", "id")
"""The folders whose files are those of records."""


def of_record(id_: str) -> list[str]:
    """The paths of all files that a record has."""
    name = document(id_)
    documents = [f"{name}.{suffix}" for suffix in DOCUMENTS]
    return [*documents, *(page(name, language) for language in HTML), of_thing(id_)]


SPREAD_ABOVE: Final = 20_000
"""How many records with pages may have their files beside each other; those of more are spread."""
_SPREAD: Final = "[a-z0-9-]*?([a-z0-9-]{1,3})"
_DOCUMENT: Final = re.compile(rf"doc/({_SPREAD})(\.[a-z.]+)")
_THING: Final = re.compile(rf"id/({_SPREAD})/index\.html")


def place(path: str, *, spread: bool) -> str:
    """Where the file with a path lies in the folder of the site, which may be spread.

    There the files of records lie in folders by the last characters of their ids, since ids often
    begin alike: `doc/serwis.ttl` is in `doc/_wis/serwis.ttl`, `id/serwis/index.html` in
    `id/_wis/serwis.html`. No id has the sign that these folders begin with.
    """
    if not spread:
        return path
    if found := _DOCUMENT.fullmatch(path):
        return f"doc/_{found[2]}/{found[1]}{found[3]}"
    if found := _THING.fullmatch(path):
        return f"id/_{found[2]}/{found[1]}.html"
    return path


def mark(id_: str) -> str:
    """The path of the mark of a removed record, by which a server knows to answer 410."""
    return f"{GONE}/{id_}"


def scheme(name: str) -> str:
    """The name of the page of a concept scheme, whose anchors are the notations of its concepts."""
    return f"concept/{name}"


def of_class(name: str) -> str:
    """The name of the page that lists the records of a class: `class/social-cooperative`."""
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
    return f"class/{words.lstrip('-')}"


def of_place(slug: str) -> str:
    """The name of the page that lists what is in a place."""
    return f"place/{slug}"


def of_year(year: str) -> str:
    """The name of the page that lists what happened in a year."""
    return f"date/{year}"


def link(target: str, source: str) -> str:
    """The relative link from one file of the site to another: a copy works anywhere.

    A fragment stays. `link("doc/a.html", "id/b/index.html")` is `../../doc/a.html`.
    """
    path, hash_, fragment = target.partition("#")
    if path == source and hash_:
        return f"#{fragment}"
    folder, _, name = path.rpartition("/")
    beside = source.rpartition("/")[0]
    # Most links lead from record to record: their folder is the same.
    way = name if folder == beside else f"{_way(beside, folder)}/{name}"
    return way + hash_ + fragment


@lru_cache(maxsize=4096)
def _way(source: str, target: str) -> str:
    """The way from one folder to another; `relpath` asks for the working directory."""
    return posixpath.relpath(target or ".", source or ".")
