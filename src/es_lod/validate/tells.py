"""What single constraints of SHACL Core say of a value: yes, no, or that pySHACL has to be asked.

Values are terms as they are written in N-Triples. Where engines, or versions of one, could differ,
the answer is `None`: https://www.w3.org/TR/shacl/#core-components
"""

import operator
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, RdfFormat, parse

from es_lod.namespaces import RDF, SH, XSD

Verdict: TypeAlias = bool | None
Test: TypeAlias = Callable[[str], Verdict]
"""Of one value."""
Check: TypeAlias = Callable[[Sequence[str]], Verdict]
"""Of all values of a path; what is said twice may be there twice."""

_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,17}(\.[0-9]{1,17})?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def unsure(_: str) -> Verdict:
    """Nothing is said."""
    return None


@lru_cache(maxsize=16)  # of one value several constraints are asked
def literal(term: str) -> Literal | None:
    """A term as a literal, if it is one."""
    if not term.startswith('"'):
        return None
    if term.endswith('"') and "\\" not in term:  # so are most
        return Literal(term[1:-1])
    (triple,) = parse(f"<x:> <x:> {term} .", RdfFormat.N_TRIPLES)
    return triple.object if isinstance(triple.object, Literal) else None


def _is_day(text: str) -> Verdict:
    try:
        return date.fromisoformat(text) is not None if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _of(plain: re.Pattern[str]) -> Test:
    return lambda text: True if plain.fullmatch(text) else None


_WELL_FORMED: Final[Mapping[str, Test]] = {
    XSD.string: lambda _: True,
    RDF.langString: lambda _: True,
    XSD.integer: _of(re.compile("[+-]?[0-9]{1,17}")),
    XSD.decimal: _of(_DECIMAL),
    XSD.date: _is_day,
    XSD.gYearMonth: _of(re.compile("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])")),
    XSD.gYear: _of(re.compile("(?!0000)[0-9]{4}")),
}


def datatype(wanted: str) -> Test:
    """`sh:datatype`."""
    is_well_formed = _WELL_FORMED.get(wanted, unsure)

    def test(term: str) -> Verdict:
        value = literal(term)
        if value is None:
            return False
        if value.datatype.value != wanted:
            # rdflib drops the direction of RDF 1.2.
            return None if value.datatype.value == RDF.dirLangString else False
        return is_well_formed(value.value)

    return test


_LETTERS: Final = {"<": "IRI", "_": "BlankNode", '"': "Literal"}


def node_kind(wanted: str) -> Test:
    """`sh:nodeKind`."""
    kinds = wanted.removeprefix(str(SH)).split("Or")
    return lambda term: _LETTERS[term[0]] in kinds


def pattern(text: str, flags: str) -> Test:
    """`sh:pattern`, by Python's `re` as pySHACL has it."""
    if set(flags) - {"i"}:
        return unsure
    search = re.compile(text, re.IGNORECASE if flags else 0).search

    def test(term: str) -> Verdict:
        value = literal(term)
        if value is not None:
            return search(value.value) is not None
        return search(term[1:-1]) is not None if term.startswith("<") else False

    return test


def language_in(languages: Collection[str]) -> Test:
    """`sh:languageIn`. Of parts of a language nothing is said."""
    beginnings = {language[:2].lower() for language in languages}

    def test(term: str) -> Verdict:
        value = literal(term)
        if value is None or value.language is None:
            return False
        if value.language in languages:
            return True
        return None if "*" in languages or value.language[:2].lower() in beginnings else False

    return test


def no_less(limit: str) -> Test:
    """`sh:minInclusive`, of integers and decimals."""
    return _compared(limit, operator.ge)


def no_more(limit: str) -> Test:
    """`sh:maxInclusive`, of integers and decimals."""
    return _compared(limit, operator.le)


def _compared(limit: str, compare: Callable[[Decimal, Decimal], bool]) -> Test:
    wanted = _number(limit)

    def test(term: str) -> Verdict:
        value = _number(term)
        return None if value is None or wanted is None else compare(value, wanted)

    return test


def _number(term: str) -> Decimal | None:
    value = literal(term)
    if value is None or value.datatype.value not in {XSD.integer, XSD.decimal}:
        return None
    return Decimal(value.value) if _DECIMAL.fullmatch(value.value) else None


def one_of(terms: Collection[str]) -> Test:
    """`sh:in`. One literal may be written in several ways."""

    def test(term: str) -> Verdict:
        if term in terms:
            return True
        return False if term.startswith("<") else None

    return test


def has(wanted: str) -> Check:
    """`sh:hasValue`."""

    def check(terms: Sequence[str]) -> Verdict:
        if wanted in terms:
            return True
        return False if wanted.startswith("<") else None

    return check


def at_least(count: int) -> Check:
    """`sh:minCount`."""

    def check(terms: Sequence[str]) -> Verdict:
        if _fewest(terms) >= count:
            return True
        return False if len(terms) < count else None

    return check


def at_most(count: int) -> Check:
    """`sh:maxCount`."""

    def check(terms: Sequence[str]) -> Verdict:
        if len(terms) <= count or len(set(terms)) <= count:
            return True
        return False if _fewest(terms) > count else None

    return check


def _fewest(terms: Sequence[str]) -> int:
    """How many different terms there are at least: `"x"@PL` may be `"x"@pl`."""
    return len(terms) if len(terms) < 2 else len({term.lower() for term in terms})


def unique_languages(terms: Sequence[str]) -> Verdict:
    """`sh:uniqueLang true`."""
    if len(terms) < 2:
        return True
    literals = [literal(term) for term in set(terms)]
    tags = [value.language.lower() for value in literals if value is not None and value.language]
    return True if len(set(tags)) == len(tags) else None
