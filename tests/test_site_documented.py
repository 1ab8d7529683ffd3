"""docs/publishing.md names all that a site has at its top, and nothing else."""

import re

from conftest import ROOT


def test_the_page_names_all_that_a_site_has(examples_site):
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    table = re.findall(r"(?m)^\| (`.+?) \|", text)
    named = {name.rstrip("/") for row in table for name in re.findall(r"`([^`]+)`", row)}
    there = {path.name for path in examples_site.iterdir()}
    twins = {name for name in there if name.endswith(".en.html")}
    # The settings of the examples have no host, and nothing was removed.
    assert named - there == {"w3id", "gone"}
    assert there - named == twins
    assert {name.replace(".en.", ".") for name in twins} <= named
