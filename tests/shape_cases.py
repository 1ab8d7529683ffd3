"""The data that the shapes judge: for each row of the tables, a copy of the valid file's thing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from shape_tables import Row, another, classes, predicate_iri, rows, thing, triples, valid_files

from es_lod.model import part_classes
from es_lod.model.concepts import schemes
from es_lod.namespaces import CONCEPT, DEFAULT_BASE, PREFIXES, SHAPES
from es_lod.validate.results import Result

Term = NamedNode | BlankNode | Literal

_HEADER = f"@base <{DEFAULT_BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {**{name: f"{CONCEPT}{name}/" for name in schemes()}, **PREFIXES}.items()
)


@dataclass(frozen=True, eq=False)
class Case:
    """A row with the thing that is like the valid file's but for the row: `focus`."""

    row: Row
    focus: NamedNode
    changes: dict[str, list[Term]]

    def __str__(self) -> str:
        lines = (f"{predicate} {value}".strip() for predicate, value in self.row.lines)
        return re.sub(r"<[^>]*[/#]([^>]+)>", r"\1", f"{self.row.cls}: {' ; '.join(lines)}")

    def triples(self) -> Iterator[Triple]:
        """The case as data; what its blank nodes say included."""
        for triple in valid_files()[self.row.cls]:
            if triple.predicate.value not in self.changes:
                yield Triple(self.focus, triple.predicate, triple.object)
        for predicate, values in self.changes.items():
            yield from (Triple(self.focus, NamedNode(predicate), value) for value in values)

    def expects(self, result: Result) -> bool:
        """Whether a result is the one that the row asks for."""
        expected = self.row.expected
        if expected is None:
            return False
        shape = (result.constraint or result.shape).removeprefix(SHAPES)
        component = result.component.removesuffix("ConstraintComponent")
        named = expected.shape, expected.component, expected.severity
        if (shape, component, result.severity) != named:
            return False
        if expected.path is None:
            return True
        path = predicate_iri(expected.path)
        (value, *_) = self.changes[path] if expected.told else [Literal("")]
        # The result's value is empty where it is a blank node.
        return (result.path, result.value) == (path, "" if _is_blank(value) else value.value)


def _is_blank(term: Term) -> bool:
    return isinstance(term, BlankNode)


@cache
def cases() -> tuple[Case, ...]:
    """All cases."""
    every = list(rows())
    foci = [NamedNode(f"{thing(row.cls).value}-case-{n}") for n, row in enumerate(every)]
    written = "".join(
        f"{focus} {predicate} {value} .\n"
        for focus, row in zip(foci, every, strict=True)
        for predicate, value in row.lines
        if value
    )
    found: dict[NamedNode, dict[str, list[Term]]] = {focus: {} for focus in foci}
    for focus, row in zip(foci, every, strict=True):
        found[focus] = {predicate_iri(predicate): [] for predicate, _ in row.lines}
    for quad in parse(_HEADER + written, RdfFormat.TURTLE):
        found[quad.subject][quad.predicate.value].append(quad.object)
    return tuple(Case(row, focus, found[focus]) for focus, row in zip(foci, every, strict=True))


def data() -> Iterator[Triple]:
    """The valid files with what they refer to, and all cases beside them."""
    for valid in valid_files().values():
        yield from valid
    yield from triples("others.ttl")
    for part in part_classes().keys() & classes().keys():
        for triple in valid_files()[part]:
            yield Triple(another(part), triple.predicate, triple.object)
    for case in cases():
        yield from case.triples()
