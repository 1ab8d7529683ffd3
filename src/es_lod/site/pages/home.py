"""The first page: what is here, how to find it, how to get it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from es_lod.messages.message import LANGUAGES
from es_lod.model import Event, record_classes
from es_lod.site import addresses
from es_lod.site.cards import Card, latest
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.escaping import Html, escaped
from es_lod.site.pages.listing import entries, link_to
from es_lod.site.pages.lists import by_class
from es_lod.site.pages.naming import kind
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import date_said, number_said
from es_lod.site.words import Words

WORDS: Final[Words] = {
    "title": ("Strona główna", "Home"),
    "field": ("Nazwa, rodzaj lub miejscowość", "Name, class or town"),
    "button": ("Szukaj", "Search"),
    "edition": ("Wydanie z dnia {day}", "Edition of {day}"),
    "contents": ("Co tu jest", "What is here"),
    "class": ("Rodzaj", "Class"),
    "number": ("Liczba", "Number"),
    "total": ("Razem", "Total"),
    "events": ("Najnowsze wydarzenia", "The latest events"),
    "all-dates": ("Całe kalendarium", "All dates"),
    "get": ("Jak pobrać dane", "How to get the data"),
    "get-dataset": ("pliki do pobrania, liczby i wykresy", "files to download, numbers and plots"),
    "get-queries": (
        "własne pytania do danych, w SPARQL",
        "your own questions to the data, in SPARQL",
    ),
    "get-catalog": (
        "adresy dla CKAN, dane.gov.pl i data.europa.eu",
        "addresses for CKAN, dane.gov.pl and data.europa.eu",
    ),
    "get-vocabulary": ("co znaczą klasy i właściwości", "what the classes and properties mean"),
    "get-record": (
        "U dołu strony każdego rekordu są te same dane jako Turtle, JSON-LD, N-Triples i RDF/XML.",
        "At the foot of each record’s page are the same data as Turtle, JSON-LD, N-Triples and "
        "RDF/XML.",
    ),
}
_LATEST: Final = 10


class Count(NamedTuple):
    """How many records of a class there are, and where they are listed."""

    label: str
    href: str
    number: str


def files(edition: Edition, _: tuple[Download, ...]) -> Iterator[File]:
    """The first page."""
    for language in LANGUAGES:
        page = Page(edition, addresses.HOME, language)
        yield rendered(page, "home.html.j2", WORDS, _values(page))


def _values(page: Page) -> dict[str, Any]:
    settings, classes = page.edition.settings, by_class(page.edition)
    counts = [
        Count(
            kind(cls, page.language),
            page.to(addresses.of_class(cls.__name__)),
            number_said(count, page.language),
        )
        for cls, count in classes.items()
    ]
    total = sum(classes.values())
    return {
        "counts": counts,
        "total": number_said(total, page.language),
        "events": entries(_event(page, *found) for found in _latest(page.edition)),
        "edition_day": date_said(settings.date, page.language) if settings.date else "",
    }


def _latest(edition: Edition) -> Iterator[tuple[str, Card]]:
    """The events that begin last, each with when it does."""
    names = [cls.__name__ for cls in record_classes().values() if issubclass(cls, Event)]
    return latest(edition.register, "start_date", _LATEST, *names)


def _event(page: Page, day: str, event: Card) -> tuple[Html, Html]:
    when = date_said(day, page.language)
    return link_to(page, event), escaped(f"{when}, {event.town}" if event.town else when)
