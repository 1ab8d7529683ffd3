"""The register of a site: on disk, gone at the end, and told of where the disk is full."""

import gc
import io
import json
import os
import re
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plain import entry_of
from written import trees

from es_lod import Dataset, Event, Foundation, SocialIntegrationCentre, Workshop
from es_lod.errors import InputError
from es_lod.model.normal import references
from es_lod.namespaces import DEFAULT_BASE
from es_lod.rdf.jsonld import write_jsonld
from es_lod.readers.plain import held, plain
from es_lod.report import Report
from es_lod.site import build as building
from es_lod.site import register
from es_lod.site import survey as surveying
from es_lod.site.build import build
from es_lod.site.cards import happened, years
from es_lod.site.downloads.nested import Nested
from es_lod.site.edition import Edition
from es_lod.site.editions import former
from es_lod.site.register import Register
from es_lod.site.settings import read_settings
from es_lod.site.standing import dated, judge
from es_lod.site.survey import survey
from es_lod.site.towns import town

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


@pytest.fixture
def limit(monkeypatch):
    """A function that leaves registers no more than some pages."""
    made = Register.__init__

    def limit(pages):
        def limited(self):
            made(self)
            self.value(f"PRAGMA max_page_count = {pages}")

        monkeypatch.setattr(Register, "__init__", limited)

    return limit


@pytest.mark.parametrize("pages", [20, 30])
def test_that_the_disk_is_full_is_told(aside, tmp_path, limit, pages):
    """With too few pages for the rows, and for what is found out of them."""
    limit(pages)
    with pytest.raises(InputError, match="No space left on device") as raised:
        published(foundations(400), tmp_path)
    assert str(aside) in str(raised.value)
    assert not Path(tmp_path / "site").exists()


def test_that_the_disk_is_full_from_the_beginning_is_told(aside, monkeypatch):
    tables = f"PRAGMA max_page_count = 3; {register._TABLES}"
    monkeypatch.setattr(register, "_TABLES", tables)
    with pytest.raises(OSError, match=re.escape(f"No space left on device ({aside})")):
        Register()
    gc.collect()
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("stranger", [former.stranger, lambda _: None])
def test_that_the_disk_is_full_for_a_former_site_is_told(
    aside, tmp_path, monkeypatch, limit, stranger
):
    """What that site says of itself is not damaged."""
    monkeypatch.setattr(building, "ROOMS", ())
    published(foundations(400), tmp_path)
    limit(16)
    monkeypatch.setattr(building, "stranger", stranger)
    with pytest.raises(InputError, match="No space left on device") as raised:
        published(foundations(2), tmp_path)
    assert str(aside) in str(raised.value)


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


@given(trees(), st.sampled_from(("pl", "en")))
@settings(max_examples=200)
def test_what_is_plainly_right_is_surveyed_as_the_record_is(tree, language):
    found = plain(entry_of(tree, language))
    if found is None:
        return
    seen = surveying._part(0, [found], DEFAULT_BASE)
    assert seen == surveying._part(0, [found.record], DEFAULT_BASE)
    assert seen.records[0].town == town(found.record)
    expected = [(path[::2], target) for path, _, target in references(found.record)]
    assert [(tuple(path.split("/")), target) for _, _, path, target, _ in seen.links] == expected


def test_a_survey_of_what_was_read_is_that_of_the_records():
    read = Dataset.load(ROOT / "examples")
    found, expected = survey(read), survey(Dataset(read, base=read.base))
    assert found.counts == expected.counts
    for table in ("record", "link", "day"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"  # noqa: S608  # ours
        assert list(found.register.rows(query)) == list(expected.register.rows(query))


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
    text = nested_alike(Dataset([*units, operator]))
    assert text.count('"workshopType": "culinary"') == 1


def nested_alike(dataset):
    texts = []
    for records in (map(held, dataset), Nested(Edition(dataset, None, Report([])))):
        out = io.StringIO()
        write_jsonld(records, out, dataset.base)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    return texts[0]


def test_json_ld_nests_the_examples_in_both_ways():
    dataset = Dataset.load(ROOT / "examples")
    assert nested_alike(dataset) == dataset.dumps("jsonld")


def test_what_stands_in_nothing_that_is_there_stands_on_its_own():
    elsewhere = "https://a.example/operator"
    unit = {"id": "u", "type": "SocialIntegrationCentre", "name": "U", "operator": elsewhere}
    alone = {"id": "w", "type": "Workshop", "name": "W", "workshopType": ["culinary"]}
    lines = "\n".join(map(json.dumps, [alone, {**unit, "workshops": ["v"]}, {**alone, "id": "v"}]))
    text = nested_alike(Dataset.loads(lines, "jsonl"))
    assert [item["id"] for item in json.loads(text)["records"]] == ["w", "u"]


def test_what_ends_on_the_day_that_it_begins_happened_once():
    event = Event(id="e", name="E", event_type="study-visit", start_date="2018-06-19")
    dataset = Dataset([event.model_copy(update={"end_date": event.start_date})])
    register = survey(dataset).register
    assert [item.field for item in happened(register, "2018")] == ["start_date"]
    assert years(register) == {"2018": 1}


def test_the_days_of_records_are_in_the_order_of_their_pages():
    """A hyphen comes before the dot of a suffix, other characters of ids behind it."""
    ids = ["ab", "a", "a0", "a-b"]
    register = survey(Dataset([Foundation(id=id_, name="F") for id_ in ids])).register
    judge(register, "2026-11-23", [b""] * len(ids))
    assert [id_ for id_, _ in dated(register)] == ["a-b", "a", "a0", "ab"]
