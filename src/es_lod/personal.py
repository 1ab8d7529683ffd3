"""Personal data: what must not be published, and what probably should not.

A PESEL, the number of a person, is found wherever it stands; `masked` keeps it out of every text
that is shown. Names of persons and their e-mail addresses are looked for in contacts only.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

MASK: Final = "•" * 11
"""Stands where a PESEL stood."""

# Eleven digits, or six and five as people write them apart; no part of a longer number, of a
# fraction, or of a telephone number with its `+`.
_CANDIDATE: Final = re.compile(
    r"(?<![\d+])(?<!\d[ .,\u00a0-])\d{6}[ \u00a0-]?\d{5}(?![ \u00a0-]?\d)"
)
# What stands between digits unseen, and spaces of typesetters: `es_lod.values` mends both.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES: Final = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HIDING: Final = re.compile(f"{_UNSEEN.pattern}|{_SPACES.pattern}")
# A Polish telephone number without its `+` is as long, and some have a valid check digit
# and date: the word before it tells.
_TELEPHONE: Final = re.compile(r"(tel|fax|faks|kom)[a-z]*[.:]?\s*$", re.IGNORECASE)
_LAST_YEAR: Final = 2099
"""Later centuries have codes in the number too, but nobody is born in them."""


def holds_pesel(text: str) -> bool:
    """Whether a PESEL stands anywhere in a text or an IRI, percent-encoded or not."""
    # A mask is the scar of one: a record that was left out for it may come again unmended.
    return MASK in text or masked(text) is not text


def masked(text: str) -> str:
    """The text with each PESEL in it blotted out; the same object where there is none."""
    if not text.isascii() and _HIDING.search(text):
        plain = _SPACES.sub(" ", _UNSEEN.sub("", text))
        found = masked(plain)
        return text if found is plain else found
    if not _has_digits(text):
        return text
    found = _CANDIDATE.sub(_blotted, text)
    if found != text:
        return found
    if "%" in text:
        decoded = unquote(text)
        found = _CANDIDATE.sub(_blotted, decoded)
        return found if found != decoded else text
    return text


_has_digits: Final = re.compile(r"\d{5}").search


def _blotted(match: re.Match[str]) -> str:
    number = "".join(str(unicodedata.digit(c)) for c in match[0] if c.isdigit())
    if number.startswith("48") and _TELEPHONE.search(match.string[: match.start()]):
        return match[0]
    return MASK if _is_pesel(number) else match[0]


def _is_pesel(number: str) -> bool:
    """Whether check digit and date of birth are those of a PESEL."""
    from stdnum.pl import pesel

    return bool(pesel.is_valid(number)) and pesel.get_birth_date(number).year <= _LAST_YEAR


# Digits, what may stand between them, and what makes a telephone number of them.
_COARSE: Final = bytes(
    ord("0") if chr(c) in "0123456789" else c if chr(c) in " -+" else ord("x") for c in range(256)
)
_ELEVEN: Final = re.compile(rb"000000[ -]?00000")
_ESCAPE: Final = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|.)", re.DOTALL)


def may_hold_pesel(data: bytes) -> bool:
    """Whether a PESEL may stand in texts whose source is `data`, for a quick look at much.

    Sees those of ASCII digits that no percent sign hides, in JSON or as Python shows texts. Whoever
    passes over texts in which none is seen has to know that they have no other digits and nothing
    unseen.
    """
    if b"\\" in data:
        data = _ESCAPE.sub(_unescaped, data)
    if b"\xa0" in data and b"\xc2\xa0" in data:  # one byte is found much sooner than two
        data = data.replace(b"\xc2\xa0", b" ")
    coarse = data.translate(_COARSE)
    return any(
        coarse[max(match.start() - 1, 0) : match.start()] not in (b"0", b"+")
        and coarse[match.end() : match.end() + 1] != b"0"
        for match in _ELEVEN.finditer(coarse)
    )


def hides_digits(signs: str) -> bool:
    """Whether any of these signs is a digit of another script, or may stand unseen between digits.

    Of a text that has none of them `may_hold_pesel` sees each PESEL that no percent sign hides.
    """
    return bool(_HIDING.search(signs)) or any(map(str.isdecimal, signs))


def _unescaped(match: re.Match[bytes]) -> bytes:
    """What an escape stands for, as far as it is ASCII or a no-break space."""
    code = int(match[1] or match[2] or b"78", 16)
    return bytes([code]) if code < 128 else b" " if code == 0xA0 else b"x"


def is_personal_email(address: str) -> bool:
    """Whether an e-mail address is a person's: `name.surname@`, `surname.name@` or `n.surname@`."""
    words = [word for word in re.split(r"[._-]", address.partition("@")[0].lower()) if word]
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    is_initial = len(first) == 1 and first.isalpha() and last.isalpha() and len(last) > 3
    return is_initial or first in _PLAIN_NAMES or last in _PLAIN_NAMES


def names_person(text: str) -> bool:
    """Whether a text names a person: a given name or a title, and a surname after it."""
    return any(
        before.casefold() in _GIVEN_NAMES or before.casefold().rstrip(".") in _TITLES
        for before in (match[1] for match in _BEFORE_SURNAME.finditer(text))
    )


# A word before a capitalised one; the lookahead lets the next match begin with the latter.
_BEFORE_SURNAME: Final = re.compile(r"\b(\w+\.?)\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+)")
_TITLES: Final = frozenset({"pan", "pani", "p", "mgr", "dr", "inż", "ks", "prof"})
# The given names that most people in Poland bear.
_GIVEN_NAMES: Final = frozenset(
    re.findall(
        r"\w+",
        """
    adam adrian agata agnieszka aleksander aleksandra alicja andrzej aneta anna antoni arkadiusz
    artur barbara bartosz beata bogdan bogusław bożena cezary czesław damian daniel danuta dariusz
    dawid dominik dominika dorota edward elżbieta emilia ewa ewelina filip franciszek gabriela
    grażyna grzegorz halina hanna helena henryk ilona irena iwona izabela jacek jadwiga jakub jan
    janina janusz jarosław jerzy joanna jolanta józef julia justyna kacper kamil kamila karol
    karolina katarzyna kazimierz kinga klaudia konrad krystian krystyna krzysztof leszek lidia
    łukasz maciej magdalena małgorzata marcin marek maria mariusz marta martyna marzena mateusz
    michał mieczysław milena mirosław monika natalia oliwia oskar patrycja patryk paulina paweł
    piotr przemysław radosław rafał renata robert roman ryszard sebastian sławomir stanisław stefan
    sylwia szymon tadeusz teresa tomasz urszula waldemar wanda wiesław wiktoria wioletta witold
    władysław wojciech zbigniew zdzisław zofia zuzanna zygmunt
    """,
    )
)
_PLAIN_NAMES: Final = (
    frozenset(name.translate(str.maketrans("ąćęłńóśźż", "acelnoszz")) for name in _GIVEN_NAMES)
    | _GIVEN_NAMES
)
