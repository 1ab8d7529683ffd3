"""What pages show of things: each is looked at once for all pages of a folder in a language."""

from typing import NamedTuple

from es_lod.site.drawings.shapes import Look
from es_lod.site.edition import Edition, once
from es_lod.site.escaping import Html
from es_lod.site.held import Held
from es_lod.site.pages.html import apart, tagged


class Seen(NamedTuple):
    """A thing as a page shows it: what it is, what it is called, and where it leads.

    `lang` is the language of the name, where it is another than the page's.
    """

    kind: str
    called: str
    lang: str
    href: str | None

    @property
    def html(self) -> Html:
        """What it is called; it turns the direction of writing of nothing around it."""
        return tagged(self.lang, self.called) if self.lang else apart(self.called)


class Drawn(NamedTuple):
    """A thing as a picture shows it: how it looks, its name as it is written, and its link."""

    look: Look
    values: tuple[bytes, ...]


class Sight:
    """What pages show of things, by their ids or IRIs.

    `references` are the links to them, `sources` the entries of articles, `drawn` what pictures
    show of them, by how far they are away.
    """

    def __init__(self) -> None:
        self.seen: Held[str, Seen] = Held()
        self.references: Held[str, Html] = Held()
        self.sources: Held[str, Html] = Held()
        self.drawn: Held[tuple[str, int], Drawn] = Held()


@once
def sight(_: Edition, __: str) -> Sight:
    """What the pages of records in a language show: their links begin in one folder."""
    return Sight()
