"""Data as the sieve looks things up in it: N-Triples, with terms as they are written there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from es_lod.namespaces import RDF, RDFS

TYPE: Final = f"<{RDF.type}>"
_SUBCLASS: Final = f"<{RDFS.subClassOf}>"
_NOTHING: Final[Mapping[str, Sequence[str]]] = {}


class Facts:
    """The triples of N-Triples as pyoxigraph writes them, one space between terms."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        said: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for block in blocks:
            # Not `splitlines`: literals may have U+0085 and U+2028 in them.
            for line in block.decode().split("\n"):
                if line:
                    subject, predicate, rest = line.split(" ", 2)
                    said[subject].setdefault(predicate, []).append(rest[:-2])
        self._said = dict(said)  # which adds nothing when it is asked
        self._above: dict[str, frozenset[str]] = {}

    def of(self, subject: str) -> Mapping[str, Sequence[str]]:
        """What is said of a subject: property → values."""
        return self._said.get(subject, _NOTHING)

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """The values of a property; what is said twice may come twice."""
        return self._said.get(subject, _NOTHING).get(predicate, ())

    def along(self, predicate: str) -> Callable[[str], Sequence[str]]:
        """What `objects` gives for a property, of any subject."""
        said = self._said
        return lambda subject: said.get(subject, _NOTHING).get(predicate, ())

    def saying(self, predicate: str) -> list[str]:
        """The subjects of a property."""
        return [subject for subject, said in self._said.items() if predicate in said]

    def said_as(self, predicate: str) -> list[str]:
        """The values of a property, whatever its subject."""
        every = (said.get(predicate, ()) for said in self._said.values())
        return [value for values in every for value in values]

    def is_instance(self, node: str, class_: str) -> bool:
        """Whether a node is of a class or of one below it."""
        return any(class_ in self.with_above(type_) for type_ in self.objects(node, TYPE))

    def instances(self, class_: str) -> list[str]:
        """All nodes of a class and of those below it."""
        below = [known for known in self._typed if class_ in self.with_above(known)]
        return list(dict.fromkeys(node for known in below for node in self._typed[known]))

    @cached_property
    def _typed(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject, said in self._said.items():
            for type_ in said.get(TYPE, ()):
                found[type_].append(subject)
        return found

    def with_above(self, class_: str) -> frozenset[str]:
        """A class and all above it."""
        if class_ not in self._above:
            self._above[class_] = frozenset(self.reached([class_], [_SUBCLASS]))
        return self._above[class_]

    def reached(self, start: Iterable[str], predicates: Iterable[str]) -> Iterator[str]:
        """The nodes to which properties lead, at any distance, themselves included."""
        seen = dict.fromkeys(start)
        waiting = list(seen)
        while waiting:
            node = waiting.pop()
            yield node
            for predicate in predicates:
                for value in self.objects(node, predicate):
                    if value not in seen:
                        seen[value] = None
                        waiting.append(value)

    def around(self, start: Iterable[str]) -> Iterator[str]:
        """The triples of nodes, and of all nodes to which these lead, in N-Triples."""
        seen = set(start)
        waiting = list(seen)
        while waiting:
            node = waiting.pop()
            for predicate, values in self.of(node).items():
                for value in values:
                    yield f"{node} {predicate} {value} .\n"
                    if value not in seen and value in self._said:
                        seen.add(value)
                        waiting.append(value)
