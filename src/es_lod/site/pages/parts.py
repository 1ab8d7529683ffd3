"""The fields of records and of their parts, as rows of label and values."""

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from markupsafe import Markup

from es_lod.labels import field_label
from es_lod.model import Address, AgendaItem, Field, Node, Part, Place, Record, kinds
from es_lod.model.fields import PartKind
from es_lod.namespaces import SDO
from es_lod.site.escaping import Html, escaped
from es_lod.site.pages.html import apart
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import Show, fax, shown_as, text
from es_lod.values import Text, Texts

Mark: TypeAlias = Callable[[Field, Any], Html]
"""What stands after a value of a field."""


class _Plan(NamedTuple):
    field: Field
    label: Html
    show: Show | None
    """None for parts: they also need their fragment."""


_NONE: Final[Set[str]] = frozenset()
_NOTHING: Final = Html("")


@cache
def _plans(cls: type[Node], language: str) -> dict[str, _Plan]:
    """What is shown of a class, by the names of its fields, in the order of their declaration."""
    is_part = issubclass(cls, Part)
    return {
        field.name: _Plan(field, escaped(field_label(cls, field, language)), _show(field, is_part))
        for field in cls.fields()
    }


def _show(field: Field, is_part: bool) -> Show | None:
    if isinstance(field.kind, PartKind):
        return None
    if is_part and isinstance(field.kind, kinds.TextKind):
        return _short_text
    # One cannot call a fax machine.
    return fax if field.property == SDO.faxNumber else shown_as(field.kind)


def _short_text(page: Page, value: Text) -> Html:
    """A text in the page's language; in all where neither this page nor its twin has one."""
    return page.shown(value) if {"pl", "en"} & set(value) else text(page, value)


def rows(
    page: Page,
    node: Node,
    skip: Set[str] = _NONE,
    fragment: str = "",
    mark: Mark | None = None,
    most: int | None = None,
) -> dict[str, Html]:
    """Key → a row of label and values, of the fields of a node that have some, but for `skip`.

    `fragment` is the node's own, where it is a part; `mark` says what follows each value; of many
    values the first `most` are shown.
    """
    found: dict[str, Html] = {}
    held = vars(node)
    for name, (field, label, show) in _plans(type(node), page.language).items():
        value = held[name]
        if value is None or name in skip or (not value and isinstance(value, (tuple, Texts))):
            continue
        items = value[:most] if field.many else (value,)
        if show is None:
            shown = [_part(page, item, fragment_of(item, field, fragment)) for item in items]
        else:
            shown = [show(page, item) for item in items]
        if mark is not None:
            pairs = zip(shown, items, strict=True)
            shown = [Html(value + mark(field, item)) for value, item in pairs]
        values = shown[0] if len(shown) == 1 else "</dd><dd>".join(shown)
        found[field.key] = Html(f"<div><dt>{label}</dt><dd>{values}</dd></div>")
    return found


def listed(shown: Iterable[Html]) -> Html:
    """Rows as they stand in a list, each in a line."""
    return Html("".join([f"{row}\n" for row in shown]))


def fragment_of(part: Part, field: Field, outer: str = "") -> str:
    """The fragment of a part within a record, or within the part whose fragment is `outer`."""
    own = part.fragment(field)
    return part.id or (f"{outer}-{own}" if outer else own)


def _part(page: Page, part: Part, fragment: str) -> Html:
    show = _own_way(type(part))
    return Html(f'<div class="part" id="{fragment}">{show(page, part, fragment)}</div>')


def _any_part(page: Page, part: Part, fragment: str) -> Html:
    """What the part is called, then its other fields."""
    name = type(part).naming[0] if type(part).naming else ""
    lead = shown_field(page, part, name) if name else ""
    if not lead:
        return _table(page, part, _NONE, fragment)
    return Html(f'<p class="lead">{lead}</p>{_table(page, part, {name}, fragment)}')


def _table(page: Page, part: Part, skip: Set[str], fragment: str) -> Html:
    found = "".join(rows(page, part, skip, fragment).values())
    return Html(f'<dl class="rows">{found}</dl>') if found else _NOTHING


def shown_field(page: Page, node: Node, name: str) -> Html:
    """The one value of a field; empty where there is none."""
    value = getattr(node, name)
    if value is None or (not value and isinstance(value, tuple)):
        return _NOTHING
    show = _plans(type(node), page.language)[name].show
    return _NOTHING if show is None else show(page, value)


def _address(page: Page, address: Address, _: str) -> Html:
    """An address as on an envelope."""
    return Html("<br>".join(_lines(page, address)))


def _lines(page: Page, address: Address) -> Iterator[Html]:
    apart_ = " ".join(filter(None, (address.thoroughfare, address.locator_designator)))
    street = address.street_address or ""
    for line in dict.fromkeys((street, apart_ if apart_ not in street else "")):
        if line:
            yield apart(line)
    town = [shown_field(page, address, name) for name in ("postal_code", "address_locality")]
    if any(town):
        yield Html(" ".join(filter(None, town)))
    for name in ("address_region", "address_country"):
        if shown := shown_field(page, address, name):
            yield shown
    if address.terc:
        yield escaped(f"TERC {address.terc}")


def _place(page: Page, place: Place, fragment: str) -> Html:
    """A place with its address; its name is not said again where it is that of the town."""
    lines = list(_lines(page, place.address)) if place.address else []
    name = shown_field(page, place, "name")
    if name and name not in lines:
        lines.insert(0, name)
    return Html("<br>".join(lines) + _table(page, place, {"name", "address"}, fragment))


_Way: TypeAlias = Callable[[Page, Any, str], Html]
_OWN_WAYS: Final[dict[type[Node], _Way]] = {Address: _address, Place: _place}


@cache
def _own_way(cls: type[Part]) -> _Way:
    return next((_OWN_WAYS[parent] for parent in cls.__mro__ if parent in _OWN_WAYS), _any_part)


def agenda(page: Page, record: Record) -> Html:
    """The items of an event's agenda, those without a place in the order at its end."""
    field = type(record).by_key().get("agenda")
    if field is None:
        return _NOTHING
    items: tuple[AgendaItem, ...] = getattr(record, field.name)
    shown = [_agenda_item(page, item, fragment_of(item, field)) for item in items]
    return Html("".join(shown))


def _agenda_item(page: Page, item: AgendaItem, fragment: str) -> Html:
    at = ' class="unplaced"' if item.position is None else f' value="{item.position}"'
    name = shown_field(page, item, "name")
    found = listed(rows(page, item, _IN_LEAD, fragment).values())
    table = f'<dl class="rows">\n{found}</dl>\n' if found else ""
    return Html(f'<li id="{fragment}"{at}>\n<p class="lead">{name}</p>\n{table}</li>\n')


_IN_LEAD: Final = frozenset({"name", "position"})


def part_name(page: Page, part: Part) -> Html:
    """What a part is called: by the field that it is named for."""
    for name in type(part).naming:
        if shown := shown_field(page, part, name):
            # A link within a link is none.
            return escaped(Markup(shown).striptags())  # noqa: S704  # it is HTML
    return escaped(type(part).__name__)
