"""Texts that are made once and filled in."""

import pytest

from es_lod.site.prepared import Numbered, Prepared, mark


def test_each_mark_is_filled_in_wherever_it_stands():
    text = Prepared(f"<p>{mark('name')}, {mark('id')}</p><q>{mark('name')}</q>")
    name = "Łąka".encode()
    assert text({"id": b"x", "name": name, "other": b"y"}) == "<p>Łąka, x</p><q>Łąka</q>".encode()
    assert text({"id": b"z", "name": b"{}"}) == b"<p>{}, z</p><q>{}</q>"


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        Prepared(mark("name"))({})


def test_marks_may_be_numbers():
    assert Numbered(f"{mark('1')}-{mark('0')}-{mark('1')}").of([b"a", b"b"]) == b"b-a-b"
