"""What has coordinates, for maps: GeoJSON.

https://www.rfc-editor.org/rfc/rfc7946
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any, Final

from es_lod.iris import resolve
from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Place, Record, record_classes
from es_lod.model.fields import PartKind
from es_lod.model.normal import parts_of
from es_lod.site.addresses import MAP
from es_lod.site.edition import Edition, Pieces, of_classes
from es_lod.values import Text

_DATES: Final = {"start_date": "startDate", "end_date": "endDate"}


def files(edition: Edition) -> Iterator[Pieces]:
    """The features; no file without one, since an empty map is of no use to a portal.

    What has no coordinates is left out: an address is not looked up anywhere.
    """
    features = (
        json.dumps(_feature(edition, record, place), ensure_ascii=False).encode()
        for record in of_classes(edition, *_with_places())
        for _, place in parts_of(record)
        if isinstance(place, Place) and place.latitude is not None and place.longitude is not None
    )
    first = next(features, None)
    if first is not None:
        rest = (b",\n" + feature for feature in features)
        yield Pieces(MAP, chain((_HEAD, first), rest, (b"\n]}\n",)))


_HEAD: Final = b'{"type": "FeatureCollection", "features": [\n'


@cache
def _with_places() -> tuple[type[Record], ...]:
    """The classes whose records may have places among their parts."""
    return tuple(cls for cls in record_classes().values() if _has_places(cls, frozenset()))


def _has_places(cls: type[Node], above: frozenset[type[Node]]) -> bool:
    parts = {f.kind.part for f in cls.fields() if isinstance(f.kind, PartKind)} - above
    return issubclass(cls, Place) or any(_has_places(part, above | parts) for part in parts)


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
