"""The search: a plain list of all records, which a script filters as one types."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.site import addresses
from es_lod.site.cards import cards
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.pages.listing import Listing, entry, named
from es_lod.site.pages.lists import by_class
from es_lod.site.pages.spelling import capitalised
from es_lod.site.words import Words

INDEX: Final = "search.json"
"""What the script reads: all records, in few characters."""
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
}


def files(edition: Edition, _: tuple[Download, ...]) -> Iterator[File]:
    """The pages of the search, and its index."""
    listing = Listing(addresses.SEARCH, "search.html.j2", WORDS, per_page=1000)
    count, by_name = edition.register.count(), partial(cards, edition.register)
    for page, start, found in listing.pages(edition, count, by_name):
        values = {
            "entries": [entry(page, card) for card in found],
            "index": page.to_file(INDEX),
            "folder": page.to_file("doc/x").removesuffix("x"),
            "suffix": addresses.HTML[page.language],
        }
        yield listing.rendered(page, start, count, values)
    yield File(INDEX, _index(edition))


def _index(edition: Edition) -> bytes:
    """The classes with their labels, and a line for each record: id, names, class, town.

    `[id, pl, en, class, town]`; an English name that is the Polish one is 0.
    """
    classes = list(by_class(edition))
    numbers = {cls.__name__: i for i, cls in enumerate(classes)}
    labels = {tag: [capitalised(class_label(cls, tag)) for cls in classes] for tag in LANGUAGES}
    lines = []
    for card in cards(edition.register, "pl"):
        name = named(card)
        polish, english = name.best("pl"), name.best("en")
        other = english if english != polish else 0
        line = [card.id, polish, other, numbers[card.cls], card.town or ""]
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    head = json.dumps(labels, ensure_ascii=False)
    return ('{"classes": ' + head + ', "records": [\n' + ",\n".join(lines) + "\n]}\n").encode()
