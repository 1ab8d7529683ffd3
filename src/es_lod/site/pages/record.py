"""The page of a record: all that is known of it, where it leads, and where it comes from."""

import shlex
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from es_lod.formats import FORMATS
from es_lod.iris import resolve
from es_lod.messages.message import LANGUAGES
from es_lod.model import Record
from es_lod.namespaces import LICENCE_PAGES, SDO
from es_lod.site import addresses
from es_lod.site.edition import Edition, File, once
from es_lod.site.escaping import Html, escaped
from es_lod.site.facts.known import Known, value_of
from es_lod.site.facts.relations import Neighbours, neighbours
from es_lod.site.pages import record_words, relations
from es_lod.site.pages.html import Form, apart, link
from es_lod.site.pages.naming import kind, path_label
from es_lod.site.pages.parts import agenda, listed, rows
from es_lod.site.pages.references import Referring, incoming, referring, source
from es_lod.site.pages.rendering import Page, part
from es_lod.site.pages.seen import sight
from es_lod.site.pages.spelling import capitalised, date_said
from es_lod.site.pages.statements import marks, statements
from es_lod.site.pages.values import date
from es_lod.site.prepared import Prepared, mark
from es_lod.site.schema_org import scripts as schema_org
from es_lod.site.towns import slug_of, town
from es_lod.site.words import Speaker
from es_lod.values import PartialDate, Text

_DOCUMENTS: Final = tuple(FORMATS[name] for name in addresses.DOCUMENTS)
_SHOWN_APART: Final = frozenset({"agenda", "statements", "source"})
_ID: Final = mark("id")


def record_pages(edition: Edition, record: Record) -> Iterator[File]:
    """The pages of a record, and the small one that stands for the thing itself."""
    name = addresses.document(str(record.id))
    around = Around.of(Known(edition), record)
    for language in LANGUAGES:
        page = Page(edition, name, language, around.known, sight(edition, language))
        values = {key: value.encode() for key, value in _values(page, record, around).items()}
        values["picture"] = relations.figure(page, record, around.sides)
        shape = tuple([key for key, value in values.items() if value])
        yield File(page.path, _prepared(edition, type(record), language, shape)(values))
    yield thing(edition, str(record.id), _name(record), "stub")


class Around(NamedTuple):
    """What both pages of a record tell of others, and of when and where it is."""

    known: Known
    sides: Neighbours
    referring: Referring
    scripts: Mapping[str, Html]
    changed: str | None
    when: tuple[PartialDate, ...]
    where: str | None

    @classmethod
    def of(cls, known: Known, record: Record) -> "Around":
        """What is around a record."""
        id_ = str(record.id)
        return cls(
            known,
            neighbours(known, record),
            referring(known, id_),
            schema_org.scripts(known, record),
            known.edition.changed.get(id_),
            _when(record),
            town(record),
        )


@once
def _prepared(
    edition: Edition, cls: type[Record], language: str, shape: tuple[str, ...]
) -> Prepared:
    """The page of all records of a class that have values of these names, but for the values."""
    page = Page(edition, addresses.document(_ID), language)
    settings = edition.settings
    iri = resolve(_ID, settings.base)
    documents, downloads = _documents(page, _ID)
    query = f"DESCRIBE <{iri}>"
    values = {
        **dict.fromkeys(_OPTIONAL, ""),
        **{name: mark(name) for name in shape},
        "kind": kind(cls, language),
        "list": page.to(addresses.of_class(cls.__name__)),
        "agenda_label": _agenda_label(cls, language),
        "documents": documents,
        "downloads": downloads,
        "iri": iri,
        "types": (SDO.AboutPage, _schema_type(cls)),
        "licence": LICENCE_PAGES[settings.licence],
        "query": query,
        "asked": page.to_queries(query).replace(quote(_ID), mark("asked")),
        "command": f"es-lod query es.ttl --text {shlex.quote(query)}",
    }
    return Prepared(part(page, "record.html.j2", record_words.WORDS, values))


def thing(edition: Edition, id_: str, name: Text, state: str) -> File:
    """The page at the address of a thing, for hosts that know no rules: it leads to the document.

    `state` is `stub` or, of what was removed, `gone`: then there are no other documents.
    """
    text = Page(edition, addresses.document(id_), "pl").shown(name)
    values = {"id": id_, "title": escaped(name.best("pl")), "name": text}
    filled = _stub(edition, state)({key: value.encode() for key, value in values.items()})
    return File(addresses.of_thing(id_), filled)


@once
def _stub(edition: Edition, state: str) -> Prepared:
    page = _Stub(edition, _ID)
    values = {
        "name": mark("name"),
        "title": mark("title"),
        "target": addresses.document(_ID),
        "iri": resolve(_ID, edition.settings.base),
        "documents": _documents(page, _ID)[0] if state == "stub" else "",
    }
    return Prepared(part(page, "thing.html.j2", record_words.WORDS, values))


class _Stub(Page):
    """The page of a thing is one for both languages."""

    def __init__(self, edition: Edition, id_: str) -> None:
        super().__init__(edition, addresses.thing(id_), "pl")
        self.path = addresses.of_thing(id_)

    def to_file(self, path: str) -> str:
        return f"../../{path}"


_OPTIONAL: Final = (
    "summary",
    "rows",
    "agenda",
    "picture",
    "incoming",
    "sources",
    "statements",
    "changed",
    "json_ld",
)
"""The values that not every page has."""


def _values(page: Page, record: Record, around: Around) -> dict[str, str]:
    """What stands on the page of this record and on no other, as HTML."""
    id_, language = str(record.id), page.language
    day, when, where = around.changed, around.when, around.where
    name = _name(record)
    # The heading says the name; the other languages that it has stand among the fields.
    skip = _skipped(record.title if len(name) == 1 else "")
    say = Speaker(language, record_words.WORDS)
    return {
        "id": id_,
        # In a comment no two hyphens stand together.
        "asked": id_ if page.edition.settings.endpoint else id_.replace("--", "-&#45;"),
        "title": escaped(name.best(language)),
        "name": page.shown(name),
        "summary": _summary(page, when, where),
        "told": escaped(_told(record, when, where, language)),
        "rows": listed(rows(page, record, skip, mark=marks(page, record)).values()),
        "agenda": agenda(page, record),
        "statements": statements(page, record, say),
        "sources": "".join([source(page, str(id_)) for id_ in record.source]),
        "incoming": incoming(page, around.referring, say),
        "changed": _day(day, language) if day else "",
        "json_ld": around.scripts.get(language, ""),
    }


@cache
def _skipped(name: str) -> frozenset[str]:
    return _SHOWN_APART | {name}


@lru_cache(maxsize=1024)
def _day(day: str, language: str) -> Html:
    return escaped(date_said(PartialDate(day), language))


@cache
def _agenda_label(cls: type[Record], language: str) -> str:
    return capitalised(path_label(cls, ("agenda",), language)) if "agenda" in cls.by_key() else ""


def _name(record: Record) -> Text:
    found: Text = getattr(record, record.title)
    return found


@cache
def _schema_type(cls: type[Record]) -> str:
    """The most specific type of a class in schema.org."""
    return next((type_ for type_ in cls.types if type_.startswith(str(SDO))), SDO.Thing)


def _when(record: Record) -> tuple[PartialDate, ...]:
    """The day that something begins, and that on which it ends; when it was published."""
    starts, ends = value_of(record, "start_date"), value_of(record, "end_date")
    if starts is None:
        published = value_of(record, "date_published")
        return (published,) if published else ()
    return (starts,) if ends in (None, starts) else (starts, ends)


def _summary(page: Page, when: tuple[PartialDate, ...], where: str | None) -> str:
    """When and where, in a line."""
    parts = [" – ".join([date(page, day) for day in when])] if when else []
    if where:
        parts.append(link(page.to(addresses.of_place(slug_of(where))), apart(where)))
    return " · ".join(parts)


def _told(record: Record, when: tuple[PartialDate, ...], where: str | None, language: str) -> str:
    """A sentence for those who list pages: what it is, when, where; what is written of it."""
    days = " – ".join([date_said(day, language) for day in when])
    parts = [kind(type(record), language), *(" ".join(p.split()) for p in (days, where) if p)]
    told: Text | None = value_of(record, "description") or value_of(record, "abstract")
    line = ", ".join(parts) + "."
    return (line + " " + told.best(language) if told else line)[:300]


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
