"""The catalogue of problems: every code in both languages, with the right plurals."""

import ast
import io
import re
from pathlib import Path

import pytest

from es_lod import Dataset
from es_lod.errors import Problem
from es_lod.formats import FORMATS
from es_lod.messages import CATALOGUE, Number, render
from es_lod.readers.named import Source
from es_lod.report import Report

SOURCE = Path(__file__).parent.parent / "src" / "es_lod"


@pytest.mark.parametrize(
    ("n", "pl", "en"),
    [
        (0, "0 błędów", "0 errors"),
        (1, "1 błąd", "1 error"),
        (2, "2 błędy", "2 errors"),
        (5, "5 błędów", "5 errors"),
        (12, "12 błędów", "12 errors"),
        (22, "22 błędy", "22 errors"),
        (112, "112 błędów", "112 errors"),
    ],
)
def test_plurals(n, pl, en):
    assert f"{Number(n):błąd|błędy|błędów}" == pl
    assert f"{Number(n):error|errors}" == en


@pytest.mark.parametrize(("n", "words"), [(1, "1 błąd"), (2, "2 błędy"), (5, "5 błędów")])
def test_the_summary_counts_in_words(n, words):
    report = Report([Problem("missing", field="name")] * n)
    assert words in report.summary("pl")
    assert f"{n} error" in report.summary("en")


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_code_says_the_same_in_both_languages(code):
    message = CATALOGUE[code]
    asked = [set(re.findall(r"{(\w+)", text)) for text in (message.pl, message.en)]
    assert asked[0] == asked[1]
    assert message.pl != message.en or code == "shape"
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)


IMPERATIVES = {
    "pl": "dodaj dopisz nadaj napisz opisz opublikuj otwórz oznacz pisz podaj podziel popraw "
    "przepisz rozdziel skróć sprawdź ustaw usuń użyj wpisz wskaż wybierz zachowaj zapisz zmień "
    "zostaw",
    "en": "add check choose copy describe format give keep make mend name open publish put remove "
    "save say shorten split state tag use write",
}
"""The verbs that remedies begin with. A new one is added here."""


@pytest.mark.parametrize("code", sorted({*CATALOGUE} - {"shape"}))
def test_a_text_is_a_cause_and_a_remedy(code):
    message = CATALOGUE[code]
    for language, text in (("pl", message.pl), ("en", message.en)):
        cause, remedy = text.split("; ")  # exactly these two
        assert cause
        assert not cause.endswith(".")
        assert re.split(r"\W", remedy)[0] in IMPERATIVES[language].split(), remedy
        assert remedy.endswith(".")


def test_the_codes_of_the_source_are_those_of_the_catalogue():
    strings = {
        node.value
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "messages"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(CATALOGUE) - strings == set()


def test_a_value_cannot_write_to_the_terminal():
    texts = render("unknown-key", {"value": "\x1b[31mred\u202e", "type": "Event"})
    assert all(text.isprintable() for text in texts.values())
    line = Report([Problem("missing", record="\x1b[31m", field="a\nb")]).to_text()
    assert "\x1b" not in line
    assert len(line.splitlines()) == 2


def test_values_are_told_as_documents_write_them():
    document = '[{"type": "Foundation", "id": "a", "name": true, "sameAs": [null], "url": [["x"]]}]'
    told = {p.field: p.message["pl"] for p in Dataset.read([source(document)]).problems}
    assert "„true”" in told["name"]
    assert "„null”" in told["sameAs[0]"]
    assert "„[…]”" in told["url[0]"]


def source(document: str) -> Source:
    return Source("in.json", FORMATS["json"], io.BytesIO(document.encode()))


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ('"legalForm": "fundacja"', "foundation"),
        ('"legalForm": "foundatoin"', "foundation"),
        ('"statuses": [{"status": "status CIS"}]', "cis-status"),
        ('"statuses": [{"status": "STATUS CIS"}]', "cis-status"),
    ],
)
def test_a_concept_is_known_by_its_label(fields, hint):
    document = f'[{{"type": "Foundation", "id": "a", "name": "A", {fields}}}]'
    (problem,) = Dataset.read([source(document)]).problems
    assert (problem.code, problem.hint) == ("unknown-concept", hint)


@pytest.mark.parametrize(
    ("type_", "hint"),
    [
        ("CIS", "SocialIntegrationCentre"),
        ("OPS", "PublicBody"),
        ("Spółdzielnia socjalna", "SocialCooperative"),
        ("article", "Article"),
        ("Fundation", "Foundation"),
        ("Banana", None),
    ],
)
def test_a_class_is_known_by_what_people_call_it(type_, hint):
    (problem,) = Dataset.read([source(f'[{{"type": "{type_}", "id": "a"}}]')]).problems
    assert (problem.code, problem.hint) == ("unknown-type", hint)


def test_common_slips_of_yaml_are_told_in_polish():
    text = "records:\n- description: Fundacja: pomoc\n"
    (problem,) = Dataset.read(
        [Source("in.yaml", FORMATS["yaml"], io.BytesIO(text.encode()))]
    ).problems
    assert "weź cały tekst w cudzysłów" in problem.message["pl"]
    assert "mapping values" in problem.message["en"]


@pytest.mark.parametrize(
    ("count", "language", "line"),
    [
        (10, "pl", None),
        (11, "pl", "… i jeszcze 1 taka informacja [minted-id]."),
        (32, "pl", "… i jeszcze 22 takie informacje [minted-id]."),
        (22, "en", "… and 12 more such notices [minted-id]."),
    ],
)
def test_a_notice_of_many_rows_is_told_a_few_times(count, language, line):
    notices = [Problem("minted-id", f"r{n}", value=f"r{n}") for n in range(count)]
    errors = [Problem("missing", f"r{n}", "name") for n in range(30)]
    text = Report([*notices, *errors]).to_text(language).splitlines()
    assert sum("[missing]" in told for told in text) == 30
    assert sum("[minted-id]" in told for told in text) == min(count, 10) + (line is not None)
    assert line is None or line in text
