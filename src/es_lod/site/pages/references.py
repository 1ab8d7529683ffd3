"""What a record's page says of other records: its sources, and what refers to it."""

from functools import cache, lru_cache
from typing import Final, TypeAlias

from es_lod.model import Record, record_classes
from es_lod.site.collation import polish_order
from es_lod.site.escaping import Html, escaped
from es_lod.site.facts.known import Known, value_of
from es_lod.site.pages.naming import kind, path_label
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import date, reference
from es_lod.site.words import Speaker

_MOST: Final = 500
"""How many references of a kind a page lists; a query finds the others."""


Referring: TypeAlias = dict[type[Record], dict[str, list[tuple[str, ...]]]]
"""By class and id what refers to a record, and the fields by which it does."""


def source(page: Page, id_: str) -> Html:
    """An article, and when it was published."""
    held = page.sight.sources
    return held.get(id_) or held.keep(id_, _source(page, id_))


def _source(page: Page, id_: str) -> Html:
    local = page.known.thing(id_).page
    article = page.known.find(local) if local else None
    published = value_of(article, "date_published") if article is not None else None
    found = reference(page, id_)
    return _reference(found, date(page, published)) if published else Html(f"<li>{found}</li>\n")


def _reference(link: Html, note: Html) -> Html:
    return Html(f'<li>{link} <span class="note">– {note}</span></li>\n')


def referring(known: Known, id_: str) -> Referring:
    """What refers to a record, by class in the order of their declaration."""
    groups: Referring = {}
    for link in known.incoming(id_):
        source = known.find(link.source)
        if source is not None and link.source != id_:
            groups.setdefault(type(source), {}).setdefault(link.source, []).append(link.path)
    return {cls: groups[cls] for cls in sorted(groups, key=_order)}


def incoming(page: Page, groups: Referring, say: Speaker) -> Html:
    """What refers to a record, by class, then by name: with the labels of the fields."""
    return Html("".join([_group(page, cls, groups[cls], say) for cls in groups]))


def _group(
    page: Page, cls: type[Record], sources: dict[str, list[tuple[str, ...]]], say: Speaker
) -> str:
    ordered = sorted(sources, key=lambda id_: _key(page, id_)) if len(sources) > 1 else [*sources]
    items = [
        _reference(reference(page, id_), _labels(cls, tuple(sources[id_]), page.language))
        for id_ in ordered[:_MOST]
    ]
    others = len(ordered) - _MOST
    if others > 0:
        items.append(Html(f'<li class="note">{escaped(say("more", n=others))}</li>\n'))
    heading = _heading(cls, page.language)
    return f"<h3>{heading}</h3>\n<ul>\n{''.join(items)}</ul>\n"


@lru_cache(maxsize=1024)
def _labels(cls: type[Record], paths: tuple[tuple[str, ...], ...], language: str) -> Html:
    """What the fields are called by which something refers to a record."""
    return escaped(", ".join(dict.fromkeys(path_label(cls, path, language) for path in paths)))


@cache
def _heading(cls: type[Record], language: str) -> Html:
    return escaped(kind(cls, language))


def _key(page: Page, id_: str) -> tuple[tuple[str, str], str]:
    name = page.known.thing(id_).name
    return polish_order(name.best(page.language) if name else id_), id_


@cache
def _order(cls: type[Record]) -> int:
    return list(record_classes().values()).index(cls)
