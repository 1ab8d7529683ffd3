"""pySHACL, the reference among the engines."""

import inspect
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, Quad
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from es_lod.namespaces import SH
from es_lod.rdf.interchange import rdflib_term, to_rdflib
from es_lod.validate.results import Result
from es_lod.validate.shapes import Shapes


def by_pyshacl(data: Iterable[Quad | pyoxigraph.Triple], shapes: Shapes) -> list[Result]:
    """The results of pySHACL."""
    import pyshacl

    with _literals_as_written():
        graph = shapes_graph(shapes)
        _, report, _ = pyshacl.validate(
            QuickGraph(data), shacl_graph=graph, inplace=True, advanced=False
        )
        if not isinstance(report, rdflib.Graph):
            raise TypeError(f"pySHACL gave no report graph: {report}")
        # Only the results of the report: those of `sh:node` have others nested in `sh:detail`.
        return [_result(report, shapes, node) for node in report.objects(None, _term(SH.result))]


@lru_cache(maxsize=4)
def shapes_graph(shapes: Shapes) -> rdflib.Graph:
    """Shapes as pySHACL takes them."""
    return to_rdflib(shapes.triples)


def _term(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def _result(report: rdflib.Graph, shapes: Shapes, node: Node) -> Result:
    def one(term: str) -> str:
        found = report.value(node, _term(term))
        return "" if found is None or isinstance(found, rdflib.BNode) else str(found)

    constraint = one(SH.sourceConstraint)
    if constraint:
        # pySHACL drops the language tags of a constraint's own messages.
        message = shapes.message(pyoxigraph.NamedNode(constraint))
    else:
        found = report.objects(node, _term(SH.resultMessage))
        said = ((m.language or "en", str(m)) for m in found if isinstance(m, rdflib.Literal))
        message = tuple(sorted(said))
    return Result(
        focus=one(SH.focusNode),
        component=one(SH.sourceConstraintComponent).removeprefix(str(SH)),
        severity=one(SH.resultSeverity).removeprefix(str(SH)),
        shape=one(SH.sourceShape),
        path=one(SH.resultPath),
        value=one(SH.value),
        constraint=constraint,
        message=message,
    )


_QUERY = inspect.signature(rdflib.Graph.query)


class QuickGraph(rdflib.Graph):
    """A graph whose queries pyoxigraph answers.

    pySHACL puts the query of a `sh:sparql` constraint to the data graph once for each focus node,
    and rdflib parses it anew each time: some 0.2 s. Substitution of `$this` is what SHACL calls
    pre-binding: https://www.w3.org/TR/shacl/#pre-binding
    """

    def __init__(self, quads: Iterable[Quad | pyoxigraph.Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._quads = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        to_rdflib(self._quads, into=self)

    @cached_property
    def _answering(self) -> pyoxigraph.Store:
        store = pyoxigraph.Store()
        store.extend(self._quads)
        return store

    def query(self, *given: Any, **named: Any) -> QueryResult:
        """The answer to a SELECT query, with the variables of `initBindings` substituted."""
        # As rdflib declares it: some versions of pySHACL pass all by position, others by name.
        asked = _QUERY.bind(self, *given, **named).arguments
        bound: dict[pyoxigraph.Variable, Any] = {
            pyoxigraph.Variable(str(name)): _oxigraph_node(node)
            for name, node in (asked.get("initBindings") or {}).items()
            if isinstance(node, (rdflib.URIRef, rdflib.BNode))
        }
        answer = self._answering.query(str(asked["query_object"]), substitutions=bound)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise TypeError("the constraints of our shapes are SELECT queries")
        names = [variable.value for variable in answer.variables]
        found = QueryResult("SELECT")
        found.vars = [rdflib.Variable(name) for name in names]
        found.bindings = [
            {
                rdflib.Variable(name): rdflib_term(row[name])
                for name in names
                if row[name] is not None
            }
            for row in answer
        ]
        return found


def _oxigraph_node(node: rdflib.URIRef | rdflib.BNode) -> pyoxigraph.NamedNode | BlankNode:
    kind = BlankNode if isinstance(node, rdflib.BNode) else pyoxigraph.NamedNode
    return kind(str(node))


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Have rdflib say nothing of ill-typed literals, and take no others than XSD does.

    It logs a traceback for each; and it takes `9e999999999` for an `xsd:decimal`, which has no
    exponent: pySHACL, copying it into its report, made a gigabyte of zeros.
    """
    logger = logging.getLogger("rdflib.term")
    converters = rdflib.term._toPythonMapping  # noqa: SLF001  # rdflib has no public way to it
    level, lax = logger.level, converters[rdflib.XSD.decimal]
    logger.setLevel(logging.CRITICAL)
    converters[rdflib.XSD.decimal] = _decimal
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module=r"rdflib\.term")
            yield
    finally:
        logger.setLevel(level)
        converters[rdflib.XSD.decimal] = lax


def _decimal(lexical: str) -> Decimal:
    """An `xsd:decimal`: https://www.w3.org/TR/xmlschema11-2/#decimal."""
    if not re.fullmatch(r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*", lexical):
        raise ValueError(lexical)
    return Decimal(lexical)
