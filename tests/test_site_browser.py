"""Pages in a headless Chromium: judged by axe-core, narrow and wide, by keyboard, without scripts.

Every page of a kind is looked at once; each test says one thing of what was seen.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, WEB, need
from pages import kinds, nothing, served, twin

import es_lod
from es_lod.iris import is_id
from es_lod.site.settings import read_settings

pytestmark = pytest.mark.slow
URL = read_settings(ROOT / "examples" / "site.yaml").url
WIDTHS = (1280, 320)
_AXE = Path("node_modules", "axe-core", "axe.min.js")
# Of WCAG 2.1 A and AA, and what axe-core holds for good practice beside them.
RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
    rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" ")}`
))
"""
# What reaches beyond the right edge, but for what scrolls within its own box.
_WIDE = """
(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = e => e && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)
        || scrolls(e.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(
        e => e.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(e.parentElement));
    return [`${root.scrollWidth} px`, ...wide.slice(-3).map(e => e.outerHTML.slice(0, 120))];
})()
"""
# What Tab must reach, in the order of the document; of radio buttons one of each group.
_REACHABLE = """
(() => {
    const group = e => e.type === "radio" ? [...document.getElementsByName(e.name)] : [e];
    window.reachable = [...document.querySelectorAll(
        "a[*|href], button, input, select, textarea, summary, [tabindex]"
    )].filter(e => !e.disabled && e.type !== "hidden" && e.tabIndex >= 0
        && e.checkVisibility({visibilityProperty: true})
        && (group(e).find(one => one.checked) ?? group(e)[0]) === e);
    return reachable.length;
})()
"""
# Which of them has the focus, and what is wrong with how it shows; -1 for a box that scrolls, null
# after the last.
_FOCUSED = """
(() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return [null, ""];
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
        && box.top < innerHeight && box.left < innerWidth;
    const wrong = outlined ? (seen ? "" : "out of sight") : "no outline";
    return [reachable.indexOf(e), wrong && `${wrong}: ${e.outerHTML.slice(0, 120)}`];
})()
"""


class Seen(NamedTuple):
    """What one visit to a page has shown."""

    violations: dict[int, list[str]]
    too_wide: list[str]
    requests: list[str]
    errors: list[str]
    dialogs: list[str]


@pytest.fixture(scope="module")
def address(examples_site):
    with served(examples_site, URL) as origin:
        yield origin


@pytest.fixture(scope="module")
def axe():
    path = WEB / _AXE
    need(None if path.exists() else "axe-core is not installed (make web, which needs npm)")
    return path.read_text(encoding="utf-8") + ";0"


@pytest.fixture(scope="module")
def seen(chromium, address, axe, examples_site):
    """Page → what a visit has shown."""
    found = {}
    for name in kinds(examples_site):
        with chromium.page() as page:
            page.go(address + name)
            page.evaluate(axe)
            violations = {}
            for width in WIDTHS:
                page.width(width)
                violations[width] = page.evaluate(RUN)
            wide = page.evaluate(_WIDE)
            found[name] = Seen(violations, wide, page.requests, page.errors, page.dialogs)
    return found


def test_axe_core_finds_nothing(seen):
    assert len(seen) > 30
    found = {
        f"{name} at {width}": rules
        for name, page in seen.items()
        for width, rules in page.violations.items()
        if rules
    }
    nothing(found)


def test_no_page_scrolls_sideways_at_320_px(seen):
    nothing({name: page.too_wide for name, page in seen.items() if page.too_wide})


def test_no_request_leaves_the_site(seen, address):
    abroad = {
        name: outside
        for name, page in seen.items()
        if (outside := [url for url in page.requests if not url.startswith(address)])
    }
    nothing(abroad)


def test_the_console_stays_empty_and_nothing_pops_up(seen):
    nothing({n: [*p.errors, *p.dialogs] for n, p in seen.items() if p.errors or p.dialogs})


def test_only_the_search_has_a_script_and_all_else_is_there_without(
    chromium, address, examples_site
):
    text = "document.querySelector('main').innerText"
    with chromium.page() as page, chromium.page(scripting=False) as still:
        for name in kinds(examples_site, few=True):
            if not name.startswith("search."):
                page.go(address + name)
                still.go(address + name)
                assert page.evaluate(text) == still.evaluate(text), name
        assert [url for url in page.requests if url.endswith((".js", ".json"))] == []


@pytest.mark.parametrize("name", ["search.html", "search.en.html"])
def test_without_scripts_the_search_is_a_list_of_everything(chromium, address, name):
    with chromium.page(scripting=False) as page:
        page.go(address + name)
        links = page.evaluate(
            "[...document.querySelectorAll('main a')].filter(a => a.checkVisibility())"
            ".map(a => a.pathname)"
        )
        # A box that does nothing would mislead.
        assert page.evaluate(
            "![...document.querySelectorAll('main input, main button')]"
            ".some(e => e.checkVisibility() && !e.form?.action)"
        )
    shown = {link.rpartition("/")[2].partition(".")[0] for link in links if "/doc/" in link}
    records = es_lod.load(ROOT / "examples")
    assert shown == {str(record.id) for record in records if is_id(str(record.id))}


def visible_results(page):
    return page.evaluate(
        "[...document.querySelectorAll('main a')].filter(a => a.checkVisibility()"
        " && a.pathname.includes('/doc/')).map(a => a.pathname.split('/').pop())"
    )


@pytest.mark.parametrize("ending", [".html", ".en.html"])
def test_from_the_search_to_a_record_by_keyboard(chromium, address, ending):
    with chromium.page() as page:
        page.go(f"{address}search{ending}")
        page.wait_for("document.querySelector('main input')?.checkVisibility()")
        page.evaluate(_REACHABLE)
        for _ in range(30):
            page.press("Tab")
            if page.evaluate("document.activeElement.matches('main input')"):
                break
        page.write("tarnow")
        wanted = f"wizyta-studyjna-tarnow-2018{ending}"
        many = len(es_lod.load(ROOT / "examples"))
        page.wait_for(
            "(() => { const shown = [...document.querySelectorAll('main a')].filter(a =>"
            " a.checkVisibility() && a.pathname.includes('/doc/'));"
            f" return shown.length < {many} && shown.some(a => a.pathname.endsWith('/{wanted}'))"
            " })()"
        )
        assert all(result.endswith(ending) for result in visible_results(page))
        for _ in range(60):
            page.press("Tab")
            if page.evaluate(f"document.activeElement.pathname?.endsWith('/{wanted}')"):
                break
        page.press("Enter")
        page.loaded()
        assert page.evaluate("location.href") == f"{address}doc/{wanted}"
        assert page.errors == []


def test_a_page_and_its_twin_lead_to_each_other(chromium, address, examples_site):
    click = "document.querySelector('a.twin').click()"
    every = kinds(examples_site, few=True)
    # What a server shows in place of a page is in both languages.
    polish = [name for name in every if name not in {"404.html", "gone.html"}]
    assert len(polish) > 10
    with chromium.page() as page:
        for name in polish:
            page.go(address + name)
            assert page.evaluate("document.documentElement.lang") == "pl"
            for to, language in ((twin(name), "en"), (name, "pl")):
                page.evaluate(click)
                page.loaded()
                assert page.evaluate("location.href") == address + to
                assert page.evaluate("document.documentElement.lang") == language


@pytest.mark.parametrize("width", WIDTHS)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    chromium, address, examples_site, width
):
    found = {}
    for name in kinds(examples_site, few=True):
        with chromium.page(width) as page:
            page.go(address + name)
            number, order, wrong = page.evaluate(_REACHABLE), [], []
            for _ in range(number + 20):
                page.press("Tab")
                index, message = page.evaluate(_FOCUSED)
                if index is None:
                    break
                if index >= 0:
                    order.append(index)
                if message:
                    wrong.append(message)
            if order != list(range(number)):
                wrong.append(f"{number} to reach, reached {order}")
            if wrong:
                found[name] = wrong[:3]
    nothing(found)


@pytest.mark.parametrize("name", ["index.html", "index.en.html"])
def test_the_first_link_skips_to_the_content(chromium, address, name):
    with chromium.page(320) as page:
        page.go(address + name)
        page.evaluate(_REACHABLE)
        page.press("Tab")
        assert page.evaluate(
            "document.activeElement.hash === '#' + document.querySelector('main').id"
        )
        assert page.evaluate(_FOCUSED) == [0, ""]
        page.press("Enter")
        page.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_size_of_a_picture_tells_that_pages_are_styled(chromium, address):
    """The style sheet is found and taken: the policy of the page would forbid one elsewhere."""
    with chromium.page() as page:
        page.go(address + "index.html")
        sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")
    assert sheets, json.dumps(sheets)
    assert all(sheets)
