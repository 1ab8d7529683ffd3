"""How far shapes look: what has to stand beside records so that they can be judged without others.

Most shapes look at a focus node, at its parts, and at a few properties of what it refers to: the
class of a founder, the date of an event. Records can then be judged some at a time, with these
properties of the records that they refer to. It is read off the shapes; where one could look
further there is no `Reach`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pyoxigraph import NamedNode

from es_lod.model import kinds, part_classes, record_classes
from es_lod.namespaces import RDF, RDFS, SH
from es_lod.validate.queries import Queries
from es_lod.validate.reading import Unread, steps
from es_lod.validate.shapes import Node, Shapes
from es_lod.validate.sifted import is_known

# What targets are, if they are asked of a few records with the same outcome as of all.
_LOCAL_TARGETS: Final = frozenset({SH.targetClass, SH.targetSubjectsOf})
# What a query consists of: whose it is `sh:sparql` says.
_OF_QUERIES: Final = frozenset(
    SH[name] for name in ("select", "prefixes", "declare", "prefix", "namespace")
)
_COMPONENT: Final = NamedNode(SH.ConstraintComponent)
_NESTED: Final = (SH.node, SH.property, SH["not"])
# Their values may be any IRI, also one that another input describes.
_ANYWHERE: Final = (kinds.IriKind, kinds.PropertyKind, kinds.ValueKind)


class Reach(NamedTuple):
    """What shapes look at."""

    followed: frozenset[str]
    """The properties whose values are looked at themselves."""
    asked: frozenset[str]
    """The properties that are asked of such values."""


class _Far(Exception):
    """A shape may look at anything."""


@lru_cache(maxsize=4)
def reach(shapes: Shapes) -> Reach | None:
    """How far shapes look; `None` where records have to be judged with all others."""
    try:
        found = _Reached(shapes).all()
    except (_Far, Unread):
        return None
    for cls in (*record_classes().values(), *part_classes().values()):
        for field in cls.fields():
            if field.property not in found.followed:
                continue
            # Of what is referred to a second record is not looked up.
            is_chain = isinstance(field.kind, kinds.RefKind) and field.property in found.asked
            if is_chain or isinstance(field.kind, _ANYWHERE):
                return None
    return found


class _Reached:
    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        # What says which nodes are focus nodes, and `sh:class`, go from classes to those above.
        self._followed = {str(RDF.type), str(RDFS.subClassOf)}
        self._asked = {str(RDFS.subClassOf)}
        self._looks: dict[tuple[object, bool], bool] = {}

    def all(self) -> Reach:
        """What all shapes look at. Raises `_Far` and `Unread`."""
        shapes = self._shapes
        ours = {shape for shape in shapes.targeted if shapes.is_ours(shape)}
        if any(triple.object == _COMPONENT for triple in shapes.triples):
            raise _Far
        for shape in shapes.targeted:
            if any(t.predicate.value not in _LOCAL_TARGETS for t in shapes.targets(shape)):
                raise _Far
            for triple in shapes.reached(shape):
                if not is_known(triple, ours) and triple.predicate.value not in _OF_QUERIES:
                    raise _Far
            self._look(shape, False)
        for constraint in Queries(shapes, ours).constraints:
            for step in steps(constraint.query):
                self._followed.add(step.property)
                if step.is_beyond:
                    self._asked.add(step.property)
        return Reach(frozenset(self._followed), frozenset(self._asked))

    def _look(self, shape: Node, is_beyond: bool) -> bool:
        """Note what a shape looks at, of a focus node or beyond; whether it looks at triples."""
        if (shape, is_beyond) in self._looks:
            return self._looks[shape, is_beyond]
        self._looks[shape, is_beyond] = True  # where it leads back to itself
        shapes = self._shapes
        path = list(self._path(shapes.objects(shape, SH.path)))
        inner = is_beyond or bool(path)
        looks = [self._look(nested, inner) for nested in self._nested(shape)]
        if shapes.objects(shape, SH["class"]):
            self._asked |= {str(RDF.type)} if inner else set()
            looks.append(True)
        for n, (property_, is_repeated) in enumerate(path):
            if is_beyond or n or is_repeated:
                self._asked.add(property_)
            if any(looks) or is_repeated or n + 1 < len(path):
                self._followed.add(property_)
        self._looks[shape, is_beyond] = bool(path) or any(looks)
        return self._looks[shape, is_beyond]

    def _nested(self, shape: Node) -> Iterator[Node]:
        for term in _NESTED:
            yield from self._shapes.nodes(shape, term)
        for head in self._shapes.objects(shape, SH["or"]):
            yield from self._shapes.items(head)

    def _path(self, paths: list[Any]) -> Iterator[tuple[str, bool]]:
        """The steps of a path, and whether each is repeated."""
        for path in paths:
            if isinstance(path, NamedNode):
                yield path.value, False
                continue
            for repeated in self._shapes.objects(path, SH.zeroOrMorePath):
                if not isinstance(repeated, NamedNode):
                    raise _Far
                yield repeated.value, True
            yield from self._path(self._shapes.items(path))
