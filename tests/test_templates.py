"""The templates of tables: what a person who fills them in meets."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

import es_lod
from es_lod import Dataset
from es_lod.cli.texts import say
from es_lod.labels import concept_label
from es_lod.model import kinds
from es_lod.model.concepts import schemes
from es_lod.tabular.cells import choice
from es_lod.tabular.columns import ID, SETTINGS, TYPE
from es_lod.tabular.headers import understood
from es_lod.templates import template
from es_lod.templates.csv import csv_names
from es_lod.templates.sheets import kinds_of, required, sheet_name, sheets

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LANGUAGES = ("pl", "en")


class Book:
    """A template, taken apart."""

    def __init__(self, language):
        content = template("rekordy.xlsx", language)
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        self.values = CalamineWorkbook.from_object(io.BytesIO(content))
        book = self.part("xl/workbook.xml")
        self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        self.defined = {name.get("name"): name.text for name in book.iter(f"{MAIN}definedName")}
        self.language = language

    def part(self, name):
        return ET.fromstring(self.zip.read(name))  # noqa: S314  # our own file

    def xml(self, sheet):
        number = self.names.index(sheet_name(sheet.title(self.language))) + 1
        return self.part(f"xl/worksheets/sheet{number}.xml")

    def rows(self, sheet):
        name = sheet_name(sheet.title(self.language))
        return self.values.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def rules(self, sheet):
        """Column index → the rule of its cells."""
        found = {}
        for rule in self.xml(sheet).iter(f"{MAIN}dataValidation"):
            letters = re.match("[A-Z]+", rule.get("sqref"))[0]
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - 64
            found[index - 1] = rule
        return found

    def listed(self, name):
        """The texts of a named list."""
        sheet, first, last = re.fullmatch(
            r"(\w+)!\$([A-Z]+\$\d+):\$([A-Z]+\$\d+)", self.defined[name]
        ).groups()
        column = 0
        for letter in first.partition("$")[0]:
            column = column * 26 + ord(letter) - 64
        rows = self.values.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        begin, end = (int(cell.partition("$")[2]) for cell in (first, last))
        return [row[column - 1] for row in rows[begin - 1 : end]]


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request):
    return Book(request.param)


@pytest.fixture(params=sheets(), ids=lambda sheet: sheet.table.name)
def sheet(request):
    return request.param


def test_the_names_of_sheets_are_allowed(book):
    folded = {name.casefold() for name in book.names}
    assert len(folded) == len(book.names)
    for name in book.names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)


def test_a_long_or_odd_title_makes_an_allowed_name():
    assert sheet_name("a/b: [c]? " + "x" * 40) == "a b   c   " + "x" * 21


def test_every_header_is_understood(book, sheet):
    headers = book.rows(sheet)[0]
    assert [understood(h, sheet.table) for h in headers] == list(sheet.columns)


def test_every_field_has_a_column(sheet):
    """All but the ids of single parts, and the type where there is only one."""
    keys = {column.key for column in sheet.columns}
    for column in sheet.table.columns:
        only = column.path == (TYPE,) and len(sheet.table.classes) == 1
        inner = column.path[-1] == ID and len(column.path) > 1
        assert column.key in keys or only or inner


def test_required_columns_are_marked_by_a_star_and_a_colour(book, sheet):
    cells = next(book.xml(sheet).iter(f"{MAIN}row")).iter(f"{MAIN}c")
    looks = {}
    for cell, column, header in zip(cells, sheet.columns, book.rows(sheet)[0], strict=True):
        is_required = required(column, sheet.table)
        assert header.endswith(" *") == is_required
        looks.setdefault(is_required, set()).add(cell.get("s"))
    assert not looks.get(True, set()) & looks.get(False, set())


def test_columns_keep_what_is_typed_as_text(book, sheet):
    """All but counts: a spreadsheet makes a day of `1/2` and 7 of `007`."""
    styles = book.part("xl/styles.xml").find(f"{MAIN}cellXfs")
    formats = [style.get("numFmtId") for style in styles]
    columns = list(book.xml(sheet).iter(f"{MAIN}col"))[: len(sheet.columns)]
    by_index = {
        i: formats[int(col.get("style"))]
        for col in columns
        if col.get("style")
        for i in range(int(col.get("min")), int(col.get("max")) + 1)
    }
    for i, column in enumerate(sheet.columns, 1):
        is_count = column.field is not None and isinstance(column.field.kind, kinds.CountKind)
        assert by_index[i] == ("1" if is_count else "49"), column.key  # 49 is @


def test_every_drop_down_leads_to_a_list(book, sheet):
    for rule in book.rules(sheet).values():
        formula = rule.find(f"{MAIN}formula1").text
        assert len(formula) <= 255
        assert rule.get("type") == "whole" or formula in book.defined


def test_concepts_types_and_references_have_a_drop_down(book, sheet):
    rules = book.rules(sheet)
    offered = (kinds.ConceptKind, kinds.ChoiceKind, kinds.RefKind)
    for i, column in enumerate(sheet.columns):
        expected = column.path[-1] in ("type", "owner") or any(
            isinstance(kind, offered) for kind in kinds_of(column, sheet.table)
        )
        assert (i in rules and rules[i].get("type") == "list") == expected, column.key


def test_a_drop_down_of_several_values_or_of_references_refuses_nothing(book, sheet):
    for i, rule in book.rules(sheet).items():
        column = sheet.columns[i]
        is_reference = rule.find(f"{MAIN}formula1").text.startswith("ids")
        assert (rule.get("showErrorMessage") == "1") != (column.many or is_reference)


def test_a_list_of_concepts_is_the_scheme(book, sheet):
    for i, rule in book.rules(sheet).items():
        found = kinds_of(sheet.columns[i], sheet.table)
        names = [kind.scheme for kind in found if isinstance(kind, kinds.ConceptKind)]
        if names:
            labels = {concept_label(n, c, book.language) for n in names for c in schemes()[n]}
            listed = book.listed(rule.find(f"{MAIN}formula1").text)
            assert set(listed) == labels
            assert len(listed) == len(labels)


def test_a_list_of_words_reads_back_as_they_are(book, sheet):
    for i, rule in book.rules(sheet).items():
        for kind in kinds_of(sheet.columns[i], sheet.table):
            if isinstance(kind, kinds.ChoiceKind):
                listed = book.listed(rule.find(f"{MAIN}formula1").text)
                assert [choice(kind, word) for word in listed] == [w for w, _ in kind.choices]


def test_every_header_has_a_comment_that_names_its_key(book, sheet):
    number = book.names.index(sheet_name(sheet.title(book.language))) + 1
    relations = book.part(f"xl/worksheets/_rels/sheet{number}.xml.rels")
    (target,) = (r.get("Target") for r in relations if r.get("Target").startswith("../comments"))
    comments = list(book.part(f"xl/{target[3:]}").iter(f"{MAIN}comment"))
    for column, comment in zip(sheet.columns, comments, strict=True):
        text = "".join(comment.itertext())
        assert text.endswith(f": {column.key}")
        assert len(text) < 1000
        assert not text.startswith("\n"), f"{column.key} says nothing of what to write"


def test_the_example_is_a_comment(book, sheet):
    _, example, *rest = book.rows(sheet)
    assert example[0].startswith("# ")
    assert not rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_it_stands_it_has_no_records_and_is_valid(language, tmp_path):
    path = tmp_path / "rekordy.xlsx"
    path.write_bytes(template(path.name, language))
    dataset = es_lod.load(path)
    assert len(dataset) == 0
    assert not list(dataset.validate())


def test_the_same_call_gives_the_same_bytes():
    code = (
        "import sys; from es_lod.templates import template\n"
        "sys.stdout.buffer.write(template('r.xlsx', 'pl'))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second


def test_the_instructions_lead_to_every_sheet(book):
    links = book.part("xl/worksheets/sheet1.xml").iter(f"{MAIN}hyperlink")
    targets = [link.get("location") for link in links]
    assert targets == [f"'{sheet_name(s.title(book.language))}'!A1" for s in sheets()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_rows_are_good_records(language, tmp_path):
    """Without the `#` they make one small world, whose founders alone are not in it."""
    for name in csv_names(language):
        text = template(name, language).replace("# ", "")
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    problems = Dataset.read([tmp_path]).validate().errors
    assert {problem.code for problem in problems} == {"dangling-reference"}
    assert {problem.field.partition("[")[0] for problem in problems} == {"founders"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_csv_template_is_for_excel(language):
    for name in csv_names(language):
        text = template(name, language)
        assert text.startswith("\ufeff")
        assert text.endswith("\r\n")
        header, example, *rest = csv.reader(text[1:].splitlines(), delimiter=";")
        assert len(header) == len(example)
        assert (not rest and example[0].startswith("# ")) or name.startswith(
            (SETTINGS, "ustawienia")
        )


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("organizacje", "Organization"),
        ("Jednostki organizacyjne", "Unit"),
        ("fundacje", "Organization"),
        ("spółdzielnie-socjalne", "Organization"),
        ("centra_integracji_spolecznej", "Unit"),
        ("companies", "Organization"),
        ("warsztaty", "Workshop"),
        ("wydarzenia", "Event"),
        ("events", "Event"),
        ("cykle wydarzeń", "EventSeries"),
        ("programy", "Programme"),
        ("artykuły", "Article"),
        ("punkty programu", "agenda"),
        ("contactPoint", "contactPoint"),
        ("STATUSY", "statuses"),
    ],
)
def test_a_csv_template_is_told_by_its_name(name, table):
    (sheet,) = (sheet for sheet in sheets() if sheet.table.name == table)
    header, _ = csv.reader(template(f"{name}.csv", "pl")[1:].splitlines(), delimiter=";")
    assert [understood(h, sheet.table) for h in header] == list(sheet.first)


def test_a_csv_name_that_says_nothing_is_told_which_there_are(tmp_path):
    command = [sys.executable, "-m", "es_lod.cli", "new", "dane.csv", "--lang", "pl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    names = ", ".join(csv_names("pl"))
    assert say("unknown-csv", "pl").format("dane.csv", names) in done.stderr
    assert not list(tmp_path.iterdir())
