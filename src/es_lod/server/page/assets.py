"""What the page loads: the style sheet and the editor."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files("es_lod.server.page") / "assets"
ASSETS: Final = {
    "editor.js": "text/javascript",
    "editor-licences.txt": "text/plain; charset=utf-8",
    "query.css": "text/css; charset=utf-8",
}
"""The files to be served below `sparql/assets/`, with their media types."""


def asset(name: str) -> bytes:
    """The bytes of one of `ASSETS`. Raises `KeyError` for any other name."""
    if name not in ASSETS:
        raise KeyError(name)
    return (_FOLDER / name).read_bytes()
