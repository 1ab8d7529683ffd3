"""What is known about the facts of a record, where its source does not simply state them."""

from collections.abc import Sequence
from typing import Any, Final

from es_lod.errors import InvalidValue
from es_lod.labels import concept_label, field_label
from es_lod.model import Field, Part, Record, Statement
from es_lod.model.fields import PartKind
from es_lod.model.normal import parts_of
from es_lod.site.escaping import Html, escaped
from es_lod.site.pages.html import link
from es_lod.site.pages.parts import Mark, fragment_of, part_name, shown_field
from es_lod.site.pages.rendering import Page
from es_lod.site.pages.values import reference, shown_as
from es_lod.site.words import Speaker
from es_lod.values import Text

_STATEMENTS: Final = Record.by_key()["statements"]
_STATED: Final = "stated"
"""The certainty of what a source says in so many words."""
_NOTHING: Final = Html("")


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

    def mark(field: Field, item: Any) -> Html:
        for statement in doubts.get(field.key, ()):
            if _is_about(statement, field, item):
                label = escaped(concept_label("certainty", statement.certainty, page.language))
                fragment = fragment_of(statement, _STATEMENTS)
                return Html(f' <a class="tag unsure" href="#{fragment}">{label}</a>')
        return _NOTHING

    return mark if doubts else None


def _is_about(statement: Statement, field: Field, item: Any) -> bool:
    """Whether a statement speaks of this value; of the one value of a field it always does."""
    names = {item.fragment(field)} if isinstance(item, Part) else {item, str(item)}
    return statement.value is None or not field.many or statement.value in names


def statements(page: Page, record: Record, say: Speaker) -> Html:
    """What is known about facts: of which field, which value, how sure, by whose words."""
    return Html("".join([_statement(page, record, item, say) for item in _of(record)]))


def _statement(page: Page, record: Record, item: Statement, say: Speaker) -> Html:
    class_ = "statement" if item.certainty == _STATED else "statement unsure"
    label = escaped(_label(record, item, page.language))
    value = _stated_value(page, record, item)
    lead = f"{label}: {value}" if value else label
    certainty = f"<strong>{shown_field(page, item, 'certainty')}</strong>"
    quote = shown_field(page, item, "quote")
    sources = [reference(page, str(source)) for source in item.source]
    lines = [
        _line(say("certainty"), [certainty]),
        _line(say("quote"), [f"<blockquote><p>{quote}</p></blockquote>"] if quote else []),
        _line(say("source"), sources),
    ]
    return Html(
        f'<div class="{class_}" id="{fragment_of(item, _STATEMENTS)}">\n'
        f'<p class="lead">{lead}</p>\n<dl class="rows">\n{"".join(lines)}</dl>\n</div>\n'
    )


def _line(label: str, values: Sequence[str]) -> str:
    shown = "".join([f"<dd>{value}</dd>" for value in values])
    return f"<div><dt>{escaped(label)}</dt>{shown}</div>\n" if values else ""


def _label(record: Record, statement: Statement, language: str) -> str:
    field = type(record).by_key().get(statement.property)
    return field_label(type(record), field, language) if field else statement.property


def _stated_value(page: Page, record: Record, statement: Statement) -> Html:
    """The value of a statement as its field shows it; a part by what it is called."""
    field = type(record).by_key().get(statement.property)
    value: Any = statement.value
    if value is None:
        return _NOTHING
    if isinstance(value, Text):
        return page.shown(value)
    if field is None:
        return escaped(str(value))
    if isinstance(field.kind, PartKind):
        part = next((part for name, part in parts_of(record) if name == value), None)
        return link(f"#{value}", part_name(page, part)) if part is not None else escaped(str(value))
    try:
        return shown_as(field.kind)(page, field.kind.parse(value))
    except InvalidValue:
        return escaped(str(value))
