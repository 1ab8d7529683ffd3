"""The schema.org descriptions that stand in the pages, for search engines.

They say what the data says, in the words of schema.org: nothing is added to please a search engine.
The context stands inside, since some readers fetch none; it makes IRIs of what are addresses, so
that they stay the strings that search engines ask for.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as quoted
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


# No text has this character, and none can look as it does in JSON.
_MARK: Final = "\0"


def scripts(known: Known, record: Record) -> Mapping[str, Html]:
    """Language → what stands in the `<script>` of a record's page in it.

    Nothing for what schema.org has no class for (programmes, workshops), and for what would be
    found faulty: a series, and an event without its day or without a location that has an address.
    https://developers.google.com/search/docs/appearance/structured-data/event
    """
    node = thing(known, record)
    return {} if node is None else _written(node)


def dataset(edition: Edition, downloads: tuple[Download, ...], language: str = "pl") -> Markup:
    """What stands in the `<script>` of the dataset's page in a language.

    https://developers.google.com/search/docs/appearance/structured-data/dataset
    """
    script = _written(of_dataset(edition, downloads, language))[language]
    return Markup(script)  # noqa: S704  # every character that HTML knows is out


def _written(node: Node) -> Mapping[str, Html]:
    """A node with its context in each language; what is the same in all is written once."""
    said: list[Said] = []

    def marked(value: Said) -> str:
        said.append(value)
        return _MARK

    written = _escaped(_encoder(marked).encode(node))
    head, *pieces = written.split(quoted(_MARK))
    begin = f'{{"@context":{_context_of(written)},{head[1:]}'
    found = {}
    for language in LANGUAGES:
        values = [_escaped(quoted(value(language))) for value in said]
        told = [value + piece for value, piece in zip(values, pieces, strict=True)]
        found[language] = Html(begin + "".join(told))
    return found


def _encoder(default: Callable[[Said], str]) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=default)


def _escaped(text: str) -> str:
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


@lru_cache(maxsize=256)
def _context(addresses: tuple[str, ...]) -> str:
    types = {key: {"@type": "@id"} for key in addresses}
    return json.dumps({"@vocab": str(SDO), **types}, separators=(",", ":"))


def _context_of(written: str) -> str:
    # In a string the quotation marks would have backslashes.
    return _context(tuple([key for key, sign in _SIGNS if sign in written]))
