"""The notebook of the examples: run anew it says the same, and what it shows is told in words."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT, need

nbformat = pytest.importorskip("nbformat", reason="nbformat comes with the extra dev")
NOTEBOOK = ROOT / "examples" / "python" / "network.ipynb"
NOTEBOOKS = Path(__file__).parent / "notebooks.py"
CELLS = nbformat.read(NOTEBOOK, as_version=4).cells


def texts(cells: list) -> list[tuple[str, list[str]]]:
    """The code of each cell, and what it put out as text; pictures differ with their fonts."""
    return [
        (
            cell.source,
            [
                output.text if output.output_type == "stream" else output.data["text/plain"]
                for output in cell.outputs
                if "image/png" not in output.get("data", {})
            ],
        )
        for cell in cells
        if cell.cell_type == "code"
    ]


@pytest.mark.slow
def test_run_anew_it_says_the_same(tmp_path):
    missing = [name for name in ("nbclient", "ipykernel", "matplotlib") if not find_spec(name)]
    need(f"{', '.join(missing)}: the extra dev has them" if missing else None)
    target = tmp_path / "network.ipynb"
    command = [sys.executable, str(NOTEBOOKS), str(NOTEBOOK), str(target)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert texts(nbformat.read(target, as_version=4).cells) == texts(CELLS), "make notebook"


def test_nothing_in_it_depends_on_the_run():
    text = NOTEBOOK.read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert len(text) < 300_000
    assert not any(word in text for word in ('"execution":', "/home/", "/tmp/", "/root/"))  # noqa: S108
    for cell in CELLS:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.execution_count is None
            assert {output.output_type for output in cell.outputs} <= {"execute_result", "stream"}


def test_each_picture_has_a_text_for_those_who_do_not_see_it_and_a_caption():
    drawn = [
        at
        for at, cell in enumerate(CELLS)
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
        if len(output.metadata["image/png"]["alt"]) > 80
    ]
    assert len(drawn) == 2
    for number, at in enumerate(drawn, 1):
        assert CELLS[at + 1].source.startswith(f"**Figure {number}.** ")
