"""Data as the sieve looks things up in it: N-Triples, with terms as they are written there."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from es_lod.namespaces import RDF, RDFS

TYPE: Final = f"<{RDF.type}>"
_SUBCLASS: Final = f"<{RDFS.subClassOf}>"
_NOTHING: Final[Mapping[str, Sequence[str]]] = {}


class Facts:
    """The triples of N-Triples as pyoxigraph writes them, one space between terms."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        # By property: most shapes ask for one of many things, and most things do not say it.
        said: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for block in blocks:
            # Not `splitlines`: literals may have U+0085 and U+2028 in them.
            for line in block.decode().split("\n"):
                if line:
                    subject, predicate, rest = line.split(" ", 2)
                    column = said[predicate]
                    if subject in column:
                        column[subject].append(rest[:-2])
                    else:
                        column[subject] = [rest[:-2]]
        self._said = dict(said)  # which adds nothing when it is asked
        self._above: dict[str, frozenset[str]] = {}

    def column(self, predicate: str) -> Mapping[str, Sequence[str]]:
        """What a property says: subject → values; what is said twice may come twice."""
        return self._said.get(predicate, _NOTHING)

    def along(self, predicate: str) -> Callable[[str], Sequence[str]]:
        """The values of a property, of any subject."""
        column = self.column(predicate)
        return lambda subject: column.get(subject, ())

    def said_as(self, predicate: str) -> list[str]:
        """The values of a property, whatever its subject."""
        return [value for values in self.column(predicate).values() for value in values]

    def instances(self, class_: str) -> list[str]:
        """All nodes of a class and of those below it."""
        return list(dict.fromkeys(n for known in self.below(class_) for n in self._typed[known]))

    def below(self, class_: str) -> Collection[str]:
        """Those of the types of all nodes that are a class or one below it."""
        return [known for known in self._typed if class_ in self.with_above(known)]

    @cached_property
    def _typed(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject, types in self.column(TYPE).items():
            for type_ in types:
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
                for value in self.column(predicate).get(node, ()):
                    if value not in seen:
                        seen[value] = None
                        waiting.append(value)

    def around(self, start: Iterable[str]) -> Iterator[str]:
        """The triples of nodes, and of all nodes to which these lead, in N-Triples."""
        seen = set(start)
        waiting = list(seen)
        while waiting:
            node = waiting.pop()
            for predicate, column in self._said.items():
                for value in column.get(node, ()):
                    yield f"{node} {predicate} {value} .\n"
                    if value not in seen and not value.startswith('"'):
                        seen.add(value)
                        waiting.append(value)
