"""What crawlers look for: the map of the site, robots.txt, and its links as a set.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309,
https://www.rfc-editor.org/rfc/rfc9264, https://signposting.org/FAIR/
"""

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, groupby
from typing import Any, Final
from urllib.parse import quote, urlsplit

from es_lod.formats import FORMATS
from es_lod.namespaces import LICENCE_PAGES, SDO, XHTML
from es_lod.namespaces import SITEMAP as SITEMAPS
from es_lod.site import addresses
from es_lod.site.addresses import (
    CATALOGUE,
    CATALOGUES,
    DATASET,
    HTML,
    LINKSET,
    SITEMAP,
    VOID,
    document,
    page,
)
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File

_MAX: Final = 50_000
"""How many addresses a sitemap may hold."""
_MAX_SIZE: Final = 50_000_000 - 1000
"""How many bytes their entries may have: https://www.sitemaps.org/protocol.html#index."""
_HIDDEN: Final = (addresses.GONE, addresses.LOST)
"""Pages that stand for others: no address of their own."""


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """`robots.txt` and `linkset.json`."""
    yield _robots(edition.settings.url)
    tree = {"linkset": linkset(edition, downloads)}
    yield File(LINKSET, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")


def _robots(url: str) -> File:
    lines = ["User-agent: *", "Allow: /", "", f"Sitemap: {_quoted(url + SITEMAP)}"]
    path = urlsplit(url).path
    if path != "/":
        lines = [
            f"# Crawlers read /robots.txt only. This site is at {quote(path, safe='/%')}: put the",
            "# line of the sitemap into the robots.txt of the host.",
            *lines,
        ]
    return File("robots.txt", ("\n".join(lines) + "\n").encode())


def linkset(edition: Edition, downloads: tuple[Download, ...]) -> list[dict[str, Any]]:
    """The links of the dataset's page to what it is about, and those back."""
    settings = edition.settings
    home = {"href": settings.url + page(DATASET, "pl"), "type": "text/html"}
    described = [
        *((f"{CATALOGUE}.{name}", FORMATS[name].media_type) for name in CATALOGUES),
        (VOID, FORMATS["ttl"].media_type),
    ]
    items = [(item.path, item.media_type) for item in downloads]
    return [
        {
            "anchor": home["href"],
            "cite-as": [{"href": settings.dataset_iri}],
            "type": [{"href": str(SDO.Dataset)}, {"href": str(SDO.AboutPage)}],
            "author": [{"href": settings.publisher_iri}],
            "license": [{"href": LICENCE_PAGES[settings.licence]}],
            "describedby": [
                {"href": settings.url + path, "type": type_} for path, type_ in described
            ],
            "item": [{"href": settings.url + path, "type": type_} for path, type_ in items],
            **_service(settings.endpoint),
        },
        *({"anchor": settings.url + path, "describes": [home]} for path, _ in described),
        *({"anchor": settings.url + path, "collection": [home]} for path, _ in items),
    ]


def _service(endpoint: str | None) -> dict[str, Any]:
    """The link to the endpoint, which describes itself.

    https://www.rfc-editor.org/rfc/rfc8631#section-4.2
    """
    return {"service-desc": [{"href": endpoint}]} if endpoint else {}


def sitemap(
    edition: Edition, pages: Iterable[str], records: Iterable[tuple[str, str | None]]
) -> Iterator[File]:
    """The map of the pages of a site: `sitemap.xml`, in parts where it is long.

    `pages` are the paths of those that are no record's; `records` are the ids of those that have
    pages, in the order of these, each with the day on which its data changed last. Any other page
    was changed with the edition.
    """
    day = edition.settings.date
    names = groupby(sorted(filter(_is_page, pages)), _name)
    others = ((name, list(there), day) for name, there in names)
    twins = ((document(id_), changed or day) for id_, changed in records)
    both = ((name, [page(name, tag) for tag in ("en", "pl")], changed) for name, changed in twins)
    found = merge(others, both, key=lambda item: item[1])
    parts = _parts(entry for item in found for entry in _entries(edition.settings.url, *item))
    first, second = next(parts, ""), next(parts, None)
    if second is None:
        yield File(SITEMAP, _xml(_URLS, first))
        return
    day = edition.settings.date
    listed = []
    for i, part in enumerate(chain((first, second), parts), 1):
        path = f"sitemap/{i}.xml"
        yield File(path, _xml(_URLS, part))
        listed.append(_entry("sitemap", _address(edition.settings.url, path), day))
    yield File(SITEMAP, _xml(_INDEX, "".join(listed)))


def _parts(entries: Iterable[str]) -> Iterator[str]:
    """Entries by as many as one map may hold."""
    part: list[str] = []
    size = 0
    for entry in entries:
        size += len(entry)  # all of it is ASCII
        if len(part) == _MAX or size > _MAX_SIZE:
            yield "".join(part)
            part, size = [], len(entry)
        part.append(entry)
    if part:
        yield "".join(part)


def _is_page(path: str) -> bool:
    """Whether a file is a page for people, and none that stands for another."""
    return path.endswith(".html") and _name(path) not in _HIDDEN


def _name(path: str) -> str:
    return path.removesuffix(HTML["en"]).removesuffix(HTML["pl"])


def _entries(url: str, name: str, there: list[str], day: str | None) -> Iterator[str]:
    """The entries of a page and of its twin, which name each other."""
    twins = "".join(
        f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{_address(url, twin)}" />\n'
        for tag in (HTML if len(there) > 1 else ())
        if (twin := page(name, tag)) in there
    )
    yield from (_entry("url", _address(url, path), day, twins) for path in there)


def _entry(tag: str, address: str, day: str | None, rest: str = "") -> str:
    modified = f"    <lastmod>{day}</lastmod>\n" if day is not None else ""
    return f"  <{tag}>\n    <loc>{address}</loc>\n{modified}{rest}  </{tag}>\n"


def _address(url: str, path: str) -> str:
    """An address as it stands in a map: without letters beyond ASCII."""
    return _quoted(url + path).replace("&", "&amp;")


def _quoted(iri: str) -> str:
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%~")


_URLS: Final = f'urlset xmlns="{SITEMAPS}" xmlns:xhtml="{XHTML}"'
_INDEX: Final = f'sitemapindex xmlns="{SITEMAPS}"'


def _xml(root: str, entries: str) -> bytes:
    """A map: strings, since elements of 50,000 addresses take 100 MB."""
    inner = f">\n{entries}</{root.partition(' ')[0]}>" if entries else " />"
    return f"<?xml version='1.0' encoding='utf-8'?>\n<{root}{inner}\n".encode()
