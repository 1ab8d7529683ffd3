"""Check digits of NIP and REGON are those that python-stdnum knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import nip as stdnum_nip
from stdnum.pl import regon as stdnum_regon

from es_lod import values
from es_lod.errors import InvalidValue


def is_taken(parse, number: str) -> bool:
    """Whether a number is taken as it is."""
    try:
        return parse(number) == number
    except InvalidValue:
        return False


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nip(nine):
    for last in "0123456789":
        assert is_taken(values.nip, nine + last) == stdnum_nip.is_valid(nine + last)


@given(st.text("0123456789", min_size=8, max_size=8), st.text("0123456789", min_size=4, max_size=4))
def test_regon(eight, four):
    for nine in (f"{eight}{last}" for last in "0123456789"):
        assert is_taken(values.regon, nine) == stdnum_regon.is_valid(nine)
        for last in "0123456789":
            # Five zeros at the end stand for the nine digits alone.
            if (four, last) != ("0000", "0"):
                number = f"{nine}{four}{last}"
                assert is_taken(values.regon, number) == stdnum_regon.is_valid(number)


@pytest.mark.parametrize("number", ["", "1", "12345678901", "PL277763170", "PLPL2777631700"])
def test_what_is_no_nip(number):
    with pytest.raises(InvalidValue):
        values.nip(number)
