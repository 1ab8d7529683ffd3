"""Rules for servers: what a static host cannot know of the files, and redirects from w3id.org."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from es_lod.formats import FORMATS
from es_lod.namespaces import LICENCE_PAGES, SDO, W3ID
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.settings import Settings

_TEXT: Final = "; charset=utf-8"
_TYPES: Final = (
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
_REFUSAL: Final = (
    "<!doctype html><html lang=pl><meta charset=utf-8><title>406</title>"
    "<h1>Nie ma takiego formatu</h1>"
    "<p>Są te: <span lang=en>/ There is no such format; there are:</span>"
)
"""What a server says where it has none of the formats asked for; a list of them follows."""


class _Form(NamedTuple):
    """A format that is negotiated: its suffix, media type, and the pattern of that."""

    name: str
    media_type: str

    @property
    def main_type(self) -> str:
        return self.media_type.partition("/")[0]

    @property
    def pattern(self) -> str:
        return self.media_type.replace("+", "\\+").replace(".", "\\.")


# Where a client likes several as well, the first of them is sent.
_FORMS: Final = (
    _Form("html", "text/html"),
    *(_Form(name, FORMATS[name].media_type) for name in addresses.DOCUMENTS),
)


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:  # noqa: ARG001
    """Rules for Apache and nginx, and for w3id.org where permanent addresses are taken there."""
    settings = edition.settings
    for path, template in ((".htaccess", "htaccess.j2"), ("nginx.conf", "nginx.j2")):
        yield _rendered(path, template, _values(settings))
    if (place := _permanent(settings)) is not None:
        for path, template in ((".htaccess", "w3id.j2"), ("README.md", "w3id-readme.j2")):
            yield _rendered(f"w3id/{path}", template, _redirects(settings, place))


def _served(settings: Settings) -> str:
    """The address at which the server has the folder."""
    return settings.host or settings.url


def _permanent(settings: Settings) -> str | None:
    """The folder in the registry of w3id.org; nothing where there is nowhere to lead to."""
    if _served(settings).startswith(W3ID):
        return None
    if settings.url.startswith(W3ID):
        return settings.url.removeprefix(W3ID).strip("/") or None
    own = _below(settings.base, W3ID) or ""
    return own.partition("/")[0] or None


def _redirects(settings: Settings, place: str) -> dict[str, Any]:
    """What the redirects from w3id.org are made from."""
    home, site = f"{W3ID}{place}/", _uri(_served(settings))
    return {
        "settings": settings,
        "place": place,
        "site": site,
        "target": re.sub(r"([$%])", r"\\\1", site),
        "forms": _FORMS[1:],
        "things": _below(settings.base, home),
        "whole": settings.url == home,
    }


def _values(settings: Settings) -> dict[str, Any]:
    """What the rules for a server are made from."""
    site = _served(settings)
    things = list(dict.fromkeys([addresses.thing(""), *_own(settings)]))
    return {
        "formats": _FORMS,
        "types": _TYPES,
        "things": [re.escape(unquote(prefix)) for prefix in things],
        "site": _uri(site),
        "path": _uri(urlsplit(site).path),
        "folder": unquote(urlsplit(site).path),
        "location": re.escape(unquote(urlsplit(site).path)),
        "server": urlsplit(site).hostname,
        "base": _uri(settings.base),
        "elsewhere": "" if _own(settings) else _uri(urlsplit(settings.base).path),
        "signposts": _signposts(settings),
        "refusal": _REFUSAL,
    }


def _own(settings: Settings) -> list[str]:
    """The beginning of the paths of things, from the site's address, where they lie below it."""
    found = [_below(settings.base, address) for address in (settings.url, _served(settings))]
    return [prefix for prefix in found if prefix is not None]


def _below(iri: str, address: str) -> str | None:
    return iri.removeprefix(address) if iri.startswith(address) else None


def _signposts(settings: Settings) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """The links of documents and of the dataset, by the condition that `htaccess.j2` sets.

    https://signposting.org/FAIR/
    """
    url = settings.url
    document = url + addresses.document("{id}")
    licence = (LICENCE_PAGES[settings.licence], [("rel", "license")])
    about = (SDO.AboutPage, [("rel", "type")])
    return [
        (
            "record",
            [
                (settings.base + "{id}", [("rel", "cite-as")]),
                (settings.dataset_iri, [("rel", "collection")]),
                licence,
            ],
        ),
        ("page", [about, *_described(document, addresses.DOCUMENTS)]),
        ("document", [(f"{document}.html", [("rel", "describes"), ("type", "text/html")])]),
        (
            "dataset",
            [
                (settings.dataset_iri, [("rel", "cite-as")]),
                about,
                (SDO.Dataset, [("rel", "type")]),
                licence,
                *_described(settings.catalogue_iri, addresses.CATALOGUES),
                (
                    url + addresses.LINKSET,
                    [("rel", "linkset"), ("type", "application/linkset+json")],
                ),
            ],
        ),
    ]


def _described(address: str, names: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The links to the data of a page."""
    return [
        (f"{address}.{name}", [("rel", "describedby"), ("type", FORMATS[name].media_type)])
        for name in names
    ]


def _uri(iri: str) -> str:
    """An IRI as headers and rules have it: ASCII, and nothing that quotes or ends a word."""
    return quote(iri, safe="%/:#?@!$&()*+,;=[]{}~")


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701  # rules are no HTML; addresses pass `_uri`
        loader=PackageLoader("es_lod.site", "layouts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["ascii"] = lambda text: text.encode("ascii", "xmlcharrefreplace").decode()
    environment.filters["uri"] = _uri
    environment.filters["escaped"] = re.escape
    environment.filters["line"] = lambda text: " ".join(text.split())
    environment.filters["markdown"] = lambda text: re.sub(
        r"([\\`*_\[\]<>#&|])", r"\\\1", " ".join(text.split())
    )
    return environment


def _rendered(path: str, template: str, values: dict[str, Any]) -> File:
    return File(path, _environment().get_template(template).render(values).encode())
