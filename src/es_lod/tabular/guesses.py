"""What the columns of somebody's own table may be: guessed from their headers and values.

A guess goes into a draft for a person to look at; nothing is read by it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.iris import fold
from es_lod.labels import class_names
from es_lod.model import kinds, record_classes
from es_lod.model.concepts import meanings
from es_lod.tabular.columns import Column, Table, record_tables
from es_lod.tabular.headers import named_table, understood
from es_lod.tabular.mapping import LEFT_OUT
from es_lod.values import email, nip, regon

_KEPT: Final = 1000
"""How many different values of a column are looked at."""
_MOST: Final = 0.9
_MANY: Final = 0.6

# What registers call their columns, beside our labels.
_WORDS: Final = {
    "name": "nazwa firma nazwapodmiotu nazwaorganizacji nazwajednostki "
    "nazwaspółdzielni nazwafundacji nazwastowarzyszenia name organisationname",
    "alternateName": "nazwaskrócona skrót tradingname tradingas shortname alias",
    "krs": "krs nrkrs numerkrs",
    "nip": "nip nrnip",
    "regon": "regon nrregon",
    "legalForm": "formaprawna legalform legalstatus",
    "address.thoroughfare": "ulica ul",
    "address.streetAddress": "ulicainumer ulicanr adres address street streetaddress",
    "address.locatorDesignator": "nrdomu numerdomu nrbudynku numerbudynku nrlokalu housenumber",
    "address.postalCode": "kod kodpocztowy kodpoczt postcode postalcode zip zipcode",
    "address.addressLocality": "miejscowość miasto poczta city town locality",
    "address.addressRegion": "województwo woj region county state stateprovince province",
    "address.addressCountry": "kraj country countrycode",
    "address.terc": "terc teryt kodterc",
    "contactPoint.telephone": "tel telefon nrtel nrtelefonu telefonkontaktowy "
    "phone telephone phonenumber",
    "contactPoint.faxNumber": "fax faks",
    "contactPoint.email": "email mail adresemail emailaddress",
    "url": "www stronawww strona stronainternetowa website web webpage homepage",
    "foundingDate": "datazałożenia datarejestracji datarejestracjiwkrs "
    "datapowstania datarozpoczęciadziałalności "
    "incorporationdate registrationdate dateregistered foundingdate",
    "dissolutionDate": "datawykreślenia datazakończeniadziałalności datalikwidacji "
    "dissolveddate dissolutiondate dateremoved",
    "operatedSince": "datarozpoczęciadziałalności początekdziałalności",
    "operatedUntil": "datazakończeniadziałalności koniecdziałalności",
    "operator": "organizator organprowadzący podmiotprowadzący instytucjatworząca",
    "capacity": "liczbamiejsc liczbauczestników capacity places",
    LEFT_OUT: "lp liczbaporządkowa",
}
# Words that stand around them and say no more.
_NOISE: Final = frozenset(
    [
        "registered",
        "numer",
        "nr",
        "siedziba",
        "siedziby",
        "podmiotu",
        "organizacji",
        "jednostki",
        "pelna",
        "cis",
        "kis",
        "zaz",
    ]
)


@dataclass(slots=True)
class Values:
    """What stands in a column: how many cells, the first, and how often each of the first ones."""

    header: str
    count: int = 0
    first: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Take a cell."""
        if not text:
            return
        self.count += 1
        self.first = self.first or text
        if text in self.counts or len(self.counts) < _KEPT:
            self.counts[text] += 1

    def share(self, test: Callable[[str], object]) -> float:
        """How many of the different values pass a test."""
        return sum(bool(test(text)) for text in self.counts) / max(len(self.counts), 1)


def _passes(rule: Callable[[str], str]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            return bool(rule(text))
        except InvalidValue:
            return False

    return test


_TESTS: Final[Mapping[str, Callable[[str], object]]] = {
    "nip": _passes(nip),
    "krs": re.compile("0000[0-9]{6}").fullmatch,
    "regon": _passes(regon),
    "contactPoint.email": _passes(email),
    "url": re.compile(r"(?i)(https?://|www\.)\S+").fullmatch,
    "address.postalCode": re.compile("[0-9]{2}-[0-9]{3}").fullmatch,
}
_DATE: Final = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")


def type_guess(name: str, columns: Iterable[Values]) -> str | None:
    """The class of a table: what its sheet or file is called, else most of its names."""
    classes = record_classes()
    words = {fold(word): cls for cls in classes for word in class_names(classes[cls])}
    if fold(name) in words:
        return words[fold(name)]
    names = next((c for c in columns if next(_keys_of(c.header), None) == "name"), None)
    for word, cls in sorted(words.items(), key=lambda pair: -len(pair[0])) if names else ():
        if names and len(word) > 5 and names.share(lambda text: word in fold(text)) >= _MANY:  # noqa: B023  # used at once
            return cls
    return None


def table_guess(type_: str | None, columns: list[Values]) -> Table:
    """The table of the class, else the one that most columns go to."""
    if type_ is not None and (table := named_table(type_)):
        return table
    return max(
        record_tables(),
        key=lambda table: sum(key_guess(column, table, ()) is not None for column in columns),
    )


def key_guess(values: Values, table: Table, taken: Iterable[str]) -> str | None:
    """The key of a column: by its header, else by its values; none that is taken already."""
    by_words = (understood(key, table) for key in _keys_of(values.header))
    candidates = [understood(values.header, table), next(filter(None, by_words), None)]
    if next(_keys_of(values.header), None) == LEFT_OUT and candidates[0] is None:
        return LEFT_OUT
    candidates += [understood(key, table) for key in _by_values(values, table)]
    for column in candidates:
        if column is not None and (column.many or column.key not in taken):
            return column.key
    return None


def _keys_of(header: str) -> Iterator[str]:
    """The keys that a header is known for, in whatever table; the likeliest first."""
    for word in _forms(header):
        yield from (key for key, words in _WORDS.items() if word in map(fold, words.split()))


def _forms(header: str) -> list[str]:
    """A header folded: as a whole, and without words that say no more."""
    words = [word for word in re.split(r"[\W_]+", header) if word]
    return [fold(header), fold("".join(word for word in words if fold(word) not in _NOISE))]


def _by_values(values: Values, table: Table) -> Iterator[str]:
    if not values.counts:
        return
    yield from (key for key, test in _TESTS.items() if values.share(test) >= _MOST)
    for column in table.columns:
        known = scheme_words(column)
        if known and values.share(lambda text: fold(text) in known) >= _MANY:  # noqa: B023  # at once
            yield column.key


def scheme_words(column: Column) -> Mapping[str, frozenset[str]]:
    """The words that the concepts of a column are called by; none where it takes no concepts."""
    kind = column.field.kind if column.field else None
    return meanings(kind.scheme) if isinstance(kind, kinds.ConceptKind) else {}


def dates_guess(values: Values) -> str | None:
    """The form of dates with slashes or hyphens, where days and months can be told apart."""
    found = [_DATE.fullmatch(text) for text in values.counts]
    dates = [date for date in found if date]
    if not dates or len(dates) < _MOST * len(found):
        return None
    mark = dates[0][2]
    is_american = any(int(date[3]) > 12 for date in dates)
    return mark.join(["MM", "DD", "YYYY"] if is_american else ["DD", "MM", "YYYY"])
