"""SHACL: the engine, and its results as problems of the records' fields.

https://www.w3.org/TR/shacl/#validation-report
"""

import inspect
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Protocol

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, Quad, Triple, parse
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from es_lod import extensions
from es_lod.errors import Problem
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.record import Field
from es_lod.namespaces import SH, SHAPES
from es_lod.rdf.interchange import rdflib_term, to_rdflib


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One validation result, the names of its parts as SHACL has them.

    `path` only where it is one property, `constraint` only of `sh:sparql`, `message` by language.
    """

    focus: str
    component: str
    severity: str
    shape: str
    path: str
    value: str
    constraint: str
    message: tuple[tuple[str, str], ...]


class Engine(Protocol):
    """What validates: data with the vocabulary beside it, against all shapes."""

    def __call__(self, data: rdflib.Graph, shapes: rdflib.Graph) -> Iterable[Result]:
        """The results, in any order."""


@cache
def shapes_graph() -> rdflib.Graph:
    """All shapes, those of extensions included."""
    return to_rdflib(_quads("shapes"))


def vocabulary() -> Iterator[Quad]:
    """The ontology and the concept schemes: class hierarchy and concepts that shapes look at."""
    return _quads("ontology")


def _quads(name: Literal["ontology", "shapes"]) -> Iterator[Quad]:
    for path in extensions.turtle_files(name):
        yield from parse(path=str(path))


def pyshacl_engine(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    """pySHACL, the reference."""
    import pyshacl

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report graph: {report}")
    # Only the results of the report: those of `sh:node` have others nested in `sh:detail`.
    for node in report.objects(None, _term(SH.result)):
        yield _result(report, shapes, node)


def _term(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def _result(report: rdflib.Graph, shapes: rdflib.Graph, node: Node) -> Result:
    def one(term: str) -> str:
        found = report.value(node, _term(term))
        return "" if found is None or isinstance(found, rdflib.BNode) else str(found)

    messages = report.objects(node, _term(SH.resultMessage))
    constraint = one(SH.sourceConstraint)
    if constraint:
        # pySHACL drops the language tags of a constraint's own messages.
        messages = shapes.objects(_term(constraint), _term(SH.message))
    return Result(
        focus=one(SH.focusNode),
        component=one(SH.sourceConstraintComponent).removeprefix(str(SH)),
        severity=one(SH.resultSeverity).removeprefix(str(SH)),
        shape=one(SH.sourceShape),
        path=one(SH.resultPath),
        value=one(SH.value),
        constraint=constraint,
        message=tuple(
            sorted((m.language or "en", str(m)) for m in messages if isinstance(m, rdflib.Literal))
        ),
    )


_QUERY = inspect.signature(rdflib.Graph.query)


class QuickGraph(rdflib.Graph):
    """A graph whose queries pyoxigraph answers.

    pySHACL puts the query of a `sh:sparql` constraint to the data graph once for each focus node,
    and rdflib parses it anew each time: some 0.2 s. Substitution of `$this` is what SHACL calls
    pre-binding: https://www.w3.org/TR/shacl/#pre-binding
    """

    def __init__(self, quads: Iterable[Quad | Triple]) -> None:
        super().__init__(bind_namespaces="none")
        found = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        to_rdflib(found, into=self)
        self._answering = pyoxigraph.Store()
        self._answering.extend(found)

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


def results(data: Iterable[Quad | Triple], engine: Engine = pyshacl_engine) -> list[Result]:
    """The results for data with the vocabulary beside it, in a fixed order, each once."""
    with _literals_as_written():
        return sorted(set(engine(QuickGraph([*data, *vocabulary()]), shapes_graph())))


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


def shaped_field(result: Result) -> Field | None:
    """The field that a result speaks of: its shape's name says so, else its path."""
    cls, _, key = result.shape.removeprefix(SHAPES).partition("-")
    classes = {**record_classes(), **part_classes()}
    declared = classes.get(cls)
    if declared is None and cls == "Record":
        declared = record_classes()["Event"]
    if declared is None:
        # A warning is named for its rule; its path is that of one key, whatever the class.
        every = (field for known in classes.values() for field in known.fields())
        return next((field for field in every if field.property == result.path), None)
    field = declared.by_key().get(key.partition("-")[0])
    by_path = (f for f in declared.fields() if f.property == result.path)
    return field or next(by_path, None)


def code(result: Result, field: Field | None) -> str:
    """The code of a result: the one that the model has for the same fault, where it has one.

    What the model does not know, the warnings, have the name of their shape.
    """
    if result.severity == "Warning" and result.shape.startswith(SHAPES):
        return result.shape.removeprefix(SHAPES)
    if result.constraint.endswith("-order"):
        return "end-before-start"
    match result.component:
        case "MinCountConstraintComponent":
            return "missing"
        case "MaxCountConstraintComponent" | "UniqueLangConstraintComponent":
            return "not-one-value"
    if field is None:
        return "shape"
    if result.component == "NodeConstraintComponent" and hasattr(field.kind, "targets"):
        return "wrong-class"
    is_text = isinstance(field.kind, (kinds.TextKind, kinds.TextsKind))
    if is_text and result.component == "DatatypeConstraintComponent":
        return "missing-language"
    return field.kind.code


def severity(result: Result) -> str:
    """`error`, `warning` or `info`."""
    return {"Violation": "error", "Warning": "warning"}.get(result.severity, "info")


def problem(result: Result, record: str | None, path: str | None, field: Field | None) -> Problem:
    """A result as a problem of a record's field; its text is the shape's message."""
    texts = dict(result.message)
    text = {
        "pl": texts.get("pl") or texts.get("en") or result.component,
        "en": texts.get("en") or texts.get("pl") or result.component,
    }
    return Problem(
        code(result, field),
        record,
        path,
        result.value or None,
        params={"shape": text},
        override=severity(result),  # type: ignore[arg-type]
        text=text,
    )
