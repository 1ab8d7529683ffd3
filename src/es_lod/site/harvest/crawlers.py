"""What crawlers look for: the map of the site, robots.txt, and its links as a set.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309,
https://www.rfc-editor.org/rfc/rfc9264, https://signposting.org/FAIR/
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

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
    thing,
)
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File

_MAX: Final = 50_000
"""How many addresses a sitemap may hold."""
_HIDDEN: Final = (addresses.GONE, addresses.LOST)
"""Pages that stand for others: no address of their own."""


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """`robots.txt` and `linkset.json`."""
    yield _robots(edition.settings.url)
    tree = {"linkset": linkset(edition, downloads)}
    yield File(LINKSET, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")


def _robots(url: str) -> File:
    lines = ["User-agent: *", "Allow: /", "", f"Sitemap: {_address(url, SITEMAP)}"]
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


def sitemap(edition: Edition, paths: Iterable[str]) -> Iterator[File]:
    """The map of the pages among the paths of a site: `sitemap.xml`, in parts where it is long.

    A page was last changed when its record was, and any other with the edition.
    """
    pages = sorted(path for path in paths if _is_page(path, edition))
    there = set(pages)
    parts = [pages[i : i + _MAX] for i in range(0, len(pages), _MAX)] or [[]]
    day = edition.settings.date
    if len(parts) == 1:
        yield File(SITEMAP, _urls(edition, parts[0], there))
        return
    index = ElementTree.Element("sitemapindex", xmlns=SITEMAPS)
    for i, part in enumerate(parts, 1):
        path = f"sitemap/{i}.xml"
        yield File(path, _urls(edition, part, there))
        node = ElementTree.SubElement(index, "sitemap")
        ElementTree.SubElement(node, "loc").text = _address(edition.settings.url, path)
        if day is not None:
            ElementTree.SubElement(node, "lastmod").text = day
    yield File(SITEMAP, _xml(index))


def _is_page(path: str, edition: Edition) -> bool:
    """Whether a file is a page for people, and none that stands for another or for what is gone."""
    name = _name(path)
    if not path.endswith(".html") or path.startswith(thing("")) or name in _HIDDEN:
        return False
    id_ = _id(name)
    return id_ is None or edition.local(id_) is not None


def _id(name: str) -> str | None:
    """The id of the record that a page is about."""
    return name.removeprefix(document("")) if name.startswith(document("")) else None


def _name(path: str) -> str:
    return path.removesuffix(HTML["en"]).removesuffix(HTML["pl"])


def _urls(edition: Edition, paths: list[str], there: set[str]) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": SITEMAPS, "xmlns:xhtml": XHTML})
    for path in paths:
        name = _name(path)
        node = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(node, "loc").text = _address(edition.settings.url, path)
        day = edition.changed.get(_id(name) or "")
        if day or edition.settings.date:
            ElementTree.SubElement(node, "lastmod").text = day or edition.settings.date
        twins = [(tag, page(name, tag)) for tag in HTML if page(name, tag) in there]
        for tag, twin in twins if len(twins) > 1 else ():
            link = {"rel": "alternate", "hreflang": tag}
            link["href"] = _address(edition.settings.url, twin)
            ElementTree.SubElement(node, "xhtml:link", link)
    return _xml(root)


def _address(url: str, path: str) -> str:
    """An address as sitemaps want it: escaped, without letters beyond ASCII."""
    return quote(url + path, safe=":/?#[]@!$&'()*+,;=%~")


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"
