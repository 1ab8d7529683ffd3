"""The relations of a record on its page: a picture, and the same as a list."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import Final

from markupsafe import Markup

from es_lod.model import Record
from es_lod.site.drawings.relations import picture
from es_lod.site.drawings.shapes import Column, Pattern, beside, in_centre, look, shape
from es_lod.site.drawings.shapes import Side as DrawnSide
from es_lod.site.escaping import escaped
from es_lod.site.facts.relations import WORDS, Item, Neighbour, Neighbours
from es_lod.site.pages.html import APART, Form, joined
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.seen import Drawn
from es_lod.site.prepared import Numbered
from es_lod.site.words import Speaker

_BOTH: Final = Form("{}\n<details>\n<summary>{}</summary>\n{}</details>\n")
_SIDE: Final = Form("<h3>{}</h3>\n<ul>\n{}</ul>\n")
_LINK: Final = Form('<a href="{}">{}</a>')
_OTHERWISE: Final = Form('<bdi lang="{}">{}</bdi>')
_OUTGOING: Final = Form("<li>{}: {} ({})\n{}</li>\n")
_INCOMING: Final = Form("<li>{} ({}) – {}\n{}</li>\n")
_FURTHER: Final = Form("<ul>\n{}</ul>\n")
_MORE: Final = Form("<li>{}</li>\n")


_MOST: Final = 512
"""How many shapes are remembered: most records have the shape of another, save for those that many
refer to."""


def figure(page: Page, record: Record, sides: Neighbours) -> bytes:
    """What a record's page shows of its relations; nothing where it has none."""
    if not any(side.shown for side in sides):
        return b""
    seen = page.see(str(record.id))
    own = in_centre(seen.called)
    middle = Pattern("", look(seen.kind, seen.lang, False, own.lines), True)
    values = [*own.values, b""]
    outgoing, incoming = (
        DrawnSide(tuple([_pattern(page, near, values) for near in side.shown]), side.more)
        for side in sides
    )
    return _prepared(page.language, middle, outgoing, incoming).of(values)


def _pattern(page: Page, near: Neighbour, values: list[bytes], depth: int = 0) -> Pattern:
    """The pattern of a neighbour and of what is beyond it; their values come behind `values`."""
    held = page.sight.drawn
    drawn = held.get((near.id, depth)) or held.keep((near.id, depth), _drawn(page, near.id, depth))
    values += drawn.values
    further = tuple([_pattern(page, inner, values, depth + 1) for inner in near.further])
    return Pattern(near.label(page.language), drawn.look, near.is_outgoing, near.more, further)


def _drawn(page: Page, id_: str, depth: int) -> Drawn:
    """A neighbour, or what is so much further away, as a picture shows it."""
    kind, called, lang, href = page.see(id_)
    lettered = beside(called, depth)
    link = escaped(href).encode() if href else b""
    return Drawn(look(kind, lang, href is not None, lettered.lines), (*lettered.values, link))


@lru_cache(maxsize=_MOST)
def _prepared(language: str, middle: Pattern, outgoing: DrawnSide, incoming: DrawnSide) -> Numbered:
    """The picture and the list of things with these patterns."""
    numbers = count()
    centre = shape(middle, numbers)
    columns = [
        Column(tuple(shape(pattern, numbers) for pattern in side.patterns), side.more)
        for side in (outgoing, incoming)
    ]
    drawn = Markup(picture(language, centre, columns))  # noqa: S704  # escaped where it is drawn
    say = Speaker(language, WORDS)
    lists = joined(_side(say, column) for column in columns if column.shapes)
    return Numbered(_BOTH(drawn, say("as-list"), lists))


def _side(say: Speaker, column: Column) -> Markup:
    items = [item for item, *_ in column.shapes]
    heading = say("outgoing" if items[0].is_outgoing else "incoming")
    return _SIDE(heading, joined(_listed(say, items, column.more)))


def _listed(say: Speaker, items: Iterable[Item], more: int | None) -> Iterator[Markup]:
    """Items, each with what is beyond it, and how many others there are."""
    for item in items:
        called = _OTHERWISE(item.lang, item.name) if item.lang else APART(item.name)
        name = _LINK(item.href, called) if item.href else called
        inner = joined(_listed(say, item.further, item.beyond)) if item.further else ""
        beyond = _FURTHER(inner) if inner else Markup()
        if item.is_outgoing:
            yield _OUTGOING(item.label, name, item.kind, beyond)
        else:
            yield _INCOMING(name, item.kind, item.label, beyond)
    if more != 0:
        yield _MORE(say("more-still") if more is None else say("more", n=more))
