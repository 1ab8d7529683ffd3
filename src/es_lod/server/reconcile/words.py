"""What is forgiven in names: spelling, abbreviations, and how legal forms are written.

What stands for what is taken from the concept schemes: `CIS` has the words of its preferred label,
and so has `Social Integration Centre`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import Prefix

from es_lod.iris import transliterated
from es_lod.labels import class_names, concept_label
from es_lod.model import record_classes
from es_lod.model.concepts import labels_of, polish_names

SCHEMES: Final = ("legal-form", "entity-kind", "public-body")
"""The schemes whose concepts stand in names: what an organisation is, not what it is called."""
_KINDS: Final = (*SCHEMES, "workshop-type", "event-type")

# What may as well be missing, or be another one of these: `im.`, `w`, `oraz`.
_JOINING: Final = frozenset(
    ["a", "an", "and", "i", "im", "imienia", "in", "of", "oraz", "the", "u", "w", "we"]
)
# Others join words, too, but a foundation „Dla Nas” is none „Bez Nas”.
_RELATING: Final = "at bez by dla do for na o od on po pod przez przy to z za ze"
# Ways of writing legal forms that are no labels of them: contractions, dots in other places.
_WRITTEN: Final = {
    "spn": "spółdzielnia",
    "spn s": "spółdzielnia socjalna",
    "s s": "spółdzielnia socjalna",
    "sp soc": "spółdzielnia socjalna",
    "sp socj": "spółdzielnia socjalna",
    "sp zoo": "spółka z ograniczoną odpowiedzialnością",
    "sp z oo": "spółka z ograniczoną odpowiedzialnością",
    "sp zo o": "spółka z ograniczoną odpowiedzialnością",
    "spzoo": "spółka z ograniczoną odpowiedzialnością",
    "spółka zoo": "spółka z ograniczoną odpowiedzialnością",
    "gm": "gmina",
    "m": "miasto",
    "woj": "województwo",
    "pow": "powiat",
}
# Beside the words of labels: what tells kinds of territory apart, not one place from another.
_OF_PLACES: Final = "gmina miasto powiat województwo sołectwo parafia town county municipality"
_STEM: Final = 6
"""Forms of a long word agree in so many letters: `socjalna`, `socjalnej`."""
ENDING: Final = 3
"""Polish endings differ in so many letters: `Łódź`, `Łodzi`; `Krosno`, `Krośnie`."""
_WORD: Final = re.compile(r"([^\W_]+)(\.?)")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['’`\u00b4](?=\w)")
# Polish letters of Windows-1250 and ISO 8859-2, as they look where those of the West are expected.
_DAMAGED: Final = str.maketrans("¡¥±¹£³¦¶¬¯¼¿", "aaaallsszzzz")
_ROMAN: Final = re.compile("[ivxlc]{2,}|[vxlc]")


class Word(NamedTuple):
    """A word of a name, folded. A dot follows where it `is_short`, as after an abbreviation.

    It `is_guessed` where what was written as two words was taken for one, or one for two.
    """

    text: str
    is_short: bool = False
    is_guessed: bool = False


def words(name: str) -> tuple[Word, ...]:
    """The words of a name in one spelling, without those that join them.

    Case, diacritics and marks do not count; abbreviations of legal forms, kinds of entities and
    public bodies become their words: `OWES „Łąka” sp. z o.o.` is `osrodek wsparcia ekonomii
    spolecznej laka spolka ograniczona odpowiedzialnoscia`.
    """
    written = tuple(_spelt(name))
    return tuple(word for word in _written_out(written) if word.text not in _JOINING)


def typed(prefix: str) -> tuple[Word, ...]:
    """The words of a name that is being typed: what ends it may go on, and so stands for itself."""
    written = tuple(_spelt(prefix))
    return (*(word for word in written[:-1] if word.text not in _JOINING), *written[-1:])


def _spelt(name: str) -> Iterator[Word]:
    plain = transliterated(_APOSTROPHES.sub("", name.translate(_DAMAGED)).casefold())
    for found in _WORD.finditer(plain):
        yield Word(found[1], bool(found[2]))


def _written_out(written: tuple[Word, ...]) -> Iterator[Word]:
    """The words, with the longest phrases that stand for others replaced."""
    at = 0
    while at < len(written):
        for length in range(min(_longest(), len(written) - at), 0, -1):
            phrase = " ".join(word.text for word in written[at : at + length])
            if (meant := _phrases().get(phrase)) is not None:
                yield from map(Word, meant)
                at += length
                break
        else:
            yield written[at]
            at += 1


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    """Phrase → the words that it stands for: those of the concept's preferred label."""
    found: dict[str, str] = {}
    for scheme in SCHEMES:
        names = polish_names(scheme)
        for label, notation in labels_of(scheme):
            if notation in names and _stands_for(label, scheme, notation):
                found.setdefault(_folded(label), names[notation])
    found |= {_folded(phrase): meant for phrase, meant in _WRITTEN.items()}
    return {phrase: tuple(_folded(meant).split()) for phrase, meant in found.items()}


def _stands_for(label: str, scheme: str, notation: str) -> bool:
    """Whether a label is an abbreviation, or the English name.

    Other labels have meanings of their own: an `urząd gminy` is no `urząd miasta`.
    """
    is_short = "." in label or any(sum(map(str.isupper, word)) > 1 for word in label.split())
    return is_short or label == concept_label(scheme, notation, "en")


@cache
def _longest() -> int:
    return max(phrase.count(" ") + 1 for phrase in _phrases())


def _folded(text: str) -> str:
    return " ".join(word.text for word in _spelt(text))


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Whether a word says what kind of thing is meant: `fundacja`, `socjalnej`, `gmina`."""
    exact, stems = _common()
    return word in exact or (len(word) >= _STEM and word[:_STEM] in stems)


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    texts = [_OF_PLACES, _RELATING, *_WRITTEN.values()]
    texts += [label for scheme in _KINDS for label, _ in labels_of(scheme)]
    texts += [name for cls in record_classes().values() for name in class_names(cls)]
    found = {word for text in texts for word in _folded(text).split()} - _JOINING
    return frozenset(found), frozenset(word[:_STEM] for word in found if len(word) >= _STEM)


def begin_alike(one: str, other: str) -> bool:
    """Whether two words have one stem, whatever follows."""
    return one[:_STEM] == other[:_STEM]


def same_stem(one: str, other: str) -> bool:
    """Whether two long words are forms of one: `socjalna`, `socjalnej`, but not `voivodeship`."""
    shared = Prefix.similarity(one, other)
    return shared >= _STEM and max(len(one), len(other)) - shared <= ENDING


def stands_for_words(word: str) -> bool:
    """Whether a word is an abbreviation that `words` writes out."""
    return word in _phrases()


@lru_cache(maxsize=65536)
def is_number(word: str) -> bool:
    """Whether a word counts, in Arabic or Roman numerals: no number is a misspelt other one.

    `12a` is one, `spo1dzielnia` is a word that was scanned.
    """
    return 2 * sum(map(str.isdigit, word)) >= len(word) or _ROMAN.fullmatch(word) is not None
