"""HTML and XML as plain strings: whoever writes a text or an address into one escapes it.

`Markup` would take most of the time of a site: each piece of it is asked what it is, and escaped
once more.
"""

from functools import lru_cache
from typing import NewType

from markupsafe import escape

Html = NewType("Html", str)
"""A piece of HTML or SVG in which all texts are escaped."""


@lru_cache(maxsize=4096)
def escaped(text: str) -> Html:
    """A text or an address as it can stand in HTML, SVG and values of their attributes.

    Names stand on a page in both languages, and in its picture: they are remembered.
    """
    return Html(str(escape(text)))
