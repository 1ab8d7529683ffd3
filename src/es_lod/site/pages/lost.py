"""The pages of what is not here: never was, or was removed."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from es_lod.iris import resolve
from es_lod.messages.message import LANGUAGES
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.editions.state import Removed
from es_lod.site.pages import record_words
from es_lod.site.pages.record import thing
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import date_said
from es_lod.site.words import Speaker, Words
from es_lod.values import PartialDate, Text

WORDS: Final[Words] = {
    "lost-title": ("Nie ma takiej strony", "There is no such page"),
    "lost-text": (
        "Pod tym adresem niczego nie ma. Być może jest w nim literówka.",
        "There is nothing at this address. It may be misspelt.",
    ),
    "gone-title": ("Tego już tu nie ma", "This is no longer here"),
    "gone-text": (
        "Rekord spod tego adresu usunięto z danych. Adres nie zostanie użyty do niczego innego.",
        "The record at this address was removed from the data. The address will not be used for "
        "anything else.",
    ),
}
_PAGES: Final = ((addresses.LOST, "lost"), (addresses.GONE, "gone"))


def files(edition: Edition, _: tuple[Download, ...]) -> Iterator[File]:
    """`404.html` and `gone.html`, in both languages: a server shows them at any address."""
    speakers = [Speaker(language, record_words.WORDS, WORDS) for language in LANGUAGES]
    for name, key in _PAGES:
        page = _Anywhere(edition, name, "pl")
        pages = [_Anywhere(edition, name, language) for language in LANGUAGES]
        values = {"key": key, "both": list(zip(pages, speakers, strict=True))}
        yield rendered(page, "lost.html.j2", WORDS, values)


class _Anywhere(Page):
    """A page that is shown at any address: its links begin at the root of its host."""

    def to_file(self, path: str) -> str:
        settings = self.edition.settings
        return urlsplit(settings.host or settings.url).path + path


def tombstone(edition: Edition, id_: str, gone: Removed) -> Iterator[File]:
    """The pages of a record that was removed: that it was, when, and what it was called."""
    name = Text(gone.name or id_)
    for language in LANGUAGES:
        page = Page(edition, addresses.document(id_), language)
        values = {
            "name": name,
            "iri": resolve(id_, edition.settings.base),
            "day": date_said(PartialDate(gone.day), language) if gone.day else "",
        }
        yield rendered(page, "tombstone.html.j2", record_words.WORDS, values)
    yield thing(edition, id_, name, "gone")
