"""Files to fill in or to build on: a YAML template, the JSON Schema, the context."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from es_lod.labels import class_label, field_description, field_label
from es_lod.model import (
    Article,
    Event,
    EventSeries,
    LocalGovernment,
    Programme,
    PublicBody,
    SocialCooperative,
    SocialIntegrationCentre,
    Workshop,
    kinds,
    record_classes,
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
# One record of each class that a newcomer meets: what it says as it stands, and what its commented
# fields show where the first notation of a scheme would make little sense.
_EXAMPLES: Final[tuple[tuple[type[Record], dict[str, str], dict[str, str]], ...]] = (
    (
        LocalGovernment,
        {"id": "gmina-przyklad", "name": "Gmina Przykład"},
        {"legalForm": "local-government", "kind": "social-economy-entity"},
    ),
    (
        PublicBody,
        {"id": "ops-przyklad", "name": "Ośrodek Pomocy Społecznej w Przykładowie"},
        {
            "legalForm": "budgetary-unit",
            "kind": "social-welfare-centre",
            "partOf": "gmina-przyklad",
        },
    ),
    (
        SocialCooperative,
        {"id": "spoldzielnia-przyklad", "name": "Spółdzielnia Socjalna Przykład"},
        {
            "legalForm": "social-cooperative-of-natural-persons",
            "kind": "social-economy-entity",
            "founders": "gmina-przyklad",
            "status": "social-enterprise-status",
        },
    ),
    (
        SocialIntegrationCentre,
        {"id": "cis-przyklad", "name": "CIS Przykład", "operator": "spoldzielnia-przyklad"},
        {"kind": "social-integration-centre", "status": "cis-status"},
    ),
    (
        Workshop,
        {"id": "warsztat-przyklad", "name": "Warsztat ogrodniczy", "workshopType": "gardening"},
        {},
    ),
    (
        Programme,
        {"id": "program-przyklad", "name": "Program Przykład"},
        {},
    ),
    (
        EventSeries,
        {"id": "cykl-przyklad", "name": "Wizyty studyjne w Przykładowie"},
        {},
    ),
    (
        Event,
        {
            "id": "wizyta-przyklad",
            "name": "Wizyta studyjna",
            "eventType": "study-visit",
            "startDate": "2026-01-31",
        },
        {},
    ),
    (
        Article,
        {
            "id": "artykul-przyklad",
            "headline": "Wizyta studyjna w CIS Przykład",
            "datePublished": "2026-02-01",
            "publisher": "spoldzielnia-przyklad",
        },
        {"articleType": "report", "property": "headline"},
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
    for cls, values, shown in _EXAMPLES:
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


def example(field: Field, shown: Mapping[str, str] | None = None) -> str:
    """A value of a field as it stands in YAML; `shown` has values for some keys."""
    shown = shown or {}
    value = shown.get(field.key) or _example(field.kind, shown.get("id", ""))
    return f"[{value}]" if field.many else value


def _example(kind: kinds.Kind, own: str) -> str:
    match kind:
        case kinds.ConceptKind("certainty"):
            return "inferred"
        case kinds.ConceptKind(scheme):
            return min(schemes().get(scheme, {"…"}))
        case kinds.ChoiceKind(choices):
            return choices[0][0]
        case kinds.DateKind(time):
            return "2026-01-31T10:00:00+01:00" if time else "2026-01-31"
        case kinds.CountKind():
            return "25"
        case kinds.DecimalKind():
            return "50.0121"
        case kinds.IriKind():
            return HOME
        case kinds.RefKind(targets):
            return _record_of(targets, own)
        case kinds.PropertyKind():
            return "name"
        case StringKind() if kind.example:
            return f'"{kind.example}"'
    return "…"


def _record_of(targets: tuple[str, ...], own: str) -> str:
    """The id of another example that a reference to the classes may lead to; else an IRI."""
    classes = tuple(record_classes()[name] for name in targets if name != "Record") or (Record,)
    found = (values["id"] for cls, values, _ in _EXAMPLES if issubclass(cls, classes))
    return next((id_ for id_ in found if id_ != own), HOME)
