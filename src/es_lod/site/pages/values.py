"""The values of fields as people read them: a way of showing for each kind of value."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, TypeAlias

from es_lod.iris import is_id, is_web, mailto, resolve
from es_lod.labels import choice_label, concept_label
from es_lod.model import Kind, kinds, strings
from es_lod.site import addresses
from es_lod.site.escaping import Html, escaped
from es_lod.site.pages.html import apart, link, tagged
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.spelling import date_said, number_said, phone_said
from es_lod.values import PartialDate, Text, Texts, language_name

Show: TypeAlias = Callable[[Page, Any], Html]
"""Shows a value on a page."""


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


def text(page: Page, value: Text) -> Html:
    """A text in the page's language, then in the others, each with the name of its language."""
    shown = page.shown(value)
    if len(value) == 1:
        return shown
    first = value.best(page.language)
    others = (_named(page, *pair) for pair in value.items() if pair[1] != first)
    return Html(shown + "".join([f'<p class="also">{other}</p>' for other in others]))


def _named(page: Page, tag: str, string: str) -> Html:
    """A text in another language, with its name."""
    name = escaped(language_name(tag, page.language))
    return Html(f'{tagged(tag, string)} <span class="tag">{name}</span>')


def _texts(page: Page, value: Texts) -> Html:
    # Those in the page's language come first.
    tags = sorted(value, key=lambda tag: (tag != page.language, tag))
    shown = [
        apart(string) if tag == page.language else _named(page, tag, string)
        for tag in tags
        for string in value[tag]
    ]
    if len(shown) == 1:
        return shown[0]
    items = "".join([f"<li>{item}</li>" for item in shown])
    return Html(f'<ul class="plain">{items}</ul>')


def date(page: Page, value: PartialDate) -> Html:
    """A date in words."""
    return _date(str(value), page.language)


@lru_cache(maxsize=4096)
def _date(value: str, language: str) -> Html:
    said = escaped(date_said(PartialDate(value), language))
    return Html(f'<time datetime="{escaped(value)}">{said}</time>')


def _concept(scheme: str) -> Show:
    @cache
    def shown(folder: str, language: str, value: str) -> Html:
        path = addresses.page(addresses.scheme(scheme), language)
        href = addresses.link(f"{path}#{value}", f"{folder}/")
        return link(href, escaped(concept_label(scheme, value, language)))

    return lambda page, value: shown(page.folder, page.language, value)


def _choice(kind: kinds.ChoiceKind) -> Show:
    labels = cache(lambda word, language: escaped(choice_label(kind, word, language)))
    return lambda page, value: labels(value, page.language)


def _number(page: Page, value: Any) -> Html:
    return escaped(number_said(value, page.language))


def reference(page: Page, target: str) -> Html:
    """The name of a thing, linked to its page here or, of a thing elsewhere, to its address."""
    held = page.sight.references
    return held.get(target) or held.keep(target, _reference(page, target))


def _reference(page: Page, target: str) -> Html:
    thing, seen = page.known.thing(target), page.see(target)
    if thing.record is None:
        is_here = is_id(target)  # but nothing is said of it: there is no page to lead to
        iri = resolve(target, page.edition.settings.base)
        return apart(iri) if is_here else address(page, iri)
    if thing.page == target and seen.href:
        return link(seen.href, seen.html)
    return _to_web(target, seen.html) if is_web(target) else seen.html


def address(_: Page, iri: str) -> Html:
    """An IRI, as a link where a browser can go there and nowhere else."""
    return _to_web(iri, escaped(iri)) if is_web(iri) else apart(iri)


def _to_web(iri: str, shown: Html) -> Html:
    return Html(f'<a href="{escaped(iri)}" rel="external">{shown}</a>')


def _email(_: Page, value: str) -> Html:
    return link(mailto(value), escaped(value))


def _phone(_: Page, value: str) -> Html:
    return link(f"tel:{value}", escaped(phone_said(value)))


def fax(_: Page, value: str) -> Html:
    """A fax number."""
    return escaped(phone_said(value))


def _language(page: Page, value: str) -> Html:
    return escaped(language_name(value, page.language))


def _country(page: Page, value: str) -> Html:
    poland = "Polska" if page.language == "pl" else "Poland"
    return escaped(poland if value == "PL" else value)


def _string(_: Page, value: str) -> Html:
    return apart(value)
