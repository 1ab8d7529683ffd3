"""What a path of a site leads to: a file, a variant of it, another address, or nothing.

The same as the rules that the site has for Apache and nginx (`site/layouts/htaccess.j2`).
"""

import errno
import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from es_lod.messages.message import LANGUAGES
from es_lod.server.negotiation import language, media_type
from es_lod.site import addresses
from es_lod.site.servers import ID, prefixes, variants
from es_lod.site.settings import Settings


class Found(NamedTuple):
    """A file to answer with: its path in the site, and which headers the choice depended on.

    `chosen` says that the path asked for is not that of the file.
    """

    path: str
    status: int = 200
    vary: tuple[str, ...] = ()
    chosen: bool = False


class Elsewhere(NamedTuple):
    """An address to go on to with 303, from the root of the site."""

    path: str


class Variants(NamedTuple):
    """The files that there are, where none of their formats is acceptable."""

    paths: tuple[str, ...]


class Forbidden(NamedTuple):
    """A path that begins with a dot."""


Resolution = Found | Elsewhere | Variants | Forbidden

_PATH: Final = re.compile(r"(?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]+")
"""The names of the files of a site: no other is looked for, under any file system."""
_FOLDER: Final = re.compile(r"(?:doc|id)/_")
"""Where the files of records lie in a spread site: no address."""
_HIDDEN: Final = re.compile(r"(?:^|/)\.(?!well-known(?:/|$))")
_OF_RECORD: Final = re.compile(rf"(?:doc|id)/(?P<id>{ID})(?P<suffixes>(?:\.[a-z]+)*)")
_VERSION: Final = re.compile(rf"({addresses.VOCABULARY}|concept/{ID})/[0-9]+\.[0-9.]+")
_CONCEPT: Final = re.compile(rf"(concept/{ID})/({ID})")
_TURTLE: Final = re.compile(r"(shapes|alignments)(?:/[0-9.]+)?")
_PAGE: Final = re.compile(r"[a-z0-9/-]+")


_GONE: Final = f"{addresses.GONE}.html"
LOST: Final = f"{addresses.LOST}.html"
ANYWHERE: Final = (_GONE, LOST)
"""Pages that are shown at any address: their links begin at the root of the host."""


class Resolver:
    """Finds what the paths of a published folder lead to."""

    def __init__(self, site: Path, settings: Settings, *, spread: bool) -> None:
        self._site = site
        self._spread = spread
        self._inside = site.resolve()
        before = "|".join(re.escape(unquote(prefix)) for prefix in prefixes(settings))
        self._thing = re.compile(rf"(?:{before})(?P<id>{ID})/?")

    def resolve(self, path: str, accept: str | None, accept_language: str | None) -> Resolution:
        """What a path leads to, from the root of the site, without its first slash."""
        if _HIDDEN.search(path):
            return Forbidden()
        speech = language(accept_language, LANGUAGES)
        return (
            self._gone(path, speech)
            or self._negotiated(path, accept, speech)
            or self._page(path, speech)
            or self._onward(path)
            or self._file(path)
            or self._missing()
        )

    def has(self, path: str) -> bool:
        """Whether there is a file of the site; what a link leads to outside is none."""
        if not _PATH.fullmatch(path) or (self._spread and _FOLDER.match(path)):
            return False
        file = self.file(path)
        try:
            return file.is_file() and Path(os.path.realpath(file)).is_relative_to(self._inside)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:  # the file system has no such names
                return False
            raise

    def file(self, path: str) -> Path:
        """Where the file with a path lies."""
        return self._site / addresses.place(path, spread=self._spread)

    def _gone(self, path: str, speech: str) -> Found | None:
        """The page about what was removed, with status 410."""
        own = _OF_RECORD.fullmatch(path)
        found = own or self._thing.fullmatch(path)
        if found is None or not self.has(addresses.mark(id_ := found["id"])):
            return None
        if own is None:  # the page is not as deep as the address: its links would lead astray
            return Found(_GONE, 410)
        if own["suffixes"] in addresses.HTML.values():
            return Found(path, 410)
        page = addresses.page(addresses.document(id_), speech)
        return Found(page, 410, ("Accept-Language",))

    def _negotiated(self, path: str, accept: str | None, speech: str) -> Found | Variants | None:
        """The variant of what has data and a page."""
        files = {form.media_type: file for form, file in variants(path, speech)}
        if not files or not all(map(self.has, files.values())):
            return None
        best = media_type(accept, list(files))
        if best is None:
            return Variants(tuple(files.values()))
        return Found(files[best], vary=("Accept", "Accept-Language"), chosen=True)

    def _page(self, path: str, speech: str) -> Found | None:
        """The page without suffix, in the language of the client."""
        name = path or addresses.HOME
        if _PAGE.fullmatch(name) and self.has(page := addresses.page(name, speech)):
            return Found(page, vary=("Accept-Language",), chosen=True)
        if turtle := _TURTLE.fullmatch(path):
            return self._file(f"{turtle[1]}.ttl")
        return None

    def _onward(self, path: str) -> Elsewhere | None:
        """From a thing to the document about it, from a version to what it is one of."""
        if version := _VERSION.fullmatch(path):
            return Elsewhere(version[1])
        if (concept := _CONCEPT.fullmatch(path)) and self.has(f"{concept[1]}.ttl"):
            return Elsewhere(f"{concept[1]}#{concept[2]}")
        thing = self._thing.fullmatch(path)
        if thing and self.has(f"{addresses.document(thing[1])}.ttl"):
            return Elsewhere(addresses.document(thing[1]))
        return None

    def _file(self, path: str) -> Found | None:
        is_mark = path.startswith(f"{addresses.GONE}/")
        return Found(path) if not is_mark and self.has(path) else None

    def _missing(self) -> Found:
        return Found(LOST, 404)
