"""The values of fields as people read them: a way of showing for each kind of value."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from es_lod.iris import is_id, is_web, mailto, resolve
from es_lod.labels import choice_label, concept_label
from es_lod.model import Kind, kinds, strings
from es_lod.site import addresses
from es_lod.site.pages.html import APART, Form, joined
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.spelling import date_said, number_said, phone_said
from es_lod.values import PartialDate, Text, Texts, language_name

Show: TypeAlias = Callable[[Page, Any], Markup]
"""Shows a value on a page."""

_LINK: Final = Form('<a href="{}">{}</a>')
_WEB: Final = Form('<a href="{}" rel="external">{}</a>')
_TIME: Final = Form('<time datetime="{}">{}</time>')
_ALSO: Final = Form('<p class="also">{} <span class="tag">{}</span></p>')
_OTHER: Final = Form('<bdi lang="{}">{}</bdi>')
_TAGGED: Final = Form('{} <span class="tag">{}</span>')
_ITEMS: Final = Form('<ul class="plain">{}</ul>')
_ITEM: Final = Form("<li>{}</li>")


@cache
def shown_as(kind: Kind) -> Show:
    """How the values of a kind are shown; parts are shown elsewhere."""
    found: Show
    match kind:
        case kinds.TextKind():
            found = text
        case kinds.TextsKind():
            found = _texts
        case kinds.DateKind():
            found = date
        case kinds.ConceptKind(scheme):
            found = _concept(scheme)
        case kinds.ChoiceKind():
            found = _choice(kind)
        case kinds.CountKind() | kinds.DecimalKind():
            found = _number
        case kinds.RefKind():
            found = reference
        case kinds.IriKind():
            found = address
        case _:
            found = _of_string(kind)
    return found


def _of_string(kind: Kind) -> Show:
    match kind:
        case strings.EmailKind():
            return _email
        case strings.PhoneKind():
            return _phone
        case strings.LanguageKind():
            return _language
        case strings.CountryKind():
            return _country
    return _string


def text(page: Page, value: Text) -> Markup:
    """A text in the page's language, then in the others, each with the name of its language."""
    first = value.best(page.language)
    others = [(tag, string) for tag, string in value.items() if string != first]
    return page.text(value) + joined(_also(page, tag, string) for tag, string in others)


def _also(page: Page, tag: str, string: str) -> Markup:
    return _ALSO(_OTHER(tag, string), language_name(tag, page.language))


def _texts(page: Page, value: Texts) -> Markup:
    # Those in the page's language come first.
    tags = sorted(value, key=lambda tag: (tag != page.language, tag))
    items = [(tag, string) for tag in tags for string in value[tag]]
    shown = [
        APART(string)
        if tag == page.language
        else _TAGGED(_OTHER(tag, string), language_name(tag, page.language))
        for tag, string in items
    ]
    return shown[0] if len(shown) == 1 else _ITEMS(joined(_ITEM(item) for item in shown))


def date(page: Page, value: PartialDate) -> Markup:
    """A date in words."""
    return _date(str(value), page.language)


@lru_cache(maxsize=4096)
def _date(value: str, language: str) -> Markup:
    return _TIME(value, date_said(PartialDate(value), language))


def _concept(scheme: str) -> Show:
    @cache
    def link(folder: str, language: str, value: str) -> Markup:
        path = addresses.page(addresses.scheme(scheme), language)
        href = addresses.link(f"{path}#{value}", f"{folder}/")
        return _LINK(href, concept_label(scheme, value, language))

    return lambda page, value: link(page.folder, page.language, value)


def _choice(kind: kinds.ChoiceKind) -> Show:
    labels = cache(lambda word, language: choice_label(kind, word, language))
    return lambda page, value: Markup.escape(labels(value, page.language))


def _number(page: Page, value: Any) -> Markup:
    return Markup.escape(number_said(value, page.language))


def reference(page: Page, target: str) -> Markup:
    """The name of a thing, linked to its page here or, of a thing elsewhere, to its address."""
    name = page.edition.name(target)
    if name is None:
        is_here = is_id(target)  # but nothing is said of it: there is no page to lead to
        iri = resolve(target, page.edition.settings.base)
        return APART(iri) if is_here else address(page, iri)
    shown = page.text(name)
    if is_id(target):
        return _LINK(page.to(addresses.document(target)), shown)
    return _WEB(target, shown) if is_web(target) else shown


def address(_: Page, iri: str) -> Markup:
    """An IRI, as a link where a browser can go there and nowhere else."""
    return _WEB(iri, iri) if is_web(iri) else APART(iri)


def _email(_: Page, value: str) -> Markup:
    return _LINK(mailto(value), value)


def _phone(_: Page, value: str) -> Markup:
    return _LINK(f"tel:{value}", phone_said(value))


def fax(_: Page, value: str) -> Markup:
    """A fax number."""
    return Markup.escape(phone_said(value))


def _language(page: Page, value: str) -> Markup:
    return Markup.escape(language_name(value, page.language))


def _country(page: Page, value: str) -> Markup:
    poland = "Polska" if page.language == "pl" else "Poland"
    return Markup.escape(poland if value == "PL" else value)


def _string(_: Page, value: str) -> Markup:
    return APART(value)
