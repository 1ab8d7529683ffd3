"""The places of a table: a column of latitudes with one of longitudes, or one of points."""

import re
from collections.abc import Iterator
from typing import Final

from es_lod.server.page.columns import number
from es_lod.server.page.drawings.places import Place, has_outline, picture
from es_lod.server.page.naming import Naming
from es_lod.server.page.picture import Picture
from es_lod.server.page.results import Value

_LATITUDE: Final = re.compile(r"(.*?)_?(?:lat|latitude|szerokosc)", re.IGNORECASE)
_LONGITUDE: Final = re.compile(r"(.*?)_?(?:lon|lng|long|longitude|dlugosc)", re.IGNORECASE)
# https://docs.ogc.org/is/22-047r1/22-047r1.html: longitude comes first.
_POINT: Final = re.compile(
    r"\s*(?:<\S*>\s*)?point\s*\(\s*(-?[0-9.]{1,20})\s+(-?[0-9.]{1,20})\s*\)\s*", re.IGNORECASE
)


def degrees(naming: Naming) -> tuple[int, ...] | None:
    """The columns of latitude and longitude, or the one of points; nothing where there are none."""
    for i in naming.columns("number"):
        of_latitude = _LATITUDE.fullmatch(naming.about[i].name)
        for j in naming.columns("number") if of_latitude else ():
            of_longitude = _LONGITUDE.fullmatch(naming.about[j].name)
            if of_latitude and of_longitude and of_latitude[1] == of_longitude[1]:
                return i, j
    for i in naming.columns("text"):
        if all(value is None or _POINT.fullmatch(value.text) for value in naming.values(i)):
            return (i,)
    return None


def placed(naming: Naming, columns: tuple[int, ...]) -> list[Place]:
    """The places, each once, with the rows that are there."""
    found: dict[tuple[float, float], Place] = {}
    for i, row in enumerate(naming.table.rows, 1):
        at = _at([row[column] for column in columns])
        if at is None:
            continue
        if at in found:
            place = found[at]
            found[at] = place._replace(rows=(*place.rows, i))
            continue
        things = (row[column] for column in naming.things)
        href = next((naming.page.of_iri(thing.text) for thing in things if thing), None)
        found[at] = Place(*at, naming.title(row), (i,), href)
    return list(found.values())


def _at(values: list[Value | None]) -> tuple[float, float] | None:
    """Latitude and longitude, where both are on the globe."""
    if len(values) == 1:
        point = _POINT.fullmatch(values[0].text) if values[0] else None
        if point is None:
            return None
        values = [Value("literal", point[2]), Value("literal", point[1])]
    latitude, longitude = (number(value) for value in values)
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return float(latitude), float(longitude)


def maps(naming: Naming) -> Iterator[Picture]:
    """The map of a table that has co-ordinates."""
    columns = degrees(naming)
    found = placed(naming, columns) if columns else []
    if not found:
        return
    told = naming.say("map-of", n=len(found))
    if has_outline(found):
        told += f" {naming.say('outline')}"
    yield Picture(naming.say("map"), told, picture(found, naming.say("map")), is_small=True)
