"""The shapes graph, as those who divide the work of validating look at it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal, TypeAlias

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
_CLASSES: Final = (NamedNode(RDFS.Class), NamedNode(OWL.Class))


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

    def objects(self, subject: object, term: str) -> list[object]:
        """The objects of a subject and a property."""
        return [t.object for t in self.of(subject) if t.predicate.value == term]

    def message(self, subject: object) -> Messages:
        """The `sh:message` of a shape or a constraint, by language."""
        found = self.objects(subject, SH.message)
        return tuple(
            sorted((m.language or "en", m.value) for m in found if isinstance(m, RdfLiteral))
        )

    @cached_property
    def targeted(self) -> tuple[Node, ...]:
        """The shapes that have a target of their own: from these validation starts.

        Also those that are classes: https://www.w3.org/TR/shacl/#implicit-targetClass
        """
        return tuple(
            dict.fromkeys(
                t.subject
                for t in self.triples
                if t.predicate in TARGETS or (t.predicate == _TYPE and t.object in _CLASSES)
            )
        )

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
