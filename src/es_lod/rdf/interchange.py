"""To rdflib, for developers and for pySHACL."""

from collections.abc import Iterable

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.term import Identifier

from es_lod.namespaces import PREFIXES, XSD


def to_rdflib(
    quads: Iterable[Quad | Triple], base: str | None = None, into: rdflib.Graph | None = None
) -> rdflib.Graph:
    """The triples as one rdflib graph (`into`, where one is given); names of graphs are dropped.

    Literals keep their lexical form. `"x"` and `"x"^^xsd:string` are one term in RDF and two to
    rdflib: the plain one is written.
    """
    graph = rdflib.Graph(bind_namespaces="none") if into is None else into
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    if base:
        graph.bind("id", base)
    for quad in quads:
        graph.add(
            (rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object))
        )
    return graph


def rdflib_term(term: object) -> Identifier:
    """One term of pyoxigraph as rdflib has it. Raises `TypeError` for a quoted triple."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise TypeError(f"rdflib has no term for {term}")
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == XSD.string else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
