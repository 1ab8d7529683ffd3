"""What the pages look like and do: the files that every site has as they are."""

from collections.abc import Iterator
from importlib.resources import files as resource
from typing import Final

from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File

_ASSETS: Final = (
    ("site.css", "assets/site.css"),
    ("search.js", "assets/search.js"),
    ("logo.svg", "logo.svg"),
)
"""The file in the package, and its path in the site."""


def files(_: Edition, __: tuple[Download, ...]) -> Iterator[File]:
    """The style sheet, the script of the search, the logo."""
    folder = resource("es_lod.site") / "assets"
    for name, path in _ASSETS:
        yield File(path, (folder / name).read_bytes())
