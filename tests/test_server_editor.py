"""The query page in Chromium: with and without JavaScript, by keyboard, and by axe-core."""

import json
import re
import shutil
import subprocess
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from conftest import ROOT, WEB, need
from pages import nothing
from query_page import served

from es_lod.query import named_queries
from es_lod.server import page as pages
from es_lod.server.page.frame import LONGEST

pytestmark = pytest.mark.slow
_EDITOR = ROOT / "src" / "es_lod" / "server" / "page" / "editor"
_AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
    rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" ")}`
))
"""
_WIDE = """
(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = e => e && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)
        || scrolls(e.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(
        e => e.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(e.parentElement));
    return [`${root.scrollWidth} px`, ...wide.slice(-3).map(e => e.outerHTML.slice(0, 160))];
})()
"""
_TEXT = "document.querySelector('#query').value"
_OFFERED = "[...document.querySelectorAll('.cm-tooltip-autocomplete li')].map(e => e.innerText)"
PREFIXES = "PREFIX es: <https://w3id.org/es-lod/ns#>\nPREFIX schema: <https://schema.org/>\n"
QUESTIONS = {
    "fresh": {},
    "named": {"name": "operators"},
    "network": {"name": "network"},
    "periods": {"name": "statuses"},
    "years": {"name": "timeline"},
    "table": {"query": f"{PREFIXES}SELECT * {{ ?s ?p ?o }} LIMIT 300"},
    "wide": {"query": f"SELECT {' '.join(f'(1 AS ?column{i})' for i in range(60))} {{}}"},
    "letters": {"query": f'SELECT ?x {{ VALUES ?x {{ "{"x" * 3000}" }} }}'},
    "bars": {"query": 'SELECT ?n ?a ?b { VALUES (?n ?a ?b) { ("a" 1 2) ("b" 3 1) } }'},
    "map": {"query": 'SELECT ?n ?lat ?long { VALUES (?n ?lat ?long) { ("a" 50 21) ("b" 54 18) } }'},
    "graph": {"query": "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 20"},
    "no": {"query": "ASK { FILTER(false) }"},
    "refused": {"query": "SELECT * {\n?s ?p"},
    "prefix": {"query": "SELECT * { ?s a es:Workshop }"},
    "empty": {"query": "SELECT ?x { FILTER(false) }"},
}


@pytest.fixture(scope="module")
def address(examples_site):
    with served(examples_site) as origin:
        yield origin


@pytest.fixture(scope="module")
def axe():
    need(None if _AXE.exists() else "axe-core is not installed (make web, which needs npm)")
    return _AXE.read_text(encoding="utf-8") + ";0"


def question(address, language="pl", **asked):
    return f"{address}sparql?{urlencode({**asked, 'lang': language})}"


def opened(tab, address, text=None):
    """Open the page with the editor in focus, and this text in it."""
    tab.go(question(address, **({"query": text} if text is not None else {})))
    tab.wait_for("document.querySelector('.cm-content') !== null")
    tab.evaluate("document.querySelector('.cm-content').focus()")


def emptied(tab):
    key = {"key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2}
    tab.call("Input.dispatchKeyEvent", type="keyDown", **key, commands=["selectAll"])
    key = {"key": "Delete", "code": "Delete", "windowsVirtualKeyCode": 46}
    tab.call("Input.dispatchKeyEvent", type="keyDown", **key, commands=["deleteForward"])
    tab.wait_for(f"{_TEXT} === ''")


def offered(tab, text):
    """What is completed after a text."""
    tab.write(text)
    tab.wait_for(f"{_OFFERED}.length > 0")
    # Keys that are pressed sooner are meant for the text, CodeMirror thinks; and a list that is
    # asked for as one types replaces those of the letters before.
    time.sleep(0.3)
    return tab.evaluate(_OFFERED)


@pytest.mark.parametrize("has_editor", [True, False], ids=["editor", "plain"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_axe_finds_nothing_nothing_is_too_wide_and_the_console_stays_empty(
    chromium, address, axe, name, has_editor
):
    found = {}
    with chromium.page() as tab:
        if not has_editor:  # axe-core itself needs scripts
            tab.call("Network.setBlockedURLs", urls=["*/editor.js"])
        for language, width in (("pl", 1280), ("en", 320)):
            tab.width(width)
            tab.go(question(address, language, **QUESTIONS[name]))
            assert tab.evaluate("!!document.querySelector('.cm-content')") == has_editor
            tab.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
            tab.evaluate(axe)
            found[f"{language} at {width}"] = tab.evaluate(_RUN)
            found[f"{language} wide"] = tab.evaluate(_WIDE)
        # The browser tells of the status of a refusal, and of the script that it was not to load.
        told = re.compile("status of 400|BLOCKED_BY_CLIENT.*/editor.js")
        found["console"] = [error for error in tab.errors if not told.search(error)]
        found["elsewhere"] = [url for url in tab.requests if not url.startswith(address)]
    nothing({key: value for key, value in found.items() if value})


def test_axe_finds_nothing_while_terms_are_offered(chromium, address, axe):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        offered(tab, "SELECT * { ?x a warsztat")
        tab.evaluate(axe)
        assert tab.evaluate(_RUN) == []
        assert tab.errors == []


@pytest.mark.parametrize("scripting", [True, False], ids=["scripted", "still"])
def test_a_query_is_run_by_its_button_and_its_address_is_permanent(chromium, address, scripting):
    with chromium.page(scripting=scripting) as tab:
        tab.go(question(address, "en", query="ASK {}"))
        tab.evaluate("document.querySelector('#query-form button').focus()")
        tab.press("Enter")
        tab.loaded()
        assert tab.evaluate("document.querySelector('.verdict').innerText") == "Yes"
        there = urlsplit(tab.evaluate("location.href"))
        tab.wait_for("document.activeElement.id === 'result'")
        assert parse_qs(there.query) == {"query": ["ASK {}"], "lang": ["en"]}


def test_a_refusal_has_the_focus_and_the_same_question_can_be_asked_again(chromium, address):
    with chromium.page(scripting=False) as tab:
        tab.go(question(address, query="SELECT * {"))
        tab.wait_for("document.activeElement.id === 'refusal'")
        before = len(tab.requests)
        tab.evaluate("document.querySelector('#query-form button').focus()")
        tab.press("Enter")
        tab.loaded()
        assert len(tab.requests) > before


def test_what_is_typed_in_the_editor_is_what_is_asked(chromium, address):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        tab.write("ASK { FILTER(false) ")
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": 2}
        tab.call("Input.dispatchKeyEvent", type="keyDown", **key)
        tab.loaded()
        assert tab.evaluate("document.querySelector('.verdict').innerText") == "Nie"
        tab.wait_for("document.querySelector('.cm-content') !== null")
        assert tab.evaluate(_TEXT) == "ASK { FILTER(false) }"


@pytest.mark.parametrize("typed", ["warsztat", "workshop", "Worksh", "es:Worksh"])
def test_a_term_is_offered_by_its_name_in_either_language_and_its_prefix_declared(
    chromium, address, typed
):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        assert offered(tab, f"SELECT * {{ ?x a {typed}")[0] == "warsztat\nes:Workshop · klasa"
        tab.press("Enter")
        tab.wait_for(f"{_TEXT}.includes('es:Workshop}}')")
        declared = "PREFIX es: <https://w3id.org/es-lod/ns#>\n\n"
        assert tab.evaluate(_TEXT) == f"{declared}SELECT * {{ ?x a es:Workshop}}"
        assert tab.errors == []


def test_a_concept_is_offered_by_words_of_its_label_without_diacritics(chromium, address):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        found = offered(tab, "spoldzielnia soc")
        assert found[:2] == [
            "spółdzielnia socjalna\nes:SocialCooperative · klasa",
            "spółdzielnia socjalna\nlegal-form:social-cooperative · pojęcie",
        ]
        tab.press("ArrowDown")
        tab.press("Enter")
        tab.wait_for(f"{_TEXT}.endsWith('legal-form:social-cooperative')")
        assert tab.evaluate(_TEXT).startswith(
            "PREFIX legal-form: <https://w3id.org/es-lod/concept/"
        )


def test_variables_and_keywords_are_offered_and_nothing_in_strings_and_comments(chromium, address):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        tab.write("SELECT ?organizacja ")
        assert "ORDER BY\nsłowo SPARQL" in offered(tab, "ORD")
        tab.press("Escape")
        assert offered(tab, " ?o")[0] == "?organizacja\nzmienna"
        tab.press("Escape")
        tab.write(' "warsztat')
        assert tab.evaluate(_OFFERED) == []


def test_tab_leaves_the_editor_and_escape_closes_what_is_offered(chromium, address):
    with chromium.page() as tab:
        opened(tab, address)
        emptied(tab)
        offered(tab, "warsz")
        tab.press("Escape")
        tab.wait_for(f"{_OFFERED}.length === 0")
        tab.press("Tab")
        assert tab.evaluate("document.activeElement.matches('#query-form button')")
        assert tab.evaluate(_TEXT) == "warsz"


def test_the_editor_has_a_name_and_its_message_a_place(chromium, address):
    with chromium.page() as tab:
        tab.go(question(address, query="SELECT * {\n?s ?p"))
        tab.wait_for("document.querySelector('.cm-refused') !== null")
        assert tab.evaluate("document.querySelector('.cm-refused').innerText") == "?s ?p"
        tree = tab.call("Accessibility.getFullAXTree")["nodes"]
        (box,) = (
            node for node in tree if node["role"]["value"] == "textbox" and not node.get("ignored")
        )
        assert box["name"]["value"] == "Zapytanie"
        assert "Ctrl" in box["description"]["value"]
        told = {p["name"]: p["value"].get("value") for p in box["properties"]}
        assert told["invalid"] == "true"


def test_marks_that_turn_the_direction_of_writing_are_seen_in_the_editor(chromium, address):
    with chromium.page() as tab:
        tab.go(question(address, query='ASK { FILTER("\u202e" = "\u2066") }'))
        tab.wait_for("document.querySelectorAll('.cm-specialChar').length === 2")


@pytest.mark.parametrize("scripting", [True, False], ids=["scripted", "still"])
def test_a_query_too_long_for_an_address_is_answered(chromium, address, scripting):
    text = "ASK {} # " + "x" * LONGEST
    with chromium.page(scripting=scripting) as tab:
        tab.go(question(address))
        tab.evaluate(f"document.querySelector('#query').value = {json.dumps(text)}")
        if scripting:
            tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
            assert tab.evaluate("document.querySelector('#query-form').method") == "post"
            assert "6000 znaków" in tab.evaluate("document.getElementById('query-told').innerText")
            tab.evaluate("document.querySelector('#query-form button').focus()")
        else:
            tab.evaluate("document.querySelector('#query-form button[formmethod=post]').focus()")
        tab.press("Enter")
        tab.loaded()
        assert tab.evaluate("document.querySelector('.verdict').innerText") == "Tak"
        assert tab.evaluate(f"{_TEXT}.trim()") == text
        assert tab.evaluate("location.search") == ""


def test_from_a_named_query_to_the_page_of_a_record_by_keyboard(chromium, address):
    with chromium.page() as tab:
        tab.go(question(address))
        for wanted in ("a[href*='name=operators']", ".rows a[href='doc/cis-serwis.html']"):
            for _ in range(120):
                tab.press("Tab")
                if tab.evaluate(f'document.activeElement.matches("{wanted}")'):
                    break
            tab.press("Enter")
            tab.loaded()
        assert tab.evaluate("location.pathname") == "/doc/cis-serwis.html"


def test_the_terms_are_fetched_when_they_are_first_needed(chromium, address):
    with chromium.page() as tab:
        opened(tab, address)
        assert not any(url.endswith("terms.json") for url in tab.requests)
        emptied(tab)
        offered(tab, "warsztat")
        assert sum(url.endswith("terms.json") for url in tab.requests) == 1


# What the editor is made of


def test_the_bundle_is_what_its_source_and_its_packages_make(tmp_path):
    there = (_EDITOR / "node_modules" / "esbuild").exists() and shutil.which("node")
    need(None if there else "esbuild is not installed (make web, which needs npm)")
    done = subprocess.run(
        [shutil.which("node"), _EDITOR / "build.mjs", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("editor.js", "editor-licences.txt"):
        assert (tmp_path / name).read_bytes() == pages.asset(name), f"{name}: make editor"


def test_every_package_is_pinned_and_its_licence_comes_with_the_bundle():
    stated = json.loads((_EDITOR / "package.json").read_text(encoding="utf-8"))
    licences = pages.asset("editor-licences.txt").decode()
    assert all(re.fullmatch(r"[0-9.]+", v) for v in stated["devDependencies"].values())
    bundled = re.findall(r"^(\S+) ([0-9.]+) \((\S+)\)$", licences, re.MULTILINE)
    assert {name: version for name, version, _ in bundled} == stated["dependencies"]
    assert {licence for _, _, licence in bundled} == {"MIT"}
    assert licences.count("Permission is hereby granted") == len(bundled)


def test_the_bundle_loads_nothing_and_stays_small():
    script = pages.asset("editor.js").decode()
    assert len(script) < 400_000
    assert set(re.findall(r"\bfetch\((\w+)\)", script)) <= {"terms"} or script.count("fetch(") == 1
    assert not re.search(r"\beval\(|new Function|importScripts|XMLHttpRequest|WebSocket", script)


def test_every_asset_is_served_with_its_type():
    assert set(pages.ASSETS) == {"editor.js", "editor-licences.txt", "query.css"}
    assert all(pages.asset(name) for name in pages.ASSETS)
    with pytest.raises(KeyError):
        pages.asset("../page.py")


# What the page has it uses


def test_every_word_is_said_and_every_class_has_its_style():
    folder = ROOT / "src" / "es_lod" / "server" / "page"
    layouts = "".join(p.read_text(encoding="utf-8") for p in (folder / "layouts").iterdir())
    modules = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    script = "".join(p.read_text(encoding="utf-8") for p in _EDITOR.glob("*.js"))
    words = re.findall(
        r'^    "([a-z-]+)": \(', (folder / "words.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(words) > 50
    everything = layouts + modules + script
    unsaid = [w for w in words if len(re.findall(rf"['\"]{w}['\"]", everything)) < 2]
    assert unsaid == []
    sheets = pages.asset("query.css").decode()
    sheets += (ROOT / "src/es_lod/site/assets/site.css").read_text(encoding="utf-8")
    stated = {name for names in re.findall(r'class="([^"{}]*)"', layouts) for name in names.split()}
    assert {name for name in stated if not re.search(rf"\.{name}\b", sheets)} == set()
    own = re.sub(r"/\*.*?\*/", "", pages.asset("query.css").decode(), flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][\w-]*)", own))
    assert {n for n in styled if not re.search(rf"(?<![\w-]){n}(?![\w-])", everything)} == set()
    assert named_queries()
