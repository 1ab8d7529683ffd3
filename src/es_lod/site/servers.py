"""What a server has to know of the files of a site: types, formats, links, where things are.

The rules for Apache and nginx are written from it, and our own server asks it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from es_lod.formats import FORMATS
from es_lod.namespaces import LICENCE_PAGES, SDO
from es_lod.site import addresses
from es_lod.site.settings import Settings

_TEXT: Final = "; charset=utf-8"
TYPES: Final = (
    (f"text/html{_TEXT}", (".html",)),
    (f"text/css{_TEXT}", (".css",)),
    (f"text/javascript{_TEXT}", (".js",)),
    (f"text/plain{_TEXT}", (".txt", ".md5", ".rq", ".md", ".conf")),
    (f"text/csv{_TEXT}", (".csv",)),
    (f"text/calendar{_TEXT}", (".ics",)),
    (f"text/turtle{_TEXT}", (".ttl",)),
    *((FORMATS[name].media_type, (f".{name}",)) for name in ("nt", "nq", "trig", "jsonld", "rdf")),
    ("application/json", (".json",)),
    ("application/geo+json", (".geojson",)),
    ("application/xml", (".xml",)),
    ("image/svg+xml", (".svg",)),
    ("image/png", (".png",)),
)
"""Media types with their suffixes; `.rq` is shown by browsers, not downloaded."""
NAMED: Final = (
    # A packed file is what is downloaded, not an encoding of something else.
    ("(?:.+/)?", r".+\.gz", "application/gzip"),
    ("dump/", r".+-metadata\.json", "application/csvm+json"),
    ("", r"records\.schema\.json", "application/schema+json"),
    ("", r"linkset\.json", "application/linkset+json"),
    (r"\.well-known/", "void", f"text/turtle{_TEXT}"),
)
"""Files whose type the last suffix does not tell: patterns of folder and name, and the type."""
_UNKNOWN: Final = "application/octet-stream"
REFUSAL: Final = (
    "<!doctype html><html lang=pl><meta charset=utf-8><title>406</title>"
    "<h1>Nie ma takiego formatu</h1>"
    "<p>Są te: <span lang=en>/ There is no such format; there are:</span>"
)
"""What a server says where it has none of the formats asked for; a list of them follows."""


class Form(NamedTuple):
    """A format that is negotiated: its suffix, and its media type without parameters."""

    name: str
    media_type: str

    @property
    def main_type(self) -> str:
        """`text` of `text/turtle`."""
        return self.media_type.partition("/")[0]

    @property
    def pattern(self) -> str:
        """The media type as a regular expression."""
        return self.media_type.replace("+", "\\+").replace(".", "\\.")


FORMS: Final = (
    Form("html", "text/html"),
    *(Form(name, FORMATS[name].media_type) for name in addresses.DOCUMENTS),
)
"""The formats that are negotiated. Where a client likes several as well, the first is sent."""
ID: Final = "[a-z0-9-]+"
"""The pattern of an id, of a concept scheme, of a notation."""
OF_VOCABULARY: Final = f"{addresses.VOCABULARY}|concept/{ID}"
"""The pattern of the names without suffix of the vocabulary and its concept schemes."""
DESCRIBED: Final = f"doc/{ID}|{OF_VOCABULARY}"
"""The pattern of names without suffix that have a page and all of the documents."""
_OF_CATALOGUE: Final = (addresses.CATALOGUE, addresses.DATASET)
"""Names without suffix that have a page, and for data the catalogue, which has no N-Triples."""

Attributes = list[tuple[str, str]]
"""What is said of a link, beside its target: `rel`, `type`."""


class Signposts(NamedTuple):
    """The links of the files whose paths match a pattern; `{id}` in a target is its group."""

    name: str
    pattern: str
    links: list[tuple[str, Attributes]]


def media_type(path: str) -> str:
    """The media type of a file, with its charset, as the header has it."""
    for folder, name, type_ in NAMED:
        if re.fullmatch(folder + name, path):
            return type_
    return next((type_ for type_, suffixes in TYPES if path.endswith(suffixes)), _UNKNOWN)


def variants(name: str, language: str) -> list[tuple[Form, str]]:
    """The formats that a name without suffix is negotiated in, best first, with the paths of them.

    There are none where a name has a page alone, or nothing.
    """
    if name in _OF_CATALOGUE:
        data, forms = addresses.CATALOGUE, [f for f in FORMS if f.name != "nt"]
    elif re.fullmatch(DESCRIBED, name):
        data, forms = name, list(FORMS)
    else:
        return []
    page, *documents = forms
    own = (page, addresses.page(name, language))
    return [own, *((form, f"{data}.{form.name}") for form in documents)]


def served(settings: Settings) -> str:
    """The address at which the server has the folder."""
    return settings.host or settings.url


def prefixes(settings: Settings) -> list[str]:
    """What the paths of things may begin with, before their ids: `id/`, and that of `base`."""
    return list(dict.fromkeys([addresses.thing(""), *own_prefixes(settings)]))


def own_prefixes(settings: Settings) -> list[str]:
    """The beginning of the paths of things, from the site's address, where they lie below it."""
    found = [below(settings.base, address) for address in (settings.url, served(settings))]
    return [prefix for prefix in found if prefix is not None]


def below(iri: str, address: str) -> str | None:
    """The rest of an IRI that begins with an address."""
    return iri.removeprefix(address) if iri.startswith(address) else None


def signposts(settings: Settings) -> Iterator[Signposts]:
    """The links of documents and of the dataset.

    https://signposting.org/FAIR/
    """
    url = settings.url
    document = url + addresses.document("{id}")
    licence = (LICENCE_PAGES[settings.licence], [("rel", "license")])
    about: tuple[str, Attributes] = (SDO.AboutPage, [("rel", "type")])
    page, *data = (form.name for form in FORMS)
    yield Signposts(
        "record",
        rf"doc/({ID})(?:\.en)?\.(?:{'|'.join((page, *data))})",
        [
            (settings.base + "{id}", [("rel", "cite-as")]),
            (settings.dataset_iri, [("rel", "collection")]),
            licence,
        ],
    )
    yield Signposts(
        "page",
        rf"doc/({ID})(?:\.en)?\.html",
        [about, *_described(document, addresses.DOCUMENTS)],
    )
    yield Signposts(
        "document",
        rf"doc/({ID})\.(?:{'|'.join(data)})",
        [(f"{document}.html", [("rel", "describes"), ("type", "text/html")])],
    )
    yield Signposts(
        "dataset",
        rf"({addresses.DATASET})(?:\.en)?\.html",
        [
            (settings.dataset_iri, [("rel", "cite-as")]),
            about,
            (SDO.Dataset, [("rel", "type")]),
            licence,
            *_described(settings.catalogue_iri, addresses.CATALOGUES),
            (url + addresses.LINKSET, [("rel", "linkset"), ("type", "application/linkset+json")]),
        ],
    )


def _described(address: str, names: Iterable[str]) -> list[tuple[str, Attributes]]:
    """The links to the data of a page."""
    return [
        (f"{address}.{name}", [("rel", "describedby"), ("type", FORMATS[name].media_type)])
        for name in names
    ]


def link_header(settings: Settings, path: str) -> str | None:
    """The value of the header `Link` of a file, if it has links.

    https://www.rfc-editor.org/rfc/rfc8288#section-3
    """
    written = [
        f"<{uri(target.replace('{id}', found[1]))}>"
        + "".join(f'; {name}="{value}"' for name, value in attributes)
        for signs in signposts(settings)
        if (found := re.fullmatch(signs.pattern, path))
        for target, attributes in signs.links
    ]
    return ", ".join(written) or None


def uri(iri: str) -> str:
    """An IRI as headers and rules have it: ASCII, and nothing that quotes or ends a word."""
    return quote(iri, safe="%/:#?@!$&()*+,;=[]{}~")
