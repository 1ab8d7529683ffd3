"""A person's way through the served site, in a browser: from the search to a query and back."""

import time

import pytest
from servers import es_lod
from test_server_editor import emptied

pytestmark = pytest.mark.slow
QUERY = (
    "PREFIX schema: <https://schema.org/> PREFIX es: <https://w3id.org/es-lod/ns#> "
    "SELECT ?centre ?name WHERE { ?centre schema:name ?name ; "
    "es:operatedBy <https://w3id.org/es-lod/id/spoldzielnia-socjalna-serwis> }"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory, examples_site):
    with es_lod(tmp_path_factory.mktemp("server"), examples_site, "/") as server:
        yield f"http://127.0.0.1:{server.port}/"


def follow(page, selector):
    page.evaluate(f"document.querySelector({selector!r}).click()")
    page.loaded()


def heading(page):
    return page.evaluate("document.querySelector('h1').innerText")


def downloaded(folder):
    """The one file in a folder, when it is whole."""
    for _ in range(200):
        files = [path for path in folder.iterdir() if path.suffix == ".csv"]
        if files:
            return files[0].read_text(encoding="utf-8")
        time.sleep(0.05)
    raise AssertionError([path.name for path in folder.iterdir()])


def test_from_search_to_record_to_query_to_table_and_back(chromium, address, tmp_path):
    chromium.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    with chromium.page() as page:
        page.go(f"{address}index.html")
        follow(page, "nav a[href='search.html']")
        page.evaluate("document.querySelector('#q').focus()")
        page.write("spoldzielnia serwis")
        found = "#results a[href$='doc/spoldzielnia-socjalna-serwis.html']"
        page.wait_for(f'document.querySelector("{found}") !== null')
        follow(page, found)
        assert heading(page) == "Spółdzielnia Socjalna SerwiS"
        page.evaluate("document.querySelector('details summary').click()")
        follow(page, "details a[href*='sparql?query=']")
        assert page.evaluate("document.querySelectorAll('main table tbody tr').length") > 10
        page.wait_for("document.querySelector('.cm-content') !== null")
        page.evaluate("document.querySelector('.cm-content').focus()")
        emptied(page)
        page.write(QUERY)
        page.evaluate("document.querySelector('main form button[type=submit]').click()")
        page.loaded()
        assert page.evaluate("document.querySelectorAll('main table tbody tr').length") == 1
        page.evaluate("document.querySelector(\"main a[href*='format=csv']\").click()")
        table = downloaded(tmp_path).splitlines()
        assert table[0] == "centre,name"
        assert table[1].startswith("https://w3id.org/es-lod/id/cis-serwis,")
        follow(page, "main table a[href$='doc/cis-serwis.html']")
        assert heading(page) == "CIS Serwis"
        assert page.errors == []
        assert all(url.startswith(address) for url in page.requests)
