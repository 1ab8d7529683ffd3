"""The relations of a record on its page: a picture, and the same as a list."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Record
from es_lod.site import addresses
from es_lod.site.drawings.relations import picture
from es_lod.site.drawings.shapes import Column, Shape, centre, shape
from es_lod.site.edition import Edition
from es_lod.site.facts.relations import WORDS, Item, Told, in_language, linker, neighbours, told
from es_lod.site.pages.html import APART, Form, joined
from es_lod.site.pages.rendering import Page
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


def figures(edition: Edition, record: Record) -> dict[str, Markup]:
    """What a record's page shows of its relations, by language; nothing where it has none."""
    sides = neighbours(edition, record)
    found: dict[str, Markup] = {}
    for language in LANGUAGES if any(side.shown for side in sides) else ():
        page = Page(edition, addresses.document(str(record.id)), language)
        tag, called = in_language(edition, str(record.id), language)
        lang = "" if tag == language else tag
        values: list[str] = []
        item = Item("", class_label(type(record), language), called, None, True, lang=lang)
        middle = centre(item, values)
        outgoing, incoming = (
            Column(tuple(shape(item, values) for item in side.items), side.more)
            for side in told(edition, sides, language, linker(edition, page.to))
        )
        filled = _prepared(language, middle, (outgoing, incoming)).of(values)
        found[language] = Markup(filled)  # noqa: S704  # values are escaped where shapes are made
    return found


@lru_cache(maxsize=_MOST)
def _prepared(language: str, middle: Shape, sides: tuple[Column, Column]) -> Numbered:
    """The picture and the list of a shape."""
    drawn = Markup(picture(language, middle, sides))  # noqa: S704  # escaped where it is drawn
    say = Speaker(language, WORDS)
    shown = (Told(tuple(item for item, *_ in side.shapes), side.more) for side in sides)
    lists = joined(_side(say, side) for side in shown if side.items)
    return Numbered(_BOTH(drawn, say("as-list"), lists))


def _side(say: Speaker, side: Told) -> Markup:
    heading = say("outgoing" if side.items[0].is_outgoing else "incoming")
    return _SIDE(heading, joined(_listed(say, side.items, side.more)))


def _listed(say: Speaker, items: tuple[Item, ...], more: int | None) -> Iterator[Markup]:
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
