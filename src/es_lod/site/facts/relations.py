"""What a record refers to and what refers to it, each with what lies beyond."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from es_lod.iris import is_web
from es_lod.labels import class_label, field_label
from es_lod.model import Field, Node, Record
from es_lod.model.fields import PartKind
from es_lod.site.facts.known import Known
from es_lod.site.words import Speaker, Words

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


_Place = tuple[type[Node], Field]
"""A field, with the class that has it."""


class Neighbour(NamedTuple):
    """A thing that a record refers to, or that refers to it.

    `fields` are those that say so, each with the class that has it; `further` is what is shown
    beyond it, `more` how many beyond it are not shown (`None`: it was not counted).
    """

    id: str
    is_outgoing: bool
    fields: tuple[_Place, ...]
    further: tuple["Neighbour", ...] = ()
    more: int | None = 0


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
    found: dict[str, dict[str, _Place]] = {}
    rank: dict[str, int] = {}
    for other, cls, path in references:
        key = path[-1]
        found.setdefault(other, {}).setdefault(key, _field(cls, path))
        rank.setdefault(key, len(rank))
    rank["source"] = len(rank)
    ordered = sorted(found, key=lambda other: min(map(rank.__getitem__, found[other])))
    shown = [
        _onward(known, id_, Neighbour(other, is_outgoing, tuple(found[other].values())))
        for other in ordered[:SHOWN]
    ]
    return Side(tuple(shown), max(0, len(ordered) - SHOWN))


@cache
def _field(cls: type[Node], path: tuple[str, ...]) -> _Place:
    """The field that a path ends in, with its class."""
    field = cls.by_key()[path[0]]
    if len(path) > 1 and isinstance(field.kind, PartKind):
        return _field(field.kind.part, path[1:])
    return cls, field


def _onward(known: Known, centre: str, near: Neighbour) -> Neighbour:
    """A neighbour with what is shown beyond it."""
    for _, field in near.fields:
        onward = _ONWARD.get((field.key, near.is_outgoing))
        record = known.find(near.id) if onward is not None else None
        if onward is None or record is None:
            continue
        key, is_outgoing = onward
        seen = _targets(record, key) if is_outgoing else _sources(known, near.id, key)
        further = [Neighbour(f.id, is_outgoing, f.fields) for f in seen.found if f.id != centre]
        return near._replace(further=tuple(further), more=seen.more)
    return near


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
    shown = [Neighbour(str(id_), True, ((type(record), field),)) for id_ in ids[:_FURTHER]]
    return _Seen(shown, len(ids) - len(shown))


def _sources(known: Known, id_: str, key: str) -> _Seen:
    links = known.incoming(id_)
    found = [link for link in islice(links, _LOOKED_AT) if link.path == (key,)]
    shown = [
        Neighbour(link.source, False, (_field(type(source), link.path),))
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


Linker = Callable[[str], str | None]
"""The link to the page of an id, or of an IRI; nothing where there is none."""


def labels(near: Neighbour, language: str) -> str:
    """What the fields are called that relate a record to a neighbour."""
    if len(near.fields) == 1:  # as most are related
        return field_label(*near.fields[0], language)
    return ", ".join(dict.fromkeys(field_label(*place, language) for place in near.fields))


def kind(known: Known, id_: str, language: str) -> str:
    """What a thing is in a language, as far as the dataset says it."""
    record = known.find(id_)
    return class_label(type(record), language) if record else Speaker(language, WORDS)("elsewhere")


def name(known: Known, id_: str, language: str) -> str:
    """What a thing is called in a language: its IRI where the dataset does not say it."""
    return in_language(known, id_, language)[1]


def in_language(known: Known, id_: str, language: str) -> tuple[str, str]:
    """What a thing is called, best in a language, and in which that is: an IRI is in any."""
    text = known.thing(id_).name
    return text.chosen(language) if text is not None else (language, id_)


def linker(known: Known, to: Callable[[str], str]) -> Linker:
    """Links to the pages of records, for which `to` finds them, and to things of the web."""

    def link(id_: str) -> str | None:
        page = known.thing(id_).page
        if page is not None:
            return to(page)
        return id_ if is_web(id_) else None

    return link
