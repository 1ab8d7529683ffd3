"""Pages from templates: Jinja2 with everything escaped, and the frame that all pages share."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from es_lod.messages.message import LANGUAGES
from es_lod.site import addresses
from es_lod.site.addresses import link, page
from es_lod.site.edition import Edition, File
from es_lod.site.words import FRAME, Speaker, Words
from es_lod.values import Text

_MENU: Final = (
    ("home", addresses.HOME),
    ("search", addresses.SEARCH),
    ("places", addresses.PLACES),
    ("dates", addresses.DATES),
    ("dataset", addresses.DATASET),
    ("vocabulary", addresses.VOCABULARY),
    ("quality", addresses.QUALITY),
    ("catalog", addresses.CATALOGUE),
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("es_lod.site", "layouts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["version"] = version("es-lod")
    return environment


class Page:
    """A page in one language: what templates may ask for beside the values that they are given.

    `name` is that of the page without suffix (`doc/serwis`), `path` the file's.
    """

    def __init__(self, edition: Edition, name: str, language: str) -> None:
        self.edition = edition
        self.name = name
        self.language = language
        self.path = page(name, language)

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
        return ((word, self.to(name), name == self.name) for word, name in _MENU)

    @property
    def url(self) -> str:
        """The absolute address of this page."""
        return self.edition.settings.url + self.path

    def to(self, name: str, fragment: str = "") -> str:
        """The link to a page, in the language of this one."""
        return self.to_file(page(name, self.language) + (f"#{fragment}" if fragment else ""))

    def to_file(self, path: str) -> str:
        """The link to a file of the site."""
        return link(path, self.path)

    def text(self, text: Text) -> Markup:
        """A text in the page's language, else marked as that of another.

        It stands apart from its surroundings, whose direction of writing it cannot turn.
        """
        written = text.best(self.language)
        tag = next(tag for tag, string in text.items() if string == written)
        if self.language in text or tag == self.language:
            return Markup("<bdi>{}</bdi>").format(written)
        return Markup('<bdi lang="{}">{}</bdi>').format(tag, written)


def pages(
    edition: Edition, name: str, template: str, words: Words, values: Mapping[str, Any]
) -> Iterator[File]:
    """A page in both languages, from a template that is given the same values."""
    for language in LANGUAGES:
        yield rendered(Page(edition, name, language), template, words, values)


def rendered(page: Page, template: str, words: Words, values: Mapping[str, Any]) -> File:
    """A page from a template of `layouts/`.

    Templates have `page`, `say` (the words of the frame and of `words`), `settings`, and `values`.
    """
    say = Speaker(page.language, FRAME, words)
    text = (
        _environment()
        .get_template(template)
        .render(page=page, say=say, settings=page.edition.settings, **values)
    )
    return File(page.path, text.encode())
