"""The page of a record: all that is known of it, where it leads, and where it comes from."""

import shlex
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from es_lod.formats import FORMATS
from es_lod.iris import resolve
from es_lod.labels import class_label, field_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Record, record_classes
from es_lod.model.fields import PartKind
from es_lod.namespaces import LICENCE_PAGES, SDO
from es_lod.site import addresses
from es_lod.site.collation import polish_order
from es_lod.site.edition import Edition, File
from es_lod.site.facts.places import slug_of, town
from es_lod.site.pages import record_words, relations
from es_lod.site.pages.html import LINK_APART, Form
from es_lod.site.pages.parts import agenda, rows
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import capitalised, date_said
from es_lod.site.pages.statements import marks, statements
from es_lod.site.pages.values import date, reference
from es_lod.site.schema_org import scripts as schema_org
from es_lod.values import PartialDate, Text

_DOCUMENTS: Final = tuple(FORMATS[name] for name in addresses.DOCUMENTS)
_SHOWN_APART: Final = frozenset({"agenda", "statements", "source"})
_MOST: Final = 500
"""How many references of a kind a page lists; a query finds the others."""


class Group(NamedTuple):
    """References to a record from those of a class."""

    label: str
    items: list[tuple[Markup, str]]
    """What refers to the record, and the labels of the fields by which it does."""
    more: int
    """How many others there are."""


def record_pages(edition: Edition, record: Record) -> Iterator[File]:
    """The pages of a record, and the small one that stands for the thing itself."""
    name = addresses.document(str(record.id))
    pictures = relations.figures(edition, record)
    for language in LANGUAGES:
        page = Page(edition, name, language)
        values = _values(page, record)
        values["picture"] = pictures.get(language)
        values["json_ld"] = schema_org.json_ld(edition, record, language)
        yield rendered(page, "record.html.j2", record_words.WORDS, values)
    yield thing(edition, str(record.id), _name(record), "stub")


def thing(edition: Edition, id_: str, name: Text, state: str) -> File:
    """The page at the address of a thing, for hosts that know no rules: it leads to the document.

    `state` is `stub` or, of what was removed, `gone`: then there are no other documents.
    """
    page = _Stub(edition, id_)
    values = {
        "name": name,
        "target": addresses.document(id_),
        "iri": resolve(id_, edition.settings.base),
        "documents": _documents(page, id_)[0] if state == "stub" else "",
        "languages": LANGUAGES,
    }
    return rendered(page, "thing.html.j2", record_words.WORDS, values)


class _Stub(Page):
    """The page of a thing is one for both languages."""

    def __init__(self, edition: Edition, id_: str) -> None:
        super().__init__(edition, addresses.thing(id_), "pl")
        self.path = addresses.of_thing(id_)

    def to_file(self, path: str) -> str:
        return f"../../{path}"


def _values(page: Page, record: Record) -> dict[str, Any]:
    settings, id_ = page.edition.settings, str(record.id)
    day = page.edition.changed.get(id_)
    iri = resolve(id_, settings.base)
    name = _name(record)
    documents, downloads = _documents(page, id_)
    summary = list(_summary(page, record))
    # The heading says the name; the other languages that it has stand among the fields.
    skip = _SHOWN_APART | ({record.title} if len(name) == 1 else set())
    return {
        "name": name,
        "kind": kind(type(record), page.language),
        "list": page.to(addresses.of_class(type(record).__name__)),
        "summary": summary,
        "told": _told(page, record, summary),
        "rows": list(rows(page, record, frozenset(skip), mark=marks(page, record))),
        "agenda": agenda(page, record),
        "agenda_label": _agenda_label(type(record), page.language),
        "statements": statements(page, record),
        "sources": [_source(page, str(source)) for source in record.source],
        "incoming": list(_incoming(page, id_)),
        "documents": documents,
        "downloads": downloads,
        "iri": iri,
        "types": (SDO.AboutPage, _schema_type(type(record))),
        "licence": LICENCE_PAGES[settings.licence],
        "query": f"DESCRIBE <{iri}>",
        "command": f"es-lod query es.ttl --text {shlex.quote(f'DESCRIBE <{iri}>')}",
        "changed": date_said(PartialDate(day), page.language) if day else "",
    }


@cache
def _agenda_label(cls: type[Record], language: str) -> str:
    return capitalised(_label(cls, ("agenda",), language)) if "agenda" in cls.by_key() else ""


def _name(record: Record) -> Text:
    found: Text = getattr(record, record.title)
    return found


@cache
def kind(cls: type[Record], language: str) -> str:
    """What a class is called, at the beginning of a line."""
    return capitalised(class_label(cls, language))


@cache
def _schema_type(cls: type[Record]) -> str:
    """The most specific type of a class in schema.org."""
    return next((type_ for type_ in cls.types if type_.startswith(str(SDO))), SDO.Thing)


def _summary(page: Page, record: Record) -> Iterator[Markup]:
    """When and where, in a line."""
    if when := _when(page, record):
        yield when
    if where := town(record):
        yield LINK_APART(page.to(addresses.of_place(slug_of(where))), where)


def _when(page: Page, record: Record) -> Markup:
    starts: PartialDate | None = getattr(record, "start_date", None)
    ends: PartialDate | None = getattr(record, "end_date", None)
    if starts is None:
        published = getattr(record, "date_published", None)
        return date(page, published) if published else Markup()
    first = date(page, starts)
    return first if ends in (None, starts) else first + " – " + date(page, ends)


def _told(page: Page, record: Record, summary: list[Markup]) -> str:
    """A sentence for those who list pages: what it is, when, where; what is written of it."""
    parts = [kind(type(record), page.language)]
    parts += [part.striptags() for part in summary]
    told: Text | None = getattr(record, "description", None) or getattr(record, "abstract", None)
    line = ", ".join(parts) + "."
    return (line + " " + told.best(page.language) if told else line)[:300]


def _source(page: Page, id_: str) -> tuple[Markup, Markup]:
    """An article, and when it was published."""
    record = page.edition.local(id_)
    published = getattr(record, "date_published", None)
    return reference(page, id_), date(page, published) if published else Markup()


@cache
def _forms() -> tuple[Form, Form]:
    """The links to the documents of a record, in the head of its page and for people."""
    head, body = [], []
    for format in _DOCUMENTS:
        type_, href = f'type="{format.media_type}"', f'href="{{}}.{format.name}"'
        head.append(f'<link rel="alternate" {type_} {href} title="{format.title}">\n')
        head.append(f'<link rel="describedby" {type_} {href}>\n')
        link = f"<a {href} {type_}>{format.title}</a>"
        body.append(f'<dd>{link} <span class="note">{format.media_type}</span></dd>\n')
    return Form("".join(head)), Form("".join(body))


def _documents(page: Page, id_: str) -> tuple[Markup, Markup]:
    """The links to the documents, for the head of a page and for its body."""
    href = page.to_file(addresses.document(id_))
    head, body = _forms()
    return head(*[href] * 2 * len(_DOCUMENTS)), body(*[href] * len(_DOCUMENTS))


def _incoming(page: Page, id_: str) -> Iterator[Group]:
    """What refers to a record, by class in the order of their declaration, then by name."""
    groups: dict[type[Record], dict[str, dict[str, None]]] = {}
    for link in page.edition.incoming(id_):
        source = page.edition.dataset.find(link.source)
        if source is not None and link.source != id_:
            cls = type(source)
            labels = groups.setdefault(cls, {}).setdefault(link.source, {})
            labels[_label(cls, link.path, page.language)] = None
    for cls in sorted(groups, key=_order):
        sources = sorted(groups[cls], key=lambda source: _key(page, source))
        items = [
            (reference(page, source), ", ".join(groups[cls][source])) for source in sources[:_MOST]
        ]
        yield Group(kind(cls, page.language), items, max(0, len(sources) - _MOST))


def _key(page: Page, id_: str) -> tuple[tuple[str, str], str]:
    name = page.edition.name(id_)
    return polish_order(name.best(page.language) if name else id_), id_


@cache
def _order(cls: type[Record]) -> int:
    return list(record_classes().values()).index(cls)


@lru_cache(maxsize=1024)
def _label(cls: type[Node], path: tuple[str, ...], language: str) -> str:
    """The label of a field, within a part after that of the part: `punkty programu: pokazuje`."""
    labels = []
    for key in path:
        field = cls.by_key()[key]
        labels.append(field_label(cls, field, language))
        cls = field.kind.part if isinstance(field.kind, PartKind) else cls
    return ": ".join(labels)
