"""Counts and decimal degrees."""

import re
from decimal import Decimal

from es_lod.errors import InvalidValue

_DIGITS = 12
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def decimal(raw: object, low: int, high: int) -> Decimal:
    """A decimal within bounds, without exponent and trailing zeros.

    Floats are taken by their shortest form; at most twelve digits follow the point.
    """
    plain = str(raw).strip()
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


def count(raw: object) -> int:
    """A whole number from 0 to 999,999,999."""
    number = raw
    if isinstance(raw, str) and re.fullmatch("[0-9]{1,9}", raw.strip()):
        number = int(raw)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= 999_999_999:
        raise InvalidValue("invalid-count", value=raw)
    return number
