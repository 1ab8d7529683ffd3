"""A walk through the whole site of the examples: every file, link, anchor, size and hash."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest
from click.testing import CliRunner
from conftest import ROOT, WEB, need
from pages import Addresses, html, html_names, names, nothing, parsed, running, twin
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from es_lod.cli import commands
from es_lod.namespaces import DCAT, SPDX
from es_lod.site.settings import read_settings

EXAMPLES = ROOT / "examples"
URL = read_settings(EXAMPLES / "site.yaml").url
# What a server shows in place of a page, at any address.
ANSWERS = {"404.html", "404.en.html", "gone.html", "gone.en.html"}
# Of addresses that only name things in data, those of terms and concepts have anchors.
ANCHORED = (f"{URL}ns#", f"{URL}concept/")
BASE = f"{URL}id/"
"""The beginning of the IRIs of records, which is no page."""
MADE_UP = f"{URL}przyklad/"
"""The pages elsewhere that the made-up examples speak of."""
HANDED_ON = {"w3id/.htaccess", ".htaccess", "nginx.conf", "robots.txt"}
"""Rules, which name addresses with patterns."""
VALIDATE = WEB / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture(scope="module")
def site(examples_site):
    return examples_site


@pytest.fixture(scope="module")
def pages(site):
    """Path → page."""
    return {name: html(site / name) for name in html_names(site)}


@pytest.fixture(scope="module")
def catalogue(site):
    store = Store()
    store.load(path=str(site / "catalog.ttl"), format=RdfFormat.TURTLE)
    return store


def test_every_link_of_every_page_leads_somewhere(site, pages):
    addresses = Addresses(site, URL)
    found = {
        f"{wrong} on {name}": link[:80]
        for name, page in pages.items()
        for link in set(page.links())
        if not link.startswith(MADE_UP) and (wrong := addresses.wrong(link, name))
    }
    assert len(pages) > 100
    nothing(found)


def test_every_page_can_be_reached_from_the_first(site, pages):
    addresses = Addresses(site, URL)
    met, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        for link in pages[name].links():
            target = addresses.target(link, name)
            if target in pages and target not in met:
                met.add(target)
                waiting.append(target)
    leading_away = {name for name in pages if name.startswith("id/")}
    assert set(pages) - met - ANSWERS - leading_away == set()


def test_every_address_in_every_other_file_leads_somewhere(site):
    addresses = Addresses(site, URL)
    wrong = {}
    for name in sorted(names(site) - HANDED_ON):
        if name.endswith((".html", ".gz", ".png", ".xlsx")):
            continue
        text = (site / name).read_text(encoding="utf-8")
        for found in sorted(addresses.absolute(text)):
            address = found.rstrip(".")
            if not address.startswith(ANCHORED):
                address = address.partition("#")[0]
            if address == BASE or address.startswith(MADE_UP):
                continue
            if reason := addresses.wrong(address):
                wrong.setdefault(reason, name)
    nothing(wrong)


def test_pages_that_a_server_shows_anywhere_have_links_that_hold_anywhere(pages):
    path = "/" + URL.split("/", 3)[3]
    for name in sorted(ANSWERS & set(pages)):
        for link in pages[name].links():
            assert link.startswith((path, "#")), f"{name}: {link}"


def test_an_html5_parser_has_nothing_to_complain_about(pages):
    nothing({name: page.errors[:3] for name, page in pages.items() if page.errors})


# Its recommended rules, but for two: the ids of sections begin with `_`, which those of parts of a
# record cannot (HTML allows it), and titles are as long as the names of the records.
@pytest.mark.slow
def test_html_validate_has_nothing_to_complain_about(site, tmp_path):
    node = shutil.which("node")
    missing = "node is not installed (Debian: nodejs)" if node is None else None
    if not VALIDATE.exists():
        missing = "html-validate is not installed (make web, which needs npm)"
    need(missing)
    told = tmp_path / "told.json"
    options = ["--config", WEB / "htmlvalidate.json", "--formatter", f"json={told}"]
    done = subprocess.run(
        [node, VALIDATE, *options, f"{site}/**/*.html"], capture_output=True, text=True, check=False
    )
    assert told.exists(), done.stderr
    pages = json.loads(told.read_text(encoding="utf-8"))
    nothing(
        {
            f"{message['ruleId']}: {message['message']}": f"{page['filePath']}:{message['line']}"
            for page in pages
            for message in page["messages"]
        }
    )


def test_ids_are_unique_in_a_page(pages):
    twice = {
        name: [i for i, n in Counter(page.ids).items() if n > 1] for name, page in pages.items()
    }
    nothing({name: ids for name, ids in twice.items() if ids})


def test_pages_say_their_language_their_address_and_their_twin(pages):
    for name, page in pages.items():
        if name.startswith("id/") or name in ANSWERS:
            continue
        is_english = name.endswith(".en.html")
        assert page.elements[0].attrib["lang"] == ("en" if is_english else "pl"), name
        links = {
            (e.attrib["rel"], e.attrib.get("hreflang")): e.attrib["href"]
            for e in page.elements
            if e.tag == "link"
        }
        assert links["canonical", None].removeprefix(URL) in {name, name.removesuffix("index.html")}
        other = name.replace(".en.html", ".html") if is_english else twin(name)
        assert links["alternate", "pl" if is_english else "en"] == other.rpartition("/")[2], name


def test_titles_tell_pages_apart(pages):
    titles = Counter(
        (page.elements[0].attrib["lang"], title.text)
        for name, page in pages.items()
        for title in page.elements
        if title.tag == "title" and not name.startswith("id/")
    )
    nothing({title: n for title, n in titles.items() if n > 1})


def test_headings_begin_with_one_and_leave_out_no_level(pages):
    for name, page in pages.items():
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        assert levels[:1] == [1], name
        assert levels.count(1) == 1, name
        steps = (after - before for before, after in pairwise(levels))
        assert max(steps, default=0) <= 1, f"{name}: {levels}"


def test_nothing_runs_in_a_page_but_the_script_of_the_search(pages):
    nothing({name: found for name, page in pages.items() if (found := running(name, page))})


def test_every_file_is_what_its_name_says(site):
    for name in sorted(names(site)):
        parsed(site / name)


def test_what_the_manifest_says_is_true_of_every_download(site, catalogue):
    manifest = json.loads((site / "MANIFEST.json").read_text(encoding="utf-8"))
    assert len(manifest["files"]) >= 12
    for item in manifest["files"]:
        data = (site / item["path"]).read_bytes()
        assert (item["size"], item["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    offered = {quad.object.value for quad in of(catalogue, DCAT.downloadURL)}
    assert offered == {URL + item["path"] for item in manifest["files"]}


def of(store, predicate, subject=None):
    return list(store.quads_for_pattern(subject, NamedNode(predicate), None))


def test_sizes_and_hashes_of_the_catalogue_are_true(site, catalogue):
    offered = of(catalogue, DCAT.downloadURL)
    assert len(offered) >= 12
    for quad in offered:
        data = (site / quad.object.value.removeprefix(URL)).read_bytes()
        (size,) = of(catalogue, DCAT.byteSize, quad.subject)
        assert size.object == Literal(str(len(data)), datatype=size.object.datatype)
        (checksum,) = of(catalogue, SPDX.checksum, quad.subject)
        (value,) = of(catalogue, SPDX.checksumValue, checksum.object)
        assert value.object.value == hashlib.sha256(data).hexdigest()


def test_sums_beside_a_file_are_true(site):
    sums = [name for name in names(site) if name.endswith((".md5", ".sha256"))]
    for name in sums:
        path, _, kind = name.rpartition(".")
        # dane.gov.pl looks for the sum of `danegov.xml` in `danegov.md5`.
        data = (site / (path if "." in path else f"{path}.xml")).read_bytes()
        digest = hashlib.new(kind, data).hexdigest()
        assert (site / name).read_text(encoding="utf-8").split()[0].lower() == digest
    assert sums


def test_sizes_that_a_file_states_of_an_address_are_true(site):
    """In JSON wherever an object has an address of the site and a size: CKAN, linkset, CSVW."""

    def check(value, name):
        if isinstance(value, list):
            for item in value:
                check(item, name)
        if not isinstance(value, dict):
            return
        for item in value.values():
            check(item, name)
        address = next(
            (v for k in ("url", "href", "contentUrl") if isinstance(v := value.get(k), str)), ""
        )
        size = value.get("size") or value.get("length") or value.get("contentSize")
        if address.startswith(URL) and size is not None:
            data = (site / address.removeprefix(URL)).read_bytes()
            assert int(str(size).split()[0]) == len(data), f"{name}: {address}"
            if sum_ := value.get("hash"):
                assert sum_.rpartition(":")[2] == hashlib.sha256(data).hexdigest()

    for name in sorted(names(site)):
        if name.endswith((".json", ".jsonld")) and name != "MANIFEST.json":
            check(json.loads((site / name).read_text(encoding="utf-8")), name)


def contents(folder):
    return {name: (folder / name).read_bytes() for name in names(folder)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "world",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "COLUMNS": "20"},
    ],
    ids=["east", "west"],
)
def test_the_same_bytes_come_anywhere(site, tmp_path, world):
    code = "from es_lod.cli import main; main()"
    command = [sys.executable, "-c", code, "publish", str(EXAMPLES), "-o", str(tmp_path / "site")]
    subprocess.run(command, env={**os.environ, **world}, check=True, capture_output=True)
    ours, theirs = contents(site), contents(tmp_path / "site")
    assert set(ours) == set(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.slow
def test_a_second_run_touches_nothing(site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    for name in names(folder):
        os.utime(folder / name, ns=(10**18, 10**18))
    before = contents(folder)
    result = CliRunner().invoke(commands, ["publish", str(EXAMPLES), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    assert contents(folder) == before
    touched = [n for n in names(folder) if (folder / n).stat().st_mtime_ns != 10**18]
    assert touched == []
