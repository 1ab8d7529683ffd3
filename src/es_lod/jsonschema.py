"""The JSON Schema of documents, derived from the model.

https://json-schema.org/draft/2020-12: for editors that complete and check YAML and JSON.
"""

from typing import Any

from es_lod.labels import field_label
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.concepts import schemes
from es_lod.model.record import Field, Node, PartKind, Record
from es_lod.model.strings import StringKind

Schema = dict[str, Any]

_TEXT = {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/languages"}]}
_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_TIME = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:]+(Z|[+-][0-9:]+))?)?)?$"


def json_schema() -> Schema:
    """The schema of a document: a mapping with `records`, or one record."""
    records, parts = record_classes(), part_classes()
    definitions: Schema = {
        "record": {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": list(records)}},
            "allOf": [
                {
                    "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                    "then": {"$ref": f"#/$defs/{name}"},
                }
                for name in records
            ],
        },
        "languages": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
            "additionalProperties": {"type": "string", "minLength": 1},
        },
        "texts": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "object", "additionalProperties": _listed({"type": "string"})},
                {"type": "array", "items": _TEXT},
            ]
        },
    }
    definitions |= {cls.__name__: _class(cls) for cls in (*records.values(), *parts.values())}
    document = {
        "type": "object",
        "required": ["records"],
        "properties": {
            "@context": {},
            "base": {"type": "string", "format": "iri"},
            "language": {"type": "string"},
            "records": {"type": "array", "items": {"$ref": "#/$defs/record"}},
        },
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "es-lod",
        "if": {"required": ["records"]},
        "then": document,
        "else": {"$ref": "#/$defs/record"},
        "$defs": definitions,
    }


def _class(cls: type[Node]) -> Schema:
    properties: Schema = {"id": {"type": "string", "maxLength": 2048}, "type": {}}
    for field in cls.fields():
        label = {
            "title": field_label(cls, field, "pl"),
            "description": field_label(cls, field, "en"),
        }
        properties[field.key] = {**label, **_field(field)}
    if issubclass(cls, Record):
        for key in cls.inverse:
            properties[key] = _listed(_reference())
    elif getattr(cls, "owner_property", None):
        properties["subject"] = {"type": "string"}
    return {
        "type": "object",
        "properties": properties,
        "required": [field.key for field in cls.fields() if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    item = _item(field.kind)
    return _listed(item, minimum=int(field.required)) if field.many else item


def _listed(item: Schema, minimum: int = 0) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": minimum}]}


def _reference() -> Schema:
    return {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/record"}]}


def _item(kind: kinds.Kind) -> Schema:
    match kind:
        case PartKind():
            return {"$ref": f"#/$defs/{kind.part.__name__}"}
        case kinds.TextKind():
            return _TEXT
        case kinds.TextsKind():
            return {"$ref": "#/$defs/texts"}
        case kinds.ConceptKind(scheme):
            return {"enum": sorted(schemes().get(scheme, ()))}
        case kinds.ChoiceKind(choices):
            return {"enum": [word for word, _ in choices]}
        case kinds.CountKind():
            return {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999_999}
        case kinds.DecimalKind(low, high):
            return {"type": ["number", "string"], "minimum": low, "maximum": high}
        case kinds.DateKind(time):
            # A bare year may stand as a number; dates in words are for tables.
            return {"type": ["string", "integer"], "pattern": _TIME if time else _DATE}
        case kinds.RefKind():
            return _reference()
        case StringKind():
            pattern = {"pattern": kind.pattern} if kind.pattern else {}
            return {"type": "string", "minLength": 1, **pattern}
        case kinds.ValueKind():
            return {"type": ["string", "object"]}
    return {"type": "string", "minLength": 1}
