"""The first page: what is here, how to find it, how to get it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from es_lod.messages.message import LANGUAGES
from es_lod.model import Event, Record
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.facts.places import town
from es_lod.site.pages.listing import Entry, link_to
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
            number_said(len(records), page.language),
        )
        for cls, records in classes.items()
    ]
    total = sum(len(records) for records in classes.values())
    return {
        "counts": counts,
        "total": number_said(total, page.language),
        "events": [_event(page, event) for event in _latest(page.edition)],
        "edition_day": date_said(settings.date, page.language) if settings.date else "",
    }


def _latest(edition: Edition) -> list[Record]:
    events: list[Any] = [record for record in edition.records() if isinstance(record, Event)]
    return sorted(events, key=lambda event: (event.start_date, str(event.id)), reverse=True)[
        :_LATEST
    ]


def _event(page: Page, event: Any) -> Entry:
    where = town(event)
    when = date_said(event.start_date, page.language)
    return Entry(link_to(page, event), f"{when}, {where}" if where else when)
