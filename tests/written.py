"""Records as documents have them: most values stand as they are written, some are odd."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from strategies import LETTERS, PHRASES, RARE, values

from es_lod.model import Field, Kind, Node, kinds, record_classes
from es_lod.model import strings as plain
from es_lod.model.fields import PartKind
from es_lod.values import Text, Texts

Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

PESEL = "44051401458"
"""Of no one: the example of stdnum."""
FULL_WIDTH = PESEL.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
HIDDEN = (
    PESEL,
    "440514 01458",
    "440514-01458",
    "440514\u00a001458",
    "440514\u200901458",
    "4405\u200e1401458",
    "44051\u00ad401458",
    FULL_WIDTH,
    f"%34%34{PESEL[2:]}",
    f"x{PESEL}y",
    f"1 {PESEL}",
    f"5,{PESEL}",
    f"+{PESEL}",
    f"\U000e0001{PESEL}",
    f"123456 {PESEL}",
    "•" * 11,
)
"""A PESEL in disguise, and what only looks like one."""
TEXTS = (
    *("", " ", "…", "...", "....", " a", "a ", "a\n", "a\nb", "a\tb", "a\r\nb", "\x00", "a\x07b"),
    *("a\x7fb", "a\x85b", "a\u2028b", "a\u00a0b", "\u00ada", "a\u200bb", "\ufeffa", "\ufffe", "🇵🇱"),
    *("e\u0301", "\u0301a", "\u212b", "ﬁ", "ĳŉſ", '""q""', ",,q''", "a,,b", "a, b,", "\\u0041"),
    *("50%", "(x)", "„x”", "—x", "-1", "007", "NaN", "null", "a" * 300, "Łąka, 5; ul. B/2 – „C”"),
    *HIDDEN,
    *(f"nr {hidden}." for hidden in HIDDEN),
)
IDS = (
    *("a", "b-1", "2018", "e" * 80, "e" * 81, "A", "-a", "a-", "con", "lpt1", "con-x", "ą", "a#b"),
    *("https://inne.pl/1", "https://w3id.org/es-lod/id/a", "urn:x:1", "http://a b/", "schema:name"),
    *HIDDEN,
)
DATES = (
    *("2014", "2018-06", "2018-06-19", "2018-02-28", "2018-02-29", "2018-02-30", "2018-06-31"),
    *(
        "0000",
        "0001",
        "2018-13",
        "19.06.2018",
        "19 czerwca 2018 r.",
        "06.2018",
        "2018-6-19",
        "\uff12\uff10\uff11\uff18",
    ),
    *("2018-06-19T10:00:00+02:00", "2018-06-19T10:00Z", "2018-06-19T10:00:00+00:00", "2018 ", 2018),
)
IRIS = (
    *("https://a.pl", "http://a.pl/b/c-d_e~f.g", "https://a.pl/żółw", "https://a.pl/%C4%85"),
    *("HTTP://A.PL/", "https://a", "a.pl", "ftp://a.pl/", "https://a.pl/ b", "https://a.pl/\u2028"),
    *("http://localhost/x", "http://schema.org/name", "https://www.w3.org/ns/locn#Address"),
    *("https://a.pl/" + "x" * length for length in (999, 1000, 1001, 2035, 2036)),
    *(f"https://a.pl/{hidden}" for hidden in HIDDEN),
)
_LONG = f"{'x' * 64}@{'b' * 63}.{'c' * 63}."
NUMBERS = (
    *(0, 5, 999_999_999, -1, 10**9, 10**30, 50, 180, 181, -90, "12", "012", "1 200", "25.0", "+5"),
    *(
        "ok. 30",
        "50.0647",
        "-0",
        "0",
        "-0.0",
        "19.50",
        "1e1",
        ".5",
        "5.",
        "50,5",
        "\uff11\uff12",
        True,
        None,
    ),
    *("0.123456789012", "0.1234567890123", Decimal("19.9450"), Decimal("50.5"), Decimal("1E+2")),
)
_ODD: dict[type[Kind], Iterable[Any]] = {
    kinds.DateKind: DATES,
    kinds.CountKind: NUMBERS,
    kinds.DecimalKind: NUMBERS,
    kinds.IriKind: IRIS,
    kinds.RefKind: IDS,
    kinds.IdKind: IDS,
    plain.KrsKind: (
        "0009999901",
        "9999901",
        "0000000000",
        "KRS 0009999901",
        "\u0660\u0660\u0660\u0669\u0669\u0669\u0669\u0669\u0660\u0661",
        9999901,
    ),
    plain.NipKind: ("9999999999", "277-763-17-00", "PL2777631700", "2777631701", 2777631700),
    plain.RegonKind: ("123456785", "69074394", "76907439400000", "769074395", "000000000"),
    plain.TercKind: ("1261011", "12", "261011", "2", "33", "1261016", 1261011),
    plain.PostcodeKind: ("30-070", "30070", "SW1A 1AA", "sw1a 1aa", "30–070", 30070),
    plain.PhoneKind: ("+48124220636", "124220636", "(12) 422 06 36", f"+{PESEL}", f"+4{PESEL}"),
    plain.EmailKind: (
        *("b@a.pl", "b@a-b.c.org", "a@b", "B@A.pl", "b@a.pl ", "mailto:b@a.pl", "j.kowalski@a.pl"),
        *(f"{_LONG}{'d' * length}.pl" for length in (56, 57, 58, 60)),
        *(f"{hidden}@a.pl" for hidden in HIDDEN),
    ),
    plain.CountryKind: ("PL", "pl", "Polska", "P"),
    plain.LanguageKind: ("pl", "en", "en-GB", "polski", "x"),
}
TAGS = ("pl", "en", "PL", "en-GB", "en-gb", "pl ", "x", "", "język angielski", "pl-440514-01458")

_chars = st.text(LETTERS + RARE + "0123456789%\x7f\x85\ufffe", max_size=12)
texts = st.one_of(st.sampled_from(PHRASES), st.sampled_from(TEXTS), _chars)
_tagged = st.dictionaries(
    st.sampled_from(TAGS), st.one_of(texts, st.lists(texts, max_size=3), st.none()), max_size=3
)
anything = st.one_of(
    texts, st.sampled_from((*IDS, *DATES, *NUMBERS)), _tagged, st.lists(texts, max_size=2)
)
"""What no field expects, and what some do."""


def _as_written(value: Any) -> Any:
    """A value as a document has it."""
    if isinstance(value, Text):
        return dict(value)
    if isinstance(value, Texts):
        return {tag: list(several) for tag, several in value.items()}
    return str(value) if isinstance(value, str) else value


@cache
def fitting(kind: Kind) -> st.SearchStrategy[Any]:
    """Values that a kind takes, as they are written; many of them stand."""
    if isinstance(kind, (kinds.RefKind, kinds.IdKind)):
        return st.sampled_from(("a", "b-1", "r0", "https://inne.pl/1"))
    if isinstance(kind, (kinds.PropertyKind, kinds.ValueKind)):
        return texts
    if isinstance(kind, kinds.FragmentKind):
        return st.sampled_from(("P1", "agenda-a", "a#P1"))
    return values(kind).map(_as_written)


@cache
def odd(kind: Kind) -> st.SearchStrategy[Any]:
    """Values that somebody may write where a kind is."""
    own = st.sampled_from(tuple(_ODD.get(type(kind), TEXTS)))
    return st.one_of(own, texts, _tagged, anything)


@st.composite
def trees(draw: Draw, ids: tuple[str, ...] = ("r0", "r1", "a")) -> Tree:
    """Records of any class: whole and right, or with an odd value or two."""
    cls = draw(st.sampled_from(tuple(record_classes().values())))
    oddly = draw(st.sampled_from((0, 0, 0, 1, 3)))
    making = _Making(draw, oddly)
    tree = {"id": draw(st.sampled_from(ids)), "type": cls.__name__, **making.node(cls)}
    if making.is_odd():
        tree[draw(st.sampled_from(("id", "type", "subject", "operates", "$problem")))] = draw(
            anything
        )
    keys = draw(st.permutations(list(tree))) if draw(st.booleans()) else list(tree)
    return {key: tree[key] for key in keys}


class _Making:
    """A record in the making; of a hundred values `oddly` are odd."""

    def __init__(self, draw: Draw, oddly: int) -> None:
        self._draw = draw
        self._oddly = oddly

    def is_odd(self) -> bool:
        return bool(self._oddly) and self._draw(st.integers(0, 99)) < 5 * self._oddly

    def node(self, cls: type[Node], depth: int = 0) -> Tree:
        found = {}
        for field in cls.fields():
            is_rare = field.name == "statements" and not self._oddly
            if field.required or (not is_rare and self._draw(st.integers(0, 3)) == 0):
                found[field.key] = self._value(field, depth)
        if self.is_odd():
            found[self._draw(st.sampled_from(("id", "nmae", *found)))] = self._draw(anything)
        return found

    def _value(self, field: Field, depth: int) -> Any:
        if not field.many or self._draw(st.integers(0, 4)) == 0:
            return self._item(field, depth)
        least = int(field.required)
        items = [self._item(field, depth) for _ in range(self._draw(st.integers(least, 3)))]
        return [*items, items[0]] if items and self.is_odd() else items

    def _item(self, field: Field, depth: int) -> Any:
        if self.is_odd():
            return self._draw(odd(field.kind))
        if isinstance(field.kind, PartKind):
            return self.node(field.kind.part, depth + 1)
        return self._draw(fitting(field.kind))
