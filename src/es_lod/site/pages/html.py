"""Pieces of HTML that code writes: each value in them is escaped.

What a page of a record is made of is `Html`, which is a plain string; what templates and forms are
given is `Markup`.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from markupsafe import Markup, escape

from es_lod.site.escaping import Html, escaped


class Form:
    """A piece of HTML with places `{}` for values: `Form('<a href="{}">{}</a>')(href, name)`.

    It does what `Markup.format` does, in a fifth of the time: a site has millions of links.
    """

    def __init__(self, html: str) -> None:
        # Every second piece is the place of a value.
        self._pieces = re.split(r"(\{\})", html)

    def __call__(self, *values: Any) -> Markup:
        """The piece with its values; `Markup` goes in as it is, all else is escaped."""
        pieces = self._pieces.copy()
        # Most values are `Markup`, of which `escape` makes another.
        pieces[1::2] = [v if v.__class__ is Markup else escape(v) for v in values]
        # All but literals was escaped; `Markup()` asks first what it is given.
        return str.__new__(Markup, "".join(pieces))


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other; `Markup().join` asks each whether it is one."""
    return str.__new__(Markup, "".join(pieces))


APART: Final = Form("<bdi>{}</bdi>")
"""A text whose direction of writing turns nothing around it."""
LINK_APART: Final = Form('<a href="{}"><bdi>{}</bdi></a>')
"""A link with such a text."""


def apart(text: str) -> Html:
    """As `APART`."""
    return Html(f"<bdi>{escaped(text)}</bdi>")


def tagged(tag: str, text: str) -> Html:
    """A text in another language than that of the page."""
    return Html(f'<bdi lang="{tag}">{escaped(text)}</bdi>')


def link(href: str, shown: Html) -> Html:
    """What is shown, as a link."""
    return Html(f'<a href="{escaped(href)}">{shown}</a>')
