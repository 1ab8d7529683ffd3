"""Which names have words like those of a query, and how much each word says."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from es_lod.server.reconcile.words import (
    ENDING,
    Word,
    is_common,
    is_number,
    stands_for_words,
    words,
)

_COMMON: Final = 0.3
"""How much a word that names a kind of thing weighs beside one that is as rare."""
_LEAST: Final = 0.25
"""How much a word weighs that nearly all names have, beside one that only one has."""
_ALIKE: Final = 0.66
"""How similar a word must be to be looked for beside the one that was asked for."""
_LAST: Final = "\U0010ffff"
_LONGEST: Final = 40
"""What has more letters is no word."""
_APART: Final = 3
"""How many words of a query may be two that were written as one."""
_FORMS: Final = 40
"""How many similar words are looked for."""
_POSTINGS: Final = 20_000
"""How many occurrences of words are looked at for one query, those of the rarest words first."""


class Name(NamedTuple):
    """A name of an entity, by the entity's number."""

    entity: int
    words: tuple[str, ...]


class _Wanted(NamedTuple):
    """A word of a query: whether it is a common one, its weight, the words that it may be."""

    is_common: bool
    weight: float
    forms: list[tuple[str, float]]


def _first(wanted: _Wanted) -> tuple[bool, float]:
    return wanted.is_common, -wanted.weight


class Index:
    """Names by their words. Immutable once made; safe to ask from several threads."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Take the names of entities: number and text of each."""
        found: dict[Name, None] = {}
        for entity, text in names:
            if told := tuple(word.text for word in words(text)):
                found[Name(entity, told)] = None
        self.names: Sequence[Name] = list(found)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            for word in dict.fromkeys(name.words):
                self._postings[word].append(number)
        self._postings.default_factory = None
        self._sorted = sorted(self._postings)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_length[len(word)].append(word)
        self._by_length.default_factory = None
        self._weights = {word: self._weight(word) for word in self._sorted}
        self._alike = lru_cache(maxsize=16384)(self._similar)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def weight(self, word: str) -> float:
        """How much a word says of what a name stands for: more, the fewer names have it."""
        known = self._weights.get(word)
        return (_COMMON if is_common(word) else 1.0) if known is None else known

    def _weight(self, word: str) -> float:
        share = log(1 + len(self._postings[word])) / log(2 + len(self.names))
        return max(_LEAST, 1 - share) * (_COMMON if is_common(word) else 1.0)

    def nearest(self, query: Sequence[Word], most: int) -> list[Name]:
        """The names that share the most with a query."""
        found: dict[int, float] = {}
        left = _POSTINGS
        # Telling words first, the rarest before all; common ones only tell names apart that have
        # some of those, where there are any.
        for is_common_, weight, forms in sorted(self._wanted(query), key=_first):
            best: dict[int, float] = {}
            for form, similarity in forms:
                postings = self._postings[form][: max(left, 0)]
                left -= len(postings)
                for number in postings:
                    best.setdefault(number, similarity)  # the most similar form comes first
            chosen = found.keys() & best.keys() if is_common_ and found else best
            for number in chosen:
                found[number] = found.get(number, 0.0) + weight * best[number]
        # Of two names that share as much, the shorter has less that was not asked for.
        near = nlargest(2 * most, sorted(found), key=found.__getitem__)
        near.sort(key=lambda number: (-found[number], len(self.names[number].words)))
        return [self.names[number] for number in near[:most]]

    def _wanted(self, query: Sequence[Word]) -> Iterator[_Wanted]:
        for word in dict.fromkeys(query):
            if forms := self._alike(word):
                weight = max(self.weight(form) * alike for form, alike in forms)
                yield _Wanted(all(is_common(form) for form, _ in forms), weight, forms)

    def _similar(self, word: Word) -> list[tuple[str, float]]:
        """The words of names that a word may be, the most similar first."""
        text = word.text
        found = {text: 1.0} if text in self._postings else {}
        if word.is_short:
            found |= {form: 0.9 for form in self.beginning_with(text, _FORMS) if form != text}
        if not is_number(text) and 2 < len(text) <= _LONGEST:
            for form in self._family(text):
                found.setdefault(form, 0.8)
            for form, alike in self._misspelt(text):
                found[form] = max(alike, found.get(form, 0))
        return sorted(found.items(), key=lambda item: -item[1])[:_FORMS]

    def taken_apart(self, query: Sequence[Word]) -> list[Word]:
        """The words of a query; what was written as one word though names have two is two."""
        found: list[Word] = []
        left = _APART
        for word in query:
            is_odd = left > 0 and len(word.text) >= 2 * ENDING and not self._alike(word)
            left -= is_odd
            found += (self._parts(word.text) if is_odd else ()) or (word,)
        return found

    def _parts(self, text: str) -> tuple[Word, ...]:
        """The two words that a long unknown one consists of, one of them perhaps misspelt."""
        if is_number(text) or len(text) > _LONGEST:
            return ()
        best, found = 0.0, ""
        for at in range(2, len(text) - 1):
            one, other = text[:at], text[at:]
            if not self._is_known(one):
                one, other = other, one
            if not self._is_known(one):
                continue
            nearness = 1.0 if self._is_known(other) else self._nearness(other)
            # Of several ways, that with the longer words.
            worth = nearness + min(len(one), len(other)) / 100 if nearness else 0.0
            if worth > best:
                best, found = worth, f"{text[:at]} {text[at:]}"
        parts = words(found)
        is_guessed = not any(is_common(part.text) for part in parts)
        return tuple(part._replace(is_guessed=is_guessed) for part in parts)

    def _is_known(self, text: str) -> bool:
        return text in self._postings or stands_for_words(text)

    def _nearness(self, text: str) -> float:
        return max((alike for _, alike in self._alike(Word(text))), default=0.0)

    def beginning_with(self, start: str, most: int | None = None) -> list[str]:
        """The words of names that begin so, in their order."""
        at = bisect_left(self._sorted, start)
        end = bisect_left(self._sorted, start + _LAST) if most is None else at + most
        found = self._sorted[at:end]
        return [word for word in found if word.startswith(start)]

    def _family(self, text: str) -> Iterator[str]:
        """Words that differ in their endings only."""
        stem = text[: max(ENDING, len(text) - ENDING)]
        for form in self.beginning_with(stem, 10 * _FORMS):
            if abs(len(form) - len(text)) <= ENDING and not is_number(form):
                yield form

    def _misspelt(self, text: str) -> Iterator[tuple[str, float]]:
        spread = max(1, len(text) // 4)
        for length in range(len(text) - spread, len(text) + spread + 1):
            among = self._by_length.get(length, ())
            found = process.extract(
                text, among, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_FORMS
            )
            for form, alike, _ in found:
                if not is_number(form):
                    yield form, alike

    def having(self, word: str) -> Sequence[int]:
        """The numbers of the names that have a word."""
        return self._postings.get(word, ())
