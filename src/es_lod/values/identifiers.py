"""Polish identifiers, addresses of people and places: the one lexical form of each."""

import re
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.values.text import text

_SEPARATORS: Final = re.compile(r"[\s\u00a0\u2010-\u2015-]")


def _digits(raw: str) -> str:
    return _SEPARATORS.sub("", raw)


def krs(raw: str) -> str:
    """A KRS number: 10 digits; leading zeros that were lost are restored."""
    number = _digits(raw)
    if not (number.isascii() and number.isdigit() and 1 <= len(number) <= 10 and int(number)):
        raise InvalidValue("invalid-krs", value=raw)
    return number.zfill(10)


def nip(raw: str) -> str:
    """A NIP: 10 digits with check digit; `PL`, spaces and hyphens are dropped."""
    from stdnum.pl import nip as rules

    number = _digits(raw).upper().removeprefix("PL")
    if not (number.isascii() and rules.is_valid(number)):
        raise InvalidValue("invalid-nip", value=raw)
    return number


def regon(raw: str) -> str:
    """A REGON: 9 or 14 digits with check digits; five zeros that registers append are dropped."""
    from stdnum.pl import regon as rules

    number = _digits(raw)
    if len(number) == 14 and number.endswith("00000"):
        number = number[:9]
    if not (number.isascii() and rules.is_valid(number)):
        raise InvalidValue("invalid-regon", value=raw)
    return number


_TERC: Final = re.compile(r"(0[2468]|1[02468]|2[02468]|3[02])(?:[0-9]{2}(?:[0-9]{2}[1234589])?)?")


def terc(raw: str) -> str:
    """A TERC code: voivodeship (2 digits), powiat (4) or gmina with its kind (7)."""
    code = raw.strip()
    if not _TERC.fullmatch(code):
        raise InvalidValue("invalid-terc", value=raw)
    return code


_POSTCODE: Final = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,10}[A-Z0-9]")


def postcode(raw: str) -> str:
    """A postcode of any country; that Polish ones are NN-NNN is checked with the country."""
    code = text(raw).upper().replace("\u2013", "-")
    if not _POSTCODE.fullmatch(code):
        raise InvalidValue("invalid-postcode", value=raw)
    return code


_PHONE_NOISE: Final = re.compile(r"[\s\u00a0()/.\u2010-\u2015-]")


def phone(raw: str) -> str:
    """A telephone number as E.164: `(12) 422 06 36` → `+48124220636`.

    Nine digits are Polish; others need their country code (`+` or `00`).
    """
    number = _PHONE_NOISE.sub("", re.sub(r"^\s*(tel|fax|faks|[.:/ ])*", "", raw.lower()))
    number = "+" + number[2:] if number.startswith("00") else number
    if re.fullmatch("[1-9][0-9]{8}", number):
        number = "+48" + number
    elif re.fullmatch("48[1-9][0-9]{8}", number):
        number = "+" + number
    if not re.fullmatch(r"\+48[1-9][0-9]{8}|\+(?!48)[1-9][0-9]{6,14}", number):
        raise InvalidValue("invalid-phone", value=raw)
    return number


_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)


def email(raw: str) -> str:
    """An e-mail address as HTML forms accept it, with a dot in its domain."""
    address = raw.strip().removeprefix("mailto:")
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise InvalidValue("invalid-email", value=raw)
    return address


def country(raw: str) -> str:
    """A country code of two capital letters (ISO 3166-1 alpha-2)."""
    code = raw.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise InvalidValue("invalid-country", value=raw)
    return code
