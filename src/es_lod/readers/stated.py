"""Values with their type written out, as our JSON-LD has them in statements and dates."""

from collections.abc import Mapping
from typing import Any

from es_lod.model import Node, kinds
from es_lod.model.fields import PartKind
from es_lod.namespaces import expanded
from es_lod.readers.entries import Tree
from es_lod.values import PartialDate


def property_key(cls: type[Node], name: str) -> str:
    """The key of a class for a property's IRI or prefixed name; a key stays."""
    iri = expanded(name)
    return next((field.key for field in cls.fields() if field.property == iri), name)


def complete(values: dict[str, Any], owner: type[Node], language: str) -> None:
    """Bring a statement's `property` and `value` to the form that they have in documents."""
    if not isinstance(values.get("property"), str):
        return
    values["property"] = property_key(owner, values["property"])
    stated = owner.by_key().get(values["property"])
    if stated is None:
        return
    if isinstance(values.get("value"), dict):
        values["value"] = stated_value(values["value"], stated.kind)
    is_text = isinstance(stated.kind, (kinds.TextKind, kinds.TextsKind))
    if is_text and isinstance(values.get("value"), str):
        values["value"] = {language: values["value"]}


def _is_typed_so(raw: Mapping[str, Tree], kind: kinds.Kind | None) -> bool:
    """Whether the type of a date, where it is given, is that of its value."""
    if "@type" not in raw or not isinstance(kind, kinds.DateKind):
        return True
    try:
        return expanded(str(raw["@type"])) == PartialDate(raw["@value"]).datatype
    except ValueError:
        return True  # the field tells it


def stated_value(raw: Mapping[str, Tree], kind: kinds.Kind | None) -> Any:
    """What a field of a kind holds for `{"@value": …}` or `{"@id": …}`; other mappings stay."""
    if "@value" in raw:
        if not raw.keys() <= {"@value", "@type", "@language"} or not _is_typed_so(raw, kind):
            return raw
        language = raw.get("@language")
        return {language: raw["@value"]} if isinstance(language, str) else raw["@value"]
    written = raw.get("@id")
    if not isinstance(written, str):
        return raw
    match kind:
        case PartKind():
            return written.rpartition("#")[2]
        case kinds.ConceptKind():
            return expanded(written).rpartition("/")[2]
        case kinds.ChoiceKind(choices):
            return {str(iri): word for word, iri in choices}.get(expanded(written), written)
    return written
