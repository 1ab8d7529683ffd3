"""Which names have words like those of a query, and how much each word says."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from es_lod.server.reconcile.words import Word, is_common, is_number, words

_COMMON: Final = 0.3
"""How much a word that names a kind of thing weighs beside one that is as rare."""
_LEAST: Final = 0.25
"""How much a word weighs that nearly all names have, beside one that only one has."""
_ALIKE: Final = 0.66
"""How similar a word must be to be looked for beside the one that was asked for."""
_ENDING: Final = 3
"""Polish endings differ in so many letters: `Łódź`, `Łodzi`; `Krosno`, `Krośnie`."""
_FORMS: Final = 40
"""How many similar words are looked for."""
_POSTINGS: Final = 20_000
"""How many occurrences of words are looked at for one query, those of the rarest words first."""


class Name(NamedTuple):
    """A name of an entity, by the entity's number."""

    entity: int
    words: tuple[str, ...]


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
        self._alike = lru_cache(maxsize=16384)(self._similar)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def weight(self, word: str) -> float:
        """How much a word says of what a name stands for: more, the fewer names have it."""
        share = log(1 + len(self._postings.get(word, ()))) / log(2 + len(self.names))
        return max(_LEAST, 1 - share) * (_COMMON if is_common(word) else 1)

    def nearest(self, query: Sequence[Word], most: int) -> list[Name]:
        """The names that share the most with a query."""
        found: Counter[int] = Counter()
        left = _POSTINGS
        for weight, forms in sorted(self._wanted(query), key=lambda item: -item[0]):
            best: dict[int, float] = {}
            for form, similarity in forms:
                postings = self._postings[form][: max(left, 0)]
                left -= len(postings)
                for number in postings:
                    if best.get(number, 0) < similarity:
                        best[number] = similarity
            for number, similarity in best.items():
                found[number] += weight * similarity  # type: ignore[assignment]
        # Of two names that share as much, the shorter has less that was not asked for.
        order = sorted(found, key=lambda n: (-found[n], len(self.names[n].words), n))
        return [self.names[number] for number in order[:most]]

    def _wanted(self, query: Sequence[Word]) -> Iterator[tuple[float, list[tuple[str, float]]]]:
        for word in dict.fromkeys(query):
            if forms := self._alike(word):
                yield max(self.weight(form) * alike for form, alike in forms), forms

    def _similar(self, word: Word) -> list[tuple[str, float]]:
        """The words of names that a word may be, the most similar first."""
        text = word.text
        found = {text: 1.0} if text in self._postings else {}
        if word.is_short:
            found |= {form: 0.9 for form in self.beginning_with(text, _FORMS) if form != text}
        if not is_number(text) and len(text) > 2:
            for form in self._family(text):
                found.setdefault(form, 0.8)
            for form, alike in self._misspelt(text):
                found[form] = max(alike, found.get(form, 0))
        return sorted(found.items(), key=lambda item: -item[1])[:_FORMS]

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The words of names that begin so, in their order."""
        at = bisect_left(self._sorted, start)
        found = self._sorted[at : at + most]
        return [word for word in found if word.startswith(start)]

    def _family(self, text: str) -> Iterator[str]:
        """Words that differ in their endings only."""
        stem = text[: max(_ENDING, len(text) - _ENDING)]
        for form in self.beginning_with(stem, 10 * _FORMS):
            if abs(len(form) - len(text)) <= _ENDING and not is_number(form):
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
