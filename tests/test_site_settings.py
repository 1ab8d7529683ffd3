"""Settings in a published folder: what a server reads there is what the site was made with."""

import json

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import days, emails, phones, regons, values, web_addresses

from es_lod import Dataset
from es_lod.errors import InputError, InvalidValue, Location
from es_lod.model import kinds
from es_lod.report import Report
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.editions.settings import settings_of
from es_lod.site.settings import (
    FREQUENCIES,
    LANGUAGES,
    LICENCES,
    PUBLISHERS,
    THEMES,
    read_settings,
    stated,
    taken,
)
from es_lod.site.settings_kinds import EndpointKind

EXAMPLE = read_settings(ROOT / "examples" / "site.yaml")
texts = values(kinds.TextKind()).map(dict)
sites = st.sampled_from(("https://w3id.org/es-lod/", "https://dane.przykład.example:8443/ęś/"))


def words(kind):
    return st.sampled_from([word for word, _ in kind.choices])


REQUIRED = {
    "base": sites,
    "url": sites,
    "title": texts,
    "publisher": st.fixed_dictionaries(
        {"name": texts, "type": words(PUBLISHERS)},
        optional={
            "iri": web_addresses,
            "homepage": web_addresses,
            "regon": regons,
            "email": emails,
            "telephone": phones,
        },
    ),
}
OPTIONAL = {
    "description": texts,
    "contact": st.fixed_dictionaries(
        {"email": emails}, optional={"name": texts, "telephone": phones}
    ),
    "licence": words(LICENCES),
    "languages": st.lists(words(LANGUAGES), max_size=3),
    "themes": st.lists(words(THEMES), max_size=3),
    "frequency": words(FREQUENCIES),
    "keywords": values(kinds.TextsKind()).map(dict),
    "date": days,
    "host": sites,
    "endpoint": st.one_of(sites, sites.map("{}sparql".format)),
    "spread": st.booleans(),
}


def read(tree):
    return taken(tree, lambda path, at_key: Location("x"))  # noqa: ARG005


def as_json(found):
    return json.loads(json.dumps(stated(found)))


@pytest.fixture
def site(tmp_path):
    """A folder that was published."""
    build(Edition(Dataset([]), EXAMPLE, Report([])), tmp_path / "site")
    return tmp_path / "site"


def refusal(folder):
    with pytest.raises(InputError) as raised:
        settings_of(folder)
    (problem,) = raised.value.problems
    assert problem.location.file == str(folder / "EDITION.json")
    return problem


def test_the_settings_of_a_published_folder_are_those_that_it_was_made_with(site):
    assert settings_of(site) == EXAMPLE
    assert settings_of(str(site)) == EXAMPLE


@given(st.fixed_dictionaries(REQUIRED, optional=OPTIONAL))
@settings(max_examples=50, deadline=None)
def test_settings_are_read_back_as_they_are_stated(tree):
    found = read(tree)
    assert read(as_json(found)) == found
    assert as_json(read(as_json(found))) == as_json(found)


def test_every_setting_is_generated():
    assert {*REQUIRED, *OPTIONAL} == set(EXAMPLE.__slots__)


@pytest.mark.parametrize(
    "address",
    [
        "https://dane.przyklad.example/sparql",
        "https://dane.przyklad.example:8443/bigdata/namespace/es/sparql/",
        "https://żółw.example/zapytania",
        "https://dane.przyklad.example",
    ],
)
def test_an_endpoint_may_end_as_it_likes(address):
    assert EndpointKind().parse(f" {address} ") == address


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("http://dane.przyklad.example/sparql", "https://dane.przyklad.example/sparql"),
        ("dane.przyklad.example/sparql", None),
        ("https://dane.przyklad.example/sparql?query=", None),
        ("https://dane.przyklad.example/sparql#", None),
        ("https://ewa:haslo@dane.przyklad.example/sparql", None),
        ("https://dane.przyklad.example/a%22b", None),
        ("https://dane.przyklad.example/../sparql", None),
        ("sparql", None),
    ],
)
def test_an_endpoint_that_portals_would_not_take_is_refused(address, hint):
    with pytest.raises(InvalidValue) as raised:
        EndpointKind().parse(address)
    assert (raised.value.code, raised.value.hint) == ("invalid-value", hint)
    assert "{" not in raised.value.problems[0].message["pl"]


def test_a_default_is_stated_as_well():
    publisher = {"name": "Ośrodek", "type": "Company"}
    address = "https://x.example/"
    found = read({"base": address, "url": address, "title": "Dane", "publisher": publisher})
    assert stated(found)["licence"] == "CC_BY_4_0"
    assert "host" not in stated(found)


def test_a_folder_of_an_older_version_is_to_be_published_again(site):
    tree = json.loads((site / "EDITION.json").read_bytes())
    del tree["settings"]
    (site / "EDITION.json").write_text(json.dumps(tree), encoding="utf-8")
    problem = refusal(site)
    assert problem.code == "file-unreadable"
    assert "opublikuj ją ponownie" in problem.message["pl"]
    assert "publish it again" in problem.message["en"]


def test_a_folder_that_no_edition_wrote_is_told(tmp_path):
    for folder in (tmp_path, tmp_path / "nic"):
        problem = refusal(folder)
        assert problem.code == "file-not-found"
        assert "es-lod publish" in problem.message["pl"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "[" * 99999,
        '{"settings": null}',
        '{"settings": []}',
        '{"settings": {}}',
        '{"settings": {"base": "x"}}',
    ],
    ids=lambda text: text[:30],
)
def test_a_damaged_folder_is_told(tmp_path, text):
    (tmp_path / "EDITION.json").write_text(text, encoding="utf-8")
    problem = refusal(tmp_path)
    assert problem.code == "file-unreadable"
    assert "uszkodzony" in problem.message["pl"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "http://x.example/"),
        ("title", {"pl": "\ud800"}),
        ("title", {"pl": 5}),
        ("themes", [["SOCI"]]),
        ("publisher", "Ośrodek"),
        ("nowe", "x"),
    ],
)
def test_settings_that_could_not_have_been_stated_are_damaged(site, key, value):
    path = site / "EDITION.json"
    tree = json.loads(path.read_bytes())
    tree["settings"][key] = value
    path.write_text(json.dumps(tree), encoding="utf-8")
    assert "uszkodzony" in refusal(site).message["pl"]
