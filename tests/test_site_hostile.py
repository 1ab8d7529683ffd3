"""A site of hostile records: nothing is written beside it, and nothing runs in its pages."""

import json
import re

import pytest
from click.testing import CliRunner
from pages import Addresses, html, html_names, names, nothing, parsed, running, served

import es_lod
from es_lod.cli import commands
from es_lod.iris import is_id

URL = "https://dane.przyklad.example/es/"
BASE = f"{URL}id/"
RUN = "window.hacked=1"
SCRIPTS = (
    f"<script>{RUN};alert(1)</script>",
    f"</script><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload='{RUN}'><script>{RUN}</script></svg>",
    f"</title><script>{RUN}</script>",
    f"]]><script>{RUN}</script><!--",
    "{{ 7 * 7 }}{% raw %}{{ settings.__class__ }}",
    '""" . <javascript:alert(1)> <b> <c> .',
    '=HYPERLINK("http://zly.example/";"Serwis")',
    "Zebranie\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:nie ma",
    "javascript:alert(1)",
    "x\u202ewondrep ,ynjolcaS\u2066",
    "\u200f\u05e9\u05dc\u05d5\u05dd a \u061c",
)
LONG = "Najdłuższa" * 1000
# The names of what the site has of its own.
IDS = (
    "doc index gone catalog dataset search ns id places place dates date class concept quality "
    "assets dump harvest w3id feed 404 en html robots sitemap context shapes void well-known logo "
    "manifest nginx calendar " + "a" * 80
).split()
TOWNS = (
    "..",
    ".",
    "a/b",
    "/etc",
    "index",
    "con",
    "Łódź",
    "Lodz",
    "łódź",
    "🎉",
    "\\",
    "%2e%2e",
    "?#",
)
SCRIPT_IRIS = (
    f"javascript:{RUN}",
    f"data:text/html,%3Cscript%3E{RUN}%3C/script%3E",
    "vbscript:x",
    "file:///etc/passwd",
    f"https://zly.example/'onclick='{RUN}'",
)
# Things with a record that have no page here; also ids that differ in case only.
ELSEWHERE = (
    "https://zly.example/index",
    "https://zly.example/Index",
    "https://zly.example/../../index",
    SCRIPT_IRIS[0],
    "urn:x:y",
)
_REFUSED_IDS = (
    "../../etc/passwd",
    "..",
    "a/b",
    "a\\b",
    "Wielka",
    "con",
    "nul",
    "a.html",
    "a b",
    f"{BASE}Wielka",
    f"{BASE}x y",
    "",
    "a" * 81,
)


def records():
    texts = [*SCRIPTS, *SCRIPTS, LONG, " ".join("ąę" * 5000 for _ in range(2))]
    for n, id_ in enumerate(IDS):
        name = texts[n % len(texts)]
        town = TOWNS[n % len(TOWNS)]
        address = {"addressLocality": town, "streetAddress": SCRIPTS[n % len(SCRIPTS)]}
        yield {
            "id": id_,
            "type": "Foundation" if n % 2 else "Association",
            "name": {"pl": name, "en": f"English {name}"} if n % 3 else {"uk": name},
            "description": f"{name} {name}",
            "alternateName": [name],
            "sameAs": [SCRIPT_IRIS[n % len(SCRIPT_IRIS)]],
            "address": address,
            "services": [{"id": "usluga", "name": name}],
            "foundingDate": ("2014", "2014-02", "2014-02-03")[n % 3],
            "foundingNote": name,
            "founders": [SCRIPT_IRIS[n % len(SCRIPT_IRIS)], ELSEWHERE[n % len(ELSEWHERE)]],
        }
    for n, name in enumerate(SCRIPTS):
        place = {"id": "miejsce", "name": name, "address": {"addressLocality": TOWNS[n]}}
        yield {
            "id": f"wydarzenie-{n}",
            "type": "Event",
            "name": name,
            "eventType": "study-visit",
            "startDate": ("2018", "2018-06", "2018-06-19")[n % 3],
            "location": place,
            "organizer": [IDS[n], "urn:x:y"],
            "agenda": [{"id": "punkt", "name": name, "position": 1}],
        }
        yield {
            "id": f"artykul-{n}",
            "type": "Article",
            "headline": name,
            "abstract": name,
            "datePublished": "2018",
            "publisher": IDS[n],
            "about": [f"wydarzenie-{n}"],
        }
    for id_ in ELSEWHERE:
        yield {"id": id_, "type": "Foundation", "name": SCRIPTS[0]}


def settings(**more):
    tree = {
        "base": BASE,
        "url": URL,
        "title": {"pl": f"{SCRIPTS[0]} Dane", "en": SCRIPTS[1]},
        "publisher": {"name": SCRIPTS[2], "type": "LocalAuthority"},
        "contact": {"name": SCRIPTS[3], "email": "a?bcc=b@przyklad.example"},
        "keywords": {"pl": list(SCRIPTS[:3])},
        "date": "2026-11-23",
        **more,
    }
    return json.dumps(tree, ensure_ascii=False)


def written(folder, *entries, base=BASE):
    folder.mkdir()
    (folder / "site.yaml").write_text(settings(base=base), encoding="utf-8")
    tree = {"base": base, "language": "pl", "records": entries}
    (folder / "x.json").write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    return folder


def publish(data, site):
    return CliRunner().invoke(commands, ["publish", str(data), "-o", str(site), "--lang", "en"])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder that has the data and the site, and nothing else."""
    folder = tmp_path_factory.mktemp("hostile")
    result = publish(written(folder / "data", *records()), folder / "site")
    assert result.exit_code == 0, result.output[:3000]
    return folder


@pytest.fixture(scope="module")
def site(built):
    return built / "site"


@pytest.mark.parametrize("id_", _REFUSED_IDS)
def test_an_id_that_is_no_name_of_a_file_is_refused(tmp_path, id_):
    record = {"id": id_, "type": "Foundation", "name": "Fundacja"}
    data = written(tmp_path / "data", record)
    result = publish(data, tmp_path / "site")
    assert isinstance(result.exception, SystemExit)
    assert re.search(r"\[(invalid-id|invalid-iri|missing)]", result.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("folder", "id_", "code"),
    [
        ("", "dataset", 2),
        ("", "catalog", 2),
        ("", "ns", 2),
        ("class/", "foundation", 2),
        ("concept/", "legal-form", 2),
        ("", "fundacja", 0),
        ("id/", "dataset", 0),
    ],
)
def test_no_record_has_the_iri_of_a_page(tmp_path, folder, id_, code):
    """A foundation called `dataset` would be a `dcat:Dataset`, too."""
    record = {"id": id_, "type": "Foundation", "name": "Fundacja"}
    data = written(tmp_path / "data", record, base=URL + folder)
    result = publish(data, tmp_path / "site")
    assert result.exit_code == code, result.output
    assert (tmp_path / "site").exists() == (code == 0)


def test_nothing_is_written_beside_the_site(built, site):
    assert {path.name for path in built.iterdir()} == {"data", "site"}
    assert {path.name for path in (built / "data").iterdir()} == {"site.yaml", "x.json"}
    assert not [path for path in site.rglob("*") if path.is_symlink()]


def test_files_have_names_that_any_disk_and_any_host_takes(site):
    every = names(site)
    strange = [n for n in every if not re.fullmatch(r"(\.?[A-Za-z0-9][A-Za-z0-9._-]*/?)+", n)]
    assert strange == []
    assert len({name.lower() for name in every}) == len(every)
    windows = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
    assert [n for n in every if any(windows.match(part) for part in n.split("/"))] == []


def test_no_record_takes_the_place_of_a_file_of_the_site(site, examples_site):
    """What is not of a record, a place or a year is there in any other site, too."""
    of_data = re.compile(r"(doc|id|place|date|class)/")
    own = {n for n in names(examples_site) if not of_data.match(n)}
    assert {n for n in names(site) if not of_data.match(n)} <= own


def test_every_record_has_its_documents(site):
    for id_ in IDS:
        for suffix in ("ttl", "jsonld", "nt", "rdf"):
            assert (site / "doc" / f"{id_}.{suffix}").is_file()
    assert all(is_id(n[4:].partition(".")[0]) for n in names(site) if n.startswith("doc/"))


def test_every_file_is_what_its_name_says(site):
    for name in sorted(names(site)):
        parsed(site / name)


def test_the_dumps_have_every_record_as_it_was(built, site):
    before = es_lod.load(built / "data" / "x.json")
    for suffix in ("ttl", "nt", "nq", "trig", "jsonld", "rdf"):
        assert es_lod.Dataset.read([site / "dump" / f"es.{suffix}"], base=BASE) == before


def test_nothing_can_run_in_any_page(site):
    found = {name: running(name, html(site / name)) for name in html_names(site)}
    nothing({name: what for name, what in found.items() if what})


def test_every_link_of_every_page_leads_somewhere(site):
    addresses = Addresses(site, URL)
    nothing(
        {
            f"{wrong} on {name}": link[:80]
            for name in html_names(site)
            for link in set(html(site / name).links())
            if (wrong := addresses.wrong(link, name))
        }
    )


def test_every_page_is_valid(site):
    pages = {name: html(site / name) for name in html_names(site)}
    nothing({name: page.errors[:3] for name, page in pages.items() if page.errors})
    nothing({n: p.ids for n, p in pages.items() if len(set(p.ids)) < len(p.ids)})


def test_the_address_to_write_to_has_no_headers(site):
    for name in ("catalog.ttl", "catalog.jsonld", "catalog.rdf"):
        text = (site / name).read_text(encoding="utf-8")
        assert "mailto:a%3Fbcc%3Db@przyklad.example" in text
        assert "mailto:a?" not in text


def test_a_site_without_a_page_of_a_record_has_no_link_to_a_list(tmp_path):
    record = {"id": ELSEWHERE[0], "type": "Foundation", "name": "Fundacja"}
    result = publish(written(tmp_path / "data", record), tmp_path / "site")
    assert result.exit_code == 0, result.output
    addresses = Addresses(tmp_path / "site", URL)
    for name in ("dataset.html", "dataset.en.html", "index.html"):
        links = set(html(tmp_path / "site" / name).links())
        nothing({link: wrong for link in links if (wrong := addresses.wrong(link, name))})


def test_marks_of_direction_stay_within_their_text(site):
    """A name that turns the direction is shut in: what stands after it reads as before."""
    found = {}
    for name in html_names(site):
        for element in html(site / name).elements:
            if element.tag in {"title", "script", "bdi", "option"} or element.attrib.get("dir"):
                continue
            own = (element.text or "") + "".join(child.tail or "" for child in element)
            if re.search("[\u202a-\u202e\u2066-\u2068]", own):
                found[name] = f"<{element.tag}> {own[:80]!a}"
    nothing(found)


def test_schema_org_in_the_pages_is_json_with_the_names_as_they_are(site):
    found = 0
    for name in html_names(site):
        for element in html(site / name).elements:
            if element.tag == "script" and element.attrib.get("type") == "application/ld+json":
                found += 1
                tree = json.loads(element.text)
                assert "@context" in tree, name
    assert found > 10


@pytest.mark.slow
def test_in_a_browser_nothing_runs_and_nothing_is_fetched_from_elsewhere(chromium, site):
    chosen = [n for n in html_names(site) if not n.startswith("id/") and not n.endswith(".en.html")]
    with served(site, URL) as address, chromium.page(320) as page:
        for name in chosen:
            page.go(address + name)
            assert page.evaluate("window.hacked") is None, name
            for url in page.evaluate("[...document.links].map(link => link.protocol)"):
                assert url in {"http:", "https:", "mailto:", "tel:", "geo:"}, name
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{name} is {wide} px wide"
        assert page.dialogs == []
        assert page.errors == []
        assert [url for url in page.requests if not url.startswith(address)] == []
    assert chosen
