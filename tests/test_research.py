"""The page for researchers is true: its Python prints what it shows, its SPARQL is the core."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT
from test_queries import QUERIES

import es_lod

PAGE = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
# A block of Python and the text that it prints; SPARQL, and the name of the query that began a line
# before it.
PYTHON = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
CORE = re.compile(
    r"^`([\w-]+)`(?:(?!^`[\w-]+`|^```).)*^```sparql\n(.*?)^```", re.MULTILINE | re.DOTALL
)
END = "\N{END OF TEXT}"


@pytest.fixture(scope="module")
def examples() -> es_lod.Dataset:
    return es_lod.load(ROOT / "examples")


def plain(text: str) -> str:
    """Without blanks at the ends of lines, with which pandas fills up its tables."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def test_the_python_prints_what_is_shown():
    blocks = PYTHON.findall(PAGE)
    code = "".join(f"{block}\nprint({END!r})\n" for block, _ in blocks)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert plain(done.stdout).split(f"{END}\n") == [*(shown for _, shown in blocks), ""]


CORES = CORE.findall(PAGE)


@pytest.mark.parametrize(("name", "core"), CORES, ids=[name for name, _ in CORES])
def test_the_sparql_says_what_the_named_query_says(name, core, examples):
    header = "\n".join(re.findall("`(PREFIX [^`]*)`", PAGE))
    found = examples.query(header + core)
    whole = examples.query(QUERIES[name].text)
    expected = {tuple(row[key] for key in found) for row in whole.rows()}
    if "kind" in found:  # the page names only some kinds
        kinds, at = set(found["kind"]), found.columns.index("kind")
        assert len(kinds) >= 3
        expected = {row for row in expected if row[at] in kinds}
    assert {tuple(row.values()) for row in found.rows()} == expected != set()


def test_each_query_has_its_core():
    assert len(CORES) == PAGE.count("```sparql") == 7


def test_the_page_names_only_queries_that_there_are():
    asked = set(re.findall(r'(?:ask|named)\("([\w-]+)"', PAGE))
    assert asked <= set(QUERIES)
    assert len(asked) >= 7


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("state", {"date": "2016-12-31"}),
        ("centres", {"date": "2012"}),
        ("status-expiring", {"from": "2026-01-01", "date": "2026-12-31"}),
        ("timeline", {"from": "2018", "until": "2020"}),
    ],
)
def test_the_way_in_which_r_gives_dates_gives_the_answer_of_parameters(name, parameters, examples):
    bound = " ".join(f'BIND ("{value}" AS ?{key})' for key, value in parameters.items())
    text = QUERIES[name].text.replace("WHERE {", f"WHERE {{ {bound}", 1)
    expected = examples.query(QUERIES[name].text, parameters)
    assert examples.query(text) == expected
    assert expected.rows() != examples.query(QUERIES[name].text).rows()


def test_its_links_lead_to_files():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
