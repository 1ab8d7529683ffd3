"""Rules for servers: what a static host cannot know of the files, and redirects from w3id.org."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from es_lod.namespaces import W3ID
from es_lod.site import servers
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.settings import Settings


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:  # noqa: ARG001
    """Rules for Apache and nginx, and for w3id.org where permanent addresses are taken there."""
    settings = edition.settings
    for path, template in ((".htaccess", "htaccess.j2"), ("nginx.conf", "nginx.j2")):
        yield _rendered(path, template, _values(settings, spread=edition.spread))
    if (place := _permanent(settings)) is not None:
        for path, template in ((".htaccess", "w3id.j2"), ("README.md", "w3id-readme.j2")):
            yield _rendered(f"w3id/{path}", template, _redirects(settings, place))


def _permanent(settings: Settings) -> str | None:
    """The folder in the registry of w3id.org; nothing where there is nowhere to lead to."""
    if servers.served(settings).startswith(W3ID):
        return None
    if settings.url.startswith(W3ID):
        return settings.url.removeprefix(W3ID).strip("/") or None
    own = servers.below(settings.base, W3ID) or ""
    return own.partition("/")[0] or None


def _redirects(settings: Settings, place: str) -> dict[str, Any]:
    """What the redirects from w3id.org are made from."""
    home, site = f"{W3ID}{place}/", servers.uri(servers.served(settings))
    return {
        "settings": settings,
        "place": place,
        "site": site,
        "target": re.sub(r"([$%])", r"\\\1", site),
        "forms": servers.FORMS[1:],
        "things": servers.below(settings.base, home),
        "whole": settings.url == home,
    }


def _values(settings: Settings, *, spread: bool) -> dict[str, Any]:
    """What the rules for a server are made from."""
    site, own = servers.served(settings), servers.own_prefixes(settings)
    return {
        "formats": servers.FORMS,
        "types": servers.TYPES,
        "named": servers.NAMED,
        "described": servers.DESCRIBED,
        "of_vocabulary": servers.OF_VOCABULARY,
        "spread": spread,
        "things": [re.escape(unquote(prefix)) for prefix in servers.prefixes(settings)],
        "site": servers.uri(site),
        "path": servers.uri(urlsplit(site).path),
        "folder": unquote(urlsplit(site).path),
        "location": re.escape(unquote(urlsplit(site).path)),
        "server": urlsplit(site).hostname,
        "base": servers.uri(settings.base),
        "elsewhere": "" if own else servers.uri(urlsplit(settings.base).path),
        "signposts": list(servers.signposts(settings)),
        "refusal": servers.REFUSAL,
    }


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701  # rules are no HTML; addresses pass `uri`
        loader=PackageLoader("es_lod.site", "layouts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["ascii"] = lambda text: text.encode("ascii", "xmlcharrefreplace").decode()
    environment.filters["uri"] = servers.uri
    environment.filters["escaped"] = re.escape
    environment.filters["line"] = lambda text: " ".join(text.split())
    environment.filters["markdown"] = lambda text: re.sub(
        r"([\\`*_\[\]<>#&|])", r"\\\1", " ".join(text.split())
    )
    return environment


def _rendered(path: str, template: str, values: dict[str, Any]) -> File:
    return File(path, _environment().get_template(template).render(values).encode())
