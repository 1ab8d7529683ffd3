"""The register of a site: on disk, gone at the end, and told of where the disk is full."""

import gc
import os
import tempfile
from pathlib import Path

import pytest

from es_lod import Dataset, Foundation
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.register import Register
from es_lod.site.settings import read_settings
from es_lod.site.survey import survey

SETTINGS = """
base: https://dane.przyklad.example/id/
url: https://dane.przyklad.example/
title: {pl: Fundacje}
publisher: {name: {pl: Wydawca}, type: NonProfitOrganisation}
"""


@pytest.fixture
def aside(tmp_path, monkeypatch):
    """The folder of temporary files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def foundations(count):
    base = "https://dane.przyklad.example/id/"
    names = [f"Fundacja {n}" for n in range(count)]
    return Dataset(
        [Foundation(id=f"f{n}", name=name, founders=["f0"][:n]) for n, name in enumerate(names)],
        base=base,
    )


def published(dataset, tmp_path):
    (tmp_path / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    edition = Edition(dataset, read_settings(tmp_path / "site.yaml"), Report([]))
    return build(edition, tmp_path / "site")


def test_nothing_is_left_of_it(aside, tmp_path):
    assert published(foundations(5), tmp_path).records == 5
    gc.collect()
    assert list(aside.iterdir()) == []


def test_a_copy_of_the_process_that_ends_leaves_it_alone(aside):
    register = survey(foundations(3)).register
    if not (child := os.fork()):
        found = list(register.ids())
        del register
        gc.collect()
        os._exit(found != ["f0", "f1", "f2"])
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert register.count() == 3
    assert len(list(aside.iterdir())) == 1


@pytest.mark.parametrize("pages", [20, 30])
def test_that_the_disk_is_full_is_told(aside, tmp_path, monkeypatch, pages):
    """With too few pages for the rows, and for what is found out of them."""
    made = Register.__init__

    def limited(register):
        made(register)
        register.value(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(Register, "__init__", limited)
    with pytest.raises(InputError, match="No space left on device") as raised:
        published(foundations(400), tmp_path)
    assert str(aside) in str(raised.value)
    assert not Path(tmp_path / "site").exists()


def test_who_refers_to_a_record_is_asked_for_as_many_as_are_shown():
    register = survey(foundations(50)).register
    assert register.links_to("f0", 3) == [(f"f{n}", ("founders",)) for n in (1, 2, 3)]
    assert len(register.links_to("f0")) == 49
    assert register.links_to("f1") == []
