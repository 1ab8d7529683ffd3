"""Polish identifiers, addresses of people and places: the one lexical form of each."""

import re
from operator import mul
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.values.text import text
from es_lod.values.typography import HYPHENS, INVISIBLE, trimmed

_SEPARATORS: Final = re.compile(f"[\\s{INVISIBLE}{HYPHENS}]")
# How a spreadsheet that took an identifier for a number gives it back: `5260250274.0`, and
# `5,26025E+09`, which has lost digits.
_WHOLE: Final = re.compile(r"(\+?[0-9]+)[.,]0{1,6}")
_POWER: Final = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")


def _digits(raw: str, name: str) -> str:
    """What is written without separators, and without the name of the number before it."""
    if raw.isascii() and raw.isdigit():
        return raw
    bare = _SEPARATORS.sub("", raw)
    if bare[: len(name)].upper() == name:
        bare = bare[len(name) :].lstrip(":.")
    return _unspread(bare, raw)


def _unspread(number: str, raw: str) -> str:
    """A number without the fraction that a spreadsheet gave it."""
    if whole := _WHOLE.fullmatch(number):
        return whole[1]
    if power := _POWER.fullmatch(number):
        digits, places = power[1] + (power[2] or ""), int(power[3]) + 1
        raise InvalidValue("lost-digits", digits if len(digits) == places else None, value=raw)
    return number


def krs(raw: str) -> str:
    """A KRS number: 10 digits; leading zeros that were lost are restored."""
    number = _digits(raw, "KRS")
    if not (number.isascii() and number.isdigit() and 1 <= len(number) <= 10 and int(number)):
        raise InvalidValue("invalid-krs", value=raw)
    return number.zfill(10)


# Said here because stdnum, which reads numbers of any kind, takes 7 µs for one: the tests compare.
_NIP: Final = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON: Final = (8, 9, 2, 3, 4, 5, 6, 7)
_REGON_14: Final = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)


def _sum(number: str, weights: tuple[int, ...]) -> int:
    """The weighted sum of ASCII digits, without the check digit behind them; modulo 11."""
    total: int = sum(map(mul, weights, number.encode()))
    return (total - 48 * sum(weights)) % 11


def nip(raw: str) -> str:
    """A NIP: 10 digits with check digit; `PL`, spaces and hyphens are dropped."""
    number = _digits(raw, "NIP").upper().removeprefix("PL")
    if not is_nip(number):
        raise InvalidValue("invalid-nip", value=raw)
    return number


def is_nip(number: str) -> bool:
    """Whether a string is a NIP in its one form."""
    is_number = len(number) == 10 and number.isascii() and number.isdigit()
    return is_number and _sum(number, _NIP) == int(number[9])


def regon(raw: str) -> str:
    """A REGON: 9 or 14 digits with check digits.

    One or two leading zeros that were lost are restored; five zeros that registers append are
    dropped.
    """
    number = _digits(raw, "REGON")
    if len(number) in (7, 8, 12, 13) and number.isascii() and number.isdigit() and int(number):
        number = number.zfill(9 if len(number) < 9 else 14)
    if len(number) == 14 and number.endswith("00000"):
        number = number[:9]
    if not is_regon(number):
        raise InvalidValue("invalid-regon", value=raw)
    return number


def is_regon(number: str) -> bool:
    """Whether a string is a REGON; one of 14 digits may have five zeros that registers append."""
    if not (number.isascii() and number.isdigit()):
        return False
    if len(number) == 14:
        return _sum(number, _REGON_14) % 10 == int(number[13]) and is_regon(number[:9])
    return len(number) == 9 and _sum(number, _REGON) % 10 == int(number[8])


_TERC: Final = re.compile(r"(0[2468]|1[02468]|2[02468]|3[02])(?:[0-9]{2}(?:[0-9]{2}[1234589])?)?")


def terc(raw: str) -> str:
    """A TERC code: voivodeship (2 digits), powiat (4) or gmina with its kind (7).

    A leading zero that was lost is restored.
    """
    code = _digits(raw, "TERC")
    if len(code) in (1, 3, 6):
        code = f"0{code}"
    if not _TERC.fullmatch(code):
        raise InvalidValue("invalid-terc", value=raw)
    return code


_POLISH: Final = re.compile(r"[0-9]{2}-[0-9]{3}")
_POSTCODE: Final = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,10}[A-Z0-9]")
_SPACED_HYPHEN: Final = re.compile(f" *[{HYPHENS}] *")


def postcode(raw: str) -> str:
    """A postcode of any country; that Polish ones are NN-NNN is checked with the country."""
    if _POLISH.fullmatch(raw):
        return raw
    code = _SPACED_HYPHEN.sub("-", text(raw).upper())
    if not _POSTCODE.fullmatch(code):
        code = _unspread(code, raw)
        if not _POSTCODE.fullmatch(code):
            raise InvalidValue("invalid-postcode", value=raw)
    return code


def is_polish_postcode(code: str) -> bool:
    """Whether a postcode has the form of Polish ones."""
    return bool(_POLISH.fullmatch(code))


def polish_postcode(code: str) -> str | None:
    """The Polish postcode that digits can stand for: `30070`, `PL 30 070` → `30-070`."""
    bare = re.sub("[ -]", "", code).removeprefix("PL")
    if not re.fullmatch("[0-9]{4,5}", bare):
        return None
    five = bare.zfill(5)
    return f"{five[:2]}-{five[2:]}"


_E164: Final = re.compile(r"\+48[1-9][0-9]{8}|\+(?!48)[1-9][0-9]{6,14}")
_PHONE_NAME: Final = re.compile(r"\s*(?:tel|fax|faks|[.:/ ])*")
_PHONE_NOISE: Final = re.compile(f"[\\s{INVISIBLE}()/.{HYPHENS}]")


def phone(raw: str) -> str:
    """A telephone number as E.164: `(12) 422 06 36` → `+48124220636`.

    Nine digits are Polish; others need their country code (`+` or `00`).
    """
    if _E164.fullmatch(raw):
        return raw
    written = _unspread(raw.strip(), raw).lower()
    number = _PHONE_NOISE.sub("", _PHONE_NAME.sub("", written, count=1))
    number = "+" + number[2:] if number.startswith("00") else number
    if re.fullmatch("[1-9][0-9]{8}", number):
        number = "+48" + number
    elif re.fullmatch("48[1-9][0-9]{8}", number):
        number = "+" + number
    if not _E164.fullmatch(number):
        # The zero before an area code was given up.
        old = re.fullmatch("(?:\\+?48)?0([1-9][0-9]{8})", number)
        raise InvalidValue("invalid-phone", f"+48{old[1]}" if old else None, value=raw)
    return number


_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)


# `biuro(at)serwis.pl` keeps robots away, and readers, too.
_AT: Final = re.compile(r"\s*[(\[{<]\s*(?:at|małpa|malpa|@)\s*[)\]}>]\s*", re.IGNORECASE)
_DOT: Final = re.compile(r"\s*[(\[{<]\s*(?:dot|kropka)\s*[)\]}>]\s*", re.IGNORECASE)

_UNSEEN: Final = re.compile(f"[{INVISIBLE}]")


def email(raw: str) -> str:
    """An e-mail address as HTML forms accept it, with a dot in its domain."""
    address = raw.strip().removeprefix("mailto:")
    if not address.isascii():
        address = _UNSEEN.sub("", address).strip()
    if not _is_email(address):
        raise InvalidValue("invalid-email", _email_meant(address), value=raw)
    return address


def _is_email(address: str) -> bool:
    return len(address) <= 254 and bool(_EMAIL.fullmatch(address))


def _email_meant(address: str) -> str | None:
    if len(address) > 254:
        return None
    plain = _DOT.sub(".", _AT.sub("@", address))
    meant = re.sub(r"\s*([@.])\s*", r"\1", plain).strip(" <>()[].,;:'\"„”").replace(",", ".")
    return meant if _is_email(meant) else None


# What people call the countries that the sector's addresses name, for hints.
_COUNTRIES: Final = {
    name: code
    for code, names in {
        "AT": ("austria",),
        "BE": ("belgia", "belgium"),
        "BY": ("białoruś", "belarus"),
        "CZ": ("czechy", "czechia", "czech republic"),
        "DE": ("niemcy", "germany"),
        "FR": ("francja", "france"),
        "GB": ("wielka brytania", "united kingdom"),
        "IT": ("włochy", "italy"),
        "LT": ("litwa", "lithuania"),
        "PL": ("polska", "poland", "rzeczpospolita polska", "rp", "pol"),
        "SK": ("słowacja", "slovakia"),
        "UA": ("ukraina", "ukraine"),
    }.items()
    for name in names
}


def country(raw: str) -> str:
    """A country code of two capital letters (ISO 3166-1 alpha-2)."""
    code = trimmed(raw).upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise InvalidValue("invalid-country", _COUNTRIES.get(code.lower()), value=raw)
    return code
