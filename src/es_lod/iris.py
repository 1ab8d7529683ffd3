"""Identifiers of things: the grammar of ids, IRIs from ids and back, slugs.

`{base}{id}` for a record, `{base}{id}#{fragment}` for a part of it.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from es_lod.errors import InputError, InvalidValue, Problem
from es_lod.namespaces import PREFIXES
from es_lod.values.typography import trimmed

_ID: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_FRAGMENT: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB: Final = re.compile(r"https?://[^/?#]", re.IGNORECASE)
# `www.serwis.pl`, `//serwis.pl`, `http:/serwis.pl/kontakt`.
_PAGE: Final = re.compile(
    r"(?:(?:(?P<http>http)|https)[:;]?/{1,2}|/{0,2})"
    r"(?P<rest>(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,63}(?::[0-9]{1,5})?(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
_MAX: Final = 80
_WORD: Final = re.compile("[a-z0-9]+")
# Ids become file names; Windows reserves these with any suffix:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
# Letters that NFKD does not take apart.
_WHOLE: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "þ": "th", "œ": "oe", "ı": "i"}
)


class _Letters(dict[int, str]):
    """Each character without its diacritics; letters are kept when they are first met.

    None depends on those around it: what normalisation orders anew is left out.
    """

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).translate(_WHOLE))
        plain = "".join(c for c in letters if not unicodedata.combining(c))
        if code < 0x2100:  # alphabets and marks of print; there are a million others
            self[code] = plain
        return plain


_LETTERS: Final = _Letters()


def is_id(value: str) -> bool:
    """Whether a string is an id: lower-case letters, digits, inner hyphens, at most 80."""
    return len(value) <= _MAX and bool(_ID.fullmatch(value)) and not _RESERVED.fullmatch(value)


def is_absolute(value: str) -> bool:
    """Whether a string begins as an absolute IRI does, with a scheme."""
    return bool(_SCHEME.match(value))


def absolute(raw: str) -> str:
    """An absolute IRI, checked: https://www.rfc-editor.org/rfc/rfc3987#section-2.2."""
    scheme, colon, rest = trimmed(raw).partition(":")
    iri = scheme.lower() + colon + rest
    # What JSON-LD takes for a prefixed name cannot stand there as an IRI.
    is_name = scheme.lower() in PREFIXES and not rest.startswith("//")
    if not is_absolute(iri) or is_name or not _is_iri(iri):
        raise InvalidValue("invalid-iri", _page_meant(raw), value=raw)
    return iri


def _is_iri(value: str) -> bool:
    try:
        NamedNode(value)
    except ValueError:
        return False
    return len(value) <= 2048


def _page_meant(raw: str) -> str | None:
    """The address of a page that lacks its scheme, or has it misspelt."""
    page = _PAGE.fullmatch(trimmed(raw)) if len(raw) < 2048 else None
    iri = f"{'http' if page['http'] else 'https'}://{page['rest']}" if page else ""
    return iri if page and _is_iri(iri) else None


def is_web(iri: str) -> bool:
    """Whether an IRI is one that a browser opens."""
    return _WEB.match(iri) is not None


def web_address(raw: str) -> str:
    """An absolute IRI with the scheme http or https and a host."""
    iri = absolute(raw)
    if not _WEB.match(iri):
        raise InvalidValue("invalid-iri", _page_meant(raw), value=raw)
    return iri


def mailto(email: str) -> str:
    """The address of a link to an e-mail address.

    A question mark would begin headers: https://www.rfc-editor.org/rfc/rfc6068#section-2
    """
    return "mailto:" + quote(email, safe="@")


def identifier(raw: str) -> str:
    """An id, or an absolute IRI for a thing outside the base."""
    value = raw.strip()
    if is_id(value):
        return value
    if not is_absolute(value) or "#" in value:
        # A part of the record gets the fragment: the record itself has none.
        raise InvalidValue("invalid-id", value=raw, hint=slug(value) or None)
    return absolute(value)


def reference(raw: str) -> str:
    """The id of a record, or an absolute IRI of a thing described elsewhere."""
    value = raw.strip()
    if is_id(value):
        return value
    if not is_absolute(value):
        raise InvalidValue("invalid-reference", value=raw, hint=slug(value) or None)
    return absolute(value)


def fragment(raw: str) -> str:
    """The identifier of a part: letters, digits and inner hyphens, at most 160."""
    value = raw.strip()
    if len(value) > 160 or not _FRAGMENT.fullmatch(value):
        raise InvalidValue("invalid-id", value=raw, hint=slug(value) or None)
    return value


def base_iri(raw: str) -> str:
    """The base of a dataset: an absolute http(s) IRI that ends in `/`, no query, no fragment."""
    try:
        base = web_address(raw)
    except InvalidValue:
        base = ""
    # Dots as segments are taken away by some processors and kept by others.
    if not base.endswith("/") or re.search(r"[?#]|/\.{1,2}/", base):
        raise InputError([Problem("invalid-base", value=raw)])
    return base


def resolve(id_: str, base: str) -> str:
    """The IRI of an id; an absolute IRI stays."""
    return id_ if is_absolute(id_) else base + id_


def relative(iri: str, base: str) -> str:
    """The id of an IRI within the base; another IRI stays."""
    local = iri.removeprefix(base)
    return local if local != iri and is_id(local) else iri


def transliterated(value: str) -> str:
    """A text without diacritics: `Łódź` → `Lodz`."""
    return value if value.isascii() else value.translate(_LETTERS)


def fold(value: str) -> str:
    """A text without what people write one way or another: case, diacritics, spaces, marks."""
    return re.sub(r"[\W_]", "", transliterated(value).casefold())


def slug(value: str, limit: int = _MAX) -> str:
    """A text as an id: `Spółdzielnia „Łąka” 2` → `spoldzielnia-laka-2`.

    Empty where no letter or digit of the Latin alphabet is left. Cut at a word where too long.
    """
    plain = transliterated(value.lower())
    cut = "-".join(_WORD.findall(plain))
    if len(cut) <= limit:
        return f"{cut}-x" if _RESERVED.fullmatch(cut) else cut
    cut = ""
    for word in _WORD.finditer(plain):
        longer = f"{cut}-{word[0]}" if cut else word[0]
        if cut and len(longer) > limit:
            break
        cut = longer
    cut = cut[:limit].strip("-")
    return f"{cut}-x" if _RESERVED.fullmatch(cut) else cut
