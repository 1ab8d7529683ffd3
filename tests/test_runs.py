"""Entries that are plainly right, together: in their order, whatever stands between them."""

import json
from dataclasses import replace

import pytest
from test_plain import entry_of

from es_lod.errors import InputError, Problem
from es_lod.intake import Intake, Run
from es_lod.intake.runs import _GATHERED, gathered
from es_lod.readers.entries import Entry


def foundation(number, language="pl"):
    tree = {"id": f"f{number}", "type": "Foundation", "name": "A"}
    return entry_of(tree, language)


def shown(items):
    """Ids of what is together; else what it is."""
    return [
        type(item).__name__
        if isinstance(item, (Entry, Problem))
        else [record.id for record in item]
        for item in items
    ]


def test_entries_are_together_up_to_what_stands_between_them():
    odd = entry_of({"id": "x", "type": "Foundation"}, "pl")
    wrong = Problem("syntax")
    items = [foundation(0), foundation(1), odd, foundation(2), wrong, foundation(3)]
    expected = [["f0", "f1"], "Entry", ["f2"], "Problem", ["f3"]]
    assert shown(gathered(items)) == expected


def test_entries_of_one_language_and_one_base_are_together():
    other = replace(foundation(2), base="https://example.org/")
    items = [foundation(0), foundation(1, "en"), other, foundation(3)]
    assert shown(gathered(items)) == [["f0"], ["f1"], ["f2"], ["f3"]]


def test_no_more_are_held_than_a_run_has():
    found = list(gathered(map(foundation, range(2 * _GATHERED + 1))))
    assert [len(run) for run in found] == [_GATHERED, _GATHERED, 1]


def test_what_was_read_before_an_error_counts():
    def items():
        yield foundation(0)
        raise InputError([Problem("syntax")])

    found = gathered(items())
    assert shown([next(found)]) == [["f0"]]
    with pytest.raises(InputError):
        next(found)


def test_tables_give_runs(tmp_path):
    rows = (f"f{n},Foundation,Fundacja {n}" for n in range(300))
    path = tmp_path / "Organization.csv"
    path.write_text("\n".join(["id,type,name", *rows]), encoding="utf-8")
    intake = Intake([path])
    runs = list(intake.records())
    assert intake.problems == []
    assert [isinstance(run, Run) and len(run) for run in runs] == [_GATHERED, _GATHERED, 44]
    assert [record.id for run in runs for record in run] == [f"f{n}" for n in range(300)]


FAIR = {"id": "e", "type": "Event", "name": "E", "eventType": "fair", "startDate": "2018"}
FOUNDED = {"id": "f", "type": "Foundation", "name": "F", "founders": ["e"]}
CENTRE = {"id": "c", "type": "SocialIntegrationCentre", "name": "C", "operator": "g"}
OTHERS = [{"id": id_, "type": "Foundation", "name": "G"} for id_ in "gh"]
CLAIMING = {**OTHERS[1], "operates": ["c"]}


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ((FAIR, FOUNDED), "wrong-class"),
        ((FOUNDED, FAIR), "wrong-class"),
        ((FOUNDED,), "dangling-reference"),
        ((FAIR, FAIR), "duplicate-id"),
        ((CENTRE, OTHERS[0], CLAIMING), "operator-conflict"),
        ((CLAIMING, OTHERS[0], CENTRE), "operator-conflict"),
    ],
)
def test_what_is_wrong_across_runs_is_told(records, code, tmp_path):
    for number, tree in enumerate(records):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(tree), encoding="utf-8")
    intake = Intake([tmp_path])
    assert len(list(intake)) == len(records)
    assert [problem.code for problem in intake.problems] == [code]
