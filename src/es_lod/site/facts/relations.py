"""What a record refers to and what refers to it, each with what lies beyond."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from es_lod.iris import is_web
from es_lod.labels import class_label, field_label
from es_lod.model import Field, Node, Record
from es_lod.model.fields import PartKind
from es_lod.site import addresses
from es_lod.site.edition import Edition
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


class Neighbour(NamedTuple):
    """A thing that a record refers to, or that refers to it.

    `fields` are those that say so, each with the class that has it; `further` is what is shown
    beyond it, `more` how many beyond it are not shown (`None`: it was not counted).
    """

    id: str
    is_outgoing: bool
    fields: tuple[tuple[type[Node], Field], ...]
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


def neighbours(edition: Edition, record: Record) -> Neighbours:
    """The neighbours of a record; each once a side, sources of facts last."""
    cls, id_ = type(record), str(record.id)
    to = ((link.target, cls, link.path) for link in edition.outgoing(record))
    of = (
        (link.source, type(source), link.path)
        for link in edition.incoming(id_)
        if (source := edition.dataset.find(link.source)) is not None
    )
    return Neighbours(
        _side(edition, id_, to, is_outgoing=True), _side(edition, id_, of, is_outgoing=False)
    )


_Reference = tuple[str, type[Node], tuple[str, ...]]


def _side(
    edition: Edition, id_: str, references: Iterable[_Reference], *, is_outgoing: bool
) -> Side:
    found: dict[str, dict[str, tuple[type[Node], Field]]] = {}
    rank: dict[str, int] = {}
    for other, cls, path in references:
        key = path[-1]
        found.setdefault(other, {}).setdefault(key, _field(cls, path))
        rank.setdefault(key, len(rank))
    rank["source"] = len(rank)
    ordered = sorted(found.items(), key=lambda item: min(rank[key] for key in item[1]))
    shown = (
        _onward(edition, id_, Neighbour(other, is_outgoing, tuple(fields.values())))
        for other, fields in ordered[:SHOWN]
    )
    return Side(tuple(shown), max(0, len(ordered) - SHOWN))


@cache
def _field(cls: type[Node], path: tuple[str, ...]) -> tuple[type[Node], Field]:
    """The field that a path ends in, with its class."""
    field = cls.by_key()[path[0]]
    if len(path) > 1 and isinstance(field.kind, PartKind):
        return _field(field.kind.part, path[1:])
    return cls, field


def _onward(edition: Edition, centre: str, near: Neighbour) -> Neighbour:
    """A neighbour with what is shown beyond it."""
    for _, field in near.fields:
        onward = _ONWARD.get((field.key, near.is_outgoing))
        record = edition.dataset.find(near.id)
        if onward is None or record is None:
            continue
        key, is_outgoing = onward
        seen = _targets(record, key) if is_outgoing else _sources(edition, near.id, key)
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


def _sources(edition: Edition, id_: str, key: str) -> _Seen:
    links = edition.incoming(id_)
    found = [
        Neighbour(link.source, False, (_field(type(source), link.path),))
        for link in islice(links, _LOOKED_AT)
        if link.path == (key,) and (source := edition.dataset.find(link.source)) is not None
    ]
    more = max(0, len(found) - _FURTHER) if len(links) <= _LOOKED_AT else None
    return _Seen(found[:_FURTHER], more)


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


class Told(NamedTuple):
    """A side in a language, with how many more there are."""

    items: tuple[Item, ...]
    more: int


Linker = Callable[[str], str | None]
"""The link to the page of an id, or of an IRI; nothing where there is none."""


def told(edition: Edition, sides: Neighbours, language: str, link: Linker) -> tuple[Told, Told]:
    """The two sides of a record in a language."""

    def item(near: Neighbour) -> Item:
        tag, called = in_language(edition, near.id, language)
        return Item(
            _labels(near.fields, language),
            kind(edition, near.id, language),
            called,
            link(near.id),
            near.is_outgoing,
            tuple(map(item, near.further)),
            near.more,
            "" if tag == language else tag,
        )

    outgoing, incoming = (Told(tuple(map(item, side.shown)), side.more) for side in sides)
    return outgoing, incoming


def _labels(fields: tuple[tuple[type[Node], Field], ...], language: str) -> str:
    if len(fields) == 1:  # as most are related
        return field_label(*fields[0], language)
    return ", ".join(dict.fromkeys(field_label(cls, field, language) for cls, field in fields))


def kind(edition: Edition, id_: str, language: str) -> str:
    """What a thing is in a language, as far as the dataset says it."""
    record = edition.dataset.find(id_)
    return class_label(type(record), language) if record else Speaker(language, WORDS)("elsewhere")


def name(edition: Edition, id_: str, language: str) -> str:
    """What a thing is called in a language: its IRI where the dataset does not say it."""
    return in_language(edition, id_, language)[1]


def in_language(edition: Edition, id_: str, language: str) -> tuple[str, str]:
    """What a thing is called, best in a language, and in which that is: an IRI is in any."""
    text = edition.name(id_)
    return text.chosen(language) if text is not None else (language, id_)


def linker(edition: Edition, to: Callable[[str], str]) -> Linker:
    """Links to the pages of records, and to things of the web; nowhere else."""

    def link(id_: str) -> str | None:
        record = edition.local(id_)
        if record is not None:
            return to(addresses.document(str(record.id)))
        return id_ if is_web(id_) else None

    return link
