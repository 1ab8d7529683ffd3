"""The pictures of results: which fit which columns, and what they show of them."""

import re

import pytest
from query_page import edition

from es_lod.server.page import Solutions, Value
from es_lod.server.page.columns import columns
from es_lod.server.page.drawings.places import outline
from es_lod.server.page.frame import QueryPage
from es_lod.server.page.naming import Naming
from es_lod.server.page.pictures import pictures

XSD = "http://www.w3.org/2001/XMLSchema#"
DATATYPES = {int: "integer", float: "double"}


def value(raw):
    """A term from a Python value: `:a` is a record, `<…>` an IRI, `2018-06` a date, else text."""
    if raw is None:
        return None
    if isinstance(raw, (int, float)):
        return Value("literal", str(raw), "", XSD + DATATYPES[type(raw)])
    if raw.startswith(":"):
        return Value("iri", f"https://w3id.org/es-lod/id/{raw[1:]}")
    if raw.startswith("<"):
        return Value("iri", raw[1:-1])
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", raw):
        return Value("literal", raw, "", f"{XSD}date")
    return Value("literal", raw)


def drawn(head, *rows, language="en"):
    """The pictures of a table: word → what is drawn."""
    table = Solutions(tuple(head.split()), tuple(tuple(map(value, row)) for row in rows), True)
    page = QueryPage(edition(), language, ())
    return {p.word: p for p in pictures(Naming(page, table, columns(table)))}


def texts(picture):
    """The texts of a drawing, without those for narrow screens."""
    found = re.findall(r'<text class="([^"]*)"[^>]*>([^<]*)<|<text [^>]*>([^<]*)<', picture.drawn)
    return [text or plain for style, text, plain in found if "short" not in style]


def widths(picture, style):
    return [
        float(width)
        for width in re.findall(rf'<rect class="{style}"[^>]* width="([\d.]+)%"', picture.drawn)
    ]


def test_a_label_and_a_number_are_bars():
    found = drawn("form units", ("a", 4), ("b", 2), ("c", 0), ("d", None))
    assert list(found) == ["Chart"]
    chart = found["Chart"]
    assert chart.told == "?units for each ?form"
    assert texts(chart) == ["a", "4", "b", "2", "c", "0", "d", "–"]
    assert widths(chart, "bar") == [82, 41, 0]


def test_two_numbers_are_pairs_of_bars_of_one_measure():
    chart = drawn("form units people", ("a", 1, 4), ("b", 2, None))["Chart"]
    assert widths(chart, "bar") == [20.5, 41]
    assert widths(chart, "hollow") == [82]
    assert "?units" in chart.drawn
    assert "?people" in chart.drawn


def test_a_thing_is_labelled_by_its_name_in_the_column_beside():
    chart = drawn("unit unitName places", (":a", "Dom", 4), (":b", None, 2))["Chart"]
    assert texts(chart)[::2] == ["Dom", "b"]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("name amount", [("a", -1), ("b", 2)]),
        ("name amount", [("a", 1), ("a", 2)]),
        ("name amount", [(f"n{i}", i) for i in range(61)]),
        ("name a b c", [("x", 1, 2, 3), ("y", 1, 2, 3)]),
        ("name position", [("a", 1), ("b", 2)]),
        ("name amount", [("a", 1)]),
        ("name amount", [("a", float("inf")), ("b", 2)]),
        ("name amount", []),
        ("", [(), ()]),
    ],
)
def test_what_bars_cannot_show_is_not_drawn(head, rows):
    assert drawn(head, *rows) == {}


def test_a_number_for_each_year_stands_over_the_years_without_gaps():
    chart = drawn("year events", ("2018", 3), ("2021", 1))["Chart"]
    assert [t for t in texts(chart) if len(t) == 4] == ["2018", "2019", "2020", "2021"]
    chart = drawn("year events", (2018, 3), (2021, 1))["Chart"]
    assert [t for t in texts(chart) if len(t) == 4] == ["2018", "2019", "2020", "2021"]


def test_dates_alone_are_counted_by_year():
    found = drawn("day name", ("2018-06-19", "a"), ("2018", "a"), ("2020-01", "b"))
    assert list(found) == ["Timeline"]
    assert texts(found["Timeline"])[:2] == ["2", "2018"]


def test_two_columns_of_things_are_a_network():
    found = drawn("unit operator", (":a", ":b"), (":c", ":b"), (":d", ":d"), (":e", None))
    network = found["Network"]
    assert network.told == "From ?unit to ?operator"
    assert sorted(re.findall(r'href="doc/(\w)\.en\.html"', network.drawn)) == ["a", "b", "c"]


def test_concepts_and_classes_are_no_things_of_a_network():
    form = "<https://w3id.org/es-lod/concept/legal-form/social-cooperative>"
    assert drawn("organization form", (":a", form), (":b", form)) == {}


def test_source_and_target_are_tied_wherever_they_stand():
    found = drawn("event source target", (":x", ":a", ":b"), (":x", ":b", ":c"))
    assert found["Network"].told == "From ?source to ?target"


def test_of_a_large_network_as_much_is_drawn_as_has_room():
    network = drawn("a b", *((f":a{i}", f":b{i}") for i in range(50)))["Network"]
    assert network.drawn.count("<svg") == 30
    assert network.hidden == 40
    assert not network.is_small


def test_two_columns_of_dates_are_periods():
    found = drawn(
        "thing thingName validFrom validUntil",
        (":a", "A", "2018", "2019"),
        (":b", "B", "2018-07-01", None),
        (":c", "C", None, None),
    )
    periods = found["Periods"]
    assert "C" not in texts(periods)
    assert "2018-07-01 – …" in texts(periods)
    assert widths(periods, "bar") == [100]
    assert widths(periods, "bar open") == [75]


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("startDate", "endDate"),
        ("operatedSince", "operatedUntil"),
        ("foundingDate", "dissolutionDate"),
        ("from", "to"),
    ],
)
def test_beginnings_and_ends_are_known_by_their_names(begins, ends):
    rows = ("x", "2018", "2019"), ("y", "2017", "2020")
    assert list(drawn(f"name {begins} {ends}", *rows)) == ["Periods"]


def test_coordinates_are_a_map_with_the_outline_of_poland():
    found = drawn("place name lat long", (":a", "Tarnów", 50.0, 21.0), (":b", "Poznań", 52.4, 16.9))
    (word, *_) = found
    assert word == "Map"
    assert 'class="land"' in found["Map"].drawn
    assert "Natural Earth" in found["Map"].told
    assert found["Map"].drawn.count("<circle") == 2
    assert 'href="doc/a.en.html"' in found["Map"].drawn
    west, east = (float(x) for x in re.findall(r'cx="([\d.]+)"', found["Map"].drawn)[::-1])
    assert west < east


def test_places_at_one_point_are_one_point():
    rows = [(f"n{i}", 50.0, 21.0) for i in range(3)]
    drawing = drawn("name latitude longitude", *rows)["Map"].drawn
    assert drawing.count("<circle") == 1
    assert ">1…<" in drawing


def test_points_of_geosparql_are_a_map():
    found = drawn("name point", ("a", "POINT(21.0 50.0)"), ("b", "POINT (17 52.4)"))
    assert found["Map"].drawn.count("<circle") == 2


def test_places_far_away_have_no_outline_and_those_off_the_globe_no_point():
    found = drawn("name lat long", ("a", -33.0, 151.0), ("b", -37.0, 144.0), ("c", 95.0, 0.0))
    assert 'class="land"' not in found["Map"].drawn
    assert found["Map"].drawn.count("<circle") == 2
    assert drawn("name lat long", ("a", 95.0, 0.0), ("b", 95.0, 0.0)) == {}


def test_the_outline_is_that_of_poland():
    xs, ys = zip(*outline(), strict=True)
    assert 14 < min(xs) < 14.2
    assert 24 < max(xs) < 24.2
    assert 48.9 < min(ys) < 49.1
    assert 54.7 < max(ys) < 55


def test_what_is_drawn_is_escaped():
    evil = '</text></svg><script>alert(1)</script>"&\u202e\x00'
    found = [
        drawn("name amount", (evil, 1), ("b", 2)),
        drawn(
            "a aName b bName", (":a", evil, "<javascript:alert(1)>", evil), (":b", "x", ":c", "y")
        ),
        drawn("name startDate endDate", (evil, "2018", "2019"), ("b", "2018", "2019")),
        drawn("name lat long", (evil, 50.0, 20.0), ("b", 51.0, 20.0)),
    ]
    for word, picture in ((w, p) for pictures_ in found for w, p in pictures_.items()):
        assert "<script" not in picture.drawn, word
        assert 'href="javascript' not in picture.drawn, word
        assert not re.search("[\x00\u202e]", picture.drawn), word


def test_numbers_are_written_as_the_language_does():
    rows = ("a", 1234567), ("b", 0.123456)
    assert "1\u00a0234\u00a0567" in texts(drawn("name n", *rows, language="pl")["Wykres"])
    assert "0,123" in texts(drawn("name n", *rows, language="pl")["Wykres"])
