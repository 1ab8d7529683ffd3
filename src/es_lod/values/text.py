"""Language-tagged text."""

import re
import unicodedata
from collections.abc import ItemsView, Iterator, Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal

from es_lod.errors import InvalidValue
from es_lod.values.typography import JOINERS, SPACES, UNSEEN, mended, quoted

DEFAULT_LANGUAGE: Final = "pl"
"""The language of texts where neither they nor their document say one."""

# Controls but tab and line feed, unpaired surrogates and XML's two noncharacters: RDF/XML and
# spreadsheets cannot carry them (https://www.w3.org/TR/xml/#charsets).
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_FORBIDDEN: Final = re.compile(f"[{_CONTROLS}]")
# One search tells whether a text needs more than a look.
_SPECIAL: Final = re.compile(f"[{_CONTROLS}{SPACES}{UNSEEN}{JOINERS}]")
LANGUAGE: Final = "[a-z]{2,3}(-[a-z0-9]{1,8})*"
"""What a language tag in lower case looks like, as a regular expression."""


def text(raw: str) -> str:
    """A text in NFC with line feeds, without surrounding white space.

    Typographic spaces become plain, soft hyphens and characters without width go, `,,Serwis''`
    becomes `„Serwis”` and `""Serwis""` becomes `"Serwis"`. Raises `InvalidValue("invalid-text")`
    for an empty text, for control characters but tab and line feed, and for unpaired surrogates.
    """
    plain = as_written(raw)
    if _SPECIAL.search(plain):
        if _FORBIDDEN.search(plain):
            raise InvalidValue("invalid-text")
        # Once stripped, a joiner may have nothing to join. Each pass makes the text shorter.
        while (better := mended(plain).strip()) != plain:
            plain = better
    if ",," in plain or '""' in plain:
        plain = quoted(plain)
    # An ellipsis is what templates show where a text is to be written.
    if plain in ("", "…", "..."):
        raise InvalidValue("invalid-text")
    return plain


def as_written(raw: str) -> str:
    """A text as its source has it, but for what nobody sees: NFC, line feeds, space around it."""
    plain = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    return (plain if plain.isascii() else unicodedata.normalize("NFC", plain)).strip()


# What people call the languages of the sector's texts, in Polish and English.
_LANGUAGES: Final = {
    tag: tuple(names.split())
    for tag, names in {
        "be": "białoruski belarusian",
        "cs": "czeski czech",
        "csb": "kaszubski kashubian",
        "de": "niemiecki german",
        "en": "angielski english",
        "es": "hiszpański spanish",
        "fr": "francuski french",
        "it": "włoski italian",
        "lt": "litewski lithuanian",
        "pl": "polski polish",
        "ru": "rosyjski russian",
        "sk": "słowacki slovak",
        "szl": "śląski silesian",
        "uk": "ukraiński ukrainian",
    }.items()
}
_NAMES: Final = {name: tag for tag, names in _LANGUAGES.items() for name in names}


def language_name(tag: str, language: str) -> str:
    """The name of a language in Polish or English: `ukraiński`, `Ukrainian`; else its tag."""
    names = _LANGUAGES.get(tag)
    if names is None:
        return tag
    return names[0] if language == "pl" else names[1].capitalize()


@lru_cache(maxsize=256)
def language_tag(raw: str) -> str:
    """A language tag in lower case (`pl`, `en-gb`), as https://www.rfc-editor.org/rfc/rfc5646."""
    tag = raw.strip().lower()
    if not _is_tag(tag):
        hint = _NAMES.get(tag.removeprefix("język ")) or tag.replace("_", "-")
        raise InvalidValue("invalid-language", hint if _is_tag(hint) else None, value=raw)
    return tag


def _is_tag(tag: str) -> bool:
    try:
        # RDF's own rule: https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9
        Literal("", language=tag if re.fullmatch(LANGUAGE, tag) else "-")
    except ValueError:
        return False
    return True


_ELSE: Final = (DEFAULT_LANGUAGE, "en")


class Text(Mapping[str, str]):
    """A text in one or more languages: a mapping language tag → string, one each.

    `Text("cześć")` is Polish; `Text({"pl": "cześć", "en": "hello"})` says more. Immutable and
    hashable; languages iterate in the order of their tags.
    """

    __slots__ = ("_items",)
    _items: dict[str, str]

    def __init__(self, value: str | Mapping[str, str], language: str = DEFAULT_LANGUAGE) -> None:
        pairs = {language: value} if isinstance(value, str) else value
        if not isinstance(pairs, Mapping):
            raise InvalidValue("invalid-text")
        if any(isinstance(string, (list, tuple)) for string in pairs.values()):
            raise InvalidValue("not-one-value")
        if not pairs or not all(isinstance(string, str) for string in pairs.values()):
            raise InvalidValue("invalid-text")
        self._items = {language_tag(tag): text(pairs[tag]) for tag in sorted(pairs)}
        if len(self._items) < len(pairs):
            raise InvalidValue("not-one-value")

    def __getitem__(self, language: str) -> str:
        return self._items[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> ItemsView[str, str]:
        """The languages with their strings."""
        return self._items.items()  # that of a mapping asks for each

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __str__(self) -> str:
        return self.best()

    def __repr__(self) -> str:
        return f"Text({self._items!r})"

    def best(self, *languages: str) -> str:
        """The text in the first language given that it has, else Polish, English, or any."""
        return self.chosen(*languages)[1]

    def chosen(self, *languages: str) -> tuple[str, str]:
        """The language and the text of `best`."""
        return chosen(self._items, *languages)


def chosen(items: Mapping[str, str], *languages: str) -> tuple[str, str]:
    """Of languages with a text each the first that is asked for, else Polish, English, or any."""
    for asked in (languages, _ELSE):
        for language in asked:
            if language in items:
                return language, items[language]
    return next(iter(items.items()))


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

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """The languages with their strings."""
        return self._items.items()

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
            several = strings if isinstance(strings, (list, tuple, set, frozenset)) else (strings,)
            for string in () if strings is None else several:
                if not isinstance(string, str):
                    raise InvalidValue("invalid-text")
                yield tag, string
