"""The site: settings, catalogue, dumps and documents; judged by rules that are not ours."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from conftest import ROOT
from test_roundtrip import rdfc_hash

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.errors import InputError
from es_lod.site.settings import read_settings

EXAMPLES = ROOT / "examples"
CONFORMANCE = Path(os.environ.get("ES_LOD_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
REASON = "needs the folder of conformance checks beside the checkout, or ES_LOD_CONFORMANCE"


def run(*arguments):
    return CliRunner().invoke(commands, ["publish", *map(str, arguments), "--lang", "en"])


@pytest.fixture(scope="module")
def site(examples_site):
    return examples_site


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_what_to_do_next_names_the_files_that_programs_hide(tmp_path, lang):
    arguments = ["publish", str(EXAMPLES), "-o", str(tmp_path / "site"), "--lang", lang]
    told = CliRunner().invoke(commands, arguments).stderr
    hidden = [path.name for path in (tmp_path / "site").iterdir() if path.name.startswith(".")]
    assert hidden
    assert all(name in told for name in hidden)


def test_every_dump_is_one_graph_and_the_manifest_is_true(site):
    manifest = json.loads((site / "MANIFEST.json").read_text(encoding="utf-8"))
    assert manifest["rdfc-1.0"] == rdfc_hash(es_lod.load(EXAMPLES).quads())
    dumps = 0
    for item in manifest["files"]:
        data = (site / item["path"]).read_bytes()
        assert len(data) == item["size"]
        assert hashlib.sha256(data).hexdigest() == item["sha256"]
        if not item["path"].startswith("dump/es."):
            continue
        dumps += 1
        plain = gzip.decompress(data) if item["path"].endswith(".gz") else data
        suffix = Path(item["path"].removesuffix(".gz")).suffix[1:]
        format_ = pyoxigraph.RdfFormat.from_extension(suffix)
        assert rdfc_hash(pyoxigraph.parse(plain, format=format_)) == manifest["rdfc-1.0"]
    assert dumps == 12


def test_the_edition_is_a_moment_for_dane_gov_pl(site):
    text = (site / "catalog.ttl").read_text(encoding="utf-8")
    moments = '"2026-11-23T00:00:00Z"^^xsd:dateTime'
    distributions = text.count("a dcat:Distribution")
    assert text.count(moments) == 4 + distributions  # those of catalogue and dataset are two each


def test_each_record_has_its_documents(site):
    dataset = es_lod.load(EXAMPLES)
    for record in dataset:
        for suffix in ("ttl", "jsonld", "nt", "rdf"):
            found = Dataset.read([site / "doc" / f"{record.id}.{suffix}"], base=dataset.base)
            assert found[record.id] == record


def test_the_same_data_gives_the_same_bytes(site, tmp_path):
    result = run(EXAMPLES, "-o", tmp_path / "again")
    assert "56 records" in result.stderr
    assert files(tmp_path / "again") == files(site)


def test_a_failed_build_leaves_the_site_as_it_is(site, tmp_path):
    built = tmp_path / "site"
    shutil.copytree(site, built)
    before = files(built)
    data = tmp_path / "data"
    data.mkdir()
    (data / "site.yaml").write_bytes((EXAMPLES / "site.yaml").read_bytes())
    (data / "x.yaml").write_text("records: [{type: Foundation, id: x, name: Fundacja, nip: 1}]")
    assert run(data, "-o", built).exit_code == 1
    assert files(built) == before


def test_a_folder_of_others_is_not_touched(data, tmp_path):
    folder = tmp_path / "others"
    folder.mkdir()
    (folder / "praca.docx").touch()
    result = run(data, "-o", folder)
    assert result.exit_code == 2
    assert "folder-occupied" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["praca.docx"]


def test_links_in_a_circle_lead_to_no_folder(tmp_path):
    (tmp_path / "site").symlink_to("site")
    result = run(EXAMPLES, "-o", tmp_path / "site")
    assert result.exit_code == 2
    assert "file-unwritable" in result.stderr
    result = CliRunner().invoke(
        commands, ["convert", str(EXAMPLES), "-o", str(tmp_path / "site" / "x.ttl")]
    )
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2


@pytest.mark.parametrize("text", ['{"name": "other"}', "[]", "no json", "[" * 100_000])
def test_a_manifest_of_others_is_no_leave_to_replace(data, tmp_path, text):
    (tmp_path / "MANIFEST.json").write_text(text)
    assert run(data, "-o", tmp_path).exit_code == 2
    assert (tmp_path / "MANIFEST.json").read_text() == text


def test_what_was_put_into_a_site_is_not_removed(data, tmp_path):
    built = tmp_path / "site"
    assert run(data, "-o", built).exit_code == 0
    (built / "CNAME").write_text("dane.przyklad.example")
    result = run(data, "-o", built)
    assert result.exit_code == 2
    assert "CNAME" in result.stderr
    (built / "CNAME").unlink()
    for path in (
        ".well-known/security.txt",
        "doc/notatki.txt",
        "doc/spoldzielnia-socjalna-serwis.docx",
        "doc/wersje/stare.html",
        "id/notatki/index.html",
        "id/spoldzielnia-socjalna-serwis/zdjecie.jpg",
        "feed/notatki.trig",
        "dump/moje.csv",
        "zdjecia/logo.png",
    ):
        (built / path).parent.mkdir(exist_ok=True)
        (built / path).write_text("of somebody")
        result = run(data, "-o", built)
        assert result.exit_code == 2, path
        assert path.startswith(re.search("“([^”]+)”", result.stderr)[1]), result.stderr
        assert (built / path).read_text() == "of somebody"
        (built / path).unlink()
        if not any((built / path).parent.iterdir()):
            (built / path).parent.rmdir()
    assert run(data, "-o", built).exit_code == 0


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("pl", ("leżą w podfolderach", "leżały w innych", "w przeglądarce")),
        ("en", ("lie in folders", "in other places", "in a browser")),
    ],
)
def test_what_a_site_of_many_records_needs_is_told(data, tmp_path, lang, texts):
    """It is no site to open in a browser without a server."""
    settings = (data / "site.yaml").read_text(encoding="utf-8")
    told = []
    for more in ("", "spread: true\n", "spread: true\n", "spread: False\n"):
        (data / "site.yaml").write_text(settings + more, encoding="utf-8")
        arguments = ["publish", str(data), "-o", str(tmp_path / "site"), "--lang", lang]
        result = CliRunner().invoke(commands, arguments)
        assert result.exit_code == 0
        assert f"es-lod serve {tmp_path / 'site'}" in result.stderr
        told.append(tuple(text in result.stderr for text in texts))
    spread, moved, opened = zip(*told, strict=True)
    assert spread == (False, True, True, False)
    assert moved == (False, True, False, True)
    assert opened == (True, False, False, True)


@pytest.mark.parametrize("word", ["tak", "1", "[true]", "''"])
def test_whether_files_are_spread_is_true_or_false(data, word):
    with (data / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"spread: {word}\n")
    with pytest.raises(InputError) as raised:
        read_settings(data / "site.yaml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.field) == ("invalid-value", "spread")
    assert "true albo false" in problem.message["pl"]


def test_what_a_site_cannot_carry_is_not_passed_over(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "site.yaml").write_bytes((EXAMPLES / "site.yaml").read_bytes())
    rest = '<https://w3id.org/es-lod/id/x> <http://xmlns.com/foaf/0.1/nick> "x" .\n'
    known = Dataset([es_lod.Foundation(id="x", name="Fundacja")]).dumps("nt")
    (data / "x.nt").write_text(known, encoding="utf-8")
    assert run(data, "-o", tmp_path / "site").exit_code == 0
    (data / "x.nt").write_text(known + rest, encoding="utf-8")
    result = run(data, "-o", tmp_path / "other")
    assert result.exit_code == 1
    assert "not-carried-over" in result.stderr
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("day", ["2026", "2026-11", "2026-02-30", "jutro"])
def test_the_day_of_an_edition_is_a_day(tmp_path, day):
    result = run(EXAMPLES, "-o", tmp_path / "site", "--date", day)
    assert result.exit_code == 2
    assert not (tmp_path / "site").exists()


def test_without_settings_nothing_is_published(tmp_path):
    (tmp_path / "x.yaml").write_text("records: [{type: Foundation, id: x, name: Fundacja}]")
    result = run(tmp_path, "-o", tmp_path / "site")
    assert result.exit_code == 2
    assert "site.yaml" in result.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("base: https://w3id.org/es-lod/id/", "base: w3id.org", ("invalid-base", 2, 7)),
        ("url: https://w3id.org/es-lod/", "url: http://w3id.org/es-lod/", ("invalid-base", 3, 6)),
        ("url: https://w3id.org/es-lod/\n", "", ("missing", 2, 1)),
        ("frequency: IRREG", "frequency: IRREGULAR", ("unknown-choice", 17, 12)),
        ("frequency: IRREG", "frequence: IRREG", ("unknown-key", 17, 1)),
        ("  type: NonProfitOrganisation\n", "", ("missing", 11, 3)),
        ("date: 2026-11-23", "date: 2026-11-31", ("invalid-value", 18, 7)),
        ("date: 2026-11-23", "date: 2026-11", ("invalid-value", 18, 7)),
        ("date: 2026-11-23", "endpoint: http://x.example/sparql", ("invalid-value", 18, 11)),
    ],
)
def test_mistakes_in_the_settings_are_told_at_their_place(tmp_path, old, new, told):
    text = (EXAMPLES / "site.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "site.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_settings(tmp_path / "site.yaml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.location.line, problem.location.column) == told


@pytest.mark.parametrize("day", ["2026-11-31", "2026-11", "jutro"])
def test_a_day_that_is_none_is_told_as_a_day_of_the_edition(tmp_path, day):
    result = run(EXAMPLES, "-o", tmp_path / "site", "--date", day)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: date: The value “{day}” does not fit this field; write what fits here: "
        "a day, such as 2018-06-19. [invalid-value]\n"
    )


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_template_of_settings_is_valid_also_with_all_of_them(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(commands, ["new", "site.yaml", "--lang", lang])
    assert result.exit_code == 0
    path = tmp_path / "site.yaml"
    few = read_settings(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(\s*)# ?(?=\S+:( |$)|  (pl|en):)", r"\1", text), encoding="utf-8")
    every = read_settings(path)

    empty = [f.name for f in fields(every) if getattr(every, f.name) in (None, "", ())]
    assert empty == []
    assert every.spread is False
    assert few.title == every.title
    assert every.contact.telephone == "+48120000001"
    assert every.publisher.regon == "123456785"


@pytest.mark.slow
@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason=REASON)
def test_the_catalogue_is_dcat_ap(site):
    done = subprocess.run(
        [CONFORMANCE / "dcat-ap-check", site / "catalog.ttl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    warnings = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert all("CorporateBodyRestriction" in line for line in warnings), warnings


@pytest.mark.slow
@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason=REASON)
@pytest.mark.parametrize(
    ("name", "media_type"),
    [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml")],
)
def test_ckan_imports_the_catalogue(site, name, media_type):
    done = subprocess.run(
        [CONFORMANCE / "ckan-parse", site / f"catalog.{name}", media_type],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["count"] == 1
    (dataset,) = found["datasets"]
    assert dataset["title"] == "Polska ekonomia społeczna (przykłady)"
    assert dataset["license_id"] == "cc-by"
    assert len(dataset["resources"]) >= 8
    assert all(resource["url"].startswith("https://") for resource in dataset["resources"])
