"""Editions: what a second run writes anew, keeps, and remembers of what was removed."""

import gc
import json
import os
import weakref
from dataclasses import replace

import pytest
from conftest import ROOT

from es_lod import Dataset
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.site import build as building
from es_lod.site.addresses import of_record
from es_lod.site.build import build
from es_lod.site.edition import Edition, File
from es_lod.site.editions.history import made_with
from es_lod.site.facts.places import towns
from es_lod.site.pages.rendering import Page
from es_lod.site.settings import read_settings
from es_lod.values import PartialDate

TELEPHONE = "+48124220636"
SERWIS = "spoldzielnia-socjalna-serwis"
EMAGRA = "stowarzyszenie-emagra"


@pytest.fixture
def published(data, tmp_path):
    """A function that publishes the data on a day, and gives the paths written anew."""

    def publish(day="2026-11-23"):
        site = tmp_path / "site"
        before = {p: p.stat().st_ino for p in site.rglob("*")}
        settings = replace(read_settings(data / "site.yaml"), date=PartialDate(day))
        dataset = Dataset.load(data, base=settings.base)
        built = build(Edition(dataset, settings, Report([])), site)
        after = {p: p.stat().st_ino for p in site.rglob("*") if p.is_file()}
        assert built.files == len(after)
        anew = {str(p.relative_to(site)) for p, inode in after.items() if before.get(p) != inode}
        assert built.changed == len(anew)
        return anew

    return publish


def change(data, old, new, count=1):
    found = 0
    for path in data.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        found += text.count(old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert found == count


def of_site(paths):
    """What is not of a record."""
    return {path for path in paths if not path.startswith(("doc/", "id/"))}


def ids(paths):
    return {path.split("/")[1].split(".")[0] for path in paths if path.startswith(("doc/", "id/"))}


def snapshot(folder):
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_the_files_of_a_record_are_those_that_are_taken_over(published):
    anew = published()
    mine = {p for p in anew if p.startswith((f"doc/{SERWIS}.", f"id/{SERWIS}/"))}
    assert mine == set(of_record(SERWIS))


def test_the_same_again_writes_nothing_anew(published):
    published()
    assert published() == set()


def test_a_new_day_alone_changes_no_record(published):
    published()
    anew = published("2027-01-31")
    assert ids(anew) == set()
    assert "MANIFEST.json" in anew


def test_a_changed_record_rewrites_its_files_and_the_dumps(published, data):
    published()
    change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    anew = published()
    assert ids(anew) == {SERWIS}
    assert {"dump/es.ttl", "dump/es.ttl.gz", "MANIFEST.json", "EDITION.json"} <= of_site(anew)


def test_the_day_of_a_change_is_kept(published, data, tmp_path):
    published("2026-11-23")
    change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    published("2027-01-31")
    records = json.loads((tmp_path / "site" / "EDITION.json").read_bytes())["records"]
    days = {known[-1] for id_, known in records.items() if id_ != SERWIS}
    assert (days, records[SERWIS][-1]) == ({"2026-11-23"}, "2027-01-31")


def remove(data, id_):
    """Take a record of the reference example out, with every line that names it."""
    path = data / "wizyta-studyjna-tarnow-2018.yaml"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if f"- id: {id_}\n" not in block]
    assert len(kept) == len(blocks) - 1
    lines = "\n\n".join(kept).splitlines(keepends=True)
    path.write_text("".join(line for line in lines if id_ not in line), encoding="utf-8")


def test_a_removed_record_leaves_a_mark_until_it_comes_back(published, data, tmp_path):
    site = tmp_path / "site"
    published()
    text = (data / "wizyta-studyjna-tarnow-2018.yaml").read_text(encoding="utf-8")
    remove(data, EMAGRA)
    published("2027-01-31")
    removed = json.loads((site / "EDITION.json").read_bytes())["removed"]
    name = "Stowarzyszenie Wspierania Inicjatyw Lokalnych i Regionalnych eMagra"
    assert removed == {EMAGRA: [{"pl": name}, "Association", "2027-01-31"]}
    assert (site / "gone" / EMAGRA).is_file()
    assert not (site / "doc" / f"{EMAGRA}.ttl").exists()

    published("2027-02-28")
    assert json.loads((site / "EDITION.json").read_bytes())["removed"] == removed

    (data / "wizyta-studyjna-tarnow-2018.yaml").write_text(text, encoding="utf-8")
    published("2027-03-31")
    assert json.loads((site / "EDITION.json").read_bytes())["removed"] == {}
    assert not (site / "gone").exists()
    assert (site / "doc" / f"{EMAGRA}.ttl").is_file()


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_a_file_that_somebody_changed_is_written_anew(published, tmp_path, suffix):
    published()
    path = tmp_path / "site" / "doc" / f"{SERWIS}.{suffix}"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"2014", b"2015"))
    published()
    assert path.read_bytes() == right


_STATE = '{"records": {%s}, "removed": {%s}, "day": %s, "url": "https://x.example/"}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"records": {"a": 1}, "removed": {}}',
        "[" * 9999,
        _STATE % ('"x": ["a", "b", "c", {}]', "", "null"),
        _STATE % ('"x": ["a", "b", "c", 5]', "", "null"),
        _STATE % ("", '"z": [{"pl": 5}, "Event", null]', "null"),
        _STATE % ("", '"z": [{"<b>": "x"}, "Event", null]', "null"),
        _STATE % ("", '"z": [{}, "Event", "2026-99-99"]', "null"),
        _STATE % ("", "", '["x"]'),
        _STATE % ("", "", '"zzz"'),
    ],
)
def test_a_damaged_state_is_told_and_the_site_stays(published, tmp_path, text):
    published()
    state = tmp_path / "site" / "EDITION.json"
    state.write_text(text, encoding="utf-8")
    before = snapshot(tmp_path / "site")
    with pytest.raises(InputError) as raised:
        published()
    (problem,) = raised.value.problems
    assert problem.location.file == str(state)
    assert "kopii" in problem.message["pl"]
    assert snapshot(tmp_path / "site") == before


def test_a_site_without_a_state_is_made_anew(published, tmp_path):
    published()
    right = snapshot(tmp_path / "site")
    (tmp_path / "site" / "EDITION.json").unlink()
    published()
    after = snapshot(tmp_path / "site")
    differ = {path for path in right.keys() | after.keys() if right.get(path) != after.get(path)}
    assert {path.partition("/")[0] for path in differ} <= {"feed", "MANIFEST.json", "EDITION.json"}


def test_ids_of_a_state_are_no_paths(published, tmp_path):
    published()
    state = tmp_path / "site" / "EDITION.json"
    tree = json.loads(state.read_bytes())
    tree["records"]["../../outside"] = ["a", "b", "c", None]
    tree["removed"]["../../../outside"] = [{"pl": "x"}, "Event", None]
    state.write_text(json.dumps(tree), encoding="utf-8")
    published()
    assert {path.name for path in tmp_path.iterdir()} == {"data", "site"}
    assert json.loads(state.read_bytes())["removed"] == {}


def test_pages_are_made_anew_with_another_program():
    files = {str(path.relative_to(ROOT)) for path in made_with()}
    assert files >= {
        "src/es_lod/labels.py",
        "src/es_lod/site/layouts/record.html.j2",
        "src/es_lod/site/pages/record.py",
        "ontology/es.ttl",
        "shapes/Event.ttl",
    }


def test_what_is_found_out_of_an_edition_goes_with_it(data):
    settings = read_settings(data / "site.yaml")
    edition = Edition(Dataset.load(data, base=settings.base), settings, Report([]))
    assert towns(edition) is towns(edition)
    assert len(Page(edition, "index", "pl").frame) == 3
    gone = weakref.ref(edition)
    del edition
    gc.collect()
    assert gone() is None


def broken(error):
    def room(*_):
        yield File("catalog.ttl", b"half")
        raise error

    return room


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), InputError),
        (ValueError("a fault"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failed_run_leaves_the_former_site_whole(
    published, data, tmp_path, monkeypatch, error, told
):
    published()
    before = snapshot(tmp_path / "site")
    change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    monkeypatch.setattr(building, "ROOMS", (*building.ROOMS, broken(error)))
    with pytest.raises(told):
        published("2027-01-31")
    assert snapshot(tmp_path / "site") == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "site"}


def test_where_files_cannot_have_two_names_they_are_copied(published, data, tmp_path, monkeypatch):
    published()
    before = snapshot(tmp_path / "site")

    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    settings = read_settings(data / "site.yaml")
    dataset = Dataset.load(data, base=settings.base)
    build(Edition(dataset, settings, Report([])), tmp_path / "site")
    after = snapshot(tmp_path / "site")
    same = {path for path in after if after[path] == before.get(path)}
    assert f"doc/{EMAGRA}.ttl" in same
    assert f"doc/{SERWIS}.ttl" not in same
