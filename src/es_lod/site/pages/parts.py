"""The fields of records and of their parts, as rows of label and values."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from markupsafe import Markup

from es_lod.labels import field_label
from es_lod.model import Address, AgendaItem, Field, Node, Part, Place, Record, kinds
from es_lod.model.fields import PartKind
from es_lod.namespaces import SDO
from es_lod.site.pages.html import APART, Form, joined
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import Show, fax, shown_as, text
from es_lod.values import Text, Texts


class Row(NamedTuple):
    """A field with its values."""

    key: str
    label: str
    values: list[Markup]


Mark: TypeAlias = Callable[[Field, Any], Markup]
"""What stands after a value of a field."""


class _Plan(NamedTuple):
    field: Field
    label: str
    show: Show | None
    """None for parts: they also need their fragment."""


_PART: Final = Form('<div class="part" id="{}">{}</div>')
_LEAD: Final = Form('<p class="lead">{}</p>')
_ROWS: Final = Form('<dl class="rows">{}</dl>')
_ROW: Final = Form("<div><dt>{}</dt>{}</div>")
_LINE: Final = Form("<div><dt>{}</dt>{}</div>\n")
_VALUE: Final = Form("<dd>{}</dd>")
_BREAK: Final = Markup("<br>")


@cache
def _plans(cls: type[Node], language: str) -> tuple[_Plan, ...]:
    """What is shown of a class, in the order of its declaration."""
    is_part = issubclass(cls, Part)
    return tuple(
        _Plan(field, field_label(cls, field, language), _show(field, is_part))
        for field in cls.fields()
    )


def _show(field: Field, is_part: bool) -> Show | None:
    if isinstance(field.kind, PartKind):
        return None
    if is_part and isinstance(field.kind, kinds.TextKind):
        return _short_text
    # One cannot call a fax machine.
    return fax if field.property == SDO.faxNumber else shown_as(field.kind)


def _short_text(page: Page, value: Text) -> Markup:
    """A text in the page's language; in all where neither this page nor its twin has one."""
    return page.text(value) if {"pl", "en"} & set(value) else text(page, value)


def rows(
    page: Page,
    node: Node,
    skip: frozenset[str] = frozenset(),
    fragment: str = "",
    mark: Mark | None = None,
) -> Iterator[Row]:
    """The fields of a node that have values, but for those of the names in `skip`.

    `fragment` is the node's own, where it is a part; `mark` says what follows each value.
    """
    for field, label, show in _plans(type(node), page.language):
        value = getattr(node, field.name)
        if value is None or field.name in skip:
            continue
        if not value and isinstance(value, (tuple, Texts)):
            continue
        items = value if field.many else (value,)
        if show is None:
            shown = [_part(page, item, fragment_of(item, field, fragment)) for item in items]
        else:
            shown = [show(page, item) for item in items]
        if mark is not None:
            pairs = zip(shown, items, strict=True)
            shown = [value + mark(field, item) for value, item in pairs]
        yield Row(field.key, label, shown)


def listed(shown: Iterable[Row]) -> Markup:
    """Rows as they stand in a list, each in a line."""
    return joined(_LINE(row.label, joined(_VALUE(value) for value in row.values)) for row in shown)


def fragment_of(part: Part, field: Field, outer: str = "") -> str:
    """The fragment of a part within a record, or within the part whose fragment is `outer`."""
    own = part.fragment(field)
    return part.id or (f"{outer}-{own}" if outer else own)


def _part(page: Page, part: Part, fragment: str) -> Markup:
    shown = next((_OWN_WAYS[cls] for cls in type(part).__mro__ if cls in _OWN_WAYS), _any_part)
    return _PART(fragment, shown(page, part, fragment))


def _any_part(page: Page, part: Part, fragment: str) -> Markup:
    """What the part is called, then its other fields."""
    name = type(part).naming[0] if type(part).naming else ""
    lead = shown_field(page, part, name) if name else Markup()
    return (_LEAD(lead) if lead else Markup()) + _table(
        page, part, {name} if lead else (), fragment
    )


def _table(page: Page, part: Part, skip: Any, fragment: str) -> Markup:
    found = [
        _ROW(row.label, joined(_VALUE(value) for value in row.values))
        for row in rows(page, part, frozenset(skip), fragment)
    ]
    return _ROWS(joined(found)) if found else Markup()


def shown_field(page: Page, node: Node, name: str) -> Markup:
    """The one value of a field; empty where there is none."""
    value = getattr(node, name)
    plan = next(plan for plan in _plans(type(node), page.language) if plan.field.name == name)
    return Markup() if value in (None, ()) or plan.show is None else plan.show(page, value)


def _address(page: Page, address: Address, _: str) -> Markup:
    """An address as on an envelope."""
    return _BREAK.join(_lines(page, address))


def _lines(page: Page, address: Address) -> Iterator[Markup]:
    apart = " ".join(filter(None, (address.thoroughfare, address.locator_designator)))
    street = address.street_address or ""
    for line in dict.fromkeys((street, apart if apart not in street else "")):
        if line:
            yield APART(line)
    town = [shown_field(page, address, name) for name in ("postal_code", "address_locality")]
    if any(town):
        yield Markup(" ").join(filter(None, town))
    for name in ("address_region", "address_country"):
        if shown := shown_field(page, address, name):
            yield shown
    if address.terc:
        yield Markup.escape(f"TERC {address.terc}")


def _place(page: Page, place: Place, fragment: str) -> Markup:
    """A place with its address; its name is not said again where it is that of the town."""
    lines = list(_lines(page, place.address)) if place.address else []
    name = shown_field(page, place, "name")
    if name and name not in lines:
        lines.insert(0, name)
    skip = {"name", "address"}
    return _BREAK.join(lines) + _table(page, place, skip, fragment)


_Way: TypeAlias = Callable[[Page, Any, str], Markup]
_OWN_WAYS: Final[dict[type[Node], _Way]] = {Address: _address, Place: _place}


class Item(NamedTuple):
    """An item of an event's agenda."""

    fragment: str
    position: int | None
    name: Markup
    rows: list[Row]


def agenda(page: Page, record: Record) -> list[Item]:
    """The items of an event's agenda, those without a place in the order at its end."""
    field = type(record).by_key().get("agenda")
    if field is None:
        return []
    items: tuple[AgendaItem, ...] = getattr(record, field.name)
    skip = frozenset({"name", "position"})
    return [
        Item(
            fragment := fragment_of(item, field),
            item.position,
            shown_field(page, item, "name"),
            list(rows(page, item, skip, fragment)),
        )
        for item in items
    ]


def part_name(page: Page, part: Part) -> Markup:
    """What a part is called: by the field that it is named for."""
    for name in type(part).naming:
        if shown := shown_field(page, part, name):
            return Markup.escape(shown.striptags())  # a link within a link is none
    return Markup.escape(type(part).__name__)
