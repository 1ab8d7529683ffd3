"""Files to fill in or to build on: a YAML template, the JSON Schema, the context."""

import json
from collections.abc import Iterator
from typing import Final

from es_lod.labels import class_label, field_label
from es_lod.model import (
    Article,
    Event,
    SocialCooperative,
    SocialIntegrationCentre,
    Workshop,
    kinds,
)
from es_lod.model.concepts import schemes
from es_lod.model.record import Field, Node, PartKind, Record
from es_lod.model.strings import StringKind
from es_lod.namespaces import DEFAULT_BASE, HOME

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
_EXAMPLES: Final = (
    (SocialCooperative, {"id": "spoldzielnia-przyklad", "name": "Spółdzielnia Socjalna Przykład"}),
    (
        SocialIntegrationCentre,
        {"id": "cis-przyklad", "name": "CIS Przykład", "operator": "spoldzielnia-przyklad"},
    ),
    (
        Workshop,
        {"id": "warsztat-przyklad", "name": "Warsztat ogrodniczy", "workshopType": "gardening"},
    ),
    (
        Event,
        {
            "id": "wizyta-przyklad",
            "name": "Wizyta studyjna",
            "eventType": "study-visit",
            "startDate": "2026-01-31",
        },
    ),
    (
        Article,
        {
            "id": "artykul-przyklad",
            "headline": "Wizyta studyjna w CIS Przykład",
            "datePublished": "2026-02-01",
            "publisher": "spoldzielnia-przyklad",
        },
    ),
)


def template(name: str, language: str) -> str | None:
    """The text of a new file of that name; `None` where the name does not say what it is."""
    lower = name.lower()
    if lower.endswith(".schema.json"):
        from es_lod.jsonschema import json_schema

        return _json(json_schema())
    if lower.endswith(".jsonld"):
        from es_lod.context import context

        return _json({"@context": context()})
    if lower.endswith((".yaml", ".yml")):
        return yaml_template(name, language)
    return None


def _json(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def yaml_template(name: str, language: str) -> str:
    """A YAML document that is valid as it stands, its optional fields commented out."""
    lines = [_HEAD[language].format(name=name), f"base: {DEFAULT_BASE}", "language: pl", "records:"]
    for cls, values in _EXAMPLES:
        lines += ["", *_record(cls, values, language)]
    return "\n".join(lines) + "\n"


def _record(cls: type[Record], values: dict[str, str], language: str) -> Iterator[str]:
    yield f"  # {class_label(cls, language)}"
    yield f"  - type: {cls.__name__}"
    yield f"    id: {values['id']}"
    for field in cls.fields():
        label = field_label(cls, field, language)
        if field.key in values:
            yield f"    {field.key}: {values[field.key]}  # {label}"
        else:
            # Without the # the key stands below the others: indented by the same four spaces.
            yield from (f"    #{line}" for line in _optional(field, label, language))


def _optional(field: Field, label: str, language: str) -> Iterator[str]:
    if isinstance(field.kind, PartKind):
        yield f"{field.key}:  # {label}"
        yield from _part(field.kind.part, "  - " if field.many else "  ", language)
    else:
        yield f"{field.key}: {example(field)}  # {label}"


def _part(cls: type[Node], lead: str, language: str) -> Iterator[str]:
    for field in cls.fields():
        if not isinstance(field.kind, PartKind):
            yield f"{lead}{field.key}: {example(field)}  # {field_label(cls, field, language)}"
            lead = " " * len(lead)


def example(field: Field) -> str:
    """A value of a field as it stands in YAML."""
    value = _example(field.kind)
    return f"[{value}]" if field.many else value


def _example(kind: kinds.Kind) -> str:
    match kind:
        case kinds.ConceptKind(scheme):
            return min(schemes().get(scheme, {"…"}))
        case kinds.ChoiceKind(choices):
            return choices[0][0]
        case kinds.DateKind(time):
            return "2026-01-31T10:00+01:00" if time else "2026-01-31"
        case kinds.CountKind():
            return "25"
        case kinds.DecimalKind():
            return "50.0121"
        case kinds.IriKind():
            return HOME
        case kinds.RefKind():
            return "spoldzielnia-przyklad"
        case kinds.PropertyKind():
            return "name"
        case StringKind() if kind.example:
            return f'"{kind.example}"'
    return "…"
