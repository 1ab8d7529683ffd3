"""The tables of records: their columns, what headers say, what cells hold."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from es_lod.iris import fold
from es_lod.labels import choice_label
from es_lod.model import Event, Organization, kinds, part_classes, record_classes
from es_lod.model.fields import PartKind
from es_lod.tabular.cells import escaped, joined, notation, split, unescaped, values
from es_lod.tabular.columns import (
    Column,
    inverse_columns,
    listed_columns,
    part_tables,
    record_tables,
)
from es_lod.tabular.headers import best_table, named_class, named_table, resembled, understood

TABLES = (*record_tables(), *part_tables())


def table(name):
    return next(table for table in TABLES if table.name == name)


def test_every_field_of_every_class_has_a_column_or_a_table_of_its_own():
    for records in record_tables():
        columns = {column.path for column in records.columns}
        for cls in records.classes:
            for field in cls.fields():
                if isinstance(field.kind, PartKind) and field.many:
                    listed = next(t for t in part_tables() if t.field and t.field.key == field.key)
                    inner = {column.path[0] for column in listed.columns}
                    assert inner >= {f.key for f in field.kind.part.fields()}
                    assert cls in listed.classes
                else:
                    assert any(path[0] == field.key for path in columns), (cls, field.key)


def test_every_class_is_in_one_family():
    families = [cls for records in record_tables() for cls in records.classes]
    assert sorted(c.__name__ for c in families) == sorted(record_classes())
    assert {part.__name__ for part in part_classes().values()} >= {"AgendaItem", "Statement"}


@pytest.mark.parametrize("found", TABLES, ids=lambda t: t.name)
def test_no_two_columns_are_called_alike(found):
    columns = [*found.columns, *listed_columns(found), *inverse_columns(found)]
    called = {c.key: {fold(w) for w in (c.key, c.label("pl"), c.label("en"))} for c in columns}
    assert len(called) == len(columns)
    # A list of parts and the part itself have an `id` and fields of their own.
    for one, other in combinations(called, 2):
        assert not called[one] & called[other], (one, other)


@pytest.mark.parametrize("found", TABLES, ids=lambda t: t.name)
def test_keys_and_labels_are_understood(found):
    for column in (*found.columns, *listed_columns(found)):
        for header in (
            column.key,
            column.label("pl"),
            column.label("en"),
            column.label("pl").upper() + " *",
            fold(column.label("pl")),
        ):
            assert understood(header, found) == column, header
        if column.is_text:
            spoken = column.spoken("en")
            for header in (spoken.key, spoken.label("pl"), f"{column.label('pl')} @EN *"):
                assert understood(header, found) == spoken, header


def test_no_two_tables_are_called_alike():
    called = [w for t in TABLES for w in {fold(t.name), fold(t.label("pl")), fold(t.label("en"))}]
    assert len(called) == len(set(called))
    for found in TABLES:
        assert named_table(found.label("pl").upper()) is found
    assert named_table("Spółdzielnia socjalna") is table("Organization")


@pytest.mark.parametrize(
    ("name", "found", "cls"),
    [
        ("Wydarzenia", "Event", "Event"),
        ("fundacje", "Organization", "Foundation"),
        ("spoldzielnie socjalne", "Organization", "SocialCooperative"),
        ("Organizacje", "Organization", "Organization"),
        ("centra integracji społecznej", "Unit", "SocialIntegrationCentre"),
        ("warsztaty", "Workshop", "Workshop"),
        ("warsztaty terapii zajęciowej", "Unit", "OccupationalTherapyWorkshop"),
        ("statuses", "statuses", None),
        ("Fundacja Łąka", None, None),
        ("dane", None, None),
        ("Arkusz1", None, None),
    ],
)
def test_names_of_tables_may_be_inflected(name, found, cls):
    assert getattr(named_table(name), "name", None) == found
    assert named_class(name) == cls


def test_a_header_that_is_unknown_is_likened():
    organisations = table("Organization")
    assert resembled("kod pocztowy", organisations).key == "address.postalCode"
    assert resembled("data zalozeniaa", organisations).key == "foundingDate"
    assert resembled("Lp.", organisations) is None
    assert understood("name@123", organisations) is None
    assert resembled("name@123", organisations).key == "name"


def test_a_table_is_known_by_its_headers():
    assert best_table(["id", "typ", "NIP", "KRS", "nazwa"]) is table("Organization")
    assert best_table(["właściciel", "kolejność", "nazwa"]) is table("agenda")
    assert best_table(["a", "b"]) is None


def test_what_a_column_takes():
    columns = {column.key: column for column in table("Organization").columns}
    assert columns["founders"].many
    assert columns["alternateName"].many
    assert not columns["name"].many
    assert columns["name"].required
    assert columns["type"].required
    assert not columns["nip"].required
    assert columns["address.id"].field is None
    assert Column(("id",)).field is None


@given(st.lists(st.text("ab;\\ '\n", min_size=1).map(str.strip).filter(bool)))
def test_several_values_come_back_from_one_cell(items):
    assert split(joined(items)) == items


def test_semicolons_and_backslashes():
    assert split("a; b ;; c;") == ["a", "b", "c"]
    assert split(r"a\;b; c") == ["a;b", "c"]
    assert split(r"C:\dane; \\serwer") == [r"C:\dane", r"\\serwer"]
    assert joined(["a;b", "c"]) == r"a\;b; c"


@given(st.text("=+-@'\tab"))
def test_a_cell_is_never_a_formula_and_comes_back(text):
    cell = escaped(text)
    assert cell[:1] not in set("=+-@\t")
    assert unescaped(cell) == text


def test_an_apostrophe_before_a_letter_stays():
    assert unescaped("'s-Hertogenbosch") == "'s-Hertogenbosch"
    assert escaped("'s-Hertogenbosch") == "''s-Hertogenbosch"


def test_concepts_are_known_by_label_in_any_spelling():
    assert notation("event-type", "Wizyta studyjna") == "study-visit"
    assert notation("event-type", "STUDY VISIT") == "study-visit"
    assert notation("event-type", "wizytka") == "wizytka"


@pytest.mark.parametrize("key", ["eventStatus", "attendanceMode"])
def test_words_of_enumerations_have_labels_of_their_own(key):
    field = Event.by_key()[key]
    words = [word for word, _ in field.kind.choices]
    for tag in ("pl", "en"):
        labels = [choice_label(field.kind, word, tag) for word in words]
        assert len({fold(label) for label in labels}) == len(words)
        assert [values(label.upper(), field, many=False) for label in labels] == words
        assert tag == "en" or not set(labels) & set(words)


@pytest.mark.parametrize(
    ("cls", "key", "cell", "value", "code"),
    [
        (Organization, "nip", 5260250274.0, "5260250274", None),
        (Organization, "krs", 413516, "413516", None),
        (Organization, "nip", 5.26e20, "5.26e+20", "not-text"),
        (Organization, "nip", -5.0, "-5.0", "not-text"),
        (Organization, "name", True, "true", "not-text"),
        (Organization, "foundingDate", 2014.0, "2014", None),
        (Event, "participantCount", 25.0, "25", None),
        (Event, "participantCount", 2.5, "2.5", None),
        (Organization, "name", float("nan"), "nan", "not-text"),
        (Organization, "name", float("inf"), "inf", "not-text"),
    ],
)
def test_numbers_are_brought_back_or_refused(cls, key, cell, value, code):
    found = values(cell, cls.by_key()[key], many=False)
    assert found == value
    assert getattr(found, "code", None) == code
    assert isinstance(cls.by_key()[key].kind, kinds.Kind)
