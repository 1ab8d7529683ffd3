"""Tables with columns of their own, described in a columns file; and the draft of one."""

import json
import random

import pytest
from click.testing import CliRunner
from tables import write_csv, write_workbook

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.errors import InputError
from es_lod.readers.sources import tables
from es_lod.tabular.drafts import draft

# The headers of the organisations in the open data of Co-operatives UK
# (open_data_organisations.csv, editions from June 2016 on); what stands below them is made up.
COOPS = [
    "CUK Organisation ID",
    "Registered Number",
    "Registrar",
    "Registered Name",
    "Trading Name",
    "Legal Form",
    "Registered Street",
    "Registered City",
    "Registered State/Province",
    "Registered Postcode",
    "UK Nation",
    "SIC Code",
    "SIC section",
    "Sector - Simplified, High Level",
    "Ownership Classification",
    "Registered Status",
    "Incorporation Date",
    "Dissolved Date",
]
FORMS = {"Society": "workers-cooperative", "Company": "limited-liability-company", "CIC": None}
COLUMNS = """\
type: Organization
columns:
  Registered Name: name@en
  Trading Name: alternateName@en
  Legal Form:
    key: legalForm
    values: {Society: workers-cooperative, Company: limited-liability-company, CIC: "-"}
  Registered Street: address.streetAddress
  Registered City: address.addressLocality
  Registered State/Province: address.addressRegion
  Registered Postcode: address.postalCode
  Incorporation Date: {key: foundingDate, dates: DD/MM/YYYY}
  Dissolved Date: {key: dissolutionDate, dates: DD/MM/YYYY}
  "*": "-"
constants:
  id: "coop-{CUK Organisation ID}"
  address.addressCountry: GB
"""

REGISTER = [
    ["Rejestr centrów integracji społecznej"],
    [
        "Lp.",
        "Pełna nazwa CIS",
        "Ulica",
        "Nr",
        "Kod pocztowy",
        "Miejscowość",
        "Data rozpoczęcia działalności",
        "REGON",
        "Nazwa instytucji tworzącej",
        "Rodzaj instytucji tworzącej",
        "NIP",
        "REGON",
    ],
    [
        *("1", "CIS w Lesie", "Leśna", "1", "30-070", "Las", "01.02.2010", "123456785"),
        *("Fundacja Las", "organizacja pozarządowa", "9999999999", ""),
    ],
    [
        *("2", "CIS w Polu", "Polna", "", "30-070", "Pole", "2011", ""),
        *("Fundacja Las", "organizacja pozarządowa", "9999999999", ""),
    ],
    [
        *("3", "CIS Gminy", "Polna", "3/4", "30-070", "Pole", "", ""),
        *("Gmina Pole", "jednostka samorządu terytorialnego", "", ""),
    ],
    ["4"],
]
UNITS_AND_OPERATORS = """\
tables:
  - type: CIS
    header: 2
    columns:
      Lp.: "-"
      Pełna nazwa CIS: nazwa
      Kod pocztowy: "adres: kod pocztowy"
      Miejscowość: "adres: miejscowość"
      Data rozpoczęcia działalności: operatedSince
      REGON: regon
    constants:
      id: "{Pełna nazwa CIS}"
      address.streetAddress: "ul. {Ulica} {Nr}"
      operator: "{Nazwa instytucji tworzącej}"
  - header: 2
    columns:
      Nazwa instytucji tworzącej: name
      Rodzaj instytucji tworzącej:
        key: type
        values:
          organizacja pozarządowa: fundacja
          jednostka samorządu terytorialnego: LocalGovernment
      NIP: nip
      "REGON #2": regon
    constants:
      id: "{Nazwa instytucji tworzącej}"
"""


def run(*arguments, given=None):
    return CliRunner().invoke(commands, list(map(str, arguments)), input=given)


def coops(count=1000):
    """Rows as that register has them."""
    made = random.Random(4)  # noqa: S311  # no secret
    rows = [COOPS]
    for n in range(1, count + 1):
        begun = f"{made.randint(1, 28):02}/{made.randint(1, 12):02}/{made.randint(1900, 1999)}"
        ended = made.choice(["", "", f"{made.randint(1, 28):02}/06/2012"])
        rows.append(
            [
                f"R{n:06}",
                f"IP{n:05}R",
                "Financial Conduct Authority",
                f"Meadow Street {n} Co-operative Limited",
                made.choice(["", f"Meadow {n}", "Meadow; Sons"]),
                made.choice(list(FORMS)),
                f"{n} Meadow Street",
                made.choice(["Leeds", "York", "Ynys Môn"]),
                made.choice(["", "Yorkshire"]),
                made.choice(["LS1 1AA", "YO1 7AA"]),
                "England",
                "81.10",
                "N",
                "Other",
                "Worker owned",
                "Dissolved" if ended else "Registered",
                begun,
                ended,
            ]
        )
    return rows


def written(folder, form, rows, name="coops"):
    if form == "csv":
        return write_csv(folder / f"{name}.csv", rows, "utf-8", ",")
    return write_workbook(folder / f"{name}.xlsx", {"Sheet1": rows})


def file_of(folder, text):
    path = folder / "columns.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# ---- foreign co-operatives


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_thousand_foreign_cooperatives_in_twenty_lines(form, tmp_path):
    assert len(COLUMNS.splitlines()) <= 20
    rows = coops()
    path, columns = written(tmp_path, form, rows), file_of(tmp_path, COLUMNS)
    result = run("map", path, "--columns", columns, "-o", tmp_path / "coops.nt")
    assert result.exit_code == 0, result.output
    dataset = es_lod.load(path, columns=columns)
    assert len(dataset) == 1000
    assert [p for p in dataset.problems if p.severity != "info"] == []
    assert es_lod.load(tmp_path / "coops.nt") == dataset
    for row in rows[1:]:
        cells = dict(zip(COOPS, row, strict=True))
        record = dataset[f"coop-{cells['CUK Organisation ID'].lower()}"]
        day, month, year = cells["Incorporation Date"].split("/")
        assert dict(record.name) == {"en": cells["Registered Name"]}
        assert record.legal_form == FORMS[cells["Legal Form"]]
        assert record.founding_date == f"{year}-{month}-{day}"
        assert (record.dissolution_date is None) == (cells["Dissolved Date"] == "")
        assert record.address.address_country == "GB"


def test_they_conform(tmp_path):
    path, columns = written(tmp_path, "csv", coops(20)), file_of(tmp_path, COLUMNS)
    result = run("validate", path, "--columns", columns, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "0 errors, 0 warnings" in result.stdout


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("title", [[], [["Open data"]]], ids=["", "title"])
def test_a_draft_is_read_back_once_the_blanks_are_filled(form, title, tmp_path):
    path, columns = written(tmp_path, form, title + coops(50)), tmp_path / "columns.yaml"
    result = run("map", path, "--columns", columns, "-o", tmp_path / "x.ttl", "--lang", "en")
    assert result.exit_code == 2
    assert str(columns) in result.stderr
    assert not (tmp_path / "x.ttl").exists()
    text = columns.read_text(encoding="utf-8")
    assert ("header: 2" in text) == bool(title)
    codes = {p.code for p in Dataset.read([path], columns=columns).problems}
    assert codes >= {"missing-type", "unmapped-column", "unmapped-value"}

    blanks = {
        "type:": "type: Organization",
        "CUK Organisation ID:": 'CUK Organisation ID: "-"',
        "Society:": "Society: workers-cooperative",
        "Company:": "Company: limited-liability-company",
        "CIC:": 'CIC: "-"',
    }
    lines = []
    for line in text.splitlines():
        bare = line.partition("  #")[0]
        indent, key = bare[: len(bare) - len(bare.lstrip())], bare.strip()
        if key.endswith(":") and "  #" in line:
            bare = indent + blanks.get(key, f'{key} "-"')
        lines.append(bare)
    file_of(tmp_path, "\n".join(lines) + "\nconstants: {address.addressCountry: GB}\n")
    dataset = Dataset.read([path], columns=columns)
    assert [p for p in dataset.problems if p.severity == "error"] == []
    assert len(dataset) == 50
    record = dataset["meadow-street-1-co-operative-limited-" + dataset_town(dataset)]
    assert record.founding_date.startswith("19")
    assert record.legal_form in FORMS.values()


def dataset_town(dataset):
    """The town of the first record, as ids have it."""
    return es_lod.iris.slug(next(iter(dataset)).address.address_locality)


def test_drafts_have_the_same_bytes(tmp_path):
    path = written(tmp_path, "csv", coops(100))
    texts = []
    for _ in range(2):
        with tables([path]) as grids:
            texts.append(draft(grids, "pl"))
    assert texts[0] == texts[1]
    assert "wartości: 100, pierwsza: „R000001”" in texts[0]
    assert "Incorporation Date:\n    key: foundingDate\n    dates: DD/MM/YYYY" in texts[0]


# ---- what is guessed


def drafted(folder, rows, lang="en"):
    with tables([write_csv(folder / "dane.csv", rows)]) as grids:
        return draft(grids, lang)


@pytest.mark.parametrize(
    ("header", "value", "line"),
    [
        ("REGON", "", "REGON: regon"),
        ("Numer NIP", "", "Numer NIP: nip"),
        ("KRS", "", "KRS: krs"),
        ("miejscowość", "Las", "miejscowość: address.addressLocality"),
        ("kod", "30-070", "kod: address.postalCode"),
        ("ulica", "Leśna", "ulica: address.thoroughfare"),
        ("tel.", "124220636", "tel.: contactPoint.telephone"),
        ("e-mail", "", "e-mail: contactPoint.email"),
        ("www", "", "www: url"),
        ("nazwa podmiotu", "Fundacja A", "nazwa podmiotu: name"),
        ("data rozpoczęcia działalności", "", "data rozpoczęcia działalności: foundingDate"),
        ("Phone", "", "Phone: contactPoint.telephone"),
        ("Website", "", "Website: url"),
        ("Lp.", "1", 'Lp.: "-"'),
        ("A", "9999999999", "A: nip"),
        ("A", "123456785", "A: regon"),
        ("A", "0000000001", "A: krs"),
        ("A", "30-070", "A: address.postalCode"),
        ("A", "biuro@las.example", "A: contactPoint.email"),
        ("A", "www.las.example", "A: url"),
        ("A", "fundacja", "A: legalForm"),
        ("A", "Las", "A:  # values: 1, the first: “Las”"),
        ("A", "44051401359", "A:  # values: 1, the first: “███████████”"),
        ("A: b", "", '"A: b":  # an empty column'),
        ("null", "x\ny", '"null":  # values: 1, the first: “x y”'),
    ],
)
def test_a_column_is_guessed(tmp_path, header, value, line):
    from es_lod.personal import MASK

    text = drafted(tmp_path, [[header, "zażółć"], [value, "x"]])
    assert f"\n  {line.replace('███████████', MASK)}\n" in text


def test_the_type_is_guessed_from_names(tmp_path):
    names = ["Spółdzielnia Socjalna A", "SPÓŁDZIELNIA SOCJALNA B", "Spółdzielnia socjalna „C”"]
    text = drafted(tmp_path, [["Nazwa", "Uwagi"], *([name, ""] for name in names)])
    assert "\ntype: SocialCooperative  # a guess; check it\n" in text


def test_words_that_are_no_concepts_are_listed(tmp_path):
    rows = [["nazwa", "forma prawna"], ["A", "fundacja"], ["B", "Fundacyja"], ["C", "sp. z o.o. x"]]
    text = drafted(tmp_path, rows, "pl")
    assert "  forma prawna:\n    key: legalForm\n    values:\n" in text
    assert "      Fundacyja:  # 1×, najbliższe: foundation\n" in text
    assert "fundacja:" not in text


def test_several_tables_are_drafted_by_name(tmp_path):
    sheets = {"fundacje": [["nazwa", "x"], ["A", "1"]], "settings": [["key", "value"]]}
    sheets |= {"CIS": [["nazwa", "y"], ["B", "2"]]}
    with tables([write_workbook(tmp_path / "x.xlsx", sheets)]) as grids:
        text = draft(grids, "pl")
    assert "\ntables:\n  - table: fundacje\n    type:" in text
    assert "\n  - table: CIS\n" in text
    assert "settings" not in text


def test_two_editions_of_a_table_are_drafted_as_one(tmp_path):
    paths = [write_csv(tmp_path / f"{n}.csv", coops(5)) for n in (2018, 2019)]
    columns = tmp_path / "columns.yaml"
    assert run("diff", *paths, "--columns", columns).exit_code == 2
    text = columns.read_text(encoding="utf-8")
    assert "tables:" not in text
    assert text.count("Registered Name:") == 1


def test_there_is_nothing_to_draft_from_documents(tmp_path):
    (tmp_path / "a.yaml").write_text("records: []", encoding="utf-8")
    result = run("map", tmp_path / "a.yaml", "--columns", tmp_path / "c.yaml")
    assert result.exit_code == 2
    assert not (tmp_path / "c.yaml").exists()


@pytest.mark.parametrize("command", ["map", "validate", "query", "diff"])
def test_the_option_means_the_same_everywhere(command, tmp_path):
    path, columns = written(tmp_path, "csv", coops(3)), tmp_path / "columns.yaml"
    arguments = {"query": (path, "coverage"), "diff": (path, path)}.get(command, (path,))
    assert run(command, *arguments, "--columns", columns).exit_code == 2
    assert columns.exists()
    file_of(tmp_path, COLUMNS)
    assert run(command, *arguments, "--columns", columns).exit_code == 0


def test_standard_input_is_drafted_too(tmp_path):
    given = b"Registered Name,Registered City\nMeadow,Leeds\n"
    columns = tmp_path / "c.yaml"
    assert run("map", "-", "--from", "csv", "--columns", columns, given=given).exit_code == 2
    assert "Registered City: address.addressLocality" in columns.read_text(encoding="utf-8")


# ---- a register of centres and their founding institutions


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_one_row_gives_a_centre_and_its_operator(form, tmp_path):
    path = written(tmp_path, form, REGISTER, "rejestr")
    columns = file_of(tmp_path, UNITS_AND_OPERATORS)
    dataset = Dataset.read([path], columns=columns)
    assert [p for p in dataset.problems if p.severity == "error"] == []
    assert [(r.id, type(r).__name__) for r in dataset] == [
        ("cis-w-lesie", "SocialIntegrationCentre"),
        ("cis-w-polu", "SocialIntegrationCentre"),
        ("cis-gminy", "SocialIntegrationCentre"),
        ("fundacja-las", "Foundation"),
        ("gmina-pole", "LocalGovernment"),
    ]
    assert [r.operator for r in list(dataset)[:3]] == ["fundacja-las", "fundacja-las", "gmina-pole"]
    assert dataset["cis-w-lesie"].regon == "123456785"
    assert dataset["fundacja-las"].regon is None
    streets = [r.address.street_address for r in list(dataset)[:3]]
    assert streets == ["ul. Leśna 1", "ul. Polna", "ul. Polna 3/4"]


def test_rows_that_disagree_about_the_operator_are_told(tmp_path):
    rows = [*REGISTER[:3], [*REGISTER[3][:10], "5260250274", ""]]
    path, columns = written(tmp_path, "csv", rows), file_of(tmp_path, UNITS_AND_OPERATORS)
    (problem,) = [
        p for p in Dataset.read([path], columns=columns).problems if p.severity == "error"
    ]
    assert (problem.code, problem.location.line) == ("duplicate-id", 4)


def test_a_header_that_no_description_names_is_told_once(tmp_path):
    rows = [[*row, *(["x"] if n == 1 else [])] for n, row in enumerate(REGISTER[:-1])]
    path, columns = written(tmp_path, "csv", rows), file_of(tmp_path, UNITS_AND_OPERATORS)
    found = [p for p in Dataset.read([path], columns=columns).problems if p.severity == "error"]
    assert [(p.code, p.value) for p in found] == [("unknown-column", "x")]


# ---- what the file says


def load(folder, rows, text):
    """What a table says with a columns file: the records, the errors."""
    dataset = Dataset.read([write_csv(folder / "dane.csv", rows)], columns=file_of(folder, text))
    return dataset, [p for p in dataset.problems if p.severity == "error"]


def test_columns_without_a_line_are_read_if_they_are_understood(tmp_path):
    dataset, errors = load(
        tmp_path,
        [["Firma", "NIP", "Uwagi"], ["Łąka", "9999999999", ""]],
        "{type: fundacja, columns: {firma: name}}",
    )
    assert [(e.code, e.value) for e in errors] == [("unknown-column", "Uwagi")]
    assert dataset["laka"].nip == "9999999999"


def test_a_column_without_a_target_is_told_at_its_header(tmp_path):
    _, (error,) = load(tmp_path, [["nazwa", "X"], ["Łąka", ""]], "{type: fundacja, columns: {X: }}")
    assert error.code == "unmapped-column"
    assert (error.location.line, error.location.column) == (1, 7)
    assert str(tmp_path / "columns.yaml") in error.message["pl"]


def test_several_columns_of_one_field_of_several_values(tmp_path):
    dataset, errors = load(
        tmp_path,
        [["nazwa", "www 1", "www 2"], ["Łąka", "https://a.example/", "https://b.example/"]],
        "{type: fundacja, columns: {www 1: url, www 2: url}}",
    )
    assert errors == []
    assert dataset["laka"].url == ("https://a.example/", "https://b.example/")


def test_words_are_exact_or_folded_and_empty_cells_may_mean_something(tmp_path):
    text = """
type: fundacja
columns:
  Rodzaj:
    key: rodzaj organizacji
    values: {"?": "-", pozarządowa: ngo, "": social-economy-entity}
"""
    dataset, errors = load(
        tmp_path,
        [["id", "nazwa", "Rodzaj"], *([n, n, w] for n, w in zip("abc", WORDS, strict=True))],
        text.replace("ngo", KIND).replace("social-economy-entity", OTHER_KIND),
    )
    assert errors == []
    assert [dataset[n].kind for n in "abc"] == [(KIND,), (), (OTHER_KIND,)]


WORDS = ("POZARZADOWA", "?", "")
KIND, OTHER_KIND = sorted(
    es_lod.model.concepts.schemes()["entity-kind"],
)[:2]


def test_constants_make_no_record_and_no_part_of_nothing(tmp_path):
    text = """
type: fundacja
columns: {Lp: "-", Miasto: address.addressLocality}
constants: {address.addressCountry: PL, description: opis}
"""
    rows = [["Lp", "nazwa", "Miasto"], ["1", "Las", ""], ["2", "", ""], ["3", "Pole", "Pole"]]
    dataset, errors = load(tmp_path, rows, text)
    assert errors == []
    assert dataset["las"].address is None
    assert dataset["las"].description["pl"] == "opis"
    assert dataset["pole-pole"].address.address_country == "PL"
    assert len(dataset) == 2


def test_what_is_wrong_with_a_constant_only_in_a_row_is_told_at_its_line(tmp_path):
    text = "type: CIS\nconstants:\n  operator: nikt\n"
    _, (error,) = load(tmp_path, [["id", "nazwa", "x"], ["a", "CIS", ""]], text + LEAVE_X)
    assert (error.code, error.location.file) == (
        "dangling-reference",
        str(tmp_path / "columns.yaml"),
    )
    assert (error.location.line, error.location.column) == (3, 13)


LEAVE_X = 'columns: {x: "-"}\n'


def test_what_is_wrong_with_a_template_is_told_at_its_cell(tmp_path):
    text = 'type: fundacja\ncolumns: {Nr: "-"}\nconstants: {id: "f-{Nr}"}\n'
    rows = [["nazwa", "Nr"], ["Las", "1"], ["Pole", "1"]]
    _, (error,) = load(tmp_path, rows, text)
    assert (error.code, error.location.line, error.location.column) == ("duplicate-id", 3, 6)


def test_a_template_of_an_id_needs_all_of_its_cells(tmp_path):
    text = 'type: fundacja\nconstants: {id: "f-{Nr} {{a}}", description: "{Nr}, {Rok}"}\n'
    dataset, errors = load(tmp_path, [["nazwa", "Nr", "Rok"], ["Las", "7", ""], ["Łąka"]], text)
    assert errors == []
    assert [r.id for r in dataset] == ["f-7-a", "laka"]
    assert dataset["f-7-a"].description["pl"] == "7"


def test_what_a_template_takes_is_read_as_well_if_it_is_understood(tmp_path):
    text = 'type: fundacja\nconstants: {id: "{Nazwa}-{Nr}"}\n'
    dataset, errors = load(tmp_path, [["Nazwa", "Nr"], ["Łąka", "2"]], text)
    assert errors == []
    assert dataset["laka-2"].name["pl"] == "Łąka"


def test_a_table_of_parts_is_described_too(tmp_path):
    text = """
tables:
  - table: org
    type: fundacja
    columns: {Nr: "-"}
    constants: {id: "f-{Nr}"}
  - table: tel.csv
    type: dane kontaktowe
    columns: {Tel: telephone, Nr: "-"}
    constants: {owner: "f-{Nr}", contactType: sekretariat}
"""
    write_csv(tmp_path / "org.csv", [["Nr", "nazwa"], ["1", "Las"]])
    write_csv(tmp_path / "tel.csv", [["Nr", "Tel"], ["1", "124220636"]])
    (tmp_path / "c").mkdir()
    dataset = Dataset.read(
        [tmp_path / "org.csv", tmp_path / "tel.csv"], columns=file_of(tmp_path / "c", text)
    )
    assert [p for p in dataset.problems if p.severity == "error"] == []
    (contact,) = dataset["f-1"].contact_point
    assert (contact.telephone, contact.contact_type) == ("+48124220636", "sekretariat")


def test_other_tables_of_a_folder_are_read_as_usual(tmp_path):
    folder = tmp_path / "dane"
    folder.mkdir()
    write_csv(folder / "org.csv", [["Firma", "Telefon", "www"], ["Las", "124220636", ""]])
    write_csv(folder / "usługi.csv", [["właściciel", "nazwa"], ["Las", "usługi leśne"]])
    text = "{type: fundacja, columns: {Firma: name, Telefon: contactPoint.telephone, www: url}}"
    dataset = Dataset.read([folder], columns=file_of(tmp_path, text))
    assert [p for p in dataset.problems if p.severity == "error"] == []
    assert len(dataset["las"].services) == 1


# ---- mistakes in the file

ROWS = [["Nazwa", "Forma", "Miasto"], ["Las", "f", "Las"]]
GOOD = """\
type: fundacja
columns:
  Nazwa: name
  Forma: {key: legalForm, values: {f: fundacja}}
  Miasto: adres: miejscowość
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "hint"),
    [
        ("type: fundacja", "typ: fundacja", "unknown-key", (1, 1), "type"),
        ("type: fundacja", "type: fundacyja", "unknown-type", (1, 7), None),
        ("type: fundacja", "type: Fundation", "unknown-type", (1, 7), "Foundation"),
        ("type: fundacja\n", "", "missing-type", (1, 1), None),
        ("type: fundacja", "type:", "missing-type", (1, 1), None),
        ("type: fundacja", "type: [fundacja]", "invalid-value", (1, 7), None),
        ("columns:", "header: x\ncolumns:", "invalid-value", (2, 9), None),
        ("columns:", "header: 9\ncolumns:", "columns-unused", (1, 1), None),
        ("Nazwa:", "Nazwaa:", "unknown-header", (3, 3), "Nazwa"),
        ("Nazwa: name", "Nazwa: nam", "unknown-target", (3, 10), "name"),
        ("Nazwa: name", "Nazwa: [name]", "invalid-value", (3, 10), None),
        ("Nazwa: name", "Nazwa: name\n  nazwa: id", "duplicate-key", (4, 3), None),
        ("Nazwa: name", "Nazwa: name\n  Nazwa: id", "duplicate-key", (4, 3), None),
        ("Nazwa: name", 'Nazwa: name\n  "*": name', "invalid-value", (4, 8), None),
        ("f: fundacja", "f: fundacyja", "unknown-concept", (4, 39), "foundation"),
        ("f: fundacja", "f: ", "unmapped-value", (4, 36), None),
        ("values:", "words:", "unknown-key", (4, 27), None),
        ("values:", "value:", "unknown-key", (4, 27), "values"),
        ("Miasto: adres: miejscowość", "Miasto: name", "mapped-twice", (5, 11), None),
        ("columns:", "constants: {id: '{Nazwa'}\ncolumns:", "bad-template", (2, 17), None),
        ("columns:", "constants: {id: '{}'}\ncolumns:", "bad-template", (2, 17), None),
        ("columns:", "constants: {id: '{Nazw}'}\ncolumns:", "unknown-header", (2, 17), "Nazwa"),
        ("columns:", "constants: {kraj: PL}\ncolumns:", "unknown-target", (2, 13), "adres: kraj"),
        ("columns:", "constants: {krs: x}\ncolumns:", "invalid-krs", (2, 18), None),
        ("columns:", "constants: {krs: }\ncolumns:", "invalid-value", (2, 13), None),
        ("columns:", "constants: x\ncolumns:", "invalid-value", (2, 12), None),
        (
            "  Nazwa: name",
            "  Nazwa: {key: foundingDate, dates: DD}",
            "invalid-value",
            (3, 37),
            None,
        ),
        ("columns:", "colums:", "unknown-key", (2, 1), "columns"),
        ("type: fundacja", "- x", "syntax", (2, 1), None),
    ],
)
def test_a_mistake_in_the_file_is_told_at_its_line(tmp_path, old, new, code, place, hint):
    text = GOOD.replace("adres: miejscowość", "'adres: miejscowość'")
    old = old.replace("adres: miejscowość", "'adres: miejscowość'")
    assert load(tmp_path, ROWS, text)[1] == []
    assert text.count(old) == 1
    dataset, errors = load(tmp_path, ROWS, text.replace(old, new))
    assert len(dataset) == 0
    places = [(e.code, e.location.line, e.location.column) for e in errors]
    assert (code, *place) in places
    (error,) = [e for e in errors if e.code == code]
    assert error.hint == hint
    assert error.location.file == str(tmp_path / "columns.yaml")
    assert dataset.refused


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("tables: {a: b}", "invalid-value", (1, 9)),
        ("tables: [a]", "invalid-value", (1, 10)),
        ("tables: [{table: x, type: CIS}]", "unknown-sheet", (1, 18)),
        ("tables: [{table: dane, header: 7, type: CIS}]", "no-header-row", (1, 32)),
        ("tables: []\ntype: CIS", "unknown-key", (2, 1)),
        ("[]", "invalid-value", (1, 1)),
        ("type: CIS\ncolumns: {B: name}", "columns-unused", (1, 1)),
    ],
)
def test_a_mistake_in_its_form_is_told(tmp_path, text, code, place):
    _, errors = load(tmp_path, ROWS, text)
    assert [(e.code, (e.location.line, e.location.column)) for e in errors] == [(code, place)]


def test_a_file_that_is_not_there_is_told_by_the_library(tmp_path):
    path = write_csv(tmp_path / "dane.csv", ROWS)
    with pytest.raises(InputError, match="file-not-found"):
        es_lod.load(path, columns=tmp_path / "none.yaml")


def test_documents_are_read_in_spite_of_it(tmp_path):
    write_csv(tmp_path / "dane.csv", ROWS)
    (tmp_path / "a.json").write_text(json.dumps([{"type": "Foundation", "id": "a", "name": "A"}]))
    columns = file_of(tmp_path, "x: y")
    inputs = [tmp_path / "dane.csv", tmp_path / "a.json"]
    assert [r.id for r in Dataset.read(inputs, columns=columns)] == ["a"]
