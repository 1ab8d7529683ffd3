"""Values: language-tagged text, partial dates, and the lexical forms of Polish identifiers.

Each parser takes what people write and returns the one form that data carries, or raises
`InvalidValue`. All of them are idempotent: a canonical form is returned unchanged.
"""

from es_lod.values.dates import PartialDate
from es_lod.values.identifiers import (
    country,
    email,
    krs,
    nip,
    phone,
    postcode,
    regon,
    terc,
)
from es_lod.values.numbers import count, decimal
from es_lod.values.text import DEFAULT_LANGUAGE, LANGUAGE, Text, Texts, language_tag, text

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGE",
    "PartialDate",
    "Text",
    "Texts",
    "count",
    "country",
    "decimal",
    "email",
    "krs",
    "language_tag",
    "nip",
    "phone",
    "postcode",
    "regon",
    "terc",
    "text",
]
