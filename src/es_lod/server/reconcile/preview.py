"""Previews: what a thing is, small enough for a frame of 400 by 200 pixels.

The page brings its style along: in a frame of another origin, and in one that may do nothing, it
could load none. It has no script.
"""

from base64 import b64encode
from hashlib import sha256
from itertools import islice
from typing import Final

from markupsafe import Markup

from es_lod.labels import class_definition
from es_lod.model import Record
from es_lod.server.reconcile.properties import Property
from es_lod.site import addresses
from es_lod.site.edition import Edition
from es_lod.site.pages.html import Form
from es_lod.site.pages.listing import name_of
from es_lod.site.pages.naming import kind
from es_lod.site.pages.parts import listed, rows
from es_lod.site.pages.rendering import Page
from es_lod.site.towns import town

# The colours are those of assets/site.css.
_STYLE: Final = """
:root {
  color-scheme: light dark;
  --ink: #1c2833; --soft: #4d5b68; --paper: #ffffff; --accent: #1b4f72;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf1; --soft: #b3c0cb; --paper: #14191e; --accent: #8fc3e8; }
}
body {
  margin: 0; padding: 0.6rem 0.8rem; border-top: 0.2rem solid var(--accent);
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 0.85rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { margin: 0 0 0.3rem; font-size: 1.05rem; line-height: 1.25; }
a { color: var(--accent); }
p { margin: 0 0 0.2rem; }
dl { margin: 0.3rem 0 0; }
dl > div { display: flex; gap: 0.5rem; }
dt { flex: none; color: var(--soft); }
dd { margin: 0; }
.kind, .note { color: var(--soft); }
"""
_HASH: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
)
"""The content security policy of a preview. It says nothing of who may frame it: all may."""

_PAGE: Final = Form(
    '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex">\n<base target="_blank">\n'
    "<title>{}</title>\n<style>" + _STYLE + "</style>\n"
    "</head>\n<body>\n{}</body>\n</html>\n"
)
_EMPTY: Final = Form("")()
_KIND: Final = Form('<p class="kind">{}</p>\n')
_LINK: Final = Form('<h1><a href="{}">{}</a></h1>\n')
_NAME: Final = Form("<p><strong>{}</strong></p>\n")
_TOLD: Final = Form("<p>{}</p>\n")
_ROWS: Final = Form("<dl>\n{}</dl>\n")
_SHOWN: Final = 4
"""How many fields have room."""
_LONGEST: Final = 140
_TELLING: Final = (
    "startDate",
    "datePublished",
    "operator",
    "krs",
    "nip",
    "regon",
    "alternateName",
    "legalForm",
    "foundingDate",
    "operatedSince",
    "publisher",
    "organizer",
    "workshopType",
)
"""The fields that a preview has room for, the most telling first."""


def what_it_is(record: Record, language: str) -> str:
    """What tells namesakes apart: the kind of thing, and where it is."""
    where = town(record)
    return kind(type(record), language) + (f", {where}" if where else "")


def preview(edition: Edition, record: Record, path: str, language: str) -> bytes:
    """The preview of a record, as a page; `path` is where it stands below the site."""
    page = Page(edition, path, language)
    found = rows(page, record, most=1)
    lines = (found[key] for key in _TELLING if key in found)
    shown = listed(islice(lines, _SHOWN))
    href, told = page.to(addresses.document(str(record.id))), _described(record, language)
    content = [
        _KIND(what_it_is(record, language)),
        _LINK(href, page.text(name_of(record))),
        *([_TOLD(told)] if told else []),
        *([_ROWS(Markup(shown))] if shown else []),  # noqa: S704  # rows are HTML
    ]
    return _PAGE(language, name_of(record).best(language), _EMPTY.join(content)).encode()


def _described(record: Record, language: str) -> str:
    """The beginning of what is written of a thing."""
    text = getattr(record, "description", None) or getattr(record, "abstract", None)
    told: str = text.best(language) if text else ""
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def flyout_of_record(record: Record, language: str) -> str:
    """What a thing is, as a piece of HTML for a client's page: links would lead nowhere there."""
    lines = [what_it_is(record, language), _described(record, language)]
    return _flyout(name_of(record).best(language), lines)


def flyout_of_type(cls: type[Record], language: str) -> str:
    """What a type is."""
    return _flyout(kind(cls, language), [class_definition(cls, language)])


def flyout_of_property(property_: Property, language: str) -> str:
    """What a property is."""
    return _flyout(property_.label(language), [property_.description(language), property_.id])


def _flyout(name: str, lines: list[str]) -> str:
    return str(_EMPTY.join((_NAME(name), *(_TOLD(line) for line in lines if line))))
