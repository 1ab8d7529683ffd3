"""What is known about the facts of a record, where its source does not simply state them."""

from typing import Any, Final, NamedTuple

from markupsafe import Markup

from es_lod.errors import InvalidValue
from es_lod.labels import concept_label, field_label
from es_lod.model import Field, Part, Record, Statement
from es_lod.model.fields import PartKind
from es_lod.rdf.emit import parts_of
from es_lod.site.pages.html import Form
from es_lod.site.pages.parts import Mark, fragment_of, part_name, shown_field
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import reference, shown_as
from es_lod.values import Text

_STATEMENTS: Final = Record.by_key()["statements"]
_STATED: Final = "stated"
"""The certainty of what a source says in so many words."""
_MARK: Final = Form(' <a class="tag unsure" href="#{}">{}</a>')
_LINK: Final = Form('<a href="#{}">{}</a>')


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


def marks(page: Page, record: Record) -> Mark | None:
    """What follows values that the source does not state: how sure, as a link to the reason.

    Nothing where there is no such value.
    """
    doubts: dict[str, list[Statement]] = {}
    for statement in _of(record):
        if statement.certainty != _STATED:
            doubts.setdefault(statement.property, []).append(statement)

    def mark(field: Field, item: Any) -> Markup:
        for statement in doubts.get(field.key, ()):
            if _is_about(statement, field, item):
                label = concept_label("certainty", statement.certainty, page.language)
                return _MARK(fragment_of(statement, _STATEMENTS), label)
        return Markup()

    return mark if doubts else None


def _is_about(statement: Statement, field: Field, item: Any) -> bool:
    """Whether a statement speaks of this value; of the one value of a field it always does."""
    names = {item.fragment(field)} if isinstance(item, Part) else {item, str(item)}
    return statement.value is None or not field.many or statement.value in names


def statements(page: Page, record: Record) -> list[Stated]:
    """The statements about facts of a record."""
    return [
        Stated(
            fragment_of(item, _STATEMENTS),
            _label(record, item, page.language),
            _stated_value(page, record, item),
            shown_field(page, item, "certainty"),
            item.certainty == _STATED,
            shown_field(page, item, "quote"),
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
