"""Lists of what is there: by class, by place, by year."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from es_lod.labels import class_definition, class_label, field_label
from es_lod.model import Record, record_classes
from es_lod.site import addresses
from es_lod.site.cards import Happened, cards, classes, happened, years
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File, once
from es_lod.site.escaping import Html, escaped
from es_lod.site.facts.places import towns
from es_lod.site.pages.html import apart, link
from es_lod.site.pages.listing import WORDS as LISTS
from es_lod.site.pages.listing import Listing, class_of, entries, entry, link_to
from es_lod.site.pages.naming import kind
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.spelling import date_said
from es_lod.site.words import Speaker, Words

WORDS: Final[Words] = {
    **LISTS,
    "places-title": ("Miejscowości", "Places"),
    "places-intro": (
        "Organizacje, jednostki i wydarzenia według miejscowości.",
        "Organisations, units and events by town.",
    ),
    "dates-title": ("Kalendarium", "Dates"),
    "dates-intro": (
        "Wydarzenia, założenia organizacji, publikacje i inne daty według lat.",
        "Events, foundings of organisations, publications and other dates by year.",
    ),
    "year": ("Rok {year}", "The year {year}"),
    "records": ("{n:rekord|rekordy|rekordów}", "{n:record|records}"),
    "dates": ("{n:data|daty|dat}", "{n:date|dates}"),
    "calendar": (
        "Wydarzenia jako plik kalendarza (iCalendar)",
        "The events as a calendar file (iCalendar)",
    ),
    "map": ("Miejsca na mapę (GeoJSON)", "Places for a map (GeoJSON)"),
}


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The lists by class, by place and by year."""
    there = {item.path for item in downloads}
    yield from _classes(edition)
    yield from _places(edition, there)
    yield from _dates(edition, there)


@once
def by_class(edition: Edition) -> Mapping[type[Record], int]:
    """Class → how many records it has, in the order of declaration; none without records."""
    found = classes(edition.register)
    return {cls: found[name] for name, cls in record_classes().items() if name in found}


def _list(
    edition: Edition,
    listing: Listing,
    count: int,
    head: Callable[[str], dict[str, Any]],
    **only: str,
) -> Iterator[File]:
    """A list of records by name; `head` has the title and what stands under it in a language."""
    by_name = partial(cards, edition.register, **only)
    for page, start, found in listing.pages(edition, count, by_name):
        shown = entries(entry(page, card) for card in found)
        values = {"entries": shown, "downloads": [], "intro": "", **head(page.language)}
        yield listing.rendered(page, start, count, values)


def _classes(edition: Edition) -> Iterator[File]:
    for cls, count in by_class(edition).items():

        def head(language: str, cls: type[Record] = cls) -> dict[str, Any]:
            return {"title": kind(cls, language), "intro": class_definition(cls, language)}

        listing = Listing(addresses.of_class(cls.__name__))
        yield from _list(edition, listing, count, head, **{"class": cls.__name__})


def _places(edition: Edition, there: set[str]) -> Iterator[File]:
    found = towns(edition)
    for slug, town in found.items():
        # Two hyphens: `place/lodz-2` may be a town of its own.
        listing = Listing(addresses.of_place(slug), between="--")
        head = {"title": town.name}
        yield from _list(edition, listing, town.records, lambda _, head=head: head, place=slug)  # type: ignore[misc]

    lists = [(addresses.of_place(slug), town.name, town.records) for slug, town in found.items()]
    yield from _index(edition, addresses.PLACES, lists, "records", there & {addresses.MAP})


def _index(
    edition: Edition,
    name: str,
    lists: Sequence[tuple[str, str, int]],
    counted: str,
    offered: set[str],
) -> Iterator[File]:
    """What leads to lists: the page of each, its title, and how much it has, in the word `counted`.

    `offered` are downloads with the same content.
    """
    listing = Listing(name, words=WORDS)
    words = {addresses.MAP: "map", addresses.CALENDAR: "calendar"}
    for page, start, found in listing.pages(edition, len(lists), lambda _: lists):
        say = Speaker(page.language, WORDS)
        values = {
            "title": say(f"{name}-title"),
            "intro": say(f"{name}-intro"),
            "downloads": [(page.to_file(path), say(words[path])) for path in sorted(offered)],
            "entries": entries(
                (link(page.to(list_), apart(title)), escaped(say(counted, n=count)))
                for list_, title, count in found
            ),
        }
        yield listing.rendered(page, start, len(lists), values)


def _dates(edition: Edition, there: set[str]) -> Iterator[File]:
    found = years(edition.register)
    for year, count in found.items():
        listing = Listing(addresses.of_year(year))
        in_year = partial(_happened_in, edition, year)
        for page, start, items in listing.pages(edition, count, in_year):
            say = Speaker(page.language, WORDS)
            values = {
                "title": say("year", year=year.lstrip("0") or "0"),
                "intro": "",
                "downloads": [],
                "entries": entries(_happened(page, item) for item in items),
            }
            yield listing.rendered(page, start, count, values)

    lists = [(addresses.of_year(year), year, count) for year, count in found.items()]
    yield from _index(edition, addresses.DATES, lists, "dates", there & {addresses.CALENDAR})


def _happened_in(edition: Edition, year: str, _: str) -> Iterator[Happened]:
    """What happened in a year: in all languages in the Polish order."""
    return happened(edition.register, year)


def _happened(page: Page, item: Happened) -> tuple[Html, Html]:
    cls = class_of(item.card)
    what = f"{class_label(cls, page.language)}: {_field(cls, item.field, page.language)}"
    return link_to(page, item.card), escaped(f"{date_said(item.day, page.language)} – {what}")


@cache
def _field(cls: type[Record], name: str, language: str) -> str:
    field = next(field for field in cls.fields() if field.name == name)
    return field_label(cls, field, language)
