"""What a record's page says of other records: its sources, and what refers to it."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from markupsafe import Markup

from es_lod.model import Record, record_classes
from es_lod.site.collation import polish_order
from es_lod.site.pages.html import Form, joined
from es_lod.site.pages.naming import kind, path_label
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import date, reference
from es_lod.site.words import Speaker

_MOST: Final = 500
"""How many references of a kind a page lists; a query finds the others."""


_GROUP: Final = Form("<h3>{}</h3>\n<ul>\n{}{}</ul>\n")
_REFERENCE: Final = Form('<li>{} <span class="note">– {}</span></li>\n')
_OTHERS: Final = Form('<li class="note">{}</li>\n')
_SOURCE: Final = Form("<li>{}</li>\n")


def source(page: Page, id_: str) -> Markup:
    """An article, and when it was published."""
    record = page.edition.local(id_)
    published = getattr(record, "date_published", None)
    link = reference(page, id_)
    return _REFERENCE(link, date(page, published)) if published else _SOURCE(link)


def incoming(page: Page, id_: str, say: Speaker) -> Iterator[Markup]:
    """What refers to a record, by class in the order of their declaration, then by name.

    Each with the labels of the fields by which it does.
    """
    groups: dict[type[Record], dict[str, dict[str, None]]] = {}
    for link in page.edition.incoming(id_):
        source = page.edition.dataset.find(link.source)
        if source is not None and link.source != id_:
            cls = type(source)
            labels = groups.setdefault(cls, {}).setdefault(link.source, {})
            labels[path_label(cls, link.path, page.language)] = None
    for cls in sorted(groups, key=_order):
        sources = sorted(groups[cls], key=lambda source: _key(page, source))
        items = joined(
            _REFERENCE(reference(page, source), ", ".join(groups[cls][source]))
            for source in sources[:_MOST]
        )
        others = len(sources) - _MOST
        more = _OTHERS(say("more", n=others)) if others > 0 else ""
        yield _GROUP(kind(cls, page.language), items, more)


def _key(page: Page, id_: str) -> tuple[tuple[str, str], str]:
    name = page.edition.name(id_)
    return polish_order(name.best(page.language) if name else id_), id_


@cache
def _order(cls: type[Record]) -> int:
    return list(record_classes().values()).index(cls)
