"""What a record refers to and what refers to it, each with what lies beyond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from es_lod.labels import field_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Field, Node, Record
from es_lod.model.fields import PartKind
from es_lod.site.facts.known import Known
from es_lod.site.words import Words

SHOWN: Final = 14
"""How many neighbours are shown on each side of a record."""
_FURTHER: Final = 6
"""How many are shown beyond a neighbour."""
_LOOKED_AT: Final = 200
"""How many references to a neighbour are looked at: a page never costs more than its record."""

# Where the story goes on beyond a neighbour: a key, and whether it is followed to where it leads.
# A co-operative: the centre that it operates, then the workshops of that.
_ONWARD: Final = {
    ("operator", False): ("workshops", True),
    ("workshops", False): ("operator", True),
    ("operator", True): ("founders", True),
    ("founders", False): ("operator", False),
}

WORDS: Final[Words] = {
    "relations": ("Powiązania", "Relations"),
    "outgoing": ("Na co wskazuje", "What it refers to"),
    "incoming": ("Co na to wskazuje", "What refers to it"),
    "more": ("i jeszcze {n}", "and {n} more"),
    "more-still": ("i inne", "and others"),
    "elsewhere": ("opisane gdzie indziej", "described elsewhere"),
    "picture": ("Rysunek powiązań: {name}", "Picture of the relations: {name}"),
    "as-list": ("To samo jako lista", "The same as a list"),
}


@dataclass(frozen=True, eq=False)  # each is itself: fields are slow to compare
class Place:
    """A field of a class, with its label in each language."""

    field: Field
    labels: Mapping[str, str]


class Neighbour(NamedTuple):
    """A thing that a record refers to, or that refers to it.

    `places` are the fields that say so; `further` is what is shown
    beyond it, `more` how many beyond it are not shown (`None`: it was not counted).
    """

    id: str
    is_outgoing: bool
    places: tuple[Place, ...]
    further: tuple["Neighbour", ...] = ()
    more: int | None = 0

    def label(self, language: str) -> str:
        """What the fields are called."""
        if len(self.places) == 1:  # as most are related
            return self.places[0].labels[language]
        return ", ".join(dict.fromkeys(place.labels[language] for place in self.places))


class Side(NamedTuple):
    """The neighbours on one side of a record: those shown, and how many more there are."""

    shown: tuple[Neighbour, ...]
    more: int


class Neighbours(NamedTuple):
    """What a record refers to, and what refers to it."""

    outgoing: Side
    incoming: Side


def neighbours(known: Known, record: Record) -> Neighbours:
    """The neighbours of a record; each once a side, sources of facts last."""
    cls, id_ = type(record), str(record.id)
    to = ((link.target, cls, link.path) for link in known.edition.outgoing(record))
    of = (
        (link.source, type(source), link.path)
        for link in known.incoming(id_)
        if (source := known.find(link.source)) is not None
    )
    return Neighbours(
        _side(known, id_, to, is_outgoing=True), _side(known, id_, of, is_outgoing=False)
    )


_Reference = tuple[str, type[Node], tuple[str, ...]]


def _side(known: Known, id_: str, references: Iterable[_Reference], *, is_outgoing: bool) -> Side:
    found: dict[str, dict[str, Place]] = {}
    rank: dict[str, int] = {}
    for other, cls, path in references:
        key = path[-1]
        found.setdefault(other, {}).setdefault(key, _place(cls, path))
        rank.setdefault(key, len(rank))
    rank["source"] = len(rank)
    ordered = sorted(found, key=lambda other: min(map(rank.__getitem__, found[other])))
    shown = [
        _neighbour(known, id_, other, is_outgoing, tuple(found[other].values()))
        for other in ordered[:SHOWN]
    ]
    return Side(tuple(shown), max(0, len(ordered) - SHOWN))


@cache
def _place(cls: type[Node], path: tuple[str, ...]) -> Place:
    """The field that a path ends in."""
    field = cls.by_key()[path[0]]
    if len(path) > 1 and isinstance(field.kind, PartKind):
        return _place(field.kind.part, path[1:])
    return Place(field, {tag: field_label(cls, field, tag) for tag in LANGUAGES})


def _neighbour(
    known: Known, centre: str, id_: str, is_outgoing: bool, places: tuple[Place, ...]
) -> Neighbour:
    """A neighbour with what is shown beyond it."""
    for place in places:
        onward = _ONWARD.get((place.field.key, is_outgoing))
        record = known.find(id_) if onward is not None else None
        if onward is None or record is None:
            continue
        key, is_followed = onward
        seen = _targets(record, key) if is_followed else _sources(known, id_, key)
        further = tuple([near for near in seen.found if near.id != centre])
        return Neighbour(id_, is_outgoing, places, further, seen.more)
    return Neighbour(id_, is_outgoing, places)


class _Seen(NamedTuple):
    """What was found beyond a neighbour, and how much more there is."""

    found: list[Neighbour]
    more: int | None


def _targets(record: Record, key: str) -> _Seen:
    field = type(record).by_key().get(key)
    value = getattr(record, field.name) if field else None
    if field is None or not value:
        return _Seen([], 0)
    ids = value if field.many else (value,)
    place = (_place(type(record), (key,)),)
    shown = [Neighbour(str(id_), True, place) for id_ in ids[:_FURTHER]]
    return _Seen(shown, len(ids) - len(shown))


def _sources(known: Known, id_: str, key: str) -> _Seen:
    links = known.edition.incoming(id_, _LOOKED_AT + 1)
    found = [link for link in links[:_LOOKED_AT] if link.path == (key,)]
    shown = [
        Neighbour(link.source, False, (_place(type(source), link.path),))
        for link in found[:_FURTHER]
        if (source := known.find(link.source)) is not None
    ]
    more = max(0, len(found) - _FURTHER) if len(links) <= _LOOKED_AT else None
    return _Seen(shown, more)


class Item(NamedTuple):
    """A neighbour in a language: the labels of its relation, what it is, its name and its page.

    `beyond` counts the things beyond it that are not shown; `lang` is the language of the name
    where it is another.
    """

    label: str
    kind: str
    name: str
    href: str | None
    is_outgoing: bool
    further: tuple["Item", ...] = ()
    beyond: int | None = 0
    lang: str = ""
