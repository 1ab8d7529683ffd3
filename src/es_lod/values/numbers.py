"""Counts and decimal degrees."""

import re
from decimal import Decimal

from es_lod.errors import InvalidValue
from es_lod.values.typography import HYPHENS, SPACES

_DIGITS = 12
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile("[+-]?[0-9]+,[0-9]+")
# Thousands by spaces, as Polish has them, and the empty fraction that spreadsheets add.
_COUNT = re.compile(f"([0-9]{{1,3}}(?:[ {SPACES}][0-9]{{3}})+|[0-9]{{1,9}})(?:[.,]0{{1,2}})?")
_ONLY_NUMBER = re.compile(
    f"(?!.*(?:tys|mln))[^0-9%]*(?<![{HYPHENS}])"
    f"([0-9]{{1,3}}(?:[ .,{SPACES}][0-9]{{3}})+|[0-9]{{1,9}})[^0-9%]*"
)


def decimal(raw: object, low: int, high: int) -> Decimal:
    """A decimal within bounds, without exponent and trailing zeros.

    Floats are taken by their shortest form; at most twelve digits follow the point, which may be
    a comma.
    """
    plain = str(raw).strip()
    if "," in plain and _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    # Python takes underscores, other scripts' digits and words, too.
    if not _NUMBER.fullmatch(plain):
        raise InvalidValue("invalid-number", value=raw, low=str(low), high=str(high))
    try:
        number = Decimal(plain)
        exponent = number.as_tuple().exponent
        fits = low <= number <= high and isinstance(exponent, int) and exponent >= -_DIGITS
    except (ArithmeticError, ValueError):
        number, fits = Decimal(0), False
    if isinstance(raw, bool) or not fits:
        raise InvalidValue("invalid-number", value=raw, low=str(low), high=str(high))
    plain = format(number.normalize(), "f")
    return Decimal("0" if plain == "-0" else plain)


def decimal_text(number: Decimal) -> str:
    """A decimal without exponent: https://www.w3.org/TR/xmlschema11-2/#decimal."""
    return format(number, "f")


def count(raw: object) -> int:
    """A whole number from 0 to 999,999,999; `1 200` and `25.0` are ones, too."""
    number = raw
    hint = None
    if isinstance(raw, str):
        plain = raw.strip()
        if whole := _COUNT.fullmatch(plain):
            number = int(_bare(whole[1]))
        elif len(plain) <= 100 and (only := _ONLY_NUMBER.fullmatch(plain)):
            hint = str(int(_bare(only[1])))  # `ok. 30`
    elif isinstance(raw, float) and raw.is_integer():
        number = int(raw)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= 999_999_999:
        raise InvalidValue("invalid-count", hint, value=raw)
    return number


def _bare(digits: str) -> str:
    return digits if digits.isdigit() else re.sub("[^0-9]", "", digits)
