"""What templates show: a small world of one gmina, and a value for each kind of field."""

from collections.abc import Mapping
from typing import Final

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
from es_lod.model.record import Field, Record
from es_lod.model.strings import StringKind
from es_lod.namespaces import HOME

# One record of each class that a newcomer meets: what it says as it stands, and what its commented
# fields show where the first notation of a scheme would make little sense.
EXAMPLES: Final[tuple[tuple[type[Record], dict[str, str], dict[str, str]], ...]] = (
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
        case kinds.DateKind(True):
            return "2026-01-31T10:00:00+01:00"
        case kinds.RefKind(targets):
            return _record_of(targets, own)
        case StringKind() if kind.example:
            return f'"{kind.example}"'
    return usual(kind) or "…"


def usual(kind: kinds.Kind) -> str:
    """A value that will do for every field of a kind; nothing where there is none."""
    match kind:
        case kinds.ChoiceKind(choices):
            return choices[0][0]
        case kinds.DateKind():
            return "2026-01-31"
        case kinds.CountKind():
            return "25"
        case kinds.DecimalKind():
            return "50.0121"
        case kinds.IriKind():
            return HOME
        case kinds.PropertyKind():
            return "name"
        case StringKind():
            return kind.example or ""
    return ""


def _record_of(targets: tuple[str, ...], own: str) -> str:
    """The id of another example that a reference to the classes may lead to; else an IRI."""
    classes = tuple(record_classes()[name] for name in targets if name != "Record") or (Record,)
    found = (values["id"] for cls, values, _ in EXAMPLES if issubclass(cls, classes))
    return next((id_ for id_ in found if id_ != own), HOME)
