"""The reference page of the records, `docs/records.md`, derived from model, ontology and shapes."""

from collections.abc import Iterator
from typing import Final

from es_lod.labels import class_definition, class_label, field_description, field_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.model.record import NamedRecord, Node, Part, Record
from es_lod.namespaces import prefixed
from es_lod.templates import example

_HEAD: Final = """\
# Records

Every class, key and property, as the model declares them. This page is generated
(`make docs`); a test keeps it true.

A document is a mapping with `records` (a list) and, where they are not the defaults, `base` (the
beginning of the records' IRIs) and `language` (of plain texts; `pl`). Every record has a `type`
and, best, an `id`: lower-case letters, digits and inner hyphens, at most 80.

*Count*: `1` exactly one, `?` at most one, `+` at least one, `*` any number. A text of count `1` or
`?` is one value a language: a string, or `{pl: …, en: …}`. A date is as precise as its source:
`2014`, `2018-06` or `2018-06-19`.

What is written otherwise and has one meaning only is brought to its form, and told as `normalised`
with what stood there: `19.06.2018 r.`, `19 VI 2018`, `cze 2018`; `526-025-02-74`, `5260250274.0`,
leading zeros that a spreadsheet took; `(12) 000 00 01`; `1 200`, `50,0121`; no-break spaces, soft
hyphens and `,,Serwis''` in texts. What may mean something else is an error with a hint:
`05/06/2018`, `1.5.14`, `43270`, `www.serwis.pl`, `30070`, `ok. 30`.
"""


def page() -> str:
    """The page in Markdown."""
    lines = [_HEAD]
    lines += ["## Every record", "", *_table(Record, _declared(Record))]
    lines += ["", *_table(NamedRecord, _declared(NamedRecord)), ""]
    for cls in (*record_classes().values(), *part_classes().values()):
        lines += [*_section(cls), ""]
    return "\n".join(lines)


def _section(cls: type[Node]) -> Iterator[str]:
    yield f"## {cls.__name__}"
    yield ""
    types = " · ".join(f"`{prefixed(type_)}`" for type_ in cls.types)
    yield f"**{class_label(cls, 'pl')}** · {class_label(cls, 'en')} · {types}"
    for language in LANGUAGES:
        if definition := class_definition(cls, language):
            yield ""
            yield f"{definition}"
    parent = cls.__mro__[1]
    if parent not in (Part, Record, NamedRecord):
        name = parent.__name__
        yield ""
        yield f"All fields of [{name}](#{name.lower()})."
    if fields := _declared(cls):
        yield ""
        yield from _table(cls, fields)
    if issubclass(cls, Record) and "inverse" in vars(cls):
        for key, (target, attribute) in vars(cls)["inverse"].items():
            if parent in (Record, NamedRecord):
                yield ""
                yield f"Input only: `{key}` lists {target} records and sets their `{attribute}`."


def _declared(cls: type[Node]) -> list[Field]:
    """The fields that a class declares itself."""
    own = vars(cls).get("__annotations__", {})
    return [field for field in cls.fields() if field.name in own]


def _table(cls: type[Node], fields: list[Field]) -> Iterator[str]:
    yield "| key | label | count | value | property | example | what to write |"
    yield "|---|---|---|---|---|---|---|"
    for field in fields:
        labels = f"{field_label(cls, field, 'pl')} · {field_label(cls, field, 'en')}"
        cells = (
            f"`{field.key}`",
            labels,
            field.count(),
            value_words(field.kind),
            f"`{prefixed(field.property)}`",
            "" if isinstance(field.kind, PartKind) else f"`{example(field)}`",
            field_description(cls, field, "en"),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def value_words(kind: kinds.Kind) -> str:
    """What a kind of values is called on the page, with links to the classes."""
    match kind:
        case PartKind(part=part):
            return f"part [{part.__name__}](#{part.__name__.lower()})"
        case kinds.RefKind(targets):
            if targets == ("Record",):
                return "ref to [any record](#every-record)"
            return "ref " + ", ".join(f"[{name}](#{name.lower()})" for name in targets)
        case kinds.ConceptKind(scheme):
            return f"concept of `{scheme}`"
        case kinds.ChoiceKind(choices):
            return "one of " + ", ".join(f"`{word}`" for word, _ in choices)
        case kinds.DateKind(time):
            return "date or time" if time else "date"
        case kinds.DecimalKind(low, high):
            return f"decimal, {low} to {high}"
        case kinds.IriKind(web):
            return "web address" if web else "IRI"
    return {
        kinds.TextKind: "text",
        kinds.TextsKind: "text",
        kinds.CountKind: "count",
        kinds.PropertyKind: "key of a field",
        kinds.ValueKind: "value of that field",
    }.get(type(kind), "string")
