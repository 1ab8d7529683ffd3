"""Values that stand as they are written: what most documents consist of.

`stands(kind)` is a quick look at a raw value. Where it says yes, `kind.parse` returns the very
value, and there is nothing to tell of it; a no says only that the value has to be parsed. Mappings
are tuples of their pairs here, as readers give them.

None of these values has a person's number in it that `personal.may_hold_pesel` does not see in the
bytes of the source.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias

from es_lod.errors import InvalidValue
from es_lod.model import kinds, strings
from es_lod.model.concepts import schemes
from es_lod.model.kinds import Kind
from es_lod.personal import holds_pesel
from es_lod.values import language_tag, text
from es_lod.values.identifiers import is_nip, is_regon

Stands: TypeAlias = Callable[[Any], object]
"""Whether a raw value stands, by its truth; raises `TypeError` for some that do not."""

# Nothing in these classes is mended, escaped or combined, and no digit but the ASCII ones is there.
_LETTERS: Final = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
_MARKS: Final = (
    r"!#$&'()*+./:;<=>?@\[\]^_`{|}~\-"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u00a7\u00b0\u20ac"
)
_IS_TEXT: Final = re.compile(
    f"[{_LETTERS}(\u201e\u201c][{_LETTERS}{_MARKS} ]*(?:,(?!,)[{_LETTERS}{_MARKS} ]*)*(?<! )"
).fullmatch
is_id: Final[Stands] = re.compile(
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z)[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?"
).fullmatch
"""Whether a string is an id, as `iris.is_id`."""
_IS_DATE: Final = re.compile(
    "(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?"
).fullmatch
_IS_COUNT: Final = re.compile("0|[1-9][0-9]{0,8}").fullmatch
_IS_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{0,11}[1-9])?").fullmatch
_IS_PAGE: Final = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:/[A-Za-z0-9._~/+=&-]{0,1000})?"
).fullmatch

_SURELY: Final[dict[type[Kind], Stands]] = {
    kinds.DateKind: _IS_DATE,
    kinds.IriKind: _IS_PAGE,
    strings.KrsKind: re.compile("(?!0{10})[0-9]{10}").fullmatch,
    strings.NipKind: lambda raw: type(raw) is str and is_nip(raw),
    strings.RegonKind: lambda raw: type(raw) is str and len(raw) == 9 and is_regon(raw),
    strings.PhoneKind: re.compile(r"\+48[1-9][0-9]{8}").fullmatch,
    strings.PostcodeKind: re.compile("[0-9]{2}-[0-9]{3}").fullmatch,
    strings.CountryKind: re.compile("[A-Z]{2}").fullmatch,
    strings.LanguageKind: frozenset(("pl", "en")).__contains__,
    strings.EmailKind: re.compile(
        r"(?!.{255})[A-Za-z0-9._+-]{1,64}@[a-z0-9]{1,63}(?:[.-][a-z0-9]{1,63}){0,2}\.[a-z]{2,63}"
    ).fullmatch,
}
"""Of some kinds the forms that nearly all values have."""


def stands(kind: Kind) -> Stands | None:
    """The look at values of a kind; none where a value of the kind is never taken as it is."""
    cls = type(kind)  # a kind of an extension may parse otherwise than the one that it is made of
    if cls in _NEVER:
        return None
    if cls in (kinds.RefKind, kinds.IdKind):
        return is_id  # an IRI may be one of the base: that is for the dataset to say
    if cls in _TEXTS:
        return _TEXTS[cls]
    if cls is kinds.CountKind:
        return _is_count
    if type(kind) is kinds.DecimalKind:
        low, high = kind.low, kind.high
        return lambda raw: _is_decimal(raw, low, high)
    if type(kind) is kinds.ConceptKind:
        return schemes().get(kind.scheme, frozenset()).__contains__
    if type(kind) is kinds.ChoiceKind:
        return frozenset(word for word, _ in kind.choices).__contains__
    surely = _SURELY.get(cls)
    if surely is None:
        return lambda raw: _is_parsed(kind, raw)

    def stands_or_is_parsed(raw: Any) -> object:
        return surely(raw) or _is_parsed(kind, raw)

    return stands_or_is_parsed


def _is_parsed(kind: Kind, raw: object) -> bool:
    """Whether a string is what it is parsed to; no number of a person in it."""
    if type(raw) is not str:
        return False
    try:
        return bool(kind.parse(raw) == raw) and not holds_pesel(raw)
    except InvalidValue:
        return False


def _is_string(raw: Any) -> object:
    """Whether it is a text in its one form."""
    return _IS_TEXT(raw) or _is_other_text(raw)


def _is_other_text(raw: str) -> bool:
    try:
        return text(raw) == raw and not holds_pesel(raw)
    except InvalidValue:
        return False


def _is_text(raw: Any) -> object:
    if type(raw) is str:
        return _IS_TEXT(raw) or _is_other_text(raw)
    if type(raw) is not tuple:
        return False
    tags: tuple[str, ...] = ()
    for tag, string in raw:
        if not (_IS_TEXT(string) or _is_other_text(string)):
            return False
        tags += (tag,)
    return bool(tags) and _have_tags(tags)


def _are_texts(raw: Any) -> object:
    if type(raw) is not tuple:
        return all(map(_is_string, raw if type(raw) is list else [raw]))
    tags, several = zip(*raw, strict=True)
    return _have_tags(tags) and all(
        strings and type(strings) is not tuple and _are_texts(strings) for strings in several
    )


@lru_cache(maxsize=256)
def _have_tags(tags: tuple[str, ...]) -> bool:
    """Whether these are different languages in their one form."""
    try:
        return len(set(map(language_tag, tags))) == len(tags) and all(
            language_tag(tag) == tag for tag in tags
        )
    except InvalidValue:
        return False


def _is_count(raw: Any) -> object:
    if type(raw) is int:
        return 0 <= raw <= 999_999_999
    return _IS_COUNT(raw)


def _is_decimal(raw: Any, low: int, high: int) -> bool:
    written = str(raw) if type(raw) in (int, Decimal) else raw
    return _IS_DECIMAL(written) is not None and written != "-0" and low <= Decimal(written) <= high


_TEXTS: Final[dict[type[Kind], Stands]] = {
    kinds.TextKind: _is_text,
    kinds.TextsKind: _are_texts,
    strings.StringKind: _is_string,
}
_NEVER: Final = (kinds.FragmentKind, kinds.PropertyKind, kinds.ValueKind)
