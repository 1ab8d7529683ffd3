"""A site as its readers meet it: served, with its pages by kind, its links and its addresses."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
from pyoxigraph import RdfFormat, parse

from es_lod.namespaces import RDF
from es_lod.site.addresses import place
from es_lod.site.editions.settings import is_spread

RDF_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_LINKS = ("href", "src", "action", "poster", "data", "{http://www.w3.org/1999/xlink}href")
_ENGLISH = ".en.html"


class Html(NamedTuple):
    """A page: its elements in their order, its ids, and what an HTML5 parser complains about."""

    elements: list[Any]
    ids: list[str]
    errors: list[str]

    def links(self) -> Iterator[str]:
        """Every link, as it is written."""
        for element in self.elements:
            yield from (element.attrib[name] for name in _LINKS if name in element.attrib)
            for part in element.attrib.get("srcset", "").split(","):
                yield from part.split()[:1]


@cache
def html(path: Path) -> Html:
    """A page, read by html5lib."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(path.read_text(encoding="utf-8"))
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    errors = [f"{line}:{column} {code} {data}" for (line, column), code, data in parser.errors]
    return Html(elements, ids, errors)


def running(name: str, page: Html) -> list[str]:
    """What could run in a page or style it, beside the script of the search; and a lax policy."""
    found = []
    for element in page.elements:
        found += [a for a in element.attrib if a.startswith("on") or a in {"style", "srcdoc"}]
        if element.tag in {"style", "iframe", "object", "embed", "base"}:
            found.append(element.tag)
        if element.tag == "script" and element.attrib.get("type") != "application/ld+json":
            ours = name.startswith("search.") and element.attrib.get("src") == "assets/search.js"
            if not ours or element.text:
                found.append(f"script {element.attrib} {element.text}")
        if element.attrib.get("http-equiv", "").lower() == "refresh" and not name.startswith("id/"):
            found.append(f"refresh {element.attrib}")
    policies = [
        e.attrib["content"]
        for e in page.elements
        if e.attrib.get("http-equiv", "").lower() == "content-security-policy"
    ]
    strict = len(policies) == 1 and policies[0].startswith("default-src 'none'")
    if not strict or "unsafe" in policies[0]:
        found.append(f"policy {policies}")
    return found


def parsed(path: Path) -> object:
    """A file, read as what its suffix says; raises `ValueError` or `SyntaxError`."""
    if path.suffix in {".json", ".jsonld", ".geojson"}:
        json.loads(path.read_text(encoding="utf-8"))
    if path.suffix in {".xml", ".svg", ".rdf"}:
        ElementTree.fromstring(path.read_bytes())  # noqa: S314  # our own file
    return (
        list(parse(path=path, format=RDF_FORMATS[path.suffix]))
        if path.suffix in RDF_FORMATS
        else None
    )


def nothing(found: Mapping[str, Any]) -> None:
    """Assert that nothing was found, else tell the first of it in full."""
    lines = [f"{key}: {value}" for key, value in found.items()]
    assert not lines, "\n".join([f"{len(lines)} found", *lines[:25]])


def names(site: Path) -> set[str]:
    """The paths of all files of a site."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def file_of(site: Path, path: str) -> Path:
    """The file of a path of a site, which may be spread."""
    return site / place(path, spread=is_spread(site))


def path_of(name: str) -> str:
    """The path of a file of a site by its name in the folder, which may be spread."""
    thing = re.fullmatch(r"id/_[^/]+/([^/.]+)\.html", name)
    return f"id/{thing[1]}/index.html" if thing else re.sub("^doc/_[^/]+/", "doc/", name)


def html_names(site: Path) -> list[str]:
    """The paths of all pages, in order."""
    return sorted(name for name in names(site) if name.endswith(".html"))


def kinds(site: Path, *, few: bool = False) -> list[str]:
    """One page of each kind, and of each class of records, in both languages: the longest.

    Of the few, one stands for all classes, and none is in English. Pages of `id/` are left out:
    they lead away at once.
    """
    chosen: dict[tuple[str, ...], str] = {}
    for name in html_names(site):
        folder, _, rest = name.rpartition("/")
        if folder.startswith("id") or name.endswith(_ENGLISH):
            continue
        kind = (folder, "" if few else _class(site / name)) if folder else (rest,)
        former = chosen.get(kind)
        if former is None or (site / former).stat().st_size < (site / name).stat().st_size:
            chosen[kind] = name
    if few:
        return list(chosen.values())
    every = [n for polish in chosen.values() for n in (polish, twin(polish))]
    return [name for name in every if (site / name).exists()]


def twin(name: str) -> str:
    """The path of the English twin of a Polish page."""
    return name.removesuffix(".html") + _ENGLISH


def _class(page: Path) -> str:
    """The class of the record that a page shows, as its N-Triples tell."""
    triples = page.with_suffix(".nt")
    if not triples.exists():
        return ""
    quads = parse(triples.read_bytes(), format=RdfFormat.N_TRIPLES)
    found = [q for q in quads if q.predicate.value == RDF.type and "#" not in q.subject.value]
    return str(found[0].object) if found else ""


class Addresses:
    """Which file answers at an address, on a host that knows the site's rules."""

    def __init__(self, site: Path, url: str) -> None:
        self._site = site
        self._url = url
        self._names = names(site)

    def file(self, address: str) -> str | None:
        """The path of the file for an absolute address below the site's; None where none is."""
        if not address.startswith(self._url):
            return None
        path, _ = self._parted(address)
        tried = (
            path,
            f"{path}.html",
            f"{path}.ttl",
            f"{path.rstrip('/')}/index.html",
            f"{path}index.html",
        )
        return next((name for name in tried if name in self._names), None)

    def wrong(self, link: str, page: str = "index.html") -> str | None:
        """What is wrong with a link on a page, if anything."""
        parts = urlsplit(link)
        if parts.scheme in {"mailto", "tel", "geo"}:
            return None
        if parts.scheme not in {"", "http", "https"}:
            return f"scheme of {link[:80]}"
        address = urljoin(self._url + page, link)
        if not address.startswith(self._url):
            return None if parts.netloc else f"leaves the site: {link[:80]}"
        name = self.file(address)
        if name is None:
            return f"no file: {link[:80]}"
        _, fragment = self._parted(address)
        if fragment and name.endswith(".html") and fragment not in html(self._site / name).ids:
            return f"no anchor: {link[:80]}"
        return None

    def _parted(self, address: str) -> tuple[str, str]:
        """Path and fragment of an address, as the rules of the site turn it.

        Things lead to their documents, concepts to their places in the pages of their schemes.
        """
        parts = urlsplit(address.removeprefix(self._url))
        path = re.sub(r"/\d+\.\d+\.\d+$", "", unquote(parts.path))  # a version: the present one
        if path.startswith("id/") and len(path) > 3 and not path.endswith("/"):
            return f"doc/{path[3:]}", ""  # parts of a thing have no anchors
        if match := re.fullmatch(r"(concept/[^/.]+)/([^/]*)", path):
            return match[1], match[2]
        return path, unquote(parts.fragment)

    def target(self, link: str, page: str) -> str | None:
        """The path of the file that a link on a page leads to, within the site."""
        return self.file(urljoin(self._url + page, link))

    def absolute(self, text: str) -> set[str]:
        """The addresses below the site's that a text names."""
        return set(re.findall(re.escape(self._url) + r"[^\s\"'<>()\[\]{}|\\^`,;]*", text))


@contextmanager
def served(site: Path, url: str) -> Iterator[str]:
    """The address of a site on the loopback: below the path at which it will be served."""
    prefix = urlsplit(url).path

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, directory=str(site), **options)

        def translate_path(self, path: str) -> str:
            if not path.startswith(prefix):
                return str(site / "outside")  # which is nowhere
            return super().translate_path("/" + path.removeprefix(prefix))

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
