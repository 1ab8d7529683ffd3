"""What a request over HTTP asks: its parameters, its language, where it reached the service."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from es_lod.messages.message import LANGUAGES
from es_lod.server.reconcile.manifest import NAME
from es_lod.server.reconcile.reading import LONGEST
from es_lod.server.reconcile.refusals import Refused

BODY: Final = 1024 * 1024
"""How many bytes the body of a request may have."""
_FIELDS: Final = 20
"""How many parameters a request may have."""
_FORM: Final = "application/x-www-form-urlencoded"
_HOST: Final = re.compile(
    r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?"
)
_LANGUAGE: Final = re.compile(rf"/{NAME}/({'|'.join(LANGUAGES)})(?=/|$)")
_QUALITY: Final = re.compile(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*")


class Asked(NamedTuple):
    """What a request asks: `path` is that below the site; a form was posted where `is_form`."""

    path: str
    language: str
    parameters: Mapping[str, str]
    is_form: bool

    def text(self, name: str) -> str:
        """A parameter that is no JSON; empty where it is missing."""
        value = self.parameters.get(name, "")
        if len(value) > LONGEST:
            raise Refused("too-long", place=name, most=LONGEST)
        return value

    def needed(self, name: str) -> str:
        """A parameter that must be there."""
        if not self.parameters.get(name):
            raise Refused("missing-parameter", parameter=name)
        return self.text(name)

    def whole(self, name: str, least: int) -> int | None:
        """A whole number, where it is given."""
        written = self.text(name).strip()
        if not written:
            return None
        if not re.fullmatch("[0-9]{1,9}", written) or int(written) < least:
            expected = {"pl": f"liczba całkowita od {least}", "en": f"a whole number from {least}"}
            raise Refused("bad-parameter", parameter=name, value=written, expected=expected)
        return int(written)


async def asked_by(request: Request) -> Asked:
    """The parameters of the address, and those of a form in the body. Raises `Refused`."""
    path = request.url.path
    path = path[path.rfind(f"/{NAME}") + 1 :]
    asked = Asked(path, language_of(request), _parameters(request.scope["query_string"]), False)
    if request.method != "POST":
        return asked
    type_ = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if type_ != _FORM:
        raise Refused("wrong-media-type")
    posted = _parameters(await _body(request))
    return asked._replace(parameters={**asked.parameters, **posted}, is_form=True)


async def _body(request: Request) -> bytes:
    """The body, read no further than it may go."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > BODY:
            raise Refused("too-large", most=BODY)
    return bytes(found)


def _parameters(data: bytes) -> dict[str, str]:
    """The parameters of a form or of a query string, the first of each name."""
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise Refused("bad-encoding") from None
    except ValueError:
        count = data.count(b"&") + 1
        raise Refused("too-many", place="&", most=_FIELDS, count=count) from None
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def language_of(request: Request) -> str:
    """The language of the path, else the one that the client would rather have, else Polish.

    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
    """
    if stated := _LANGUAGE.search(request.url.path):
        return stated[1]
    wishes: dict[str, float] = {}
    for item in request.headers.get("accept-language", "")[:1000].split(","):
        tag, _, quality = item.strip().lower().partition(";")
        weight = _QUALITY.fullmatch(quality)
        main = tag.partition("-")[0]
        wishes[main] = max(float(weight[1]) if weight else 1.0, wishes.get(main, 0.0))
    return max(LANGUAGES, key=lambda tag: wishes.get(tag, 0.0))


def reached(request: Request) -> str:
    """Where a request has reached the service, without the language."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = "localhost"  # what is no host leads nowhere
    path = _LANGUAGE.sub(f"/{NAME}", request.url.path).rstrip("/")
    return f"{request.url.scheme}://{host}{path}"
