"""A YAML document to fill in: every class and field, explained."""

from collections.abc import Iterator
from typing import Final

from es_lod.labels import class_label, field_description, field_label
from es_lod.model.record import Field, Node, PartKind, Record
from es_lod.namespaces import DEFAULT_BASE
from es_lod.templates.examples import EXAMPLES, example

_HEAD: Final = {
    "pl": (
        "# Rekordy es-lod. Wypełnij, usuń niepotrzebne; # zaczyna objaśnienie.\n"
        "# Pole opcjonalne włączysz, usuwając # na początku jego wiersza.\n"
        "# Sprawdź: es-lod validate {name}\n"
    ),
    "en": (
        "# Records of es-lod. Fill in, remove what you do not need; # begins a comment.\n"
        "# An optional field is switched on by removing the # at the beginning of its line.\n"
        "# Check it: es-lod validate {name}\n"
    ),
}


def yaml_template(name: str, language: str) -> str:
    """A YAML document that is valid as it stands, its optional fields commented out."""
    lines = [_HEAD[language].format(name=name), f"base: {DEFAULT_BASE}", "language: pl", "records:"]
    for cls, values, shown in EXAMPLES:
        lines += ["", *_record(cls, values, shown, language)]
    return "\n".join(lines) + "\n"


def _record(
    cls: type[Record], values: dict[str, str], shown: dict[str, str], language: str
) -> Iterator[str]:
    # A statement is about the name; the status of a CIS lasts five years.
    own = {"id": values["id"], "value": values[cls.title], "validUntil": "2031-01-31"}
    shown = {**own, **shown}
    yield f"  # {class_label(cls, language)}"
    yield f"  - type: {cls.__name__}"
    yield f"    id: {values['id']}"
    for field in cls.fields():
        if field.key in values:
            yield f"    {field.key}: {values[field.key]}  # {_told(cls, field, language)}"
        else:
            # Without the # the key stands below the others: indented by the same four spaces.
            yield from (f"    #{line}" for line in _optional(cls, field, shown, language))


def _told(cls: type[Node], field: Field, language: str) -> str:
    """What a field is, and what to write into it."""
    label = field_label(cls, field, language)
    description = field_description(cls, field, language)
    return f"{label}: {description}" if description else label


def _optional(
    cls: type[Record], field: Field, shown: dict[str, str], language: str
) -> Iterator[str]:
    if isinstance(field.kind, PartKind):
        yield f"{field.key}:  # {_told(cls, field, language)}"
        yield from _part(field.kind.part, "  - " if field.many else "  ", shown, language)
    else:
        yield f"{field.key}: {example(field, shown)}  # {_told(cls, field, language)}"


def _part(cls: type[Node], lead: str, shown: dict[str, str], language: str) -> Iterator[str]:
    for field in cls.fields():
        if not isinstance(field.kind, PartKind):
            label = field_label(cls, field, language)
            yield f"{lead}{field.key}: {example(field, shown)}  # {label}"
            lead = " " * len(lead)
