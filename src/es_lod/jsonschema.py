"""The JSON Schema of documents, derived from the model.

https://json-schema.org/draft/2020-12: for editors that complete and check YAML and JSON. It takes
all that the reader takes, our JSON-LD too; forms that the reader normalises (dates in words, a NIP
with hyphens) are left to it.
"""

from typing import Any

from es_lod.labels import class_label, field_label
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.concepts import schemes
from es_lod.model.record import Field, Node, PartKind, Record
from es_lod.model.strings import StringKind
from es_lod.values import LANGUAGE

Schema = dict[str, Any]

_NULL = {"type": "null"}
_STRING = {"type": "string", "minLength": 1}
_LANGUAGES = {"propertyNames": {"pattern": f"^{LANGUAGE.replace('a-z', 'A-Za-z')}$"}}
_TEXT = {
    "anyOf": [
        {"type": ["string", "integer"], "minLength": 1},
        {"type": "object", "minProperties": 1, **_LANGUAGES, "additionalProperties": _STRING},
    ]
}
_TAGGED = {"type": "object", **_LANGUAGES, "additionalProperties": {"$ref": "#/$defs/strings"}}
# What our JSON-LD writes for years, months and times.
_VALUE = {"type": "object", "required": ["@value"]}
_ENVELOPE = ("@context", "$schema", "base", "language")


def json_schema() -> Schema:
    """The schema of a document: a mapping with `records`, a list of records, or one record."""
    classes = (*record_classes().values(), *part_classes().values())
    definitions: Schema = {
        "record": _record(),
        "strings": {"anyOf": [_STRING, {"type": "array", "items": _STRING}]},
        "texts": {
            "anyOf": [_STRING, _TAGGED, {"type": "array", "items": {"anyOf": [_STRING, _TAGGED]}}]
        },
        "text": _TEXT,
    }
    definitions |= {cls.__name__: _class(cls) for cls in classes}
    for cls in record_classes().values():
        for target, attribute in cls.inverse.values():
            definitions[f"{attribute}-given"] = _record(within=target, given=attribute)
    document = {
        "type": "object",
        "required": ["records"],
        "properties": {
            **dict.fromkeys(_ENVELOPE, True),
            "records": {"type": ["array", "null"], "items": {"$ref": "#/$defs/record"}},
        },
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "es-lod",
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/record"}},
            document,
            {"$ref": "#/$defs/record"},
        ],
        "$defs": definitions,
    }


def _record(within: str = "Record", given: str | None = None) -> Schema:
    """A record of a class or its subclasses; `given` is said by the place that it stands in."""
    classes = _subclasses(within)
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": _type_of(*classes)},
        "allOf": [
            {
                "if": {"properties": {"type": _type_of(name)}},
                "then": {"$ref": f"#/$defs/{name}", "required": _required(cls, given)},
            }
            for name, cls in classes.items()
        ],
    }


def _type_of(*names: str) -> Schema:
    """One of the names, alone or among the types of our JSON-LD."""
    one = {"enum": list(names)}
    return {"anyOf": [one, {"type": "array", "contains": one}]}


def _required(cls: type[Node], given: str | None = None) -> list[str]:
    return [f.key for f in cls.fields() if f.required and f.name != given]


def _class(cls: type[Node]) -> Schema:
    properties: Schema = {"id": {"type": ["string", "null"], "maxLength": 2048}, "type": True}
    for field in cls.fields():
        labels = {
            "title": field_label(cls, field, "pl"),
            "description": field_label(cls, field, "en"),
        }
        properties[field.key] = labels | _field(field)
    if issubclass(cls, Record):
        properties |= dict.fromkeys(_ENVELOPE, True)
        for key, (_, attribute) in cls.inverse.items():
            nested = {"anyOf": [_STRING, {"$ref": f"#/$defs/{attribute}-given"}]}
            properties[key] = _listed(nested)
    elif getattr(cls, "owner_property", None):
        properties["subject"] = _STRING
    return {
        "title": class_label(cls, "pl"),
        "type": "object",
        "properties": properties,
        "required": [] if issubclass(cls, Record) else _required(cls),
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    item = _item(field.kind)
    if field.many:
        return _listed(item, minimum=int(field.required))
    return item if field.required else {"anyOf": [item, _NULL]}


def _listed(item: Schema, minimum: int = 0) -> Schema:
    """One value, or a list; nothing where none is needed."""
    several = {"type": "array", "items": item, "minItems": minimum}
    return {"anyOf": [item, several] if minimum else [item, several, _NULL]}


def _item(kind: kinds.Kind) -> Schema:
    match kind:
        case PartKind():
            return {"$ref": f"#/$defs/{kind.part.__name__}"}
        case kinds.TextKind():
            return {"$ref": "#/$defs/text"}
        case kinds.TextsKind():
            return {"$ref": "#/$defs/texts"}
        case kinds.ConceptKind(scheme):
            return {"enum": sorted(schemes().get(scheme, ()))}
        case kinds.ChoiceKind(choices):
            return {"enum": [word for word, _ in choices]}
        case kinds.CountKind():
            digits = {
                "type": "string",
                "pattern": "^ *[0-9]{1,3}([0-9]{0,6}|( [0-9]{3})+)([.,]0{1,2})? *$",
            }
            return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 999_999_999}, digits]}
        case kinds.DecimalKind(low, high):
            digits = {
                "type": "string",
                "pattern": r"^ *[+-]?[0-9]*[.,]?[0-9]*([eE][+-]?[0-9]+)? *$",
            }
            return {"anyOf": [{"type": "number", "minimum": low, "maximum": high}, digits]}
        case kinds.DateKind():
            year = {"type": ["string", "integer"], "pattern": "[0-9]{4}"}
            return {"anyOf": [year, _VALUE], "examples": ["2014", "2018-06", "2018-06-19"]}
        case kinds.RefKind(targets):
            return {"anyOf": [_STRING, *(_of_class(name) for name in targets)]}
        case kinds.ValueKind():
            return {"type": ["string", "integer", "object"]}
        case StringKind():
            examples = {"examples": [kind.example]} if kind.example else {}
            return {"type": ["string", "integer"], "minLength": 1, **examples}
    return _STRING


def _of_class(name: str) -> Schema:
    """A nested record of a class or one of its subclasses."""
    return {"$ref": "#/$defs/record", "properties": {"type": _type_of(*_subclasses(name))}}


def _subclasses(name: str) -> dict[str, type[Record]]:
    """The record classes that are of a class; all of them for `Record`."""
    limit: type = Record if name == "Record" else record_classes()[name]
    return {known: cls for known, cls in record_classes().items() if issubclass(cls, limit)}
