"""The kinds of values that only the settings of a site have: addresses, and the day."""

from typing import Final

from es_lod.errors import InputError, InvalidValue, shown
from es_lod.iris import base_iri
from es_lod.model import kinds
from es_lod.site.servable import servable
from es_lod.values import PartialDate


class UrlKind(kinds.IriKind):
    """Where the site is served: https, as harvesters demand, with a slash at its end."""

    code = "invalid-base"

    def parse(self, raw: object, language: str = "pl") -> str:  # noqa: ARG002  # as every kind
        """The address; raises `InvalidValue`."""
        written = self.lexical(raw)
        try:
            url = base_iri(written)
        except InputError:
            raise InvalidValue(self.code, value=written) from None
        if not url.startswith("https://"):
            hint = url.replace("http://", "https://", 1)
            raise InvalidValue(self.code, hint=hint, value=written)
        return servable(url)


class EndpointKind(UrlKind):
    """A SPARQL endpoint: https, as portals demand; queries are put behind it."""

    code = "invalid-value"

    def parse(self, raw: object, language: str = "pl") -> str:  # noqa: ARG002  # as every kind
        """The address; raises `InvalidValue`."""
        written = self.lexical(raw).strip()
        end = "" if written.endswith("/") else "/"
        try:
            # It is as the address of a site, but for its end, which may be any.
            return super().parse(written + end).removesuffix(end)
        except InvalidValue as error:
            hint = error.hint and error.hint.removesuffix(end)
            raise InvalidValue(self.code, hint, value=written, expected=_ENDPOINT) from None


_ENDPOINT: Final = {
    "pl": "adres https bez ? i #, na przykład https://dane.przyklad.example/sparql",
    "en": "an https address without ? and #, such as https://data.przyklad.example/sparql",
}


class BaseKind(UrlKind):
    """The base of the records' IRIs, which need not be https."""

    def parse(self, raw: object, language: str = "pl") -> str:  # noqa: ARG002  # as every kind
        """The base; raises `InvalidValue`."""
        try:
            base = base_iri(self.lexical(raw))
        except InputError:
            raise InvalidValue(self.code, value=self.lexical(raw)) from None
        return servable(base)


_DAY: Final = len("2018-06-19")


class DayKind(kinds.DateKind):
    """The day of an edition: harvesters compare moments, so a month or a year will not do."""

    def parse(self, raw: object, language: str = "pl") -> PartialDate:
        """The day; raises `InvalidValue`."""
        hint = None
        try:
            date = super().parse(raw, language)
            if len(date) == _DAY:
                return date
        except InvalidValue as error:  # which proposes a month and a year, too
            hint = error.hint if error.hint and len(error.hint) == _DAY else None
        expected = {"pl": "dzień, na przykład 2018-06-19", "en": "a day, such as 2018-06-19"}
        raise InvalidValue("invalid-value", hint, value=shown(raw), expected=expected)


class WhetherKind(kinds.Kind):
    """Whether something is to be done: true or false, as YAML and JSON write them."""

    code = "invalid-value"

    def parse(self, raw: object, language: str = "pl") -> bool:  # noqa: ARG002  # as every kind
        """The answer; raises `InvalidValue`."""
        word = raw.strip().lower() if isinstance(raw, str) else raw
        if word in ("true", "false"):
            return word == "true"
        if isinstance(word, bool):
            return word
        raise InvalidValue(self.code, value=shown(raw), expected=_WHETHER)


_WHETHER: Final = {"pl": "true albo false", "en": "true or false"}
