"""Values with their type written out, as our JSON-LD has them in statements and dates."""

from collections.abc import Mapping
from typing import Any

from es_lod.model import Node, kinds
from es_lod.model.fields import PartKind
from es_lod.namespaces import expanded
from es_lod.readers.entries import Tree


def property_key(cls: type[Node], name: str) -> str:
    """The key of a class for a property's IRI or prefixed name; a key stays."""
    iri = expanded(name)
    return next((field.key for field in cls.fields() if field.property == iri), name)


def stated_value(raw: Mapping[str, Tree], kind: kinds.Kind | None) -> Any:
    """What a field of a kind holds for `{"@value": …}` or `{"@id": …}`; other mappings stay."""
    if "@value" in raw:
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
