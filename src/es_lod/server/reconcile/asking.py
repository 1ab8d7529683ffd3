"""What a request over HTTP asks: its parameters and its language."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from starlette.requests import Request

from es_lod.messages.message import LANGUAGES
from es_lod.server.bodies import body, fields
from es_lod.server.negotiation import language
from es_lod.server.reconcile.manifest import NAME
from es_lod.server.reconcile.reading import LONGEST
from es_lod.server.reconcile.refusals import Refused

BODY: Final = 1024 * 1024
"""How many bytes the body of a request may have."""
_FIELDS: Final = 20
"""How many parameters a request may have."""
_FORM: Final = "application/x-www-form-urlencoded"
_LANGUAGE: Final = re.compile(rf"/{NAME}/({'|'.join(LANGUAGES)})(?=/|$)")


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
    posted = _parameters(await body(request, BODY))
    return asked._replace(parameters={**asked.parameters, **posted}, is_form=True)


def _parameters(data: bytes) -> dict[str, str]:
    """The parameters of a form or of a query string, the first of each name."""
    found: dict[str, str] = {}
    try:
        pairs = fields(data, _FIELDS)
    except UnicodeDecodeError:
        raise Refused("bad-encoding") from None
    except ValueError:
        count = data.count(b"&") + 1
        raise Refused("too-many", place="&", most=_FIELDS, count=count) from None
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def language_of(request: Request) -> str:
    """The language of the path, else the one that the client likes best, else Polish."""
    if stated := _LANGUAGE.search(request.url.path):
        return stated[1]
    return language(request.headers.get("accept-language"), LANGUAGES)
