"""Triples of what a site says of itself."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from es_lod.namespaces import XSD, Term
from es_lod.values import Text, Texts


def triple(subject: str, predicate: Term, object_: NamedNode | Literal) -> Triple:
    """A triple of IRIs, the last of which may be a literal."""
    return Triple(NamedNode(subject), NamedNode(predicate), object_)


def texts(subject: str, predicate: Term, texts: Text | Texts | None) -> Iterator[Triple]:
    """A triple for each text of a node, in its language."""
    for tag, strings in (texts or {}).items():
        for string in [strings] if isinstance(strings, str) else strings:
            yield triple(subject, predicate, Literal(string, language=tag))


def integer(number: int, datatype: Term = XSD.integer) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=NamedNode(datatype))


def moment(lexical: str) -> Literal:
    """A moment."""
    return Literal(lexical, datatype=NamedNode(XSD.dateTime))
