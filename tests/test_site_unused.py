"""What the site has it uses: the words of its pages, the classes of its style sheet."""

import ast
import re

import pytest
from conftest import ROOT

from es_lod.site.settings import FREQUENCIES, LICENCES

SITE = ROOT / "src" / "es_lod" / "site"
LAYOUTS = {path: path.read_text(encoding="utf-8") for path in (SITE / "layouts").iterdir()}
MODULES = {path: path.read_text(encoding="utf-8") for path in SITE.rglob("*.py")}
SCRIPT = (SITE / "assets" / "search.js").read_text(encoding="utf-8")
DIAGRAM = (ROOT / "src/es_lod/reference/diagram.py").read_text(encoding="utf-8")
WRITTEN = "\n".join([*LAYOUTS.values(), *MODULES.values(), SCRIPT, DIAGRAM])
# Keys that are put together, or are what settings say.
MADE = re.compile(
    r"(ckan|danegov|europa)-how|(places|dates)-(title|intro)|(lost|gone)-(title|text)"
)
CODES = {word for kind in (FREQUENCIES, LICENCES) for word, _ in kind.choices}


def words():
    """The keys of each table of words, with its module."""
    for path, text in MODULES.items():
        for node in ast.parse(text).body:
            is_table = isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
            if is_table and "Words" in ast.unparse(node.annotation):
                yield from ((path.name, key.value) for key in node.value.keys if key)


@pytest.mark.parametrize(("module", "key"), list(words()))
def test_every_word_is_said(module, key):
    count = len(re.findall(rf"['\"]{re.escape(key)}['\"]", WRITTEN))
    assert count > 1 or MADE.fullmatch(key) or key in CODES, f"{key} in {module}"


def test_the_style_sheet_and_the_pages_have_the_same_classes():
    css = (SITE / "assets" / "site.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][\w-]*)", rules))
    # A class may be put together, as those of drawings are: any word may be one.
    assert {
        name for name in styled if not re.search(rf"(?<![\w-]){name}(?![\w-])", WRITTEN)
    } == set()
    pages = "\n".join(text for path, text in LAYOUTS.items() if path.name.endswith(".html.j2"))
    stated = re.findall(r'class="([^"{}]*)"', pages)
    assert {name for names in stated for name in names.split()} <= styled
