"""Values: language-tagged text, partial dates, and the lexical forms of Polish identifiers.

Each parser takes what people write and returns the one form that data carries, or raises
`InvalidValue`. What has one meaning only is brought to that form; what may mean something else is
an error, with the likely meaning as its hint. All parsers are idempotent: a canonical form is
returned unchanged.
"""

from es_lod.values.dates import PartialDate
from es_lod.values.identifiers import (
    country,
    email,
    is_polish_postcode,
    krs,
    nip,
    phone,
    polish_postcode,
    postcode,
    regon,
    terc,
)
from es_lod.values.numbers import count, decimal, decimal_text
from es_lod.values.text import (
    DEFAULT_LANGUAGE,
    LANGUAGE,
    Text,
    Texts,
    as_written,
    language_name,
    language_tag,
    text,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGE",
    "PartialDate",
    "Text",
    "Texts",
    "as_written",
    "count",
    "country",
    "decimal",
    "decimal_text",
    "email",
    "is_polish_postcode",
    "krs",
    "language_name",
    "language_tag",
    "nip",
    "phone",
    "polish_postcode",
    "postcode",
    "regon",
    "terc",
    "text",
]
