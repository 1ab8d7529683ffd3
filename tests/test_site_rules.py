"""The rules for servers, in the servers themselves: Apache with `.htaccess`, nginx; our own."""

import re
import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from conftest import ROOT
from pages import file_of, path_of
from servers import apache, es_lod, nginx

from es_lod import Dataset
from es_lod.cli import commands
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.site import rules
from es_lod.site.edition import Edition
from es_lod.site.editions.settings import settings_of
from es_lod.site.servers import link_header, media_type, variants
from es_lod.site.settings import read_settings

EXAMPLES = ROOT / "examples"
RECORD = "wizyta-studyjna-tarnow-2018"
REMOVED = "fundacja-ktorej-juz-nie-ma"
SHORT = ["x", "ab", "abc", "wabc", "doc", "id", "index", "018", "a-b", "404"]
"""Ids that are short, that are called like a folder, or like the end of another."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
SUFFIXES = TYPES | {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md5": "text/plain; charset=utf-8",
    "rq": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "conf": "text/plain; charset=utf-8",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "gz": "application/gzip",
}
NAMED = {
    "records.schema.json": "application/schema+json",
    "linkset.json": "application/linkset+json",
    "csv-metadata.json": "application/csvm+json",
    "void": "text/turtle; charset=utf-8",
}
# What is sent for an Accept header; 406 where nothing may be.
NEGOTIATED = [
    (None, "html"),
    ("", "html"),
    ("*/*", "html"),
    ("text/*", "html"),
    ("application/*", "jsonld"),
    ("text/html", "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdf"),
    ("application/n-triples", "nt"),
    ("TEXT/Turtle", "ttl"),
    ("text/turtle;charset=utf-8", "ttl"),
    ("text/turtle;q=0.5, application/n-triples", "nt"),
    ("text/turtle;q=0.5,text/html;q=0.4", "ttl"),
    ("text/turtle ; q=0.9 , text/html ; q=0.8", "ttl"),
    ("text/turtle;q=1.000, text/html;q=0.9", "ttl"),
    ("text/turtle, text/html", "html"),
    ("application/n-triples, application/rdf+xml", "rdf"),
    ("*/*;q=0.8, text/turtle", "ttl"),
    ("text/html;q=0, */*", "ttl"),
    ("text/html;q=0.0, text/*;q=0.5, */*;q=0.4", "ttl"),
    ("text/*;q=0.3, text/html;q=0.2, */*;q=0.1", "ttl"),
    ("application/*;q=0.9, application/ld+json;q=0.1, text/*;q=0", "rdf"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    ('application/ld+json;profile="a,b;q=0";q=0.5, text/turtle;q=0.4', "jsonld"),
    ("text/turtle;q=mistaken, application/rdf+xml;q=0.1", "rdf"),
    ("text/turtles, xtext/turtle, application/n-triples;q=0.1", "nt"),
    ("image/png", 406),
    ("text/turtle;q=0", 406),
    ("*/*;q=0", 406),
    ("text/*, text/html;q=0, text/turtle;q=0.000", 406),
    # Chromium, rdflib, Jena, Comunica
    (
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "html",
    ),
    (
        "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1",
        "rdf",
    ),
    (
        "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,*/*;q=0.3",
        "ttl",
    ),
    (
        "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6",
        "jsonld",
    ),
]
# Apache compares all three digits of a quality; nginx only the first.
FINE = [
    ("text/html;q=0.8, text/turtle;q=0.85", "ttl"),
    ("text/html;q=0.80, text/turtle;q=0.8", "html"),
    ("text/html;q=0.899, text/turtle;q=0.9", "ttl"),
    ("text/html;q=0.999, text/turtle", "ttl"),
    ("application/n-triples;q=0.001, */*;q=0", "nt"),
    ("application/rdf+xml;q=0.02, application/n-triples;q=0.021", "nt"),
]
LANGUAGES = [
    (None, "pl"),
    ("pl", "pl"),
    ("en", "en"),
    ("en-GB,en;q=0.9,pl;q=0.8", "en"),
    ("pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7", "pl"),
    ("en;q=0.4, pl;q=0.5", "pl"),
    ("de, en;q=0.5", "en"),
    ("de", "pl"),
    ("*", "pl"),
    ("pl;q=0, *", "en"),
    ("enm, epl", "pl"),
]


def publish(folder: Path, site: Path):
    result = CliRunner().invoke(commands, ["publish", str(folder), "-o", str(site)])
    assert result.exit_code == 0, result.output


def built(folder: Path, address: str, base: str, *, spread: bool, ids=SHORT) -> Path:
    """A site of the examples from which a record was removed, with a file of each type."""
    data, site = folder / "data", folder / "site"
    shutil.copytree(EXAMPLES, data, ignore=shutil.ignore_patterns("queries", "python"))
    settings = (data / "site.yaml").read_text(encoding="utf-8")
    settings = settings.replace("base: https://w3id.org/es-lod/id/", f"base: {base}")
    settings = settings.replace("url: https://w3id.org/es-lod/", f"url: {address}")
    settings += "spread: true\n" if spread else ""
    (data / "site.yaml").write_text(settings, encoding="utf-8")
    short = ", ".join(f"{{type: Foundation, id: '{id_}', name: Fundacja}}" for id_ in ids)
    (data / "short.yaml").write_text(f"records: [{short}]")
    more = data / "more.yaml"
    more.write_text(f"records: [{{type: Foundation, id: {REMOVED}, name: Fundacja}}]")
    publish(data, site)
    more.unlink()
    publish(data, site)
    (site / "types").mkdir()
    for suffix in SUFFIXES:
        (site / "types" / f"file.{suffix}").write_bytes(b"\n")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return site


SITES = {
    "/": ("https://dane.przyklad.example/", "https://dane.przyklad.example/zasob/"),
    "/es-lod/": ("https://w3id.org/es-lod/", "https://w3id.org/es-lod/id/"),
}
# Beside each other, or in folders: what is answered is the same.
PLACES = [(path, spread) for spread in (False, True) for path in SITES]


@pytest.fixture(scope="module")
def sites():
    # Not pytest's own folder: a server that gives up the rights of root could not enter it.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield {
            (path, spread): built(folder / str(i), *SITES[path], spread=spread)
            for i, (path, spread) in enumerate(PLACES)
        }


@pytest.fixture(
    scope="module",
    params=PLACES,
    ids=lambda place: f"{place[0]}-{'spread' if place[1] else 'flat'}",
)
def placed(request, sites):
    site = sites[request.param]
    return site.parent, site, request.param[0]


@pytest.fixture(scope="module")
def httpd(placed):
    with apache(*placed) as server:
        yield server


@pytest.fixture(scope="module", params=[apache, nginx, es_lod], ids=["apache", "nginx", "es-lod"])
def server(request, placed):
    with request.param(*placed) as server:
        yield server


def links(answer, relation):
    return re.findall(rf'<([^>]*)>; rel="{relation}"', answer.header("link") or "")


def offered(answer):
    """The addresses that a 406 names, from the server's root."""
    named = re.findall(r'href="?([^" >]+)', answer.body.decode())
    return [urljoin(answer.path, address) for address in named]


def shows(server, answer, file):
    """Whether the body is a page of the site, with links to the same addresses."""
    pages = [answer.body.decode(), server.shows(file.read_bytes()).decode()]
    first, second = (
        re.sub(
            r'((?:href|src)=")([^"]*)',
            lambda found: found[1] + urljoin(answer.path, found[2]),
            page,
        )
        for page in pages
    )
    return first == second


def negotiates(server, accept, expected):
    answer = server.ask(f"doc/{RECORD}", accept)
    if expected == 406:
        assert answer.status == 406
        assert offered(answer) == [f"{server.path}doc/{RECORD}.{suffix}" for suffix in TYPES]
        assert answer.type == TYPES["html"]
    else:
        assert (answer.status, answer.type) == (200, TYPES[expected])
        assert answer.address("content-location") == f"{server.path}doc/{RECORD}.{expected}"
    assert {"Accept", "Accept-Language"} <= set(re.split(", *", answer.header("vary")))
    assert answer.header("access-control-allow-origin") == "*"


@pytest.mark.parametrize(("accept", "expected"), NEGOTIATED)
def test_the_format_is_what_the_client_likes_best(server, accept, expected):
    negotiates(server, accept, expected)


@pytest.mark.parametrize(("accept", "expected"), FINE)
def test_apache_tells_qualities_apart_to_the_last_digit(httpd, accept, expected):
    negotiates(httpd, accept, expected)


@pytest.mark.parametrize(("wanted", "language"), LANGUAGES)
def test_a_page_is_in_the_language_that_the_client_likes_best(server, wanted, language):
    headers = {} if wanted is None else {"accept_language": wanted}
    suffix = ".html" if language == "pl" else ".en.html"
    for path, file in ((f"doc/{RECORD}", f"doc/{RECORD}"), ("", "index"), ("places", "places")):
        answer = server.ask(path, **headers)
        assert answer.status == 200
        assert answer.address("content-location") == server.path + file + suffix
        assert answer.header("content-language") == language
        assert "Accept-Language" in answer.header("vary")


def test_a_thing_leads_to_its_document(server):
    for path in (f"id/{RECORD}", f"id/{RECORD}/"):
        for method in ("GET", "HEAD"):
            answer = server.ask(path, "text/turtle", method)
            assert answer.status == 303
            assert answer.address("location").endswith(f"{server.path}doc/{RECORD}")
    if server.path == "/":
        answer = server.ask(f"zasob/{RECORD}")
        assert (answer.status, answer.address("location")[-len(RECORD) - 5 :]) == (
            303,
            f"/doc/{RECORD}",
        )
    assert server.ask("id/nikt").status == server.ask("doc/nikt", "image/png").status == 404


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("id/{}", "doc/{}.html"),
        ("id/{}/", "gone.html"),
        ("doc/{}", "doc/{}.html"),
        ("doc/{}.ttl", "doc/{}.html"),
        ("doc/{}.html", "doc/{}.html"),
        ("doc/{}.en.html", "doc/{}.en.html"),
    ],
)
def test_a_removed_record_is_gone(server, placed, path, page):
    for accept in ("text/turtle", "*/*", "image/png"):
        answer = server.ask(path.format(REMOVED), accept)
        assert (answer.status, answer.type) == (410, TYPES["html"])
        assert shows(server, answer, file_of(placed[1], page.format(REMOVED)))
        assert answer.header("access-control-allow-origin") == "*"
        assert answer.header("link") is None
    if path in {"id/{}", "doc/{}"}:
        answer = server.ask(path.format(REMOVED), accept_language="en")
        assert shows(server, answer, file_of(placed[1], f"doc/{REMOVED}.en.html"))


def test_what_is_not_there_is_told_by_a_page(server, placed):
    for path in ("nic", "doc/nikt", f"doc/{RECORD}.xyz", f"gone/{RECORD}", "id/nikt"):
        answer = server.ask(path)
        assert (answer.status, answer.type) == (404, TYPES["html"])
        assert shows(server, answer, placed[1] / "404.html")


@pytest.mark.parametrize("spread", [False, True], ids=["flat", "spread"])
@pytest.mark.parametrize("start", [apache, nginx, es_lod])
def test_things_may_lie_at_the_root_of_the_site(start, spread):
    address = "https://dane.przyklad.example/"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = built(folder, address, address, spread=spread, ids=["x"])
        with start(folder, site, "/") as server:
            for id_ in (RECORD, "x"):
                for path in (id_, f"{id_}/", f"id/{id_}"):
                    answer = server.ask(path)
                    assert (answer.status, answer.address("location")[-len(id_) - 4 :]) == (
                        303,
                        f"doc/{id_}",
                    )
                assert links(server.ask(f"doc/{id_}"), "cite-as") == [address + id_]
            for path in (REMOVED, f"id/{REMOVED}", f"doc/{REMOVED}", f"doc/{REMOVED}.en.html"):
                assert server.ask(path).status == 410
            for path in ("nikt", "doc/nikt", "doc/nikt.ttl"):
                assert server.ask(path).status == 404
            assert server.ask("places").status == 200


@pytest.mark.parametrize("id_", SHORT)
def test_a_short_id_is_found_like_any_other(server, placed, id_):
    for suffix in ("html", "ttl", "nt"):
        answer = server.ask(f"doc/{id_}", TYPES[suffix].partition(";")[0])
        assert (answer.status, answer.type) == (200, TYPES[suffix])
        assert answer.address("content-location") == f"{server.path}doc/{id_}.{suffix}"
        own = server.ask(f"doc/{id_}.{suffix}")
        assert (own.status, own.body, own.header("link")) == (
            200,
            answer.body,
            answer.header("link"),
        )
        data = file_of(placed[1], f"doc/{id_}.{suffix}").read_bytes()
        assert own.body == (server.shows(data) if suffix == "html" else data)
    assert links(own, "cite-as") == [SITES[server.path][1] + id_]
    answer = server.ask(f"id/{id_}")
    assert answer.status == 303
    assert answer.address("location").endswith(f"{server.path}doc/{id_}")
    assert server.ask(f"id/{id_}/index.html").status == 200


def test_what_is_below_the_folders_of_records_has_no_other_address(server, placed):
    names = [p.relative_to(placed[1]).as_posix() for p in placed[1].rglob("*")]
    below = [name for name in names if name.startswith(("doc/_", "id/_")) and REMOVED not in name]
    assert len(below) in {0, *range(100, 2000)}
    for name in [*below[:3], *below[-3:], "doc/_" + RECORD[-3:], "doc/_018/"]:
        answer = server.ask(name, "text/turtle")
        assert (answer.status, answer.type) == (404, TYPES["html"])
        assert answer.header("link") is None


def test_head_tells_what_get_would(server):
    for path in (f"doc/{RECORD}", "ns", "dump/es.ttl.gz"):
        got, told = server.ask(path), server.ask(path, method="HEAD")
        assert (told.status, told.body) == (200, b"")
        for name in ("content-type", "content-length", "etag", "content-location", "link"):
            assert told.header(name) == got.header(name)


def test_what_the_client_has_is_not_sent_again(server):
    for path, accept in ((f"doc/{RECORD}", "text/turtle"), (f"doc/{RECORD}.rdf", None)):
        first = server.ask(path, accept)
        again = server.ask(path, accept, if_none_match=first.header("etag"))
        assert (again.status, again.body) == (304, b"")
        assert again.header("etag") == first.header("etag")
        assert again.header("access-control-allow-origin") == "*"
        assert again.header("content-location") == first.header("content-location")
        other = server.ask(f"doc/{RECORD}", "text/html", if_none_match=first.header("etag"))
        assert other.status == 200


def test_a_date_says_what_the_client_has_where_it_says_no_tag(server):
    path = f"doc/{RECORD}.ttl"
    date = server.ask(path).header("last-modified")
    again = server.ask(path, if_modified_since=date)
    assert (again.status, again.body, again.header("last-modified")) == (304, b"", date)
    assert server.ask(path, if_modified_since=date, if_none_match='"other"').status == 200
    for other in ("Tue, 19 Jun 2018 12:00:00 GMT", "2018-06-19", "nic"):
        assert server.ask(path, if_modified_since=other).status == 200


def test_apache_knows_what_it_packed(httpd):
    first = httpd.ask(f"doc/{RECORD}.html", accept_encoding="gzip")
    assert first.header("content-encoding") == "gzip"
    etag = first.header("etag")
    again = httpd.ask(f"doc/{RECORD}.html", accept_encoding="gzip", if_none_match=etag)
    assert (again.status, again.header("etag")) == (304, etag)


def test_scripts_of_other_sites_may_read(server):
    for path, accept in (("nic", None), (f"doc/{RECORD}", "image/png"), ("dump/es.nt", None)):
        answer = server.ask(path, accept)
        assert answer.header("access-control-allow-origin") == "*"
        assert "Link" in answer.header("access-control-expose-headers")
        assert answer.header("x-content-type-options") == "nosniff"
    asked = server.ask(f"doc/{RECORD}", None, "OPTIONS", origin="https://inna.example")
    assert (asked.status, asked.body) == (204, b"")
    assert asked.header("access-control-allow-methods") == "GET, HEAD, OPTIONS"
    assert asked.header("access-control-allow-headers") == "*"


def test_links_say_what_a_document_is(server):
    url, base = SITES[server.path]
    page = server.ask(f"doc/{RECORD}", "text/html")
    assert links(page, "cite-as") == [base + RECORD]
    assert links(page, "collection") == [f"{url}dataset"]
    assert links(page, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert links(page, "type") == ["https://schema.org/AboutPage"]
    described = [f"{url}doc/{RECORD}.{suffix}" for suffix in list(TYPES)[1:]]
    assert links(page, "describedby") == described
    data = server.ask(f"doc/{RECORD}", "text/turtle")
    assert links(data, "cite-as") == [base + RECORD]
    assert links(data, "describes") == [f"{url}doc/{RECORD}.html"]
    assert links(data, "describedby") == links(data, "type") == []
    dataset = server.ask("dataset")
    assert links(dataset, "cite-as") == [f"{url}dataset"]
    assert links(dataset, "type")[-1] == "https://schema.org/Dataset"
    assert links(dataset, "linkset") == [f"{url}linkset.json"]
    assert links(server.ask("nic"), "cite-as") == []


def test_every_file_of_the_site_has_its_type(server, placed):
    _, site, _ = placed
    paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
    for path in paths:
        name = path_of(path.relative_to(site).as_posix())
        if path.parent.name == "gone" or path.name.startswith(".") or REMOVED in name:
            continue
        expected = NAMED.get(path.name) or SUFFIXES[path.suffix[1:]]
        answer = server.ask(name)
        assert (answer.status, answer.type) == (200, expected), name
        assert answer.header("content-encoding") is None
        data = path.read_bytes()
        assert answer.body == (server.shows(data) if name.endswith(".html") else data)


def test_what_begins_with_a_dot_is_not_shown(server):
    for path in (".htaccess", ".git/config", "doc/.ukryty"):
        assert server.ask(path).status == 403
    assert server.ask(".well-known/void").status == 200


@pytest.mark.parametrize(
    ("name", "accept", "file"),
    [
        ("ns", None, "ns.html"),
        ("ns", "text/turtle", "ns.ttl"),
        ("ns", "application/rdf+xml", "ns.rdf"),
        ("concept/legal-form", "application/ld+json", "concept/legal-form.jsonld"),
        ("dataset", None, "dataset.html"),
        ("dataset", "text/turtle", "catalog.ttl"),
        ("catalog", "application/rdf+xml", "catalog.rdf"),
        ("catalog", "application/n-triples, text/turtle;q=0.1", "catalog.ttl"),
    ],
)
def test_other_names_are_negotiated_too(server, name, accept, file):
    answer = server.ask(name, accept)
    assert (answer.status, answer.type) == (200, TYPES[file.rpartition(".")[2]])
    assert answer.address("content-location") == server.path + file


def test_the_catalogue_has_no_n_triples_to_offer(server):
    for name in ("catalog", "dataset"):
        answer = server.ask(name, "application/n-triples")
        assert answer.status == 406
        files = [f"{name}.html", "catalog.ttl", "catalog.jsonld", "catalog.rdf"]
        assert offered(answer) == [server.path + file for file in files]
        assert all(server.ask(file).status == 200 for file in files)


def test_terms_and_versions_lead_to_what_says_them(server):
    for path, target in (
        ("concept/legal-form/foundation", "concept/legal-form#foundation"),
        ("concept/legal-form/0.1.0", "concept/legal-form"),
        ("ns/0.1.0", "ns"),
    ):
        answer = server.ask(path)
        assert answer.status == 303
        assert answer.address("location").endswith(server.path + target)
    for name in ("shapes", "alignments", "alignments/0.1.0"):
        answer = server.ask(name)
        assert (answer.status, answer.type) == (200, TYPES["ttl"])
    assert server.ask("concept/nic/nic").status == 404


@pytest.mark.parametrize(
    "accept",
    [
        "text/turtle;q=" + 7900 * "0",
        "text/turtle" + 3900 * ";q",
        "text/turtle" + 7900 * ";",
        "text/turtle;" + 7900 * " ",
        "text/turtle;q=" + 7800 * " " + "x",
        'text/turtle;a="' + 3900 * '";',
        1900 * "text/turtle,",
    ],
    ids=lambda text: text[:20],
)
def test_no_header_takes_long(server, accept):
    started = time.monotonic()
    assert server.ask(f"doc/{RECORD}", accept[:7900]).status in {200, 406}
    assert time.monotonic() - started < 5


# The redirects of w3id.org, in an Apache that has them where the registry would


@pytest.fixture(scope="module")
def registry():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        settings = (EXAMPLES / "site.yaml").read_text(encoding="utf-8")
        host = "host: https://www.przyklad.example/dane/\n"
        (data / "site.yaml").write_text(settings + host, encoding="utf-8")
        (data / "x.yaml").write_text("records: [{type: Foundation, id: x, name: Fundacja}]")
        publish(data, folder / "site")
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        with apache(folder, folder / "site" / "w3id", "/es-lod/") as server:
            yield server


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("id/x", None, "doc/x.html"),
        ("id/x", "text/html,application/xhtml+xml,*/*;q=0.8", "doc/x.html"),
        ("id/x", "text/turtle", "doc/x.ttl"),
        ("id/x/", "application/ld+json", "doc/x.jsonld"),
        ("id/x", "application/n-triples, text/turtle;q=0", "doc/x.nt"),
        ("id/x", "image/png", "doc/x.html"),
        ("doc/x", "application/rdf+xml", "doc/x.rdf"),
        ("ns", None, "ns.html"),
        ("ns", "text/turtle, */*;q=0.1", "ns.ttl"),
        ("ns/0.1.0", None, "ns.html"),
        ("concept/legal-form", None, "concept/legal-form.html"),
        ("concept/legal-form/foundation", None, "concept/legal-form.html#foundation"),
        ("concept/legal-form/foundation", "text/turtle", "concept/legal-form.ttl"),
        ("dataset", None, "dataset.html"),
        ("dataset", "text/turtle", "catalog.ttl"),
        ("catalog", "application/n-triples", "catalog.ttl"),
        ("catalog", "application/ld+json", "catalog.jsonld"),
        ("shapes", None, "shapes.ttl"),
        ("context.jsonld", None, "context.jsonld"),
        ("dump/es.ttl.gz", None, "dump/es.ttl.gz"),
        ("", None, ""),
    ],
)
def test_permanent_addresses_lead_to_the_host(registry, path, accept, target):
    answer = registry.ask(path, accept)
    assert answer.status in {302, 303}
    assert answer.header("location") == f"https://www.przyklad.example/dane/{target}"


def test_without_a_host_there_is_nowhere_to_lead_to(placed):
    assert not (placed[1] / "w3id").exists()


def redirects(tmp_path, base, url):
    """The files for the registry, where a site has a base and an address."""
    settings = (EXAMPLES / "site.yaml").read_text(encoding="utf-8")
    settings = settings.replace("base: https://w3id.org/es-lod/id/", f"base: {base}")
    settings = settings.replace("url: https://w3id.org/es-lod/", f"url: {url}")
    (tmp_path / "site.yaml").write_text(settings, encoding="utf-8")
    edition = Edition(Dataset([]), read_settings(tmp_path / "site.yaml"), Report(()))
    made = {file.path: file.data.decode() for file in rules.files(edition, ())}
    return {path: text for path, text in made.items() if path.startswith("w3id/")}


def test_where_only_things_are_permanent_only_these_are_redirected(tmp_path):
    url = "https://www.przyklad.example/dane/"
    made = redirects(tmp_path, "https://w3id.org/przyklad/es/", url)
    assert set(made) == {"w3id/.htaccess", "w3id/README.md"}
    (rule,) = re.findall("RewriteRule (.*) https:.*", made["w3id/.htaccess"])
    assert rule == "^es/([a-z0-9-]+)/?$"
    assert "ids/przyklad/" in made["w3id/README.md"]
    assert redirects(tmp_path, f"{url}id/", url) == {}


@pytest.mark.parametrize(
    "address",
    [
        "https://dane.przyklad.example/a%20b/",
        "https://dane.przyklad.example/a%22b/",
        "https://dane.przyklad.example/a%0ADeny%20from%20all/",
        "https://dane.przyklad.example/a%3B%7Dreturn/",
        "https://dane.przyklad.example/a%2Fb/",
        "https://dane.przyklad.example/$uri/",
        "https://dane.przyklad.example/a;b/",
        "https://dane.przyklad.example//es/",
        "https://dane.przyklad.example;b/",
        "https://ewa:haslo@dane.przyklad.example/",
    ],
)
def test_an_address_that_would_write_rules_of_its_own_is_refused(tmp_path, address):
    plain = "https://dane.przyklad.example/"
    for base, url in ((address, plain), (plain, address)):
        with pytest.raises(InputError) as raised:
            redirects(tmp_path, base, url)
        assert [problem.code for problem in raised.value.problems] == ["invalid-value"]


def test_an_address_may_have_a_port_and_letters_of_any_language(tmp_path):
    url = "https://żółw.example:8443/%C5%82_~(1)/ęś/"
    assert redirects(tmp_path, f"{url}id/", url) == {}


def test_the_files_for_the_registry_keep_its_rules(tmp_path):
    # https://w3id.org/docs/rules/
    made = redirects(tmp_path, "https://w3id.org/es/", "https://www.przyklad.example/")
    text = made["w3id/.htaccess"]
    assert "\nRewriteEngine on\n" in text
    assert text.endswith("]\n")
    assert not re.search(r"\r|[ \t]$|^Options|R=301|R=406|\ufeff", text, re.MULTILINE)
    for line in text.splitlines():
        assert re.match(r"#|Rewrite(Engine|Cond|Rule) |$", line)
        assert not re.search(r"\[[^\]]* [^\]]*\]$", line)  # no space within flags


# What our own server asks is what the rules say


def test_the_type_of_a_file_is_told_as_the_rules_have_it(placed):
    _, site, _ = placed
    for path in (path for path in site.rglob("*") if path.is_file()):
        if path.parent.name == "gone" or path.name.startswith("."):
            continue
        expected = NAMED.get(path.name) or SUFFIXES[path.suffix[1:]]
        assert media_type(path.relative_to(site).as_posix()) == expected
    assert media_type("id/void") == media_type("gone/x") == "application/octet-stream"


def test_the_formats_of_a_name_are_those_of_the_rules(placed):
    _, site, _ = placed
    for name, count in ((f"doc/{RECORD}", 5), ("ns", 5), ("concept/legal-form", 5), ("dataset", 4)):
        for language, suffix in (("pl", ".html"), ("en", ".en.html")):
            found = variants(name, language)
            assert [form.name for form, _ in found] == list(TYPES)[:count]
            assert found[0][1] == name + suffix
            for form, path in found:
                assert file_of(site, path).is_file()
                assert media_type(path).partition(";")[0] == form.media_type
    for name in ("", "places", "doc/", "doc/a/b", "doc/X", "catalog.ttl", "concept", "nsx", "id/x"):
        assert variants(name, "pl") == []


def test_the_links_of_a_file_are_those_of_the_rules(server, placed):
    settings = settings_of(placed[1])
    for path in (f"doc/{RECORD}.html", f"doc/{RECORD}.en.html", f"doc/{RECORD}.nt", "dataset.html"):
        answer = server.ask(path)
        assert link_header(settings, path) == answer.header("link")
    for path in ("places.html", "dataset", f"id/{RECORD}/index.html", f"a/doc/{RECORD}.html"):
        assert link_header(settings, path) is None
