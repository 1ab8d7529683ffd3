"""What surely conforms, so that pySHACL need not be asked of it.

pySHACL takes some 10 ms a record, almost all of it to find nothing. The sieve answers for the
constraints that it knows, and passes on each focus node of which it is not sure; results come from
pySHACL alone. It may pass on too much, never too little: `tests/test_engines.py`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from es_lod.namespaces import SH, XSD
from es_lod.validate import tells
from es_lod.validate.facts import Facts
from es_lod.validate.shapes import Node, Shapes
from es_lod.validate.tells import Check, Test, Verdict

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
    SH[name] for name in ("node", "property", "not", "or", "class", "pattern", "uniqueLang")
)
KNOWN: Final = _SILENT.union(_OF_ALL, _OF_EACH, _OF_LIST, _OF_SHAPES, {SH.zeroOrMorePath})
"""The properties that the sieve knows."""
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

    def suspects(self) -> Iterator[tuple[Node, list[str]]]:
        """Shape → the focus nodes that may not conform to it.

        A property shape below a node shape stands for itself.
        """
        for shape in self._shapes.targeted:
            foci = self._foci(shape)
            if foci:
                for part, test in self._parts(shape):
                    unsure = [focus for focus in foci if test(focus) is not True]
                    if unsure:
                        yield part, unsure

    def _foci(self, shape: Node) -> list[str]:
        """The focus nodes of a shape: https://www.w3.org/TR/shacl/#targets."""
        found: dict[str, None] = {}
        for target in self._shapes.targets(shape):
            named = str(target.object)
            match target.predicate.value:
                case SH.targetClass:
                    found |= dict.fromkeys(self._facts.instances(named))
                case SH.targetSubjectsOf:
                    found |= dict.fromkeys(self._facts.saying(named))
                case SH.targetObjectsOf:
                    found |= dict.fromkeys(self._facts.said_as(named))
                case _:
                    found[named] = None
        if self._shapes.is_class(shape):
            found |= dict.fromkeys(self._facts.instances(str(shape)))
        return list(found)

    def _parts(self, shape: Node) -> Iterator[tuple[Node, Test]]:
        """A shape by itself, and the property shapes below it."""
        try:
            if self._shapes.objects(shape, SH.path):
                yield shape, self._judging(shape)
                return
            yield shape, self._judging(shape, without=SH.property)
        except Unknown:
            yield shape, tells.unsure
            return
        for part in self._shapes.nodes(shape, SH.property):
            yield part, self._test(part)

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
        try:
            judge = self._judging(shape)
        except Unknown:
            judge = tells.unsure
        return test

    def _judging(self, shape: object, without: str = "") -> Test:
        """Raises `Unknown`."""
        passed = {without, SH.sparql} if shape in self._asked else {without}
        checks = [
            self._check(shape, triple.predicate.value, triple.object)
            for triple in self._shapes.of(shape)
            if triple.predicate.value.startswith(str(SH))
            and triple.predicate.value not in _SILENT | passed
        ]
        paths = self._shapes.objects(shape, SH.path)
        if not paths:
            return lambda node: _all(check((node,)) for check in checks)
        values = self._path(paths[0])
        nothing = _all(check(()) for check in checks)

        def judge(node: str) -> Verdict:
            found = values(node)
            # Most of what could be said is not.
            return _all(check(found) for check in checks) if found else nothing

        return judge

    def _path(self, path: Any) -> Path:
        """A path: https://www.w3.org/TR/shacl/#property-paths. Raises `Unknown`."""
        if isinstance(path, NamedNode):
            predicate = str(path)
            return lambda node: self._facts.objects(node, predicate)
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

    def _check(self, shape: object, predicate: str, value: Any) -> Check:
        """A constraint. Raises `Unknown`."""
        if predicate in _OF_ALL:
            return _OF_ALL[predicate](value)
        if predicate == SH.uniqueLang and value == _TRUE:
            return tells.unique_languages
        test = self._value_test(shape, predicate, value)
        return lambda values: _all(test(item) for item in values)

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
                negated = self._test(value)
                return lambda node: _not(negated(node))
            case "or":
                tests = [self._test(item) for item in self._shapes.items(value)]
                return lambda node: _any(test(node) for test in tests)
            case "class":
                class_ = str(value)
                return lambda node: self._facts.is_instance(node, class_)
            case "pattern":
                flags = "".join(f.value for f in self._shapes.literals(shape, SH.flags))
                return tells.pattern(value.value, flags)
        raise Unknown(predicate)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    found: Verdict = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            found = None
    return found


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    found: Verdict = False
    for verdict in verdicts:
        if verdict is True:
            return True
        if verdict is None:
            found = None
    return found


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict
