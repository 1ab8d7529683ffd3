"""Links to what no file answers: queries. Where nothing is known to answer, they are in comments.

A static host has no address for queries, and a link there would lead nowhere. So where the settings
state no endpoint, pages have these links as `<!--served …-->`, and our own server, which does
answer, takes the comments away from what it sends.
"""

import re
from typing import Final

from markupsafe import Markup

from es_lod.site.addresses import SPARQL
from es_lod.site.settings import Settings

_SERVED: Final = re.compile(rb"<!--served (.*?)-->", re.DOTALL)


def commented(html: str) -> Markup:
    """A line or more of a page in a comment for a server, where no two hyphens stand together.

    https://html.spec.whatwg.org/multipage/syntax.html#comments
    """
    # In texts and values of attributes, where hyphens may stand together, `&#45;` is one; into
    # `Markup` it would be put escaped.
    inner = str(html).strip().replace("--", "-&#45;")
    return Markup(f"<!--served {inner}-->\n")  # noqa: S704  # it was HTML before


def uncommented(data: bytes) -> bytes:
    """A page as a server sends it that answers queries: what is in comments for it stands there."""
    return _SERVED.sub(rb"\1", data)


def is_here(settings: Settings) -> bool:
    """Whether queries are answered beside the pages, if anywhere: links to them are relative."""
    places = (settings.url, settings.host or settings.url)
    return settings.endpoint in (None, *(place + SPARQL for place in places))
