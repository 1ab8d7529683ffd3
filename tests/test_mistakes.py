"""The seven mistakes: each is told once, with code, record, field and line; together all of them.

Then the same faults in Turtle, where the shapes and the check of references have to find them.
"""

import json
from collections.abc import Iterable

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE

import es_lod
from es_lod.cli import commands
from es_lod.validate.stages import shape_report

ARTICLE = "relacja-z-wizyty-studyjnej-tarnow-2018"
COOPERATIVE = "spoldzielnia-socjalna-serwis"
EVENT = "wizyta-studyjna-tarnow-2018"
SECOND = "\n  - type: PublicBody\n    name: ROPS\n    id: rops-krakow\n"
NAME = """\
    name:
      pl: Wizyta studyjna w CIS i Spółdzielni Socjalnej „Serwis” w Tarnowie
      en: Study visit to the CIS and the social co-operative “Serwis” in Tarnów
"""

# What is written, what is written instead, and what is told: code, record, field, the text that
# begins at the place, hint.
MISTAKES = {
    "misspelt key": (
        "    operatedSince: 2015",
        "    operatedSinse: 2015",
        ("unknown-key", "cis-serwis", "operatedSinse", "operatedSinse: 2015", "operatedSince"),
    ),
    "no such date": (
        "    datePublished: 2018-06-20",
        "    datePublished: 2018-13-45",
        ("invalid-date", ARTICLE, "datePublished", "2018-13-45", None),
    ),
    "missing name": (NAME, "", ("missing", EVENT, "name", f"id: {EVENT}", None)),
    "unknown founder": (
        "      - stowarzyszenie-emagra\n",
        "      - stowarzyszenie-emagr\n",
        (
            "dangling-reference",
            COOPERATIVE,
            "founders[1]",
            "stowarzyszenie-emagr\n",
            "stowarzyszenie-emagra",
        ),
    ),
    "same id twice": (
        "\n  # The social integration centre",
        SECOND + "\n  # The social integration centre",
        ("duplicate-id", "rops-krakow", "id", "rops-krakow\n\n  # The social", None),
    ),
    "wrong check digit": (
        "    foundingDate: 2014",
        "    nip: 5260250275\n    foundingDate: 2014",
        ("invalid-nip", COOPERATIVE, "nip", "5260250275", None),
    ),
    "end before start": (
        "    endDate: 2018-06-19",
        "    endDate: 2018-06-18",
        ("end-before-start", EVENT, "endDate", "2018-06-18", None),
    ),
}


def spoilt(text: str, names: Iterable[str]) -> str:
    """The example with mistakes in it."""
    for name in names:
        written, instead, _ = MISTAKES[name]
        assert text.count(written) == 1
        text = text.replace(written, instead)
    return text


def expected(text: str, name: str) -> tuple[object, ...]:
    """What a mistake is told as, its place counted from the text."""
    code, record, field, begins, hint = MISTAKES[name][2]
    offset = text.index(begins)
    line = text.count("\n", 0, offset) + 1
    return code, record, field, line, offset - text.rindex("\n", 0, offset), hint


def told(path, *options: str) -> tuple[int, list[dict]]:
    result = CliRunner().invoke(commands, ["validate", str(path), "--report", "json", *options])
    return result.exit_code, json.loads(result.stdout)


def as_told(problem: dict) -> tuple[object, ...]:
    place = problem["location"]
    keys = ("code", "record", "field")
    return *(problem[key] for key in keys), place["line"], place["column"], problem["hint"]


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_error_at_its_place(name, example, tmp_path):
    path = tmp_path / "copy.yaml"
    text = spoilt(example, [name])
    path.write_text(text, encoding="utf-8")
    code, problems = told(path)
    assert code == 1
    assert [as_told(problem) for problem in problems] == [expected(text, name)]
    assert problems[0]["severity"] == "error"
    assert problems[0]["location"]["file"] == str(path)


def test_all_seven_in_one_file_are_told_in_one_run(example, tmp_path):
    path = tmp_path / "copy.yaml"
    text = spoilt(example, MISTAKES)
    path.write_text(text, encoding="utf-8")
    code, problems = told(path)
    assert code == 1
    assert {as_told(problem) for problem in problems} == {expected(text, n) for n in MISTAKES}
    assert len(problems) == len(MISTAKES)


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_json_and_json_lines_point_at_line_and_column(suffix, tmp_path):
    record = {
        "type": "Event",
        "id": "x",
        "name": "Wizyta",
        "eventType": "study-visit",
        "startDate": "2018-13-45",
    }
    path = tmp_path / f"copy.{suffix}"
    if suffix == "json":
        path.write_text(json.dumps({"records": [record]}, indent=2), encoding="utf-8")
    else:
        first = json.dumps({**record, "id": "y", "startDate": "2018"})
        path.write_text(first + "\n" + json.dumps(record) + "\n", encoding="utf-8")
    _, (problem,) = told(path)
    place = problem["location"]
    line = path.read_text(encoding="utf-8").splitlines()[place["line"] - 1]
    assert problem["code"] == "invalid-date"
    assert line[place["column"] - 1 :].startswith('"2018-13-45"')


def test_report_has_the_form_of_the_contract(example, tmp_path):
    path = tmp_path / "copy.yaml"
    path.write_text(spoilt(example, MISTAKES), encoding="utf-8")
    for problem in told(path)[1]:
        assert list(problem) == [
            "code",
            "severity",
            "record",
            "field",
            "value",
            "location",
            "hint",
            "message",
        ]
        assert set(problem["message"]) == {"pl", "en"}
        assert all("{" not in text and "–" not in text for text in problem["message"].values())


def test_the_example_has_nothing_to_tell():
    assert told(EXAMPLE, "--strict") == (0, [])


def test_a_wrong_key_beside_the_missing_one_that_it_resembles_is_one_problem(example):
    text = example.replace("    startDate: 2018-06-19", "    startDat: 2018-06-19")
    (problem,) = es_lod.loads(text).problems
    assert (problem.code, problem.hint) == ("unknown-key", "startDate")


# The same faults as they can stand in Turtle: what is replaced, its replacement, code, field.
IN_TURTLE = {
    "no such date": (
        'schema:datePublished "2018-06-20"^^xsd:date',
        'schema:datePublished "2018-13-45"^^xsd:date',
        ("invalid-date", ARTICLE, "datePublished"),
    ),
    "missing name": (
        (
            "schema:name "
            '"Study visit to the CIS and the social co-operative “Serwis” in Tarnów"@en , '
            '"Wizyta studyjna w CIS i Spółdzielni Socjalnej „Serwis” w Tarnowie"@pl ;\n'
        ),
        "",
        ("missing", EVENT, "name"),
    ),
    "unknown founder": (
        "id:stowarzyszenie-emagra ;\n\tes:service",
        "id:stowarzyszenie-emagr ;\n\tes:service",
        ("dangling-reference", COOPERATIVE, "founders"),
    ),
    "wrong check digit": (
        'schema:foundingDate "2014"',
        'es:nip "5260250275" ; schema:foundingDate "2014"',
        ("invalid-nip", COOPERATIVE, "nip"),
    ),
    "end before start": (
        'schema:endDate "2018-06-19"^^xsd:date',
        'schema:endDate "2018-06-18"^^xsd:date',
        ("end-before-start", EVENT, "endDate"),
    ),
}
BY_REFERENCES = "unknown founder"


def in_turtle(names: Iterable[str]) -> str:
    text = es_lod.load(EXAMPLE).dumps("ttl")
    for name in names:
        written, instead, _ = IN_TURTLE[name]
        assert text.count(written) == 1, name
        text = text.replace(written, instead)
    return text


def key_of(problem: es_lod.Problem) -> tuple[str, str | None, str | None]:
    return problem.code, problem.record, problem.field and problem.field.partition("[")[0]


@pytest.mark.parametrize("name", IN_TURTLE)
def test_one_mistake_in_turtle_is_one_error(name):
    dataset = es_lod.loads(in_turtle([name]), "ttl")
    assert [key_of(problem) for problem in dataset.validate()] == [IN_TURTLE[name][2]]


@pytest.mark.parametrize("name", [name for name in IN_TURTLE if name != BY_REFERENCES])
def test_the_shapes_alone_find_it(name):
    dataset = es_lod.loads(in_turtle([name]), "ttl")
    assert [key_of(problem) for problem in shape_report(dataset)] == [IN_TURTLE[name][2]]


def test_all_mistakes_in_turtle_are_told_in_one_run():
    dataset = es_lod.loads(in_turtle(IN_TURTLE), "ttl")
    assert {key_of(p) for p in dataset.validate()} == {what[2] for what in IN_TURTLE.values()}
    assert len(dataset.validate()) == len(IN_TURTLE)
