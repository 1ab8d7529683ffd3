"""What portals are told of the files that are offered: names, formats, licence, openness."""

import hashlib
from typing import Final

from es_lod.formats import FORMATS
from es_lod.site.downloads.download import Download
from es_lod.tabular.columns import part_tables, record_tables
from es_lod.values import Text

_ALL: Final = {"pl": "Wszystkie dane: {}", "en": "All data: {}"}
_PACKED: Final = {
    "pl": "Wszystkie dane: {}, skompresowane (gzip)",
    "en": "All data: {}, compressed (gzip)",
}
_TABLE: Final = {"pl": "Tabela CSV: {}", "en": "CSV table: {}"}
_OTHERS: Final = {
    "ics": {"pl": "Kalendarz wydarzeń (iCalendar)", "en": "Calendar of the events (iCalendar)"},
    "geojson": {"pl": "Miejsca na mapie (GeoJSON)", "en": "Places on a map (GeoJSON)"},
}
_CONTENTS: Final = {
    "csv": {
        "pl": "Jeden wiersz to jeden rekord albo jego część; kolumny opisuje csv-metadata.json.",
        "en": "A row is a record or a part of one; csv-metadata.json describes the columns.",
    },
    "ics": {
        "pl": "Wydarzenia do wczytania w programie kalendarza.",
        "en": "The events, for a calendar program.",
    },
    "geojson": {
        "pl": "Miejsca ze współrzędnymi, do wczytania w programie z mapą.",
        "en": "Places with their co-ordinates, for a program with a map.",
    },
}
_WHOLE: Final = {
    "pl": "Wszystkie rekordy zbioru w jednym pliku.",
    "en": "All records of the dataset in one file.",
}
# CKAN knows a licence by this title alone.
LICENCE_TITLES: Final = {
    "CC_BY_4_0": "Creative Commons Attribution",
    "CC_BYSA_4_0": "Creative Commons Attribution Share-Alike",
    "CC0": "Creative Commons CCZero",
}
"""The English title of a licence."""
_LONGEST: Final = 36
"""The longest identifier that dane.gov.pl takes."""


def identifier(item: Download) -> str:
    """What a file is called in a catalogue, for ever: `es-ttl-gz`; at most 36 characters."""
    words = item.name.replace(".", "-")
    if len(words) <= _LONGEST:
        return words
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{words[: _LONGEST - 9]}-{digest}"


def title(item: Download) -> Text:
    """What people call a file."""
    kind = item.suffix
    if kind in _OTHERS:
        return Text(_OTHERS[kind])
    if kind == "csv":
        stem = item.name.partition(".csv")[0]
        tables = [table for table in (*record_tables(), *part_tables()) if table.name == stem]
        called = {tag: tables[0].label(tag) if tables else stem for tag in _TABLE}
        return Text({tag: text.format(called[tag]) for tag, text in _TABLE.items()})
    texts = _PACKED if item.is_packed else _ALL
    said = FORMATS[kind].title if kind in FORMATS else kind
    return Text({tag: text.format(said) for tag, text in texts.items()})


def description(item: Download) -> Text:
    """What a file holds, in one sentence."""
    return Text(_CONTENTS.get(item.suffix, _WHOLE))


def stars(item: Download, *, is_linked: bool) -> int:
    """The openness of a file from 1 to 5, as dane.gov.pl and https://5stardata.info count it.

    RDF has four, and five where the data link to those of others.
    """
    is_rdf = item.suffix in FORMATS and FORMATS[item.suffix].rdf is not None
    return (5 if is_linked else 4) if is_rdf else 3


def plain(downloads: tuple[Download, ...]) -> list[Download]:
    """The files as they are, without the compressed copies: dane.gov.pl would show each twice."""
    return [item for item in downloads if not item.is_packed]


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, cut behind a word, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    at = head.rfind(" ")
    # A word of hundreds of letters is cut within.
    return (head[:at] if at > longest // 2 else head).rstrip(" ,;:–-") + "…"
