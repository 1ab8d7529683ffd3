"""What requests say: batches of queries and data extension queries, checked.

Raises `Refused` for what the specification does not allow.
https://reconciliation-api.github.io/specs/0.2/
"""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple, NoReturn

from es_lod.model import Record
from es_lod.server.reconcile.comparing import Given
from es_lod.server.reconcile.properties import Property, property_named, type_named
from es_lod.server.reconcile.refusals import Refused

BATCH: Final = 50
"""How many queries one batch may have."""
LONGEST: Final = 2000
"""How many characters a name or another value may have."""
CANDIDATES: Final = 10
"""How many candidates are given where a query does not say how many it wants."""
_MOST_CANDIDATES: Final = 100
MOST: Final = 50
"""How many types, properties and values one query may have."""
MOST_IDS: Final = 1000
"""How many entities one data extension query may ask for."""
_KEYS: Final = ("query", "type", "type_strict", "limit", "properties")


class Constraint(NamedTuple):
    """Values that an entity should have of a property: any of them."""

    property: Property
    values: tuple[Given, ...]


class Query(NamedTuple):
    """One reconciliation query."""

    text: str
    types: tuple[type[Record], ...] = ()
    strict: str = "should"
    limit: int = CANDIDATES
    constraints: tuple[Constraint, ...] = ()


class Wanted(NamedTuple):
    """A property of a data extension query, with its settings."""

    property: Property
    limit: int
    content: str


class Extension(NamedTuple):
    """A data extension query."""

    ids: tuple[str, ...]
    wanted: tuple[Wanted, ...]


def read_json(text: str, parameter: str) -> Any:
    """The value that a parameter has as JSON."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        # Beside broken syntax: numbers with thousands of digits, thousands of brackets.
        reason = f"{error}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise Refused("bad-json", parameter=parameter, reason=reason) from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def queries(tree: Any) -> dict[str, Query]:
    """The queries of a batch, by their keys."""
    batch = _mapping(tree, "queries")
    if len(batch) > BATCH:
        raise Refused("too-many", place="queries", most=BATCH, count=len(batch))
    return {key: _query(tree, f"queries.{key}") for key, tree in batch.items()}


def _query(tree: Any, place: str) -> Query:
    query = _mapping(tree, place)
    for key in query:
        if key not in _KEYS:
            near = get_close_matches(key[:40], _KEYS, 1)
            _misshapen(
                f"{place}.{key}"[:200],
                f"nie ma takiego klucza{f'; czy chodziło o „{near[0]}”?' if near else ''}",
                f"there is no such key{f'; did you mean “{near[0]}”?' if near else ''}",
            )
    text = query.get("query", "")
    if not isinstance(text, str):
        _misshapen(f"{place}.query", "oczekiwano tekstu", "a text was expected")
    if "query" not in query and not query.get("properties"):
        _misshapen(
            place, "oczekiwano „query” albo „properties”", "“query” or “properties” was expected"
        )
    strict = query.get("type_strict", "should")
    if strict not in ("any", "should", "all"):
        _misshapen(f"{place}.type_strict", "any, should albo all", "any, should or all")
    return Query(
        _short(text, f"{place}.query"),
        tuple(_types(query.get("type"), f"{place}.type")),
        strict,
        _limit(query.get("limit"), f"{place}.limit", CANDIDATES),
        _constraints(query.get("properties"), f"{place}.properties"),
    )


def _types(tree: Any, place: str) -> Iterator[type[Record]]:
    if tree is None or tree == "":
        return
    for id_ in _several(tree if isinstance(tree, list) else [tree], place):
        if not isinstance(id_, str):
            _misshapen(place, "oczekiwano identyfikatora typu", "the id of a type was expected")
        yield known_type(id_, place)


def known_type(id_: str, place: str) -> type[Record]:
    """The class that a type's id names."""
    found = type_named(_short(id_, place))
    if found is None:
        raise Refused("unknown-type", place=place, value=id_)
    return found


def known_property(id_: Any, place: str) -> Property:
    """The property of an id."""
    if not isinstance(id_, str):
        _misshapen(
            place, "oczekiwano identyfikatora własności", "the id of a property was expected"
        )
    found = property_named(_short(id_, place))
    if found is None:
        raise Refused("unknown-property", place=place, value=id_)
    return found


def _constraints(tree: Any, place: str) -> tuple[Constraint, ...]:
    found = tuple(_each_constraint(tree, place))
    if (count := sum(len(constraint.values) for constraint in found)) > MOST:
        raise Refused("too-many", place=f"{place}.v", most=MOST, count=count)
    return found


def _each_constraint(tree: Any, place: str) -> Iterator[Constraint]:
    for i, item in enumerate(_several([] if tree is None else tree, place)):
        at = f"{place}[{i}]"
        mapping = _mapping(item, at)
        property_ = known_property(mapping.get("pid"), f"{at}.pid")
        if "v" not in mapping:
            _misshapen(at, "brakuje „v”", "“v” is missing")
        v = mapping["v"]
        values = _several(v if isinstance(v, list) else [v], f"{at}.v")
        given = tuple(_given(value, f"{at}.v") for value in values)
        yield Constraint(property_, tuple(value for value in given if value != ""))


def _given(value: Any, place: str) -> Given:
    if isinstance(value, dict):
        value = value.get("id")
        if not isinstance(value, str):
            _misshapen(place, "oczekiwano „id” rzeczy", "the “id” of a thing was expected")
    if isinstance(value, str):
        return _short(value, place).strip()
    if not isinstance(value, int | float):  # a boolean is a whole number, too
        _misshapen(place, "oczekiwano wartości", "a value was expected")
    return value


def extension(tree: Any) -> Extension:
    """A data extension query."""
    query = _mapping(tree, "extend")
    ids = _several(query.get("ids"), "extend.ids", MOST_IDS)
    for id_ in ids:
        if not isinstance(id_, str):
            _misshapen("extend.ids", "oczekiwano identyfikatorów", "ids were expected")
    properties = _several(query.get("properties"), "extend.properties")
    return Extension(
        tuple(dict.fromkeys(_short(id_, "extend.ids") for id_ in ids)),
        tuple(_wanted(item, f"extend.properties[{i}]") for i, item in enumerate(properties)),
    )


def _wanted(tree: Any, place: str) -> Wanted:
    mapping = _mapping(tree, place)
    property_ = known_property(mapping.get("id"), f"{place}.id")
    settings = mapping.get("settings")
    settings = {} if settings is None else _mapping(settings, f"{place}.settings")
    content = settings.get("content") or "label"
    if content not in ("label", "code"):
        _misshapen(f"{place}.settings.content", "label albo code", "label or code")
    # What OpenRefine sends is what was typed into its form: a text, or nothing.
    limit = settings.get("limit") or 0
    if isinstance(limit, str) and limit.strip().isdecimal() and len(limit) < 10:
        limit = int(limit)
    if limit != 0:
        limit = _limit(limit, f"{place}.settings.limit", 0, most=MOST_IDS)
    return Wanted(property_, int(limit), content)


def _limit(tree: Any, place: str, otherwise: int, most: int = _MOST_CANDIDATES) -> int:
    """A positive whole number, cut to the most that is given."""
    if tree is None:
        return otherwise
    is_number = isinstance(tree, int | float) and not isinstance(tree, bool)
    if not is_number or tree < 1 or (isinstance(tree, float) and not tree.is_integer()):
        _misshapen(place, "oczekiwano liczby całkowitej od 1", "a whole number from 1 was expected")
    return int(min(tree, most))


def _mapping(tree: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(tree, Mapping):
        _misshapen(place, "oczekiwano obiektu JSON", "a JSON object was expected")
    return tree


def _several(tree: Any, place: str, most: int = MOST) -> list[Any]:
    if not isinstance(tree, list):
        _misshapen(place, "oczekiwano listy", "a list was expected")
    if len(tree) > most:
        raise Refused("too-many", place=place, most=most, count=len(tree))
    return tree


def _short(text: str, place: str) -> str:
    if len(text) > LONGEST:
        raise Refused("too-long", place=place, most=LONGEST)
    return text


def _misshapen(place: str, pl: str, en: str) -> NoReturn:
    raise Refused("bad-shape", place=place, expected={"pl": pl, "en": en})
