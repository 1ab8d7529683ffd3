"""Where a request has reached the site: what answers that hold addresses begin with."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from es_lod.site.addresses import SPARQL
from es_lod.site.servers import served
from es_lod.site.settings import Settings

_HOST: Final = re.compile(
    r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?"
)
_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]{1,100}){1,10}")


def root(request: Request, settings: Settings) -> str:
    """The address of the site, with a slash at its end.

    Where the client names the host that the settings state, it is theirs. Else it is what the
    client named, with the path that a proxy took away (`X-Forwarded-Prefix`); what is no host leads
    nowhere.
    """
    host = request.headers.get("host", "")
    endpoint = settings.endpoint or ""
    of_endpoint = [endpoint.removesuffix(SPARQL)] if endpoint.endswith(f"/{SPARQL}") else []
    for stated in (served(settings), settings.url, *of_endpoint):
        if urlsplit(stated).netloc.lower() == host.lower():
            return stated
    named = host if _HOST.fullmatch(host) else "localhost"
    stated = request.headers.get("x-forwarded-prefix", "").rstrip("/")
    prefix = stated if _PREFIX.fullmatch(stated) else request.scope.get("root_path", "")
    return f"{request.url.scheme}://{named}{prefix}/"
