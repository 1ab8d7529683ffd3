"""Terms as a table shows them: short, linked where there is a page, apart from their neighbours."""

import re
from typing import Final

from markupsafe import Markup

from es_lod.iris import is_id, relative
from es_lod.server.page.columns import Column, mark, number
from es_lod.server.page.frame import QueryPage
from es_lod.server.page.results import Value
from es_lod.server.page.terms import label, short
from es_lod.server.page.words import WORDS
from es_lod.site.pages.html import APART, LINK_APART, Form
from es_lod.site.words import Speaker

# What HTML does not take, and what would not be seen: https://infra.spec.whatwg.org/#noncharacter
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(2**16, 0x110000, 2**16)
    )
    + "]"
)
_WEB: Final = Form('<a href="{}" rel="external nofollow"><bdi>{}</bdi></a>')
_NAMED: Final = Form('{} <span class="label">{}</span>')
_OTHER: Final = Form('<bdi lang="{}">{}</bdi>')
_MARKED: Final = Form('{} <span class="mark">{}</span>')
_CODE: Final = Form("<code>{}</code>")
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def visible(text: str) -> str:
    """A text with marks in place of control characters; lines stay lines."""
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n"))


def said(page: QueryPage, iri: str) -> str:
    """An IRI in short: the id of a record, a prefixed name, else the whole."""
    base = page.edition.settings.base
    whole, hash_, fragment = iri.partition("#")
    id_ = relative(whole, base)
    if is_id(id_):
        return visible(id_ + hash_ + fragment)
    return visible(short(iri) or iri)


def cell(page: QueryPage, value: Value, column: Column) -> Markup:
    """A term in a column of a table."""
    if value.kind == "iri":
        link = link_of(page, value.text)
        called = "" if column.named_by is not None else label(value.text, page.language)
        return _NAMED(link, called) if called else link
    if value.kind != "literal":
        return _CODE(APART(visible(("_:" if value.kind == "blank" else "") + value.text)))
    shown = _literal(value, page.language)
    if value.is_cut:
        shown = _MARKED(shown + "…", Speaker(page.language, WORDS)("cut"))
    if column.marks or not mark(value):
        return shown
    return _MARKED(shown, mark_said(mark(value)))


def _literal(value: Value, language: str) -> Markup:
    text = visible(value.text)
    if value.language in ("", language) or not _TAG.fullmatch(value.language):
        return APART(text)
    return _OTHER(value.language, text)


def link_of(page: QueryPage, iri: str) -> Markup:
    """An IRI as a link where there is something to be seen."""
    href, shown = page.of_iri(iri), said(page, iri)
    if href is None:
        return APART(shown)
    return _WEB(href, shown) if href == iri else LINK_APART(href, shown)


def mark_said(text: str) -> str:
    """A language as its tag, a datatype in short: `pl`, `xsd:date`."""
    return visible(short(text) or text)


def is_number(value: Value, column: Column) -> bool:
    """Whether the value is set as a number, at the end of its cell."""
    return column.kind == "number" and number(value) is not None
