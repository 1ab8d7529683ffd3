"""Graphs of a site as JSON-LD for harvesters: a node for each subject, the context inline.

CKAN's harvester fails on a context that it cannot fetch, and people read prefixed names.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from es_lod.namespaces import RDF, XSD


def compacted(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Triples without blank nodes as a JSON-LD document, in their order."""
    names = _Names(prefixes)
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        subject = str(triple.subject.value)  # type: ignore[union-attr]  # no triple terms here
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate.value == RDF.type:
            key, value = "@type", names.of(triple.object.value)  # type: ignore[union-attr]
        else:
            key, value = names.of(triple.predicate.value), _value(triple.object, names)
        values = node.setdefault(key, [])
        if value not in values:
            values.append(value)
    graph = [
        {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}
        for node in nodes.values()
    ]
    tree = {"@context": names.used(), "@graph": graph}
    return json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n"


def _value(term: object, names: "_Names") -> Any:
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    if not isinstance(term, Literal):
        raise TypeError(term)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD.string:
        return term.value
    return {"@value": term.value, "@type": names.of(term.datatype.value)}


class _Names:
    """Shortens IRIs of terms by prefixes, and remembers which of these it used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._used: set[str] = set()

    def of(self, iri: str) -> str:
        """The prefixed name of an IRI; the IRI where no prefix fits."""
        for prefix, namespace in self._prefixes.items():
            # JSON-LD takes a prefix only before what does not begin with two slashes.
            if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
                self._used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def used(self) -> dict[str, str]:
        """The context."""
        return {key: iri for key, iri in self._prefixes.items() if key in self._used}
