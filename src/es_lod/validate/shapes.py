"""The shapes graph, as those who divide the work of validating look at it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Quad, Triple, parse
from pyoxigraph import Literal as RdfLiteral

from es_lod import extensions, resources
from es_lod.namespaces import OWL, RDF, RDFS, SH

Node: TypeAlias = NamedNode | BlankNode | Triple
Messages: TypeAlias = tuple[tuple[str, str], ...]

TARGETS: Final = frozenset(
    NamedNode(SH[f"target{kind}"]) for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")
)

_TYPE: Final = NamedNode(RDF.type)
_CLASS: Final = NamedNode(RDFS.Class)


class Shapes:
    """Triples of shapes. `ours` are those that ship with the library."""

    def __init__(self, triples: Iterable[Triple], ours: Iterable[Triple] = ()) -> None:
        self.triples: Sequence[Triple] = tuple(dict.fromkeys(triples))
        self._ours = frozenset(ours)

    @cached_property
    def _said(self) -> Mapping[Node, Sequence[Triple]]:
        found: dict[Node, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            found[triple.subject].append(triple)
        return found

    def of(self, subject: object) -> Sequence[Triple]:
        """The triples with a subject."""
        return self._said.get(subject, ())  # type: ignore[call-overload, no-any-return]

    def objects(self, subject: object, term: str) -> list[Node | RdfLiteral]:
        """The objects of a subject and a property."""
        return [t.object for t in self.of(subject) if t.predicate.value == term]

    def literals(self, subject: object, term: str) -> list[RdfLiteral]:
        """Those of the objects that are literals."""
        return [o for o in self.objects(subject, term) if isinstance(o, RdfLiteral)]

    def nodes(self, subject: object, term: str) -> list[Node]:
        """Those of the objects that are none."""
        return [o for o in self.objects(subject, term) if not isinstance(o, RdfLiteral)]

    def items(self, head: object) -> list[Any]:
        """The members of an RDF list."""
        found = []
        while first := self.objects(head, RDF.first):
            found.append(first[0])
            (head,) = self.objects(head, RDF.rest)
        return found

    def message(self, subject: object) -> Messages:
        """The `sh:message` of a shape or a constraint, by language."""
        found = self.literals(subject, SH.message)
        return tuple(sorted((message.language or "en", message.value) for message in found))

    @cached_property
    def targeted(self) -> tuple[Node, ...]:
        """The shapes that have a target, or are themselves one: from these validation starts."""
        stated = (t.subject for t in self.triples if t.predicate in TARGETS)
        classes = (subject for subject in self._said if self.is_class(subject))
        return tuple(dict.fromkeys((*stated, *classes)))

    def is_class(self, shape: Node) -> bool:
        """Whether a shape is a class too: https://www.w3.org/TR/shacl/#implicit-targetClass."""
        return any(self.makes_class(triple) for triple in self.of(shape))

    def makes_class(self, triple: Triple) -> bool:
        """Whether a triple says that a shape is a class."""
        return triple.predicate == _TYPE and triple.object in self._classes

    @cached_property
    def _classes(self) -> frozenset[object]:
        below = (
            t.subject
            for t in self.triples
            if t.predicate.value == RDFS.subClassOf and t.object == _CLASS
        )
        return frozenset((_CLASS, NamedNode(OWL.Class), *below))

    def targets(self, shape: Node) -> list[Triple]:
        """What a shape says of its targets."""
        return [triple for triple in self.of(shape) if triple.predicate in TARGETS]

    def reached(self, shape: Node) -> Iterator[Triple]:
        """A shape's triples, and those of all that they lead to."""
        seen: set[object] = {shape}
        waiting: list[object] = [shape]
        while waiting:
            for triple in self.of(waiting.pop()):
                yield triple
                if triple.predicate not in TARGETS and triple.object not in seen:
                    seen.add(triple.object)
                    waiting.append(triple.object)

    def is_ours(self, shape: Node) -> bool:
        """Whether a shape is the library's, with nothing added to it by an extension."""
        return self._ours.issuperset(self.reached(shape))

    def ours(self) -> "Shapes":
        """Those of the library alone."""
        return Shapes((t for t in self.triples if t in self._ours), self._ours)

    def targeting(self, keeps: Callable[[Node], bool]) -> "Shapes":
        """These shapes, where only some keep their targets."""
        kept = (t for t in self.triples if t.predicate not in TARGETS or keeps(t.subject))
        return Shapes(kept, self._ours)


@cache
def known() -> Shapes:
    """All shapes, those of extensions included."""
    ours = resources.folder("shapes")
    read = [(path, [quad.triple for quad in parse(path=str(path))]) for path in _files("shapes")]
    return Shapes(
        (triple for _, triples in read for triple in triples),
        (triple for path, triples in read if path.is_relative_to(ours) for triple in triples),
    )


def vocabulary() -> Iterator[Quad]:
    """The ontology and the concept schemes: class hierarchy and concepts that shapes look at."""
    for path in _files("ontology"):
        yield from parse(path=str(path))


def _files(name: Literal["ontology", "shapes"]) -> list[Path]:
    return extensions.turtle_files(name)
