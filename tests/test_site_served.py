"""Links to queries: in comments for a server, or plain where an endpoint is stated."""

import re
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from conftest import ROOT
from markupsafe import Markup
from pages import Addresses, html, html_names, nothing
from pyoxigraph import RdfFormat, Store

import es_lod
from es_lod import Dataset
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.pages.rendering import Page
from es_lod.site.served import commented, uncommented
from es_lod.site.settings import read_settings
from es_lod.values import Text

html5lib = pytest.importorskip("html5lib", reason="needs html5lib, a parser of HTML that is strict")

SETTINGS = read_settings(ROOT / "examples" / "site.yaml")
URL = SETTINGS.url
HERE = f"{URL}sparql"
ELSEWHERE = "https://inny.example/repositories/es"
MENU = {"pl": "Zapytania", "en": "Queries"}
HOSTILE = "--><script>alert(1)</script><!--served <b>--!> -- <!--"


def published(folder, *, records=None, **changes):
    dataset = es_lod.load(ROOT / "examples") if records is None else Dataset(records)
    settings = replace(SETTINGS, **changes)
    build(Edition(dataset, settings, dataset.report()), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def site(examples_site):
    return examples_site


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    """The pages of the site as a server sends them."""
    folder = tmp_path_factory.mktemp("served")
    for name in html_names(site):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(uncommented((site / name).read_bytes()))
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return published(tmp_path_factory.mktemp("here"), endpoint=HERE)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    return published(tmp_path_factory.mktemp("elsewhere"), endpoint=ELSEWHERE)


@cache
def language(name):
    return "en" if name.endswith(".en.html") else "pl"


def asked(folder):
    """Of each page that names queries, the addresses of these links with their parameters."""
    found = {}
    for name in html_names(folder):
        for link in html(folder / name).links():
            parts = urlsplit(urljoin(URL + name, link))
            address = parts._replace(query="").geturl()
            if address in (HERE, ELSEWHERE):
                found.setdefault(name, []).append((address, parse_qs(parts.query)))
    return found


def with_frame(folder):
    return [name for name in html_names(folder) if b'<nav aria-label="' in at(folder, name)]


def at(folder, name):
    return (folder / name).read_bytes()


def test_what_a_static_host_shows_leads_to_no_queries(site):
    assert asked(site) == {}
    found = {name: html(site / name).errors for name in html_names(site)}
    nothing({name: errors for name, errors in found.items() if errors})


def test_no_comment_has_what_could_end_it(site):
    number = 0
    for name in html_names(site):
        data = at(site, name)
        opened = data.count(b"<!--served ")
        inner = re.findall(rb"<!--served (.*?)-->", data, re.DOTALL)
        assert len(inner) == opened == data.count(b"<!--") == data.count(b"-->"), name
        assert not any(b"--" in text or text.endswith(b"-") for text in inner), name
        number += opened
    assert number > len(with_frame(site)) > 100


def test_uncommented_pages_are_valid_and_their_ids_unique(served):
    wrong = {}
    for name in html_names(served):
        page = html(served / name)
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        if page.errors or twice or b"<!--" in at(served, name):
            wrong[name] = (page.errors[:3], twice)
    nothing(wrong)


def test_every_page_of_every_folder_leads_to_the_queries_in_its_language(served):
    found = asked(served)
    for name in with_frame(served):
        assert {address for address, _ in found[name]} == {HERE}, name
        assert {values["lang"][0] for _, values in found[name]} == {language(name)}, name
        menu = re.search(rb"<nav.*?</nav>", at(served, name), re.DOTALL)[0].decode()
        assert menu.count(f">{MENU[language(name)]}</a>") == 1
    folders = {name.rpartition("/")[0] for name in with_frame(served)}
    assert folders >= {"", "doc", "class", "place", "date", "concept", "quality"}


def test_each_record_leads_to_its_query(site, served):
    store, found = Store(), asked(served)
    store.bulk_load(path=site / "dump" / "es.nt", format=RdfFormat.N_TRIPLES)
    names = [name for name in html_names(served) if name.startswith("doc/")]
    assert len(names) > 100
    for name in names:
        (query,) = [v["query"][0] for _, v in found[name] if "query" in v]
        id_ = name.removeprefix("doc/").partition(".")[0]
        assert query == f"DESCRIBE <{SETTINGS.base}{id_}>"
        assert query.replace("<", "&lt;").replace(">", "&gt;") in at(served, name).decode()
    assert len(list(store.query(query))) > 1


def test_with_an_endpoint_beside_the_pages_the_same_links_stand_plainly(served, here):
    for name in html_names(here):
        data = at(here, name)
        assert uncommented(data) == data
        if name.startswith(("dataset.", "catalog.")):
            continue  # which also tell its address
        if name.startswith("doc/"):  # whose commands may differ by nothing
            assert data == at(served, name).replace(b"&#45;", b"-"), name
    assert asked(here).keys() == asked(served).keys()


def test_an_endpoint_where_the_files_lie_is_beside_the_pages():
    host = "https://www.przyklad.example/dane/"
    for endpoint in (HERE, f"{host}sparql", None):
        settings = replace(SETTINGS, host=host, endpoint=endpoint)
        page = Page(Edition(Dataset([]), settings, Dataset([]).report()), "doc/x", "pl")
        assert page.to_queries() == "../sparql?lang=pl"
        assert page.to_queries("ASK {}") == "../sparql?query=ASK%20%7B%7D&lang=pl"


def test_an_endpoint_elsewhere_gets_the_queries_and_the_menu_leads_to_what_is_said_of_it(elsewhere):
    addresses = Addresses(elsewhere, URL)
    for name in with_frame(elsewhere):
        page = html(elsewhere / name)
        told = {link for link in page.links() if link.endswith("#sparql")}
        assert len(told) == 1, name
        assert addresses.wrong(told.pop(), name) is None
    for name, links in asked(elsewhere).items():
        assert {address for address, _ in links} == {ELSEWHERE}
        if name.startswith("doc/"):
            ((_, values),) = links
            assert list(values) == ["query"]  # an endpoint of others knows no other parameter


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_pages_of_the_dataset_and_for_portals_name_the_endpoint(here, elsewhere, lang):
    suffix = ".html" if lang == "pl" else ".en.html"
    for folder, endpoint in ((here, HERE), (elsewhere, ELSEWHERE)):
        dataset, portals = (html(folder / f"{name}{suffix}") for name in ("dataset", "catalog"))
        assert endpoint in dataset.links()
        assert "sparql" in dataset.ids  # which is the IRI of the service
        assert list(portals.links()).count(endpoint) == 2  # for dane.gov.pl, and for anybody
        shown = "".join(e.text or "" for e in dataset.elements if e.tag == "code")
        assert f'"{endpoint}"' in shown
        assert "--data-urlencode" in shown


def test_nobody_writes_comments_for_a_server_into_a_page(tmp_path):
    records = [
        es_lod.Foundation(id="a--b---c", name=HOSTILE, description=HOSTILE),
        es_lod.Foundation(id="x", name="X", alternate_name=[HOSTILE]),
    ]
    changes = {"title": Text(HOSTILE), "description": Text(HOSTILE)}
    site = published(tmp_path, records=records, **changes)
    for name in html_names(site):
        data = at(site, name)
        page = html5lib.HTMLParser(strict=True).parse(uncommented(data))
        text = "".join(page.itertext())
        assert b"<script>alert" not in uncommented(data)
        assert b"<b>" not in uncommented(data)
        assert name.startswith("id/") or HOSTILE in text or name in {"404.html", "gone.html"}
    (tmp_path / "x.html").write_bytes(uncommented(at(site, "doc/a--b---c.en.html")))
    (query,) = [
        parse_qs(urlsplit(link).query)["query"]
        for link in html(tmp_path / "x.html").links()
        if "sparql?query" in link
    ]
    assert query == [f"DESCRIBE <{SETTINGS.base}a--b---c>"]


@pytest.mark.parametrize("text", ["-", "--", "---", "a--b----c", ">", "->", "<!--x-->", "--!>"])
def test_a_comment_gives_back_what_it_was_made_from(text):
    written = commented(Markup('<a title="{}">x</a>').format(text))
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(f"<p>{written}</p>")
    assert not list(tree.iter("a"))
    found = uncommented(written.encode()).decode()
    (link,) = html5lib.HTMLParser(namespaceHTMLElements=False).parse(found).iter("a")
    assert link.get("title") == text
