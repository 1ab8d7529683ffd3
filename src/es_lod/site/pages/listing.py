"""Lists of records over as many pages as they need."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from markupsafe import Markup

from es_lod.messages.message import LANGUAGES
from es_lod.model import Record, record_classes
from es_lod.site.cards import Card
from es_lod.site.edition import Edition, File
from es_lod.site.escaping import Html, escaped
from es_lod.site.pages.html import apart
from es_lod.site.pages.naming import kind
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.words import Words
from es_lod.values import Text

WORDS: Final[Words] = {
    "count": ("{n:pozycja|pozycje|pozycji}", "{n:entry|entries}"),
    "pager": ("Strony listy", "Pages of the list"),
    "page-of": ("strona {i} z {n}", "page {i} of {n}"),
    "previous": ("Poprzednia strona", "Previous page"),
    "next": ("Następna strona", "Next page"),
    "none": ("Tu jeszcze nic nie ma.", "There is nothing here yet."),
}
"""The words of all lists."""


T = TypeVar("T")

PER_PAGE: Final = 500
"""How many entries a page of a list has."""


def entries(lines: Iterable[tuple[Html, Html]]) -> Markup:
    """The lines of a list: in each a link, and what stands beside it."""
    shown = [f'<li>{link} <span class="note">{note}</span></li>\n' for link, note in lines]
    return Markup("".join(shown))  # noqa: S704  # it is HTML


def name_of(record: Record) -> Text:
    """What a record is called."""
    found: Text = getattr(record, record.title)
    return found


def class_of(card: Card) -> type[Record]:
    """The class of a record."""
    return record_classes()[card.cls]


def named(card: Card) -> Text:
    """What a record is called, as a list knows it."""
    return _named(card.names)


@lru_cache(maxsize=2 * PER_PAGE)
def _named(names: str) -> Text:
    # The page in the other language has most of them, too.
    return Text(json.loads(names))


def link_to(page: Page, card: Card) -> Html:
    """The name of a record as a link to its page."""
    return Html(f'<a href="{page.to_record(card.id)}">{page.shown(named(card))}</a>')


def entry(page: Page, card: Card) -> tuple[Html, Html]:
    """A record with its class and town."""
    town = f", {apart(card.town)}" if card.town else ""
    return link_to(page, card), Html(escaped(kind(class_of(card), page.language)) + town)


class Listing(NamedTuple):
    """A list that its own room writes: the name of its first page, its template and words.

    The other pages have their number after that name: `class/event-2`.
    """

    name: str
    template: str = "list.html.j2"
    words: Words = WORDS
    per_page: int = PER_PAGE
    between: str = "-"

    def named(self, i: int) -> str:
        """The name of a page of the list."""
        return self.name if i == 1 else f"{self.name}{self.between}{i}"

    def pages(
        self, edition: Edition, count: int, found: Callable[[str], Iterable[T]]
    ) -> Iterator[tuple[Page, int, list[T]]]:
        """The pages of a list in each language: where each begins, and what is on it.

        `found` gives all `count` things of the list in a language, in their order.
        """
        waiting = {language: iter(found(language)) for language in LANGUAGES}
        for i in range(1, max(1, -(-count // self.per_page)) + 1):
            for language, rest in waiting.items():
                page = Page(edition, self.named(i), language)
                yield page, (i - 1) * self.per_page, list(islice(rest, self.per_page))

    def rendered(self, page: Page, start: int, count: int, values: dict[str, Any]) -> File:
        """A page of the list that begins with the entry `start`."""
        i, last = start // self.per_page + 1, max(1, -(-count // self.per_page))
        around = {
            "i": i,
            "last": last,
            "count": count,
            "previous": page.to(self.named(i - 1)) if i > 1 else None,
            "next": page.to(self.named(i + 1)) if i < last else None,
        }
        return rendered(page, self.template, {**WORDS, **self.words}, {**around, **values})
