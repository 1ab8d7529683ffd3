"""What has coordinates, for maps: GeoJSON.

https://www.rfc-editor.org/rfc/rfc7946
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from es_lod.iris import resolve
from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Place, Record
from es_lod.rdf.emit import parts_of
from es_lod.site.addresses import MAP
from es_lod.site.edition import Edition, File
from es_lod.values import Text

_DATES: Final = {"start_date": "startDate", "end_date": "endDate"}


def files(edition: Edition) -> Iterator[File]:
    """The features; no file without one, since an empty map is of no use to a portal.

    What has no coordinates is left out: an address is not looked up anywhere.
    """
    features = [
        json.dumps(_feature(edition, record, place), ensure_ascii=False)
        for record in edition.dataset
        for _, place in parts_of(record)
        if isinstance(place, Place) and place.latitude is not None and place.longitude is not None
    ]
    if features:
        lines = ",\n".join(features)
        text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
        yield File(MAP, text.encode())


def _feature(edition: Edition, record: Record, place: Place) -> dict[str, Any]:
    """A record at a place. The properties are flat: map programs show them as columns."""
    iri = resolve(str(record.id), edition.dataset.base)
    name = getattr(record, record.title)
    properties = {"id": iri, **_in_languages("name", name)}
    properties |= {f"class_{tag}": class_label(type(record), tag) for tag in LANGUAGES}
    if isinstance(place.name, Text):
        properties |= _in_languages("place", place.name)
    for attribute, key in _DATES.items():
        if (date := getattr(record, attribute, None)) is not None:
            properties[key] = str(date)
    if (url := edition.web_page(record, "pl")) is not None:
        properties["url"] = url
    # Longitude first: https://www.rfc-editor.org/rfc/rfc7946#section-3.1.1
    point = [float(number) for number in (place.longitude, place.latitude) if number is not None]
    geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": iri, "geometry": geometry, "properties": properties}


def _in_languages(key: str, text: Text) -> dict[str, str]:
    """A text in Polish and English where it has them, else in the one that it has."""
    found = {f"{key}_{tag}": text[tag] for tag in LANGUAGES if tag in text}
    return found or {f"{key}_{tag}": string for tag, string in text.items()}
