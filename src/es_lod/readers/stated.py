"""Values with their type written out, as our JSON-LD has them in statements and dates."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from es_lod.iris import is_absolute
from es_lod.model import Node, kinds, record_classes
from es_lod.namespaces import CONCEPT, expanded
from es_lod.readers.entries import Tree


def property_key(cls: type[Node], name: str) -> str:
    """The key of a class for a property's IRI or prefixed name; a key stays."""
    iri = expanded(name)
    return next((field.key for field in cls.fields() if field.property == iri), name)


def stated_value(raw: Mapping[str, Tree]) -> Any:
    """What a field holds for `{"@value": …}` or `{"@id": …}`; other mappings stay."""
    if "@value" in raw:
        language = raw.get("@language")
        return {language: raw["@value"]} if isinstance(language, str) else raw["@value"]
    if isinstance(raw.get("@id"), str):
        return _name(raw["@id"])
    return raw


def _name(written: str) -> str:
    """The notation, word, fragment, id or IRI of an `@id`."""
    iri = expanded(written)
    if iri.startswith(CONCEPT):
        return iri.rpartition("/")[2]
    word = _words().get(iri)
    if word is not None:
        return word
    is_fragment = "#" in written and not is_absolute(written)
    return written.rpartition("#")[2] if is_fragment else written


@cache
def _words() -> Mapping[str, str]:
    """The IRIs of choices with their words."""
    every = (field.kind for cls in record_classes().values() for field in cls.fields())
    chosen = (kind.choices for kind in every if isinstance(kind, kinds.ChoiceKind))
    return {str(iri): word for choices in chosen for word, iri in choices}
