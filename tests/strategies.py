"""Hypothesis strategies, derived from the model: a value for each kind, and whole datasets.

A class, field or concept that is added to the model is generated without a change here; a new
kind of value raises a `KeyError` until it has a strategy in `_VALUES`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from es_lod import Dataset
from es_lod.iris import is_absolute, is_id
from es_lod.model import Field, Kind, Node, Part, Record, Statement, find, kinds, record_classes
from es_lod.model import strings as plain
from es_lod.model.concepts import schemes
from es_lod.model.fields import PartKind
from es_lod.namespaces import DEFAULT_BASE
from es_lod.values import PartialDate, Text, Texts, text

N = TypeVar("N", bound=Node)
Draw = Callable[[st.SearchStrategy[Any]], Any]

BASES = (DEFAULT_BASE, "https://dane.ekonomia-społeczna.pl/id/", "http://lod.tarnow.pl/")

# Text

PHRASES = (
    "Spółdzielnia Socjalna „SerwiS”",
    "Zażółć gęślą jaźń",
    "wiersz\npo wierszu\n\nz\ttabulatorem",
    "\u200f\u05e9\u05dc\u05d5\u05dd\u200e \u0645\u0631\u062d\u0628\u0627",
    "👩\u200d👩\u200d👧 i 🇵🇱",
    "„a” “b” «c» \"e\" 'f'",
    "\"\"\" ''' ]]> <!-- & &amp; <b>",
    "\\u0105 \\n \\ %C4%85",
    '"x"@pl',
    "@id",
    "no: [yes, 0123] # ~",
    "ul. Piastowska 32/4",
    "1",
)
LETTERS = "abzXYąćęłńóśźżĄĆĘŁŃÓŚŹŻ 0-.,:;!?#@/\\'\"`„”“’«»<>&{}[]()|^~%_=+*$\t\n"
RARE = "\u00a0\u00ad\u200b\u200d\u200e\u200f\u2028\u2029\u202e\ufeff\u0301\u05d0\u0639\u4e2d🎉"
TAGS = ("pl", "en", "uk", "de", "szl", "en-gb", "zh-hant", "sr-latn-rs", "de-ch-1901", "id", "es")
"""Also tags that are a keyword or a prefix in our JSON-LD."""


def _is_text(raw: str) -> bool:
    return any(character.isalpha() for character in raw)


strings = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES),
    st.text(LETTERS + RARE, min_size=1, max_size=8).filter(_is_text).map(text),
)
tags = st.sampled_from(("pl", "pl", "en", *TAGS))


def _text(_: Kind) -> st.SearchStrategy[Text]:
    return st.dictionaries(tags, strings, min_size=1, max_size=2).map(Text)


def _texts(_: Kind) -> st.SearchStrategy[Texts]:
    several = st.lists(strings, min_size=1, max_size=2)
    return st.dictionaries(tags, several, min_size=1, max_size=2).map(Texts)


# Dates and numbers

days = st.one_of(
    st.dates(date(1989, 1, 1), date(2035, 12, 31)),
    st.sampled_from([date(1, 1, 1), date(999, 12, 31), date(2000, 2, 29), date(9999, 12, 31)]),
).map(date.isoformat)
times = st.builds(
    "T{:02}:{:02}:{:02}{}".format,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(("Z", "+01:00", "+02:00", "-05:30", "+14:00", "-14:00")),
)


def _date(kind: kinds.DateKind) -> st.SearchStrategy[PartialDate]:
    precise = st.builds(lambda day, length: day[:length], days, st.sampled_from((4, 7, 10)))
    timed = st.builds(str.__add__, days, times)
    return (st.one_of(precise, timed) if kind.time else precise).map(PartialDate)


def _decimal(kind: kinds.DecimalKind) -> st.SearchStrategy[Any]:
    places = st.one_of(st.integers(0, 12), st.just(4))
    return places.flatmap(lambda n: st.decimals(kind.low, kind.high, places=n)).map(kind.parse)


counts = st.one_of(st.integers(0, 60), st.sampled_from((0, 999_999_999)))

# Identifiers


def _check(digits: str, weights: str) -> int:
    return sum(int(d) * int(w) for d, w in zip(digits, weights, strict=True)) % 11


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.integers(0, 10**length - 1).map(lambda n: str(n).zfill(length))


def _nip(nine: str) -> str:
    return f"{nine}{_check(nine, '657234567')}"


def _regon9(eight: str) -> str:
    return f"{eight}{_check(eight, '89234567') % 10}"


def _regon14(eight: str, four: str) -> str:
    thirteen = _regon9(eight) + four
    return f"{thirteen}{_check(thirteen, '2485097361248') % 10}"


nips = _digits(9).map(_nip).filter(lambda number: len(number) == 10)
regons = st.one_of(
    _digits(8).map(_regon9),
    # Five zeros at the end stand for the nine digits alone.
    st.builds(_regon14, _digits(8), _digits(4)).filter(lambda n: not n.endswith("00000")),
)
krs_numbers = st.integers(1, 10**10 - 1).map(lambda n: str(n).zfill(10))
tercs = st.builds(
    lambda voivodeship, rest, kind, length: f"{voivodeship:02}{rest}{kind}"[:length],
    st.sampled_from(range(2, 33, 2)),
    _digits(4),
    st.sampled_from("1234589"),
    st.sampled_from((2, 4, 7)),
)
postcodes = st.one_of(
    _digits(5).map(lambda digits: f"{digits[:2]}-{digits[2:]}"),
    st.sampled_from(("10115", "SW1A 1AA", "D02 AF30")),
)
phones = st.one_of(_digits(8).map("+481{}".format), _digits(9).map("+380{}".format))
emails = st.builds(
    "{}@{}.pl".format,
    st.text("az09.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=6),
    st.text("az09", min_size=1, max_size=6),
)

# IRIs

web_addresses = st.one_of(
    st.sampled_from(
        (
            "https://rops.krakow.pl",
            "https://spółdzielnia-łąka.pl/o-nas/żółw?strona=ą&n=1#część",
            "http://xn--d-uga.pl:8080/a%20b/(c)/d,e;f=g/~h/",
            "https://pl.wikipedia.org/wiki/Spółdzielnia_socjalna_(Polska)",
            "https://eli.gov.pl/eli/DU/2003/1143/ogl",
            "https://user@serwis.tarnow.pl/?q=a'b*c$d!e",
            "https://pl.dbpedia.org/resource/🎉",
        )
    ),
    st.builds(
        "https://{}.pl/{}".format,
        st.text("abcąęłż", min_size=1, max_size=6),
        st.text("abcąęłż0123/_~", max_size=8),
    ).filter(lambda iri: "//" not in iri[8:]),
)
iris = st.one_of(
    web_addresses,
    st.sampled_from(
        ("urn:isbn:9788301000000", "mailto:biuro@rops.krakow.pl", "tag:rops.pl,2018:żółw")
    ),
)
elsewhere = st.sampled_from(
    (
        "https://rejestr.gov.pl/krs/0000413516",
        "https://rejestr.gov.pl/łąka#ę",
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
    )
)
"""Things that are described elsewhere; never the id of a generated record."""


def _is_id(raw: str) -> bool:
    return is_absolute(raw) or is_id(raw)


ids = st.one_of(
    st.text("az09-", max_size=6).map("r{}0".format),
    st.sampled_from(("2018", "0-0", "id", "type", "records", "null", "es", "x" * 80)),
    st.sampled_from(("https://inne.pl/rekord/1", "https://inne.pl/żółw?a=ą", "urn:inne:2")),
).filter(_is_id)
fragments = st.text("azAZ09-", max_size=6).map("P{}0".format)


def _string(strategy: st.SearchStrategy[str]) -> Callable[[Kind], st.SearchStrategy[str]]:
    return lambda _: strategy


_VALUES: dict[type[Kind], Callable[[Any], st.SearchStrategy[Any]]] = {
    kinds.TextKind: _text,
    kinds.TextsKind: _texts,
    kinds.DateKind: _date,
    kinds.DecimalKind: _decimal,
    kinds.CountKind: lambda _: counts,
    kinds.IriKind: lambda kind: web_addresses if kind.web else iris,
    kinds.ConceptKind: lambda kind: st.sampled_from(sorted(schemes()[kind.scheme])),
    kinds.ChoiceKind: lambda kind: st.sampled_from([word for word, _ in kind.choices]),
    plain.StringKind: _string(strings),
    plain.KrsKind: _string(krs_numbers),
    plain.NipKind: _string(nips),
    plain.RegonKind: _string(regons),
    plain.TercKind: _string(tercs),
    plain.PostcodeKind: _string(postcodes),
    plain.PhoneKind: _string(phones),
    plain.EmailKind: _string(emails),
    plain.CountryKind: _string(st.sampled_from(("PL", "PL", "DE", "UA"))),
    plain.LanguageKind: _string(tags),
}


@cache
def values(kind: Kind) -> st.SearchStrategy[Any]:
    """The values of a kind that stands for itself: neither a part nor a reference."""
    return _VALUES[type(kind)](kind)


# Records

_often = st.booleans()
_mostly = st.sampled_from((True, True, True, False))
_sizes = st.sampled_from((1, 1, 2))
_own = st.none() | fragments


def _targets(kind: kinds.RefKind) -> tuple[type[Record], ...]:
    """The classes that a reference may name, without their subclasses."""
    return tuple(cls for name in kind.targets if (cls := find(name))) or (Record,)


@cache
def _related(cls: type[Record]) -> list[list[type[Record]]]:
    """For each kind of reference that records of a class have, the classes that it may name."""
    refs = {f.kind: None for f in cls.fields() if isinstance(f.kind, kinds.RefKind)}
    every = record_classes().values()
    return [[other for other in every if issubclass(other, _targets(kind))] for kind in refs]


@st.composite
def datasets(
    draw: Draw, classes: Sequence[type[Record]] = tuple(record_classes().values()), size: int = 6
) -> Dataset:
    """Datasets without errors: a record of one of the classes, and others that fit to it."""
    chosen = [draw(st.sampled_from(classes))]
    for _ in range(draw(st.integers(1, size)) - 1):
        related = _related(draw(st.sampled_from(chosen)))
        chosen.append(draw(st.sampled_from(draw(st.sampled_from(related)))))
    names = draw(st.lists(ids, min_size=len(chosen), max_size=len(chosen), unique=True))
    world = dict(zip(names, chosen, strict=True))
    records = [_Making(draw, id_, world).record() for id_ in world]
    return Dataset(records, base=draw(st.sampled_from(BASES)))


class _Making:
    """A record in the making. `world` has the class of every id that references can name."""

    def __init__(self, draw: Draw, id_: str, world: dict[str, type[Record]]) -> None:
        self._draw = draw
        self._id = id_
        self._world = world
        self._taken: set[str] = set()
        """The fragments of its parts."""

    def record(self) -> Record:
        cls = self._world[self._id]
        fields = [f for f in self._fields(cls) if f.name != "statements"]
        record = _without_conflicts(cls, {"id": self._id, **self._values(fields)})
        stated = self._draw(st.lists(st.sampled_from(_facts(record)), max_size=3))
        statements = [self._statement(record, key, value) for key, value in stated]
        return cls(**_given(record), statements=statements)

    def _fields(self, cls: type[Node]) -> list[Field]:
        return [f for f in cls.fields() if f.required or self._draw(_often)]

    def _values(self, fields: Iterable[Field], prefix: str = "") -> dict[str, Any]:
        found = {}
        for f in fields:
            items = [self._value(f, prefix) for _ in range(self._draw(_sizes) if f.many else 1)]
            found[f.name] = items if f.many else items[0]
        return found

    def _value(self, f: Field, prefix: str) -> Any:
        if isinstance(f.kind, PartKind):
            return self._part(f, self._fields(f.kind.part), {}, prefix)
        if isinstance(f.kind, kinds.RefKind):
            named = self._named(f.kind)
            return self._draw(
                st.sampled_from(named) if named and self._draw(_mostly) else elsewhere
            )
        return self._draw(values(f.kind))

    def _named(self, kind: kinds.RefKind) -> list[str]:
        """The ids that a reference may name: of its classes, and not the record's own."""
        of = _targets(kind)
        return [i for i, cls in self._world.items() if i != self._id and issubclass(cls, of)]

    def _part(self, f: Field, fields: list[Field], given: dict[str, Any], prefix: str = "") -> Part:
        """A part, with an id of its own where one is drawn or the minted one is taken."""
        cls = f.kind.part
        nested = [inner for inner in fields if isinstance(inner.kind, PartKind)]
        flat = self._values(inner for inner in fields if inner not in nested) | given
        own = self._draw(_own)
        fragment = own or prefix + _without_conflicts(cls, flat).minted(f)
        while fragment in self._taken:
            fragment = own = f"{f.key}-{len(self._taken)}"
        self._taken.add(fragment)
        flat |= {"id": own} if own else {}
        return _without_conflicts(cls, flat | self._values(nested, f"{fragment}-"))

    def _statement(self, record: Record, key: str, value: str | Text) -> Part:
        spoken = (kinds.PropertyKind, kinds.ValueKind)
        fields = [f for f in self._fields(Statement) if not isinstance(f.kind, spoken)]
        given = {"property": key, **({"value": value} if self._draw(_often) else {})}
        return self._part(type(record).by_key()["statements"], fields, given)


def _without_conflicts(cls: type[N], given: dict[str, Any]) -> N:
    """The node without optional fields that contradict others."""
    node = cls(**given)
    wrong = {cls.by_key()[conflict.field].name for conflict in node.conflicts()}
    kept = {name: value for name, value in given.items() if name not in wrong}
    return _without_conflicts(cls, kept) if wrong else node


def _given(record: Record) -> dict[str, Any]:
    """What a record without statements is made of."""
    names = ["id", *(f.name for f in type(record).fields() if f.name != "statements")]
    return {name: value for name in names if (value := getattr(record, name)) is not None}


def _facts(record: Record) -> list[tuple[str, str | Text]]:
    """The key of every field that a record has, with each value as a statement names it."""
    found: list[tuple[str, str | Text]] = []
    for f in type(record).fields():
        value = getattr(record, f.name)
        for item in value if f.many else () if value is None else (value,):
            found += [(f.key, stated) for stated in _stated(f, item)]
    return found


def _stated(f: Field, item: Any) -> list[str | Text]:
    if isinstance(item, Text):
        return [Text({tag: string}) for tag, string in item.items()]
    if isinstance(item, Texts):
        return [Text({tag: string}) for tag, several in item.items() for string in several]
    return [item.fragment(f) if isinstance(item, Part) else str(item)]
