"""Counts and decimal degrees."""

import re
from decimal import Decimal

from es_lod.errors import InvalidValue

_DIGITS = 12


def decimal(raw: object, low: int, high: int) -> Decimal:
    """A decimal within bounds, without exponent and trailing zeros.

    Floats are taken by their shortest form; at most twelve digits follow the point.
    """
    try:
        number = Decimal(str(raw).strip())
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
