"""The search: a plain list of all records, which a script filters as one types."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from es_lod.site import addresses
from es_lod.site.cards import cards
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.pages.index import FOLDER, PATH, index, is_in_parts
from es_lod.site.pages.listing import Listing, entries, entry
from es_lod.site.words import Words

WORDS: Final[Words] = {
    "title": ("Szukaj", "Search"),
    "intro": (
        "Wszystkie rekordy: nazwa, rodzaj, miejscowość.",
        "All records: name, class, town.",
    ),
    "plain": (
        "Ta lista działa też bez JavaScriptu: szukaj w niej tak, jak w każdej stronie (Ctrl+F).",
        "This list works without JavaScript, too: search it as any page (Ctrl+F).",
    ),
    "field": ("Nazwa, rodzaj lub miejscowość", "Name, class or town"),
    "button": ("Szukaj", "Search"),
    # What the script says: {n} and {all} are numbers.
    "found": ("Znaleziono: {n} z {all}", "Found: {n} of {all}"),
    "shown": ("Pokazano pierwsze {n}", "The first {n} are shown"),
    "nothing": ("Nic nie znaleziono", "Nothing was found"),
    # Where the index is in parts, of which not all were read.
    "least": ("Znaleziono co najmniej {n} z {all}", "Found: at least {n} of {all}"),
    "some": ("Pokazano {n} z nich", "{n} of them are shown"),
    "more": ("Wpisz więcej, aby zawęzić wyniki", "Type more to narrow them down"),
    "unseen": (
        "Nic nie znaleziono w przejrzanej części spisu; wpisz więcej, aby przejrzeć inną",
        "Nothing was found in the part of the index that was read; type more to have another read",
    ),
    "here": ("Przeszukano tylko tę stronę listy", "Only this page of the list was searched"),
    "how": (
        "Słowa mogą być niepełne, byle od początku: „tarn” znajdzie Tarnów, „arnów” nie.",
        "Words need not be complete, but have to be from their beginning: “tarn” finds Tarnów, "
        "“arnów” does not.",
    ),
}


def files(edition: Edition, _: tuple[Download, ...]) -> Iterator[File]:
    """The pages of the search, and its index."""
    listing = Listing(addresses.SEARCH, "search.html.j2", WORDS, per_page=1000)
    count, by_name = edition.register.count(), partial(cards, edition.register)
    for page, start, found in listing.pages(edition, count, by_name):
        values = {
            "entries": entries(entry(page, card) for card in found),
            "index": page.to_file(PATH),
            "parts": is_in_parts(edition) and page.to_file(f"{FOLDER}/x").removesuffix("x"),
            "folder": page.to_file("doc/x").removesuffix("x"),
            "suffix": addresses.HTML[page.language],
        }
        yield listing.rendered(page, start, count, values)
    yield from index(edition)
