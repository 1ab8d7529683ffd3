"""Texts that are made once and filled in."""

import pytest

from es_lod.site.prepared import Numbered, Prepared, mark


def test_each_mark_is_filled_in_wherever_it_stands():
    text = Prepared(f"<p>{mark('name')}, {mark('id')}</p><q>{mark('name')}</q>")
    assert text({"id": "x", "name": "Łąka", "other": "y"}) == "<p>Łąka, x</p><q>Łąka</q>"
    assert text({"id": "z", "name": "{}"}) == "<p>{}, z</p><q>{}</q>"


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        Prepared(mark("name"))({})


def test_marks_may_be_numbers():
    assert Numbered(f"{mark('1')}-{mark('0')}-{mark('1')}").of(["a", "b"]) == "b-a-b"
