"""The register of a site: on disk, gone at the end, and told of where the disk is full."""

import gc
import io
import os
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT

from es_lod import Dataset, Event, Foundation, SocialIntegrationCentre, Workshop
from es_lod.errors import InputError
from es_lod.rdf.jsonld import write_jsonld
from es_lod.report import Report
from es_lod.site.build import build
from es_lod.site.cards import happened
from es_lod.site.downloads.nested import Nested
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


def test_a_dataset_that_is_surveyed_in_parts_has_the_same_numbers(monkeypatch):
    dataset = Dataset.load(ROOT / "examples")
    at_once = survey(dataset)
    monkeypatch.setattr("es_lod.site.survey._TOGETHER", 3)
    in_parts = survey(dataset)
    assert in_parts.counts == at_once.counts
    query = "SELECT * FROM record ORDER BY n"
    assert list(in_parts.register.rows(query)) == list(at_once.register.rows(query))


def test_json_ld_nests_what_is_asked_for_as_what_is_held():
    """A workshop of two units stands in the first by id, wherever that is."""
    shared, operator = (
        Workshop(id="w", name="W", workshop_type="culinary"),
        Foundation(id="f", name="F"),
    )
    units = [
        SocialIntegrationCentre(id=id_, name=id_, operator=operator, workshops=[shared])
        for id_ in ("cis-b", "cis-a")
    ]
    dataset = Dataset([*units, operator])
    texts = []
    for records in (dataset, Nested(Edition(dataset, None, Report([])))):
        out = io.StringIO()
        write_jsonld(records, out, dataset.base)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert texts[0].count('"workshopType": "culinary"') == 1


def test_what_ends_on_the_day_that_it_begins_happened_once():
    event = Event(id="e", name="E", event_type="study-visit", start_date="2018-06-19")
    dataset = Dataset([event.model_copy(update={"end_date": event.start_date})])
    register = survey(dataset).register
    assert [item.field for item in happened(register, "2018")] == ["start_date"]
