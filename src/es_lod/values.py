"""Values: language-tagged text, partial dates, and the lexical forms of Polish identifiers.

Each parser takes what people write and returns the one form that data carries, or raises
`InvalidValue`. All of them are idempotent: a canonical form is returned unchanged.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.namespaces import XSD, Term

DEFAULT_LANGUAGE: Final = "pl"

# Controls but tab and line feed, unpaired surrogates and XML's two noncharacters: RDF/XML and
# spreadsheets cannot carry them (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")


def text(raw: str) -> str:
    """A text in NFC with line feeds, without surrounding white space.

    Raises `InvalidValue("invalid-text")` for an empty text, for control characters but tab and
    line feed, and for unpaired surrogates.
    """
    plain = raw.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    plain = plain.strip()
    if not plain or _FORBIDDEN.search(plain):
        raise InvalidValue("invalid-text")
    return plain


def language_tag(raw: str) -> str:
    """A language tag in lower case (`pl`, `en-gb`), as https://www.rfc-editor.org/rfc/rfc5646."""
    tag = raw.strip().lower()
    if not _LANGUAGE.fullmatch(tag):
        raise InvalidValue("invalid-language", value=raw)
    return tag


class Text(Mapping[str, str]):
    """A text in one or more languages: a mapping language tag → string, one each.

    `Text("cześć")` is Polish; `Text({"pl": "cześć", "en": "hello"})` says more. Immutable and
    hashable; languages iterate in the order of their tags.
    """

    __slots__ = ("_items",)
    _items: dict[str, str]

    def __init__(self, value: str | Mapping[str, str], language: str = DEFAULT_LANGUAGE) -> None:
        pairs = {language: value} if isinstance(value, str) else value
        if any(isinstance(string, (list, tuple)) for string in pairs.values()):
            raise InvalidValue("not-one-value")
        if not pairs or not all(isinstance(string, str) for string in pairs.values()):
            raise InvalidValue("invalid-text")
        self._items = {language_tag(tag): text(pairs[tag]) for tag in sorted(pairs)}

    def __getitem__(self, language: str) -> str:
        return self._items[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __str__(self) -> str:
        return self.best()

    def __repr__(self) -> str:
        return f"Text({self._items!r})"

    def best(self, *languages: str) -> str:
        """The text in the first language given that it has, else Polish, English, or any."""
        for language in (*languages, DEFAULT_LANGUAGE, "en"):
            if language in self._items:
                return self._items[language]
        return next(iter(self._items.values()))


class Texts(Mapping[str, tuple[str, ...]]):
    """Texts of one field: a mapping language tag → strings, a sorted set each.

    Takes a string, a mapping language → string or list, or a list of these.
    """

    __slots__ = ("_items",)
    _items: dict[str, tuple[str, ...]]

    def __init__(self, value: object = (), language: str = DEFAULT_LANGUAGE) -> None:
        collected: dict[str, set[str]] = {}
        for tag, string in _pairs(value, language):
            collected.setdefault(language_tag(tag), set()).add(text(string))
        self._items = {tag: tuple(sorted(collected[tag])) for tag in sorted(collected)}

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return self._items[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Texts({self._items!r})"


def _pairs(value: object, language: str) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, (list, tuple, set, frozenset)) else (value,):
        tagged = {language: item} if isinstance(item, str) else item
        if not isinstance(tagged, Mapping):
            raise InvalidValue("invalid-text")
        for tag, strings in tagged.items():
            for string in (strings,) if isinstance(strings, str) else strings or ():
                if not isinstance(string, str):
                    raise InvalidValue("invalid-text")
                yield tag, string


class PartialDate(str):
    """A date as precise as its source: `2014`, `2018-06`, `2018-06-19`, or with time and offset.

    A string in the lexical form of its XSD datatype. The constructor also reads `19.06.2018`,
    `19.06.2018 r.`, `19 czerwca 2018 r.`, `czerwiec 2018`; it never adds precision.
    https://www.w3.org/TR/xmlschema11-2/#gYear
    """

    __slots__ = ()

    def __new__(cls, value: str) -> "PartialDate":
        if isinstance(value, cls):
            return value
        return super().__new__(cls, _lexical_date(value.strip()))

    @property
    def datatype(self) -> Term:
        """`xsd:gYear`, `xsd:gYearMonth`, `xsd:date` or `xsd:dateTime`."""
        return _DATATYPES.get(len(self), XSD.dateTime)

    @property
    def has_time(self) -> bool:
        """Whether it is an `xsd:dateTime`."""
        return len(self) > 10

    def before(self, other: str) -> bool:
        """Whether it is earlier, compared down to the precision that both have.

        Times are compared only where both have the same offset: otherwise the day decides.
        """
        length = min(len(self), len(other))
        if length > 10 and self[19:] != other[19:]:
            length = 10
        return self[:length] < other[:length]


_DATATYPES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_MONTHS: Final = (
    ("stycznia", "styczeń"),
    ("lutego", "luty"),
    ("marca", "marzec"),
    ("kwietnia", "kwiecień"),
    ("maja", "maj"),
    ("czerwca", "czerwiec"),
    ("lipca", "lipiec"),
    ("sierpnia", "sierpień"),
    ("września", "wrzesień"),
    ("października", "październik"),
    ("listopada", "listopad"),
    ("grudnia", "grudzień"),
)
_MONTH: Final = {name: i for i, names in enumerate(_MONTHS, 1) for name in names}
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.0+)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_WORDS: Final = re.compile(r"(?:([0-9]{1,2})\s+)?(\w+)\s+([0-9]{4})")
_YEAR_WORD: Final = re.compile(r"\s*(?:r\.|roku)$")


def _lexical_date(raw: str) -> str:
    if timed := _TIME.fullmatch(raw):
        return _lexical_time(raw, *timed.groups(default=":00"))
    plain = _YEAR_WORD.sub("", raw)
    if iso := _ISO.fullmatch(plain):
        year, month, day = iso.groups()
    elif dotted := _DOTTED.fullmatch(plain):
        day, month, year = dotted.groups()
    elif (words := _WORDS.fullmatch(plain.lower())) and words[2] in _MONTH:
        day, month, year = words[1], str(_MONTH[words[2]]), words[3]
    else:
        raise InvalidValue("invalid-date", value=raw)
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise InvalidValue("invalid-date", value=raw) from None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _lexical_time(raw: str, day: str, minutes: str, seconds: str, offset: str) -> str:
    offset = "Z" if offset in ("+00:00", "-00:00") else offset
    lexical = f"{day}T{minutes}{seconds}{offset}"
    try:
        moment = datetime.fromisoformat(lexical)
    except ValueError:
        raise InvalidValue("invalid-date", value=raw) from None
    shift = moment.utcoffset()
    # XSD 1.1 allows offsets up to 14 hours: https://www.w3.org/TR/xmlschema11-2/#dateTime
    if shift is not None and abs(shift.total_seconds()) > 14 * 3600:
        raise InvalidValue("invalid-date", value=raw)
    return lexical


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


def decimal(raw: object, low: int, high: int) -> Decimal:
    """A decimal within bounds, without exponent and trailing zeros.

    Floats are taken by their shortest form; at most twelve digits follow the point.
    """
    try:
        number = Decimal(str(raw).strip())
        within = low <= number <= high
    except (ArithmeticError, ValueError):
        within = False
    if isinstance(raw, bool) or not within or number.as_tuple().exponent < -12:  # type: ignore[operator]
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
