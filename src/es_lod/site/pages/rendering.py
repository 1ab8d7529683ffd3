"""Pages from templates: Jinja2 with everything escaped, and the frame that all pages share."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import version
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from es_lod.iris import is_web, mailto
from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.namespaces import LICENCE_PAGES
from es_lod.site import addresses
from es_lod.site.addresses import link, page
from es_lod.site.edition import Edition, File, once
from es_lod.site.escaping import Html
from es_lod.site.facts.known import Known
from es_lod.site.facts.relations import WORDS
from es_lod.site.pages.frame_words import FRAME
from es_lod.site.pages.html import apart, tagged
from es_lod.site.pages.seen import Seen, Sight
from es_lod.site.served import commented, is_here
from es_lod.site.settings import LICENCE_NAMES
from es_lod.site.words import Speaker, Words
from es_lod.values import Text

_MENU: Final = (
    ("home", addresses.HOME),
    ("search", addresses.SEARCH),
    ("places", addresses.PLACES),
    ("dates", addresses.DATES),
    ("dataset", addresses.DATASET),
    ("queries", addresses.SPARQL),
    ("vocabulary", addresses.VOCABULARY),
    ("quality", addresses.QUALITY),
    ("catalog", addresses.CATALOGUE),
)


_TOLD: Final = (addresses.DATASET, "sparql")
"""Where the page of the dataset tells of the endpoint: also the IRI of the service."""


@cache
def _environment(packages: tuple[str, ...]) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package, "layouts") for package in packages]),
        autoescape=True,
        auto_reload=False,  # templates do not change while a site is built
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["served"] = lambda html, page: page.served(html)
    environment.globals |= {
        "version": version("es-lod"),
        "mailto": mailto,
        "licences": LICENCE_PAGES,
        "licence_names": LICENCE_NAMES,
    }
    return environment


@cache
def _template(name: str, packages: tuple[str, ...]) -> Template:
    found = _environment(packages).get_template(name)
    # A plain dictionary: each page copies it, and a chain of them is copied key by key.
    found.globals = dict(found.globals)
    return found


class Page:
    """A page in one language: what templates may ask for beside the values that they are given.

    `name` is that of the page without suffix (`doc/serwis`), `path` the file's; `known` are the
    records that were found for it, and for its twin where that has the same. `sight` is what it
    shows of them, and what pages show that are beside it.
    """

    layouts: ClassVar[tuple[str, ...]] = ("es_lod.site",)
    """The packages in whose `layouts/` its templates are looked for, the first first."""

    def __init__(
        self,
        edition: Edition,
        name: str,
        language: str,
        known: Known | None = None,
        sight: Sight | None = None,
    ) -> None:
        self.edition = edition
        self.known = known or Known(edition)
        self.sight = sight or Sight()
        self.name = name
        self.language = language
        self.path = page(name, language)
        self.folder = name.rpartition("/")[0]

    @property
    def twin(self) -> str:
        """The link to the same page in the other language."""
        return self.to_file(page(self.name, self.twin_language))

    @property
    def twin_language(self) -> str:
        """The other language."""
        return "en" if self.language == "pl" else "pl"

    @property
    def menu(self) -> Iterator[tuple[str, str, bool]]:
        """The entries of the menu: word, link, whether it is this page."""
        for word, name in _MENU:
            href = self.to_queries() if name == addresses.SPARQL else self.to(name)
            yield word, href, name == self.name

    @property
    def frame(self) -> "Frame":
        """What stands around the content: the same on all pages of a folder, but for the menu."""
        here = self.name if self.name in dict(_MENU).values() else f"{self.folder}/"
        return _frame(self.edition, here, self.language)

    @property
    def url(self) -> str:
        """The absolute address of this page."""
        return self.edition.settings.url + self.path

    def to(self, name: str, fragment: str = "") -> str:
        """The link to a page, in the language of this one."""
        return self.to_file(page(name, self.language) + (f"#{fragment}" if fragment else ""))

    def to_record(self, id_: str) -> str:
        """The link to the page of a record."""
        before, behind = self._around_record
        return before + id_ + behind

    @cached_property
    def _around_record(self) -> tuple[str, str]:
        before, _, behind = self.to(addresses.document("*")).partition("*")
        return before, behind

    def see(self, id_: str) -> Seen:
        """The thing of an id or an IRI, as far as the dataset tells of it."""
        return self.sight.seen.get(id_) or self.sight.seen.keep(id_, self._look(id_))

    def _look(self, id_: str) -> Seen:
        record, name, local = self.known.thing(id_)
        href = self.to_record(local) if local else id_ if is_web(id_) else None
        if record is None or name is None:
            return Seen(Speaker(self.language, WORDS)("elsewhere"), id_, "", href)
        tag, called = name.chosen(self.language)
        lang = "" if tag == self.language else tag
        return Seen(class_label(type(record), self.language), called, lang, href)

    def to_file(self, path: str) -> str:
        """The link to a file of the site."""
        return link(path, self.path)

    def to_queries(self, query: str = "") -> str:
        """The link to the page for queries, in the language of this one; with a query, to that.

        Elsewhere an endpoint may have no such page: the page of the dataset tells of it, and
        queries are sent to it.
        """
        settings = self.edition.settings
        asked = {"query": query} if query else {}
        if is_here(settings):
            asked["lang"] = self.language
            return f"{self.to_file(addresses.SPARQL)}?{_encoded(asked)}"
        return f"{settings.endpoint}?{_encoded(asked)}" if query else self.to(*_TOLD)

    def served(self, html: str) -> Markup:
        """A piece with links to queries; in a comment where nobody is known to answer these."""
        is_stated = self.edition.settings.endpoint is not None
        return Markup(html) if is_stated else commented(html)  # noqa: S704  # it is HTML

    def text(self, text: Text) -> Markup:
        """A text in the page's language, else marked as that of another, for a template."""
        return Markup(self.shown(text))  # noqa: S704  # escaped where it is shown

    def shown(self, text: Text) -> Html:
        """A text in the page's language, else marked as that of another.

        It stands apart from its surroundings, whose direction of writing it cannot turn.
        """
        tag, written = text.chosen(self.language)
        return apart(written) if tag == self.language else tagged(tag, written)


def _encoded(values: Mapping[str, str]) -> str:
    return urlencode(values, quote_via=quote, safe="")


class Frame(NamedTuple):
    """The parts of the frame."""

    brand: Markup
    menu: Markup
    footer: Markup


@once
def _frame(edition: Edition, here: str, language: str) -> Frame:
    """The frame of the pages of a folder (`doc/`), or of one that is in the menu."""
    page, say = Page(edition, here, language), Speaker(language, FRAME)
    macros = _template("frame.html.j2", Page.layouts).module
    return Frame(*(getattr(macros, name)(page, say, edition.settings) for name in Frame._fields))


def pages(
    edition: Edition, name: str, template: str, words: Words, values: Mapping[str, Any]
) -> Iterator[File]:
    """A page in both languages, from a template that is given the same values."""
    for language in LANGUAGES:
        yield rendered(Page(edition, name, language), template, words, values)


def rendered(page: Page, template: str, words: Words, values: Mapping[str, Any]) -> File:
    """A page from a template of its `layouts`.

    Templates have `page`, `say` (the words of the frame and of `words`), `settings`, and `values`.
    """
    return File(page.path, part(page, template, words, values).encode())


def part(page: Page, template: str, words: Words, values: Mapping[str, Any]) -> Markup:
    """A part of a page from a template, or all of it."""
    say = Speaker(page.language, FRAME, words)
    found = _template(template, page.layouts)
    text = found.render(page=page, say=say, settings=page.edition.settings, **values)
    return Markup(text)  # noqa: S704  # the template has escaped it
