"""The generated pages say what the model says."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from es_lod.model import record_classes
from es_lod.reference import PAGES, diagram

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_true(name):
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "out of date: make docs"


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".md")])
def test_links_within_a_page_lead_to_its_headings(name):
    page = PAGES[name]()
    headings = {
        re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))
        for heading in re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= headings


def test_the_diagram_shows_every_class_and_every_relation():
    root = ET.fromstring(diagram.drawing())  # noqa: S314  # our own text
    texts = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert set(record_classes()) <= texts
    shown = {key for text in texts for key in text.split(", ")}
    assert {key for _, _, keys in diagram.relations() for key in keys} <= shown


def test_the_diagram_has_a_place_for_every_relation_and_no_other():
    drawn = set(diagram.ROUTES) | {(name, name) for name in diagram.LOOPS}
    assert drawn == {(source, target) for source, target, _ in diagram.relations()}
