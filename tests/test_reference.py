"""The generated pages say what the model says."""

from pathlib import Path

from es_lod import reference

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_the_records_is_true():
    written = (DOCS / "records.md").read_text(encoding="utf-8")
    assert written == reference.page(), "out of date: make docs"
