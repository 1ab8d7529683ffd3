"""The schema.org descriptions that stand in the pages, for search engines.

They say what the data says, in the words of schema.org: nothing is added to please a search engine.
The context stands inside, since some readers fetch none; it makes IRIs of what are addresses, so
that they stay the strings that search engines ask for.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Final

from markupsafe import Markup

from es_lod.messages.message import LANGUAGES
from es_lod.model import Record
from es_lod.namespaces import SDO
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition
from es_lod.site.escaping import Html
from es_lod.site.facts.known import Known
from es_lod.site.schema_org.dataset import described as of_dataset
from es_lod.site.schema_org.nodes import Node, Said
from es_lod.site.schema_org.things import thing

_ADDRESSES: Final = (
    "additionalType",
    "conditionsOfAccess",
    "contentUrl",
    "eventAttendanceMode",
    "eventStatus",
    "inDefinedTermSet",
    "license",
    "mainEntityOfPage",
    "sameAs",
    "url",
)
"""The keys whose values are IRIs, though they are written as plain strings."""
_SIGNS: Final = tuple((key, f'"{key}":') for key in _ADDRESSES)
# What could end the script, or begin a comment in it; the last two end lines in JavaScript.
# Each by `replace`: `translate` looks at every character of a text that is not ASCII.
_ESCAPES: Final = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")


def scripts(known: Known, record: Record) -> Mapping[str, Html]:
    """Language → what stands in the `<script>` of a record's page in it.

    Nothing for what schema.org has no class for (programmes, workshops), and for what would be
    found faulty: a series, and an event without its day or without a location that has an address.
    https://developers.google.com/search/docs/appearance/structured-data/event
    """
    node = thing(known, record)
    if node is None:
        return {}
    written = {language: encode(node) for language, encode in _encoders().items()}
    context = _context_of(written[LANGUAGES[0]])  # the keys are the same in all
    return {language: _script(context, text) for language, text in written.items()}


def dataset(edition: Edition, downloads: tuple[Download, ...], language: str = "pl") -> Markup:
    """What stands in the `<script>` of the dataset's page in a language.

    https://developers.google.com/search/docs/appearance/structured-data/dataset
    """
    written = _encoders()[language](of_dataset(edition, downloads, language))
    script = _script(_context_of(written), written)
    return Markup(script)  # noqa: S704  # every character that HTML knows is out


@lru_cache(maxsize=256)
def _context(addresses: tuple[str, ...]) -> str:
    return _encoders()[LANGUAGES[0]](
        {"@vocab": str(SDO), **{key: {"@type": "@id"} for key in addresses}}
    )


def _context_of(written: str) -> str:
    # In a string the quotation marks would have backslashes.
    return _context(tuple([key for key, sign in _SIGNS if sign in written]))


def _script(context: str, written: str) -> Html:
    text = f'{{"@context":{context},{written[1:]}'
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return Html(text)


@cache
def _encoders() -> Mapping[str, Callable[[Node], str]]:
    """By language what writes a node: what is no JSON in it is a `Said`."""

    def encoder(language: str) -> Callable[[Node], str]:
        def said(value: Said) -> str:
            return value(language)

        return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=said).encode

    return {language: encoder(language) for language in LANGUAGES}
