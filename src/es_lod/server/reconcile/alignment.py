"""How like a name is to what was asked for, word by word, and whether they are the same for sure.

The score forgives much, so that the right name comes first; sureness forgives only what no other
name of this world has: a town that differs in one letter is another town.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Prefix

from es_lod.server.reconcile.words import (
    ENDING,
    Word,
    begin_alike,
    is_common,
    is_number,
    same_stem,
)

_WHOLE: Final = 0.2
"""How much the names as a whole count, beside their words."""
_MISPLACED: Final = 0.02
"""What the order of words costs."""
_SHORTEST: Final = 5
"""Shorter words have too many neighbours: `Żory`, `Żary`."""
_LONG: Final = 7
"""A longer word of which one letter is wrong is none other."""
_SHORT: Final = 3
"""An abbreviation of so many letters says enough."""
_SLIPS: Final = 2
"""How many words of a name may be misspelt where it is still sure."""
# What a scanner takes for one another: pairs that make no word into another one.
_SEEN_AS: Final = str.maketrans("i105863", "llosbbe")


class Sureness(IntEnum):
    """Whether two names are the same."""

    OPEN = 0
    MISSPELT = 1
    """The same but for slips that turn no name into another one."""
    SAME = 2


class Pair(NamedTuple):
    """A word of the query, a word of the name, by their places, and how alike they are."""

    asked: int
    named: int
    alike: float


class Likeness(NamedTuple):
    """How like two names are, from 0 to 1; which words have no counterpart; how sure that is."""

    score: float
    words: float
    """How much of the weight of the words the two share."""
    whole: float
    """How alike they are letter by letter."""
    sureness: Sureness
    is_of_kind: bool
    """Whether they may name one kind of thing: a centre and its operator do not."""


def likeness(
    query: Sequence[Word],
    name: Sequence[str],
    weight: Callable[[str], float],
    *,
    known: Callable[[str], bool],
    context: frozenset[str],
) -> Likeness:
    """Compare a query with a name.

    `known` says whether a word is one of the data's, and so no misspelt other one; `context` are
    words that the name may be followed by though they are no part of it: those of the town.
    """
    query = _joined(query, name)
    pairs = _pairs(query, name)
    asked, named = {pair.asked for pair in pairs}, {pair.named for pair in pairs}
    extra = [word for i, word in enumerate(query) if i not in asked]
    told = [word for word in extra if not any(_alike(word, town) > 0.7 for town in context)]
    weights = [weight(word) for word in name]
    shared = sum(p.alike * (weight(query[p.asked].text) + weights[p.named]) for p in pairs)
    total = (
        sum(weights)
        + sum(weight(query[i].text) for i in asked)
        + sum(weight(word.text) for word in told)
    )
    by_words = shared / total if total else 0.0
    plain = " ".join(word.text for word in query if word not in extra or word in told)
    whole = fuzz.token_sort_ratio(plain, " ".join(name)) / 100
    ordered = all(one.named < other.named for one, other in pairwise(pairs))
    score = (1 - _WHOLE) * by_words + _WHOLE * whole - (0 if ordered else _MISPLACED)
    sureness = Sureness.OPEN
    if len(named) == len(name) and all(word.text in context for word in extra):
        sureness = _sureness(query, name, pairs, known)
    left = [other for j, other in enumerate(name) if j not in named]
    differ = any(is_common(word.text) for word in told) and any(map(is_common, left))
    return Likeness(max(score, 0.0), by_words, whole, sureness, not differ)


def _joined(query: Sequence[Word], name: Sequence[str]) -> Sequence[Word]:
    """The query with two words as one, or one as two, where the name has them so."""
    if len(query) == len(name) and all(w.text == n for w, n in zip(query, name, strict=True)):
        return query
    apart = {one + other: (one, other) for one, other in pairwise(name)}
    found: list[Word] = []
    for word in query:
        if found and found[-1].text + word.text in name:
            found[-1] = Word(found[-1].text + word.text, is_guessed=True)
        elif word.text in apart and word.text not in name:
            found += (Word(part, is_guessed=True) for part in apart[word.text])
        else:
            found.append(word)
    return found


def _pairs(query: Sequence[Word], name: Sequence[str]) -> list[Pair]:
    """The words that answer each other, the most alike first taken, in the order of the query."""
    found: list[Pair] = []
    asked, named = set(range(len(query))), set(range(len(name)))
    for i, word in enumerate(query):
        same = (j for j in sorted(named) if name[j] == word.text)
        if (j := next(same, None)) is not None:
            found.append(Pair(i, j, 1.0))
            asked.remove(i)
            named.remove(j)
    near = [
        Pair(i, j, alike) for i in asked for j in named if (alike := _alike(query[i], name[j])) > 0
    ]
    for pair in sorted(near, key=lambda p: (-p.alike, abs(p.asked - p.named), p)):
        if pair.asked in asked and pair.named in named:
            found.append(pair)
            asked.remove(pair.asked)
            named.remove(pair.named)
    return sorted(found)


@lru_cache(maxsize=262_144)
def _alike(word: Word, other: str) -> float:
    """How alike two words are, from 0 to 1; nothing below what forms and slips come to."""
    text = word.text
    if text == other:
        return 1.0
    if is_number(text) or is_number(other):
        return 0.0
    if word.is_short and other.startswith(text):
        return 0.95
    alike = max(OSA.normalized_similarity(text, other), 0.9 if looks_like(text, other) else 0)
    same = Prefix.similarity(text, other)
    tails = max(len(text), len(other)) - same
    if same >= ENDING and tails <= ENDING:
        alike = max(alike, 0.75 + 0.05 * (ENDING - tails))
    return alike if alike > 0.6 else 0.0


@lru_cache(maxsize=65536)
def _seen(word: str) -> str:
    return word.replace("rn", "m").replace("vv", "w").translate(_SEEN_AS)


def looks_like(one: str, other: str) -> bool:
    """Whether a scanner, or a hasty reader, takes one word for the other."""
    return _seen(one) == _seen(other)


def _sureness(
    query: Sequence[Word],
    name: Sequence[str],
    pairs: Sequence[Pair],
    known: Callable[[str], bool],
) -> Sureness:
    """How sure it is that two names are the same whose words all have counterparts."""
    telling = [pair for pair in pairs if not is_common(name[pair.named])]
    order = [pair.named for pair in telling]
    # Any centre is a centre; and a Wola Nowa or a Nowawola is no Nowa Wola.
    if not telling or order != sorted(order) or any(query[p.asked].is_guessed for p in telling):
        return Sureness.OPEN
    slips = [pair for pair in pairs if query[pair.asked].text != name[pair.named]]
    if not slips:
        return Sureness.SAME
    exact = sum(1 for pair in telling if pair not in slips)
    for pair in slips:
        word, other = query[pair.asked], name[pair.named]
        if known(word.text) and not same_stem(word.text, other):
            return Sureness.OPEN
        others = 0 if pair.named == order[-1] else exact
        if not (
            _is_common_slip(word, other) if is_common(other) else _is_slip(word, other, others)
        ):
            return Sureness.OPEN
    return Sureness.MISSPELT if len(slips) - _forms(query, name, slips) <= _SLIPS else Sureness.OPEN


def _forms(query: Sequence[Word], name: Sequence[str], slips: Sequence[Pair]) -> int:
    """How many of the words are not misspelt, but abbreviated or in another case."""
    return sum(
        1
        for pair in slips
        if query[pair.asked].is_short or same_stem(query[pair.asked].text, name[pair.named])
    )


def _is_common_slip(word: Word, other: str) -> bool:
    """Whether a word is a misspelt, abbreviated or inflected one that many names have."""
    text = word.text
    if word.is_short and other.startswith(text):
        return len(text) >= _SHORT  # `sp.` may be a company or a co-operative
    if same_stem(text, other):
        return True
    if len(other) < _SHORTEST or (is_common(text) and not begin_alike(text, other)):
        return False  # a rural one is no misspelt urban one: `wiejski`, `miejski`
    return OSA.distance(text, other) <= len(other) // 5 or looks_like(text, other)


def _is_slip(word: Word, other: str, others: int) -> bool:
    """Whether a word can only be a misspelt other one.

    `others` of the telling words of the name are right; none counts for the last one, which often
    is a place: Bralin is no Barlin, and Wieluń no Wieleń.
    """
    text = word.text
    if min(len(text), len(other)) < _SHORTEST or text[-ENDING:] != other[-ENDING:]:
        return looks_like(text, other)
    if looks_like(text, other) or _single(text) == _single(other):
        return True
    if text[0] != other[0] or OSA.distance(text, other) > 1:
        return False
    return (others > 0 and sorted(text) == sorted(other)) or (others > 1 and len(other) >= _LONG)


def _single(word: str) -> str:
    """A word in which no letter follows itself."""
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
