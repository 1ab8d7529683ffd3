"""The page in the frame of the site: where it is, and where its links lead."""

from typing import ClassVar, Final, TypeAlias
from urllib.parse import urlencode

from es_lod.iris import is_id, is_web, relative
from es_lod.server.page.terms import place
from es_lod.site import addresses
from es_lod.site.edition import Edition
from es_lod.site.pages.rendering import Page

ENDPOINT: Final = addresses.SPARQL
"""The endpoint and its page, below the address of the site."""
LONGEST: Final = 6000
"""How many characters of an address a query may take: hosts and proxies refuse more than 8,000."""


Parameters: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values, in their order; a name may come more than once."""


def address(*parameters: tuple[str, str]) -> str | None:
    """The link to the page with these parameters, from itself; nothing where it is too long."""
    written = urlencode([(key, value) for key, value in parameters if value])
    return f"{ENDPOINT}?{written}" if len(written) <= LONGEST else None


class QueryPage(Page):
    """The query page in a language; `asked` are the parameters of what it shows."""

    layouts: ClassVar[tuple[str, ...]] = ("es_lod.server.page", *Page.layouts)

    def __init__(self, edition: Edition, language: str, asked: Parameters) -> None:
        super().__init__(edition, ENDPOINT, language)
        self.path = ENDPOINT
        self.asked = asked

    @property
    def twin(self) -> str:
        """The link to the same question in the other language; of a long one to the page."""
        lang = ("lang", self.twin_language)
        return address(*self.asked, lang) or address(lang) or ENDPOINT

    @property
    def url(self) -> str:
        """The absolute address of this page, whatever it is asked."""
        return f"{self.edition.settings.url}{ENDPOINT}?lang={self.language}"

    def with_format(self, format: str) -> str | None:
        """The link to the answer as a file."""
        return address(*self.asked, ("format", format))

    def of_iri(self, iri: str) -> str | None:
        """The link to what tells of a thing: its page here, else its own address on the web.

        Nothing where a browser would not go there, or would do something else.
        """
        whole, _, fragment = iri.partition("#")
        id_ = relative(whole, self.edition.settings.base)
        if is_id(id_):
            return self.to(addresses.document(id_), fragment)
        here = place(iri)
        if here is not None:
            return self.to(*here)
        return iri if is_web(iri) else None
