"""What surely conforms, so that pySHACL need not be asked of it.

pySHACL takes some 10 ms a record, almost all of it to find nothing. The sieve answers for the
constraints that it knows, and passes on each focus node of which it is not sure; results come from
pySHACL alone. It may pass on too much, never too little: `tests/test_engines.py`.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode

from es_lod.namespaces import RDF, SH, XSD
from es_lod.validate import tells
from es_lod.validate.facts import TYPE, Facts
from es_lod.validate.shapes import Node, Shapes
from es_lod.validate.tells import Check, Test, Verdict

T = TypeVar("T")
Path: TypeAlias = Callable[[str], Sequence[str]]
"""From a node to its values."""

# What says nothing of conformance, or is looked at beside another.
_SILENT: Final = frozenset(
    SH[name]
    for name in (
        *("flags", "name", "description", "message", "severity", "order", "group", "path"),
        *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"),
    )
)
_OF_ALL: Final[Mapping[str, Callable[[Any], Check]]] = {
    SH.minCount: lambda value: tells.at_least(int(value.value)),
    SH.maxCount: lambda value: tells.at_most(int(value.value)),
    SH.hasValue: lambda value: tells.has(str(value)),
    SH.uniqueLang: lambda _: tells.unique_languages,
}
_OF_EACH: Final[Mapping[str, Callable[[Any], Test]]] = {
    SH.datatype: lambda value: tells.datatype(value.value),
    SH.nodeKind: lambda value: tells.node_kind(value.value),
    SH.minInclusive: lambda value: tells.no_less(str(value)),
    SH.maxInclusive: lambda value: tells.no_more(str(value)),
}
_OF_LIST: Final[Mapping[str, Callable[[Sequence[Any]], Test]]] = {
    SH["in"]: lambda items: tells.one_of([str(item) for item in items]),
    SH.languageIn: lambda items: tells.language_in([item.value for item in items]),
}
_OF_SHAPES: Final = frozenset(
    SH[name] for name in ("node", "property", "not", "or", "class", "pattern")
)
KNOWN: Final = _SILENT.union(_OF_ALL, _OF_EACH, _OF_LIST, _OF_SHAPES, {SH.zeroOrMorePath})
"""The properties that the sieve knows."""
_NIL: Final = NamedNode(RDF.nil)
_TRUE: Final = Literal("true", datatype=NamedNode(XSD.boolean))


class Unknown(Exception):
    """A shape says something that the sieve does not know."""


class Sieve:
    """Shapes, asked of some data. The queries of shapes that are `asked` are asked elsewhere."""

    def __init__(self, shapes: Shapes, facts: Facts, asked: Collection[Node]) -> None:
        self._shapes = shapes
        self._facts = facts
        self._asked = asked
        self._tests: dict[Any, Test] = {}

    def suspects(self, without: Collection[str] = ()) -> Iterator[tuple[Node, list[str]]]:
        """Shape → the focus nodes that may not conform; property shapes stand for themselves."""
        for shape in self._shapes.targeted:
            foci = [focus for focus in self._foci(shape) if focus not in without]
            if foci:
                for part, test in self._parts(shape):
                    asked = self._concerned(part, test, foci)
                    unsure = [focus for focus in asked if test(focus) is not True]
                    if unsure:
                        yield part, unsure

    def _concerned(self, shape: Node, test: Test, foci: Sequence[str]) -> Sequence[str]:
        """Those of focus nodes that say something of which a shape could have something to say."""
        step: Any = next(iter(self._shapes.objects(shape, SH.path)), None)
        if isinstance(step, BlankNode):
            step = next(iter(self._shapes.items(step)), None)
        if not isinstance(step, NamedNode) or test("") is not True:
            return foci
        column = self._facts.column(str(step))
        return [focus for focus in foci if focus in column]

    def _foci(self, shape: Node) -> list[str]:
        """The focus nodes of a shape: https://www.w3.org/TR/shacl/#targets."""
        found: dict[str, None] = {}
        for target in self._shapes.targets(shape):
            named = str(target.object)
            match target.predicate.value:
                case SH.targetClass:
                    found |= dict.fromkeys(self._facts.instances(named))
                case SH.targetSubjectsOf:
                    found |= dict.fromkeys(self._facts.column(named))
                case SH.targetObjectsOf:
                    found |= dict.fromkeys(self._facts.said_as(named))
                case _:
                    found[named] = None
        if self._shapes.is_class(shape):
            found |= dict.fromkeys(self._facts.instances(str(shape)))
        return list(found)

    def _parts(self, shape: Node) -> Iterator[tuple[Node, Test]]:
        """A shape by itself, and the property shapes below it."""
        is_node_shape = not self._shapes.objects(shape, SH.path)
        own = self._known(shape, SH.property if is_node_shape else "")
        yield shape, own
        if is_node_shape and own is not tells.unsure:
            for part in self._shapes.nodes(shape, SH.property):
                yield part, self._known(part)

    def _test(self, shape: object) -> Test:
        """Whether nodes conform to a shape; each is looked at once."""
        if shape in self._tests:
            return self._tests[shape]
        known: dict[str, Verdict] = {}

        def test(node: str) -> Verdict:
            if node not in known:
                known[node] = None  # until it is known; so where a shape leads back to itself
                known[node] = judge(node)
            return known[node]

        self._tests[shape] = test
        judge = self._known(shape)
        return test

    def _known(self, shape: object, without: str = "") -> Test:
        """What a shape says of a node, where that is known; what is ill-formed pySHACL tells."""
        try:
            return self._judging(shape, without)
        except (Unknown, ValueError, AttributeError, re.error):
            return tells.unsure

    def _judging(self, shape: object, without: str) -> Test:
        """What a shape says of a node. Raises `Unknown`."""
        passed = {without, SH.sparql} if shape in self._asked else {without}
        said = [
            (triple.predicate.value, triple.object)
            for triple in self._shapes.of(shape)
            if triple.predicate.value.startswith(str(SH))
            and triple.predicate.value not in _SILENT | passed
        ]
        checks = [_check(term, value) for term, value in said if term in _OF_ALL]
        tests = [self._value_test(shape, *pair) for pair in said if pair[0] not in _OF_ALL]
        judged = _every([*checks, *([_of_each(_every(tests))] if tests else ())])
        paths = self._shapes.objects(shape, SH.path)
        if not paths:
            return lambda node: judged((node,))
        values = self._path(paths[0])
        nothing = judged(())

        def judge(node: str) -> Verdict:
            found = values(node)
            return judged(found) if found else nothing  # most of what could be said is not

        return judge

    def _path(self, path: Any) -> Path:
        """A path: https://www.w3.org/TR/shacl/#property-paths. Raises `Unknown`."""
        if isinstance(path, NamedNode):
            return self._facts.along(str(path))
        (repeated,) = self._shapes.objects(path, SH.zeroOrMorePath) or (None,)
        if isinstance(repeated, NamedNode):
            predicates = [str(repeated)]
            return lambda node: list(self._facts.reached([node], predicates))
        steps = [self._path(step) for step in self._shapes.items(path)]
        if not steps:
            raise Unknown

        def follow(node: str) -> Sequence[str]:
            found: Sequence[str] = [node]
            for step in steps:
                found = list(dict.fromkeys(value for start in found for value in step(start)))
            return found

        return follow

    def _value_test(self, shape: object, predicate: str, value: Any) -> Test:
        """A constraint of each value. Raises `Unknown`."""
        if predicate in _OF_EACH:
            return _OF_EACH[predicate](value)
        if predicate in _OF_LIST:
            return _OF_LIST[predicate](self._shapes.items(value))
        match predicate.removeprefix(str(SH)):
            case "node" | "property":
                return self._test(value)
            case "not":
                return _not(self._test(value))
            case "or" if value != _NIL:
                return _any([self._test(item) for item in self._shapes.items(value)])
            case "class":
                below, types = frozenset(self._facts.below(str(value))), self._facts.along(TYPE)
                return lambda node: not below.isdisjoint(types(node))
            case "pattern":
                flags = "".join(f.value for f in self._shapes.literals(shape, SH.flags))
                return tells.pattern(value.value, flags)
        raise Unknown(predicate)


def _check(term: str, value: Any) -> Check:
    """A constraint of all values. Raises `Unknown`."""
    if term == SH.uniqueLang and value != _TRUE:
        raise Unknown(term)
    return _OF_ALL[term](value)


def _every(tests: Sequence[Callable[[T], Verdict]]) -> Callable[[T], Verdict]:
    def test(given: T) -> Verdict:
        found: Verdict = True
        for each in tests:
            verdict = each(given)
            if verdict is False:
                return False
            if verdict is None:
                found = None
        return found

    return tests[0] if len(tests) == 1 else test


def _not(test: Test) -> Test:
    def negated(given: str) -> Verdict:
        verdict = test(given)
        return None if verdict is None else not verdict

    return negated


# As `_every`, the other way round: with one function for both `validate` takes a fifth longer.
def _any(tests: Sequence[Test]) -> Test:
    def test(given: str) -> Verdict:
        found: Verdict = False
        for each in tests:
            verdict = each(given)
            if verdict is True:
                return True
            if verdict is None:
                found = None
        return found

    return test


def _of_each(test: Test) -> Check:
    def check(values: Sequence[str]) -> Verdict:
        found: Verdict = True
        for value in values:
            verdict = test(value)
            if verdict is False:
                return False
            if verdict is None:
                found = None
        return found

    return check
