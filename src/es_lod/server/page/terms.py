"""The terms of the ontology and the concepts: by which names they go in queries."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from es_lod.model import part_classes, record_classes
from es_lod.namespaces import CONCEPT, ES, OWL, PREFIXES, RDFS, SKOS
from es_lod.reference.terms import Entry, everything, scheme_name

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)
"""What can stand behind a prefix without escapes, and some that could is left out.

https://www.w3.org/TR/sparql11-query/#rPN_LOCAL
"""


@cache
def prefixes() -> dict[str, str]:
    """Prefix → namespace, of the vocabularies in use and of each concept scheme."""
    schemes = (scheme_name(scheme.iri) for scheme in everything().schemes())
    own = {name: f"{CONCEPT}{name}/" for name in schemes}
    return {**own, **PREFIXES}


@cache
def _by_length() -> list[tuple[str, str]]:
    found = ((namespace, prefix) for prefix, namespace in prefixes().items())
    return sorted(found, key=lambda pair: -len(pair[0]))


def short(iri: str) -> str | None:
    """The IRI as a prefixed name, where there is one: `legal-form:social-cooperative`."""
    for namespace, prefix in _by_length():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else None
    return None


def label(iri: str, language: str) -> str:
    """What a term or a concept is called; nothing where it is neither."""
    entry = everything().entries.get(iri)
    if entry is None:
        return ""
    return entry.text(RDFS.label, language) or entry.text(SKOS.prefLabel, language)


def place(iri: str) -> tuple[str, str] | None:
    """The page of the site that tells of a term of ours or a concept, and the anchor there."""
    entry = everything().entries.get(iri)
    if entry is None:
        return None
    if iri.startswith(str(ES)):
        return "ns", entry.name
    scheme, slash, notation = iri.removeprefix(CONCEPT).partition("/")
    return (f"concept/{scheme}", notation) if slash and iri.startswith(CONCEPT) else None


@cache
def terms_json() -> bytes:
    """What the editor completes: `{"prefixes": {…}, "terms": [[name, kind, pl, en, others…]]}`.

    The kind is `class`, `property`, `concept` or `value` (of an enumeration); the others are the
    alternative labels.
    """
    lines = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in _lines()]
    head = json.dumps(prefixes(), ensure_ascii=False, separators=(",", ":"))
    return ('{"prefixes":' + head + ',"terms":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _lines() -> Iterator[list[Any]]:
    for entry in everything().entries.values():
        name = short(entry.iri)
        if name is None or entry.is_deprecated:
            continue
        labels = [entry.texts(p) for p in (RDFS.label, SKOS.prefLabel, SKOS.altLabel)]
        pl, en = ([text for texts in labels for text in texts.get(tag, ())] for tag in ("pl", "en"))
        if pl and en:
            others = dict.fromkeys(text for text in pl[1:] + en[1:] if text not in (pl[0], en[0]))
            yield [name, _kind(entry), pl[0], en[0], *others]


def _kind(entry: Entry) -> str:
    if entry.iris(SKOS.inScheme):
        return "concept"
    if entry.iri in _classes():
        return "class"
    return "value" if entry.name[:1].isupper() else "property"


@cache
def _classes() -> frozenset[str]:
    """Classes: ours, and those of others that records and their parts have."""
    found = {entry.iri for entry in everything().of_type(OWL.Class)}
    nodes = (*record_classes().values(), *part_classes().values())
    return frozenset(found | {type_ for node in nodes for type_ in node.types})


def is_known(iri: str) -> bool:
    """Whether an IRI is a term of the vocabulary or a concept, not a thing of the data."""
    return iri in everything().entries
