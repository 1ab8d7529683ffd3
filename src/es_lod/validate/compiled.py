"""The compiled engine of the extra `fast`: https://github.com/pwin/SHACL_Engine.

It is given our own shapes, with which its reports are proven to be those of pySHACL
(`tests/test_engines.py`), and is not asked where the two could read a literal differently.
"""

import re
from collections.abc import Iterator
from typing import Final, cast

import shacl
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from es_lod.namespaces import RDF, RDFS, SH, XSD
from es_lod.validate.data import Data
from es_lod.validate.queries import Queries
from es_lod.validate.results import Result
from es_lod.validate.shapes import Shapes

_PROPERTY, _PATH, _HAS_VALUE = (NamedNode(SH[n]) for n in ("property", "path", "hasValue"))
_CLASS, _SPARQL = NamedNode(SH["class"]), NamedNode(SH.sparql)

_IRI: Final = re.compile("<[^<>]*>")
_SHAPE: Final = f"<{SH.shape}>".encode()

# To Python, and so to pySHACL, `$` stands before a line break at the end, too, and U+001C to U+001F
# are white space. rdflib drops the direction of RDF 1.2. Most data have nothing of what stands
# first of each, which is found out ten times as fast as by the pattern.
_DOUBTFUL_STRINGS: Final = {
    b"\\n": re.compile(rb'\\n"'),
    b"\\u001": re.compile(rb"\\u001[CDEFcdef]"),
    b"--": re.compile(rb'"@[A-Za-z0-9-]+--'),
}
_TYPED: Final = f'"^^<{XSD}'.encode()
_KINDS: Final = re.compile(rb"(integer|decimal|date|dateTime|g\w+|token|normalizedString)>")
# Python takes white space in a number, in an integer also underscores and the digits of other
# scripts; the engine knows no numbers of any length. XSD has no year 0 (1.0) or has it (1.1); a
# year of forty digits ends the engine. In a token rdflib collapses white space.
_LONG: Final = rb"[0-9]{18}"
_DOUBTFUL: Final = {
    b"integer": re.compile(rb"^[^A-Za-z]*[\s_\\\x80-\xff]|" + _LONG),
    b"decimal": re.compile(rb"[\s\\]|" + _LONG),
    b"dateTime": re.compile(rb"^0000|T24|:60|[+-]1[4-9]:|[0-9]{7}|[,\\]"),
    **dict.fromkeys((b"token", b"normalizedString"), re.compile(rb"[\s\\\x80-\xff]")),
}
_DOUBTFUL_DATE: Final = re.compile(rb"^0000|\\|" + _LONG)


class Undecided(Exception):
    """The data has a literal that pySHACL could read otherwise."""


class Compiled:
    """Shapes of ours, prepared."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._queries = Queries(shapes, shapes.targeted)
        text = serialize(_rewritten(shapes), format=RdfFormat.N_TRIPLES) or b""
        self._prepared = shacl.Shapes.from_text(text.decode(), "ntriples")

    def results(self, data: Data) -> Iterator[Result]:
        """The results for data with the vocabulary beside it.

        Raises `Undecided` where pySHACL has to be asked.
        """
        if any(map(is_doubtful, data.blocks())):
            raise Undecided
        yield from self._queries.results(data)
        for found in self._report(data).results:
            yield self._result(found)

    def _report(self, data: Data) -> shacl.Report:
        try:
            if data.path is None:
                return self._prepared.validate_text(data.read().decode(), "ntriples")
            return self._prepared.validate_file(str(data.path))
        except BaseException as error:  # what ends a thread in Rust is no `Exception`
            if isinstance(error, ValueError) or type(error).__name__ == "PanicException":
                raise Undecided from error
            raise

    def _result(self, found: shacl.Result) -> Result:
        shape = _plain(found.source_shape)
        return Result(
            focus=_plain(found.focus_node),
            component=found.component_iri.removeprefix(str(SH)),
            severity=found.severity_iri.removeprefix(str(SH)),
            shape=shape,
            # Of a path of several steps it gives the SPARQL; a blank node has no name.
            path=_plain(found.path) if _IRI.fullmatch(found.path or "") else "",
            value=_plain(found.value),
            constraint="",
            message=self._shapes.message(NamedNode(shape)) if shape else (),
        )


def is_doubtful(data: bytes) -> bool:
    """Whether N-Triples have a literal that pySHACL could read otherwise."""
    # The engine knows `sh:shape` (SHACL 1.2), by which data names its shapes.
    if _SHAPE in data or any(
        sign in data and pattern.search(data) for sign, pattern in _DOUBTFUL_STRINGS.items()
    ):
        return True
    return any(_DOUBTFUL.get(kind, _DOUBTFUL_DATE).search(text) for text, kind in _typed(data))


def _typed(data: bytes) -> set[tuple[bytes, bytes]]:
    """The literals of datatypes of which some could be read otherwise: text and datatype, once."""
    found = set()
    # To split is ten times as fast as to search by a pattern that begins with the text.
    before, *others = data.split(_TYPED)
    for piece in others:
        if kind := _KINDS.match(piece):
            found.add((before[before.rindex(b'"') + 1 :], kind[1]))
        before = piece
    return found


def _plain(term: str | None) -> str:
    """A term in N-Triples without its syntax; a blank node has no name that others would know."""
    if term is None or term.startswith("_:"):
        return ""
    if _IRI.fullmatch(term):
        return term[1:-1]
    (triple,) = parse(f"<x:> <x:> {term} .", RdfFormat.N_TRIPLES)
    return cast(Literal, triple.object).value


def _rewritten(shapes: Shapes) -> Iterator[Triple]:
    """The shapes without their queries, and with `sh:class` as the path that it stands for.

    The engine gathers all instances of a class each time that it evaluates a `sh:class`: where a
    shape with one is asked of each value by `sh:node`, time grows with the square of the data
    (20,000 records: 9.0 s, with the path 0.5 s). What is reported for values of its own is left.
    https://www.w3.org/TR/shacl/#ClassConstraintComponent
    """
    reporting = _reporting(shapes)
    steps, above, rest = BlankNode(), BlankNode(), BlankNode()
    first, next_, nil = (NamedNode(RDF[name]) for name in ("first", "rest", "nil"))
    yield Triple(steps, first, NamedNode(RDF.type))
    yield Triple(steps, next_, rest)
    yield Triple(rest, first, above)
    yield Triple(rest, next_, nil)
    yield Triple(above, NamedNode(SH.zeroOrMorePath), NamedNode(RDFS.subClassOf))
    for triple in shapes.triples:
        if triple.predicate == _CLASS and triple.subject not in reporting:
            instance = BlankNode()
            yield Triple(triple.subject, _PROPERTY, instance)
            yield Triple(instance, _PATH, steps)
            yield Triple(instance, _HAS_VALUE, triple.object)
        elif triple.predicate != _SPARQL:
            yield triple


def _reporting(shapes: Shapes) -> set[object]:
    """The shapes whose own results are told: those with a target, and by `sh:property` below."""
    found: set[object] = set(shapes.targeted)
    waiting: list[object] = list(found)
    while waiting:
        for inner in shapes.objects(waiting.pop(), SH.property):
            if inner not in found:
                found.add(inner)
                waiting.append(inner)
    return found
