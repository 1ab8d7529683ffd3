"""Editions: what a second run writes anew, keeps, and remembers of what was removed."""

import gc
import hashlib
import json
import os
import weakref
from dataclasses import replace
from types import SimpleNamespace

import pytest
from conftest import ROOT
from pages import file_of, path_of
from test_site_edits import forget

from es_lod import Dataset, Foundation, extensions
from es_lod.errors import InputError
from es_lod.report import Report
from es_lod.site import build as building
from es_lod.site import data as data_
from es_lod.site import settings as stating
from es_lod.site.addresses import of_record, place
from es_lod.site.build import build
from es_lod.site.edition import Edition, File
from es_lod.site.editions.former import stranger
from es_lod.site.editions.history import made_with
from es_lod.site.editions.made import made_of
from es_lod.site.editions.settings import is_spread
from es_lod.site.facts.places import towns
from es_lod.site.pages.rendering import Page
from es_lod.site.settings import read_settings
from es_lod.values import PartialDate

TELEPHONE = "+48124220636"
SERWIS = "spoldzielnia-socjalna-serwis"
EMAGRA = "stowarzyszenie-emagra"


@pytest.fixture(params=[False, True], ids=["flat", "spread"])
def spread(request):
    """Whether the files of records are spread over folders."""
    return request.param


@pytest.fixture
def published(data, tmp_path, spread):
    """A function that publishes the data on a day, and gives the paths written anew."""

    def publish(day="2026-11-23", spread=spread):
        site = tmp_path / "site"
        before = inodes(site)
        settings = read_settings(data / "site.yaml")
        settings = replace(settings, date=PartialDate(day), spread=spread)
        dataset = Dataset.load(data, base=settings.base)
        built = build(Edition(dataset, settings, Report([])), site)
        after = inodes(site)
        assert built.files == len(after)
        anew = {path for path, inode in after.items() if before.get(path) != inode}
        assert built.changed == len(anew)
        return anew

    return publish


def inodes(site):
    """The identity of every file of a site, by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path_of(p.relative_to(site).as_posix()): p.stat().st_ino for p in files}


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


CHAIN = """
records:
  - {id: stowarzyszenie, type: Association, name: Razem}
  - {id: spoldzielnia, type: SocialCooperative, name: Łuk, founders: [stowarzyszenie]}
  - id: centrum
    type: SocialIntegrationCentre
    name: Most
    operator: spoldzielnia
    workshops: [warsztat]
  - {id: warsztat, type: Workshop, name: Kuchnia, workshopType: [culinary]}
"""


@pytest.mark.parametrize("spread", [False])
@pytest.mark.parametrize(
    ("edit", "page"),
    [
        (("Razem", "Wspólnie"), "centrum"),
        (("Association", "Foundation"), "centrum"),
        (("Łuk", "Brama"), "warsztat"),
        (("SocialCooperative", "Company"), "warsztat"),
        (("Most", "Kładka"), "stowarzyszenie"),
        (("SocialIntegrationCentre", "SocialIntegrationClub"), "stowarzyszenie"),
        (("Kuchnia", "Piekarnia"), "spoldzielnia"),
        (("founders: [stowarzyszenie]", "founders: []"), "centrum"),
        (("workshops: [warsztat]", "workshops: []"), "spoldzielnia"),
    ],
)
def test_no_page_is_kept_that_tells_of_what_changed(
    published, data, tmp_path, monkeypatch, edit, page
):
    """Not even where that is two steps from its record; what is kept would be written again."""
    monkeypatch.setattr(building, "ROOMS", ())
    for path in data.glob("*2018.yaml"):
        path.write_text(CHAIN, encoding="utf-8")
    published()
    change(data, *edit)
    anew = published("2027-01-31")
    assert f"doc/{page}.html" in anew
    assert f"doc/{page}.ttl" not in anew
    forget(tmp_path / "site")
    assert published("2027-01-31") == {"EDITION.json"}


def refused(*_):
    raise AssertionError


def test_the_downloads_of_the_same_records_are_not_made_anew(published, monkeypatch):
    published()
    monkeypatch.setattr(data_, "dumps", refused)
    monkeypatch.setattr(data_, "EXTRACTS", (refused,))
    assert published() == set()


def test_a_new_day_makes_the_extracts_anew_and_no_dump(published, monkeypatch):
    published()
    monkeypatch.setattr(data_, "dumps", refused)
    anew = published("2027-01-31")
    assert {"calendar.ics", "dump/csv-metadata.json"} <= anew
    assert not any(path.startswith("dump/es.") for path in anew)


def test_the_numbers_of_the_graph_are_those_of_the_former_edition(published, tmp_path):
    site = tmp_path / "site"
    published()
    void = (site / ".well-known" / "void").read_bytes()
    anew = published("2027-01-31")
    assert ".well-known/void" in anew
    assert (site / ".well-known" / "void").read_bytes() == void.replace(
        b"2026-11-23", b"2027-01-31"
    )


@pytest.mark.parametrize("path", ["dump/es.ttl", "dump/es.nq.gz", "calendar.ics"])
def test_a_download_that_somebody_changed_is_made_anew(published, tmp_path, path):
    published()
    file = tmp_path / "site" / path
    right = file.read_bytes()
    file.write_bytes(right + b"\n")
    assert published() == {path}
    assert file.read_bytes() == right


@pytest.mark.parametrize(
    "made",
    [
        None,
        5,
        {},
        {"dumps": None, "extracts": {}},
        {"dumps": ["x", [["dump/es.ttl", 5, "y"]], None]},
        {"dumps": ["{of}", [["../outside", 1, "{sum}"]], None]},
        {"dumps": ["{of}", [["dump/../../outside", 1, "{sum}"]], None]},
        {"dumps": ["{of}", [["dump/es.ttl"]], None]},
        {"dumps": ["{of}", [], ["a", 1]]},
    ],
)
def test_downloads_are_made_anew_where_the_former_edition_tells_nothing(published, tmp_path, made):
    published()
    state, outside = tmp_path / "site" / "EDITION.json", tmp_path / "outside"
    outside.write_bytes(b"x")
    right = state.read_bytes()
    tree = json.loads(right)
    text = json.dumps(made).replace("{of}", tree["made"]["dumps"][0])
    tree["made"] = json.loads(text.replace("{sum}", hashlib.sha256(b"x").hexdigest()))
    state.write_text(json.dumps(tree), encoding="utf-8")
    assert published() == {"EDITION.json"}
    assert state.read_bytes() == right


def test_records_in_another_order_are_made_of_something_else(data):
    dataset, settings = Dataset.load(data), read_settings(data / "site.yaml")
    both = list(dataset)[:2]
    prints = {
        made_of(Edition(Dataset(some), settings, Report([])), dated=False)
        for some in (both, both[::-1], both, both[:1])
    }
    assert len(prints) == 3


@pytest.mark.parametrize("spread", [False])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pl: Polska ekonomia", "pl: Małopolska ekonomia"),
        ("\nurl: https://w3id.org/es-lod/\n", "\nurl: https://dane.przyklad.example/\n"),
        ("\nurl: ", "\nlicence: CC0\nurl: "),
        ("\nurl: ", "\nendpoint: https://dane.przyklad.example/sparql\nurl: "),
    ],
)
def test_other_settings_make_all_pages_anew(published, data, monkeypatch, old, new):
    monkeypatch.setattr(building, "ROOMS", ())
    pages = {f"doc/{id_}.html" for id_ in ids(published())}
    change(data, old, new)
    assert pages <= published()


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
    assert file_of(site, f"doc/{EMAGRA}.html").is_file()
    assert not file_of(site, f"doc/{EMAGRA}.ttl").exists()

    published("2027-02-28")
    assert json.loads((site / "EDITION.json").read_bytes())["removed"] == removed

    (data / "wizyta-studyjna-tarnow-2018.yaml").write_text(text, encoding="utf-8")
    published("2027-03-31")
    assert json.loads((site / "EDITION.json").read_bytes())["removed"] == {}
    assert not (site / "gone").exists()
    assert file_of(site, f"doc/{EMAGRA}.ttl").is_file()


def test_no_record_has_the_iri_of_the_page_of_a_removed_one(data, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "ROOMS", ())
    settings = read_settings(data / "site.yaml")
    settings = replace(settings, base=f"{settings.url}id/dawna/")

    def publish(*ids):
        dataset = Dataset([Foundation(id=id_, name="F") for id_ in ids], base=settings.base)
        build(Edition(dataset, settings, Report([])), tmp_path / "site")

    publish("dawna", "inna")
    with pytest.raises(InputError, match="“index”"):
        publish("index", "inna")
    publish("inna")


def test_a_site_that_becomes_large_is_the_same_in_other_places(published, tmp_path, spread):
    site = tmp_path / "site"
    published()
    before = inodes(site)
    assert published(spread=not spread) == {".htaccess", "nginx.conf", "EDITION.json"}
    after = inodes(site)
    assert after.keys() == before.keys()
    assert all(file_of(site, path).is_file() for path in after)
    assert (site / place(f"doc/{SERWIS}.ttl", spread=not spread)).is_file()
    assert not (site / place(f"doc/{SERWIS}.ttl", spread=spread)).exists()
    assert published() == {".htaccess", "nginx.conf", "EDITION.json"}


def test_what_is_removed_while_a_site_becomes_large_is_known(published, data, tmp_path, spread):
    site = tmp_path / "site"
    published()
    remove(data, EMAGRA)
    published("2027-01-31", spread=not spread)
    removed = json.loads((site / "EDITION.json").read_bytes())["removed"]
    name = "Stowarzyszenie Wspierania Inicjatyw Lokalnych i Regionalnych eMagra"
    assert removed == {EMAGRA: [{"pl": name}, "Association", "2027-01-31"]}
    assert name in file_of(site, f"doc/{EMAGRA}.html").read_text(encoding="utf-8")
    assert published("2027-01-31", spread=not spread) == set()
    published("2027-02-28", spread=spread)
    assert json.loads((site / "EDITION.json").read_bytes())["removed"] == removed
    assert name in file_of(site, f"doc/{EMAGRA}.html").read_text(encoding="utf-8")


def test_many_records_are_spread_and_removed_ones_count(published, data, tmp_path, monkeypatch):
    site = tmp_path / "site"
    published(spread=None)
    assert not is_spread(site)
    count = len(json.loads((site / "EDITION.json").read_bytes())["records"])
    monkeypatch.setattr(stating, "SPREAD_ABOVE", count)
    published(spread=None)
    assert not is_spread(site)
    monkeypatch.setattr(stating, "SPREAD_ABOVE", count - 1)
    published(spread=None)
    assert is_spread(site)
    remove(data, EMAGRA)
    published("2027-01-31", spread=None)
    assert is_spread(site)
    published("2027-01-31", spread=False)
    assert not is_spread(site)


@pytest.mark.parametrize(
    "name",
    ["doc/_wis/list.txt", "doc/_wis/inny.ttl", "doc/_xyz/a", f"doc/{SERWIS}.txt", "id/_wis/a/b"],
)
def test_what_no_edition_wrote_among_the_files_of_records_is_told(published, tmp_path, name):
    published()
    path = tmp_path / "site" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    found = stranger(tmp_path / "site")
    assert found in {path, *path.parents}
    path.unlink()


def test_in_a_spread_site_no_file_lies_where_it_would_lie_otherwise(tmp_path, published):
    published(spread=True)
    site = tmp_path / "site"
    stray = site / "doc" / f"{SERWIS}.ttl"
    stray.write_text("x", encoding="utf-8")
    assert stranger(site) == stray


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("doc/serwis.ttl", "doc/_wis/serwis.ttl"),
        ("doc/serwis.en.html", "doc/_wis/serwis.en.html"),
        ("id/serwis/index.html", "id/_wis/serwis.html"),
        ("doc/a.html", "doc/_a/a.html"),
        ("doc/ab.html", "doc/_ab/ab.html"),
        ("doc/abc.nt", "doc/_abc/abc.nt"),
        ("id/abc/index.html", "id/_abc/abc.html"),
        ("id/a-b/index.html", "id/_a-b/a-b.html"),
        ("id/index/index.html", "id/_dex/index.html"),
    ],
)
def test_files_of_records_lie_in_folders_by_the_end_of_their_ids(path, found):
    assert place(path, spread=True) == found
    assert place(path, spread=False) == path
    assert path_of(found) == path


@pytest.mark.parametrize(
    "path",
    [
        "doc/serwis",
        "doc/_wis/serwis.ttl",
        "doc/a/index.html",
        "id/serwis",
        "id/index.html",
        "id/a.html",
        "concept/doc.ttl",
        "gone/serwis",
        "a/doc/serwis.ttl",
    ],
)
def test_other_paths_lead_to_the_same_place(path):
    assert place(path, spread=True) == path


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_a_file_that_somebody_changed_is_written_anew(published, tmp_path, suffix):
    published()
    path = file_of(tmp_path / "site", f"doc/{SERWIS}.{suffix}")
    right = path.read_bytes()
    path.write_bytes(right.replace(b"2014", b"2015"))
    published()
    assert path.read_bytes() == right
    path.unlink()
    published()
    assert path.read_bytes() == right


_STATE = (
    '{"records": {%s}, "removed": {%s}, "day": %s, "url": "https://x.example/", '
    '"base": "https://x.example/id/"}'
)


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
        _STATE % ("", '"z": [{}, "\\ud800", null]', "null"),
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
    published(spread=False)
    right = snapshot(tmp_path / "site")
    (tmp_path / "site" / "EDITION.json").unlink()
    published(spread=False)
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


def test_pages_are_made_anew_with_another_extension(monkeypatch, tmp_path):
    """Its labels and its code make the pages of its classes."""
    package, ontology = tmp_path / "region", tmp_path / "ontology"
    files = {package / "__init__.py", package / "classes.py", ontology / "region.ttl"}
    for path in (*files, tmp_path / "other.py", tmp_path / "single.py"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    region = SimpleNamespace(
        __file__=str(package / "__init__.py"), __path__=[str(package)], ONTOLOGY=ontology
    )
    single = SimpleNamespace(__file__=str(tmp_path / "single.py"))
    monkeypatch.setattr(extensions, "modules", lambda: (region, single))
    assert {path for path in made_with() if path.is_relative_to(tmp_path)} == {
        *files,
        tmp_path / "single.py",
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


@pytest.mark.parametrize("is_first", [True, False])
def test_what_another_run_wrote_meanwhile_stays(published, data, tmp_path, monkeypatch, is_first):
    site, rooms = tmp_path / "site", building.ROOMS
    if not is_first:
        published()

    def other(*_):
        monkeypatch.setattr(building, "ROOMS", rooms)
        change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
        published()
        other.wrote = snapshot(site)
        return iter(())

    monkeypatch.setattr(building, "ROOMS", (*rooms, other))
    with pytest.raises(InputError, match="meanwhile"):
        published()
    assert snapshot(site) == other.wrote
    assert {path.name for path in tmp_path.iterdir()} == {"data", "site"}


def test_where_files_cannot_have_two_names_they_are_copied(
    published, data, tmp_path, monkeypatch, spread
):
    published()
    before = snapshot(tmp_path / "site")

    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    change(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    settings = replace(read_settings(data / "site.yaml"), spread=spread)
    dataset = Dataset.load(data, base=settings.base)
    build(Edition(dataset, settings, Report([])), tmp_path / "site")
    after = snapshot(tmp_path / "site")
    same = {path_of(name) for name in after if after[name] == before.get(name)}
    assert f"doc/{EMAGRA}.ttl" in same
    assert f"doc/{SERWIS}.ttl" not in same
