"""Answers with the files of a site: types, languages, validators, links, ranges."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from email.utils import formatdate, parsedate_to_datetime
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from es_lod.server.opened import OpenedResponse
from es_lod.server.resolution import ANYWHERE, Elsewhere, Forbidden, Found, Resolver, Variants
from es_lod.site import addresses
from es_lod.site.served import uncommented
from es_lod.site.servers import REFUSAL, link_header, media_type, served
from es_lod.site.settings import Settings

_WHOLE: Final = 2**20
"""Bytes up to which a file is read at once."""

_LONGEST: Final = 1000
"""Characters of a path that may have a page about it: its links lead back through all folders."""


class Files:
    """The files of a published folder, and how they are served."""

    def __init__(self, site: Path, settings: Settings, *, spread: bool) -> None:
        self.settings = settings
        self._resolver = Resolver(site, settings, spread=spread)

    def answer(self, request: Request, path: str) -> Response:
        """The answer to a request for a path of the site.

        Raises `OSError` where a file went away after it was found, as while a site is replaced.
        """
        if len(path) > _LONGEST:
            return PlainTextResponse("404 Not Found\n", HTTPStatus.NOT_FOUND)
        headers = request.headers
        found = self._resolver.resolve(path, headers.get("accept"), headers.get("accept-language"))
        if isinstance(found, Forbidden):
            return PlainTextResponse("403 Forbidden\n", HTTPStatus.FORBIDDEN)
        if isinstance(found, Elsewhere):
            location = addresses.link(found.path, path)
            return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": location})
        if isinstance(found, Variants):
            return self._refused(found, path)
        return self._file(request, found, path)

    def _refused(self, found: Variants, path: str) -> Response:
        """406 with a list of what there is."""
        items = "".join(
            f'<li><a href="{escape(addresses.link(name, path))}">{escape(_plain(name))}</a>'
            for name in found.paths
        )
        vary = {"Vary": "Accept, Accept-Language"}
        return HTMLResponse(f"{REFUSAL}<ul>{items}</ul>", HTTPStatus.NOT_ACCEPTABLE, vary)

    def _file(self, request: Request, found: Found, path: str) -> Response:
        with ExitStack() as stack:
            file = stack.enter_context(self._resolver.file(found.path).open("rb"))
            told = os.fstat(file.fileno())
            headers = dict(self._headers(found, path))
            # Weak, since the same tag goes with what is packed on the way.
            etag = f'W/"{told.st_mtime_ns:x}-{told.st_size:x}"'
            type_, is_page = media_type(found.path), found.path.endswith(".html")
            if found.status != HTTPStatus.OK:
                page = file.read()
                page = self._at(path, page) if found.path in ANYWHERE else page
                return Response(uncommented(page), found.status, headers, type_)
            headers["ETag"] = etag
            headers["Last-Modified"] = formatdate(told.st_mtime, usegmt=True)
            if _is_unchanged(request, etag, told.st_mtime):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
            if is_page:
                return Response(uncommented(file.read()), headers=headers, media_type=type_)
            if told.st_size <= _WHOLE and "range" not in request.headers:
                return Response(file.read(), headers=headers, media_type=type_)
            stack.pop_all()
            return OpenedResponse(file, headers, type_)

    def _at(self, path: str, page: bytes) -> bytes:
        """A page with the links from the root of the host as those from an address."""
        root = urlsplit(served(self.settings)).path
        way = "../" * path.count("/") or "./"
        return page.replace(f'="{root}'.encode(), f'="{way}'.encode())

    def _headers(self, found: Found, path: str) -> Mapping[str, str]:
        headers = {}
        if found.path.endswith(".html"):
            headers["Content-Language"] = "en" if found.path.endswith(".en.html") else "pl"
        if found.chosen:
            headers["Content-Location"] = addresses.link(found.path, path)
        if found.vary:
            headers["Vary"] = ", ".join(found.vary)
        if found.status == HTTPStatus.OK and (link := link_header(self.settings, found.path)):
            headers["Link"] = link
        return headers


def _is_unchanged(request: Request, etag: str, modified: float) -> bool:
    """Whether a client has the file; its date counts where it says no tag.

    https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3
    """
    if "if-none-match" in request.headers:
        return is_known(request.headers["if-none-match"], etag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return int(modified) <= since.timestamp()
    except (ValueError, OverflowError):  # no date is no condition
        return False


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Whether a client has what a tag stands for; tags are compared weakly.

    https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    tags = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _plain(path: str) -> str:
    return media_type(path).partition(";")[0]
