"""The JSON Schema takes what the reader takes, and refuses what an editor can see is wrong."""

import copy
import json
from typing import Any

import pytest
from conftest import EXAMPLE
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import es_lod
from es_lod.jsonschema import json_schema
from es_lod.templates import yaml_template

SCHEMA = Draft202012Validator(json_schema())
EVENT = {
    "type": "Event",
    "id": "targi",
    "name": "Targi",
    "eventType": "fair",
    "startDate": "2018-06-19",
}
CLUB = {"type": "SocialIntegrationClub", "id": "kis", "name": "KIS"}


def tree_of(text: str) -> Any:
    return YAML(typ="safe").load(text)


def test_it_is_a_schema():
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_template_is_valid(lang):
    tree = json.loads(json.dumps(tree_of(yaml_template("x.yaml", lang)), default=str))
    assert list(SCHEMA.iter_errors(tree)) == []


def test_the_example_and_our_json_ld_are_valid(example):
    assert list(SCHEMA.iter_errors(json.loads(json.dumps(tree_of(example), default=str)))) == []
    written = json.loads(es_lod.load(EXAMPLE).dumps("jsonld"))
    assert list(SCHEMA.iter_errors(written)) == []


ALIKE = {
    "one record": EVENT,
    "a list": [EVENT],
    "base and language beside one record": {**EVENT, "base": "https://a.pl/", "language": "en"},
    "an editor's $schema": {"$schema": "x.schema.json", "records": [EVENT]},
    "nothing": {"records": None},
    "an empty field": {**EVENT, "description": None},
    "a date in words": {**EVENT, "startDate": "19 czerwca 2018 r."},
    "a bare year": {**EVENT, "startDate": 2018},
    "a nested organiser": {**EVENT, "organizer": {"type": "Foundation", "id": "f", "name": "F"}},
    "texts of a language": {**EVENT, "alternateName": [{"en": ["a", "b"]}, "c"]},
    "numbers for identifiers": {
        "type": "Foundation",
        "id": "f",
        "name": "F",
        "krs": 413516,
        "nip": "526-025-02-74",
        "address": {"terc": 1261011},
    },
    "a unit nested in its operator": {
        "type": "Association",
        "id": "a",
        "name": "A",
        "operates": [CLUB, "zaz"],
    },
}


@pytest.mark.parametrize("name", ALIKE)
def test_it_takes_what_the_reader_takes(name):
    dataset = es_lod.loads(json.dumps(ALIKE[name]), "json")
    codes = {p.code for p in dataset.problems if p.severity == "error"}
    assert codes <= {"dangling-reference"}
    assert list(SCHEMA.iter_errors(ALIKE[name])) == []


REFUSED = {
    "an unknown key": {**EVENT, "startDat": "2018"},
    "a missing field": {key: value for key, value in EVENT.items() if key != "startDate"},
    "an unknown type": {**EVENT, "type": "Evnt"},
    "an unknown concept": {**EVENT, "eventType": "faire"},
    "a count that is none": {**EVENT, "participantCount": "many"},
    "two names in one language": {**EVENT, "name": {"pl": ["a", "b"]}},
    "an organiser that is no organisation": {
        **EVENT,
        "organizer": {"type": "Workshop", "id": "w", "name": "W", "workshopType": "sewing"},
    },
    "a unit without an operator": CLUB,
    "an unknown key in a part": {**EVENT, "location": {"nam": "x"}},
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_what_the_reader_refuses(name):
    dataset = es_lod.loads(json.dumps(REFUSED[name]), "json")
    assert [p for p in dataset.problems if p.severity == "error"]
    assert not SCHEMA.is_valid(copy.deepcopy(REFUSED[name]))
