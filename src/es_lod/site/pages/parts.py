"""The fields of records and of their parts, as rows of label and values."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from markupsafe import Markup

from es_lod.errors import InvalidValue
from es_lod.labels import concept_label, field_label
from es_lod.model import Address, AgendaItem, Field, Node, Part, Place, Record, Statement, kinds
from es_lod.model.fields import PartKind
from es_lod.namespaces import SDO
from es_lod.rdf.emit import parts_of
from es_lod.site.html import Form
from es_lod.site.pages.values import Show, fax, reference, shown_as, text
from es_lod.site.rendering import Page
from es_lod.values import Text, Texts


class Row(NamedTuple):
    """A field with its values."""

    key: str
    label: str
    values: list[Markup]


class _Plan(NamedTuple):
    field: Field
    label: str
    show: Show | None
    """None for parts: they also need their fragment."""


_PART: Final = Form('<div class="part" id="{}">{}</div>')
_LEAD: Final = Form('<p class="lead">{}</p>')
_ROWS: Final = Form('<dl class="rows">{}</dl>')
_ROW: Final = Form("<div><dt>{}</dt>{}</div>")
_VALUE: Final = Form("<dd>{}</dd>")
_PLAIN: Final = Form("<bdi>{}</bdi>")
_BREAK: Final = Markup("<br>")
_LINK: Final = Form('<a href="#{}">{}</a>')


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
    page: Page, node: Node, skip: frozenset[str] = frozenset(), fragment: str = ""
) -> Iterator[Row]:
    """The fields of a node that have values, but for those of the names in `skip`.

    `fragment` is the node's own, where it is a part. A fact that its source does not state leads
    to the statement about it.
    """
    doubts = _doubts(node) if isinstance(node, Record) and node.statements else {}
    for field, label, show in _plans(type(node), page.language):
        value = getattr(node, field.name)
        if value is None or value in ((), _NOTHING) or field.name in skip:
            continue
        items = value if field.many else (value,)
        if show is None:
            shown = [_part(page, item, _fragment(item, field, fragment)) for item in items]
        else:
            shown = [show(page, item) for item in items]
        if field.key in doubts:
            shown = [
                value + _mark(page, item, field, doubts[field.key])
                for value, item in zip(shown, items, strict=True)
            ]
        yield Row(field.key, label, shown)


_NOTHING: Final = Texts()
_STATEMENTS: Final = Record.by_key()["statements"]
_STATED: Final = "stated"
"""The certainty of what a source says in so many words."""
_MARK: Final = Form(' <a class="tag unsure" href="#{}">{}</a>')


def _doubts(record: Record) -> dict[str, list[Statement]]:
    """Key of a field → the statements about it that say more than that its source states it."""
    found: dict[str, list[Statement]] = {}
    for statement in _of(record):
        if statement.certainty != _STATED:
            found.setdefault(statement.property, []).append(statement)
    return found


def _mark(page: Page, item: Any, field: Field, doubts: list[Statement]) -> Markup:
    """How sure a value is, as a link to what is said about it."""
    names = {item.fragment(field)} if isinstance(item, Part) else {item, str(item)}
    for statement in doubts:
        if statement.value is None or statement.value in names:
            label = concept_label("certainty", statement.certainty, page.language)
            return _MARK(_fragment(statement, _STATEMENTS, ""), label)
    return Markup()


def _fragment(part: Part, field: Field, outer: str) -> str:
    own = part.fragment(field)
    return part.id or (f"{outer}-{own}" if outer else own)


def _part(page: Page, part: Part, fragment: str) -> Markup:
    shown = next((_OWN_WAYS[cls] for cls in type(part).__mro__ if cls in _OWN_WAYS), _any_part)
    return _PART(fragment, shown(page, part, fragment))


def _any_part(page: Page, part: Part, fragment: str) -> Markup:
    """What the part is called, then its other fields."""
    name = type(part).naming[0] if type(part).naming else ""
    lead = _shown(page, part, name) if name else Markup()
    return (_LEAD(lead) if lead else Markup()) + _table(
        page, part, {name} if lead else (), fragment
    )


def _table(page: Page, part: Part, skip: Any, fragment: str) -> Markup:
    found = [
        _ROW(row.label, Markup().join(_VALUE(value) for value in row.values))
        for row in rows(page, part, frozenset(skip), fragment)
    ]
    return _ROWS(Markup().join(found)) if found else Markup()


def _shown(page: Page, node: Node, name: str) -> Markup:
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
            yield _PLAIN(line)
    town = [_shown(page, address, name) for name in ("postal_code", "address_locality")]
    if any(town):
        yield Markup(" ").join(filter(None, town))
    for name in ("address_region", "address_country"):
        if shown := _shown(page, address, name):
            yield shown
    if address.terc:
        yield Markup.escape(f"TERC {address.terc}")


def _place(page: Page, place: Place, fragment: str) -> Markup:
    """A place with its address; its name is not said again where it is that of the town."""
    lines = list(_lines(page, place.address)) if place.address else []
    name = _shown(page, place, "name")
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
            fragment := _fragment(item, field, ""),
            item.position,
            _shown(page, item, "name"),
            list(rows(page, item, skip, fragment)),
        )
        for item in items
    ]


class Stated(NamedTuple):
    """What is known about a fact: of which field, which value, how sure, by whose words."""

    fragment: str
    label: str
    value: Markup
    certainty: Markup
    is_sure: bool
    quote: Markup
    sources: list[Markup]


def _of(record: Record) -> tuple[Statement, ...]:
    found: Any = record.statements  # constructors take more than attributes hold
    return tuple(found)


def statements(page: Page, record: Record) -> list[Stated]:
    """The statements about facts of a record."""
    return [
        Stated(
            _fragment(item, _STATEMENTS, ""),
            _label(record, item, page.language),
            _stated_value(page, record, item),
            _shown(page, item, "certainty"),
            item.certainty == _STATED,
            _shown(page, item, "quote"),
            [reference(page, str(source)) for source in item.source],
        )
        for item in _of(record)
    ]


def _label(record: Record, statement: Statement, language: str) -> str:
    field = type(record).by_key().get(statement.property)
    return field_label(type(record), field, language) if field else statement.property


def _stated_value(page: Page, record: Record, statement: Statement) -> Markup:
    """The value of a statement as its field shows it; a part by what it is called."""
    field = type(record).by_key().get(statement.property)
    value: Any = statement.value
    if value is None:
        return Markup()
    if isinstance(value, Text):
        return page.text(value)
    if field is None:
        return Markup.escape(value)
    if isinstance(field.kind, PartKind):
        part = next((part for name, part in parts_of(record) if name == value), None)
        return _LINK(value, part_name(page, part)) if part is not None else Markup.escape(value)
    try:
        return shown_as(field.kind)(page, field.kind.parse(value))
    except InvalidValue:
        return Markup.escape(value)


def part_name(page: Page, part: Part) -> Markup:
    """What a part is called: by the field that it is named for."""
    for name in type(part).naming:
        if shown := _shown(page, part, name):
            return Markup.escape(shown.striptags())  # a link within a link is none
    return Markup.escape(type(part).__name__)
