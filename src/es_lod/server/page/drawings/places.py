"""A map of places: points by their co-ordinates over the outline of Poland.

Degrees are drawn as they are, those of longitude shortened as at the latitude of Poland's middle:
over a country nobody sees the difference.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Final, NamedTuple

from markupsafe import Markup

from es_lod.site.drawings.lettering import plain
from es_lod.site.pages.html import Form

_WIDTH: Final = 296
_HIGHEST: Final = 420
_EDGE: Final = 10
_SHORT: Final = cos(radians(52))
_NUMBERED: Final = 40
"""Of more places none has its number beside it."""
_NEAR: Final = 1.0
"""How far from the outline a place may lie, in degrees, for the outline to be drawn."""

_MAP: Final = Form(
    '<svg class="map" viewBox="0 0 {} {}" width="{}" role="group" aria-label="{}">{}</svg>\n'
)
_LAND: Final = Form('<path class="land" d="{}" fill="#f2f6f9" stroke="#566573"/>')
_POINT: Final = Form(
    '<g class="point"><title>{}</title><circle cx="{}" cy="{}" r="{}" fill="#1b4f72"/>{}</g>'
)
_LINK: Final = Form('<a href="{}">{}</a>')
_NUMBER: Final = Form('<text x="{}" y="{}" font-size="12"{}>{}</text>')


class Place(NamedTuple):
    """A place: degrees, what it is called, the numbers of its rows, and where it leads."""

    latitude: float
    longitude: float
    name: str
    rows: tuple[int, ...]
    href: str | None


@cache
def outline() -> tuple[tuple[float, float], ...]:
    """The borders of Poland: longitude and latitude."""
    text = (files("es_lod.server.page") / "drawings" / "poland.json").read_text(encoding="utf-8")
    return tuple((x, y) for x, y in json.loads(text)["outline"])


def has_outline(places: Sequence[Place]) -> bool:
    """Whether some of the places lie in Poland, or near it."""
    (west, south), (east, north) = _corners(outline())
    return any(
        west - _NEAR <= place.longitude <= east + _NEAR
        and south - _NEAR <= place.latitude <= north + _NEAR
        for place in places
    )


def picture(places: Sequence[Place], label: str) -> Markup:
    """The map; each point says its name, and leads to its page."""
    land = outline() if has_outline(places) else ()
    points = [*land, *((place.longitude, place.latitude) for place in places)]
    (west, south), (east, north) = _corners(points)
    if east - west < _NEAR or north - south < _NEAR:  # a single place, or several in one town
        west, east, south, north = west - _NEAR, east + _NEAR, south - _NEAR, north + _NEAR
    inner = _WIDTH - 2 * _EDGE
    scale = min(inner / ((east - west) * _SHORT), (_HIGHEST - 2 * _EDGE) / (north - south))
    height = round((north - south) * scale + 2 * _EDGE)
    left = (_WIDTH - (east - west) * _SHORT * scale) / 2

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        return (
            round(left + (longitude - west) * _SHORT * scale, 1),
            round(_EDGE + (north - latitude) * scale, 1),
        )

    drawn = Markup()
    if land:
        way = "L".join(f"{x:g} {y:g}" for x, y in (at(*point) for point in land))
        drawn += _LAND(f"M{way}z")
    numbered = len(places) <= _NUMBERED
    # The largest first, so that none hides another.
    for place in sorted(places, key=lambda place: -len(place.rows)):
        drawn += _point(place, at(place.longitude, place.latitude), numbered=numbered)
    return _MAP(_WIDTH, height, _WIDTH, label, drawn)


def _point(place: Place, at: tuple[float, float], *, numbered: bool) -> Markup:
    x, y = at
    several = len(place.rows)
    number: Markup | str = ""
    if numbered:
        said = str(place.rows[0]) + ("…" if several > 1 else "")
        is_right = x > _WIDTH - 40
        anchor = Markup(' text-anchor="end"') if is_right else ""
        number = _NUMBER(x - 7 if is_right else x + 7, y + 4, anchor, said)
    drawn = _POINT(plain(place.name), x, y, min(9, 3.5 + several**0.5), number)
    return _LINK(place.href, drawn) if place.href else drawn


def _corners(
    points: Sequence[tuple[float, float]],
) -> tuple[tuple[float, float], tuple[float, float]]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))
