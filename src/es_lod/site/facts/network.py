"""The founders' network: who founded whom, and who operates which unit."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from typing import Final, NamedTuple

from es_lod.site import links
from es_lod.site.edition import Edition

_KEYS: Final = ("founders", "operator")
_MOST: Final = 60
"""How many things are shown."""


class Tie(NamedTuple):
    """A founder and what it founded, or an operator and its unit; ids or IRIs."""

    key: str
    first: str
    second: str


class Group(NamedTuple):
    """Things that are tied together, founders before what they founded."""

    members: tuple[str, ...]
    ties: tuple[Tie, ...]


class Network(NamedTuple):
    """The groups that are shown, the largest first; how many things there are in all."""

    groups: tuple[Group, ...]
    thing_count: int

    @property
    def hidden(self) -> int:
        """How many things are not shown."""
        return self.thing_count - sum(len(group.members) for group in self.groups)


def network(edition: Edition) -> Network:
    """The network of an edition; of large ones the largest groups that there is room for."""
    register = edition.register
    elsewhere: dict[str, int] = {}
    count = len(edition.dataset)

    def ties() -> Iterator[_Numbered]:
        for key, first, second in links.ties(register, *_KEYS):
            if isinstance(first, str):
                first = elsewhere.setdefault(first, count + len(elsewhere))  # noqa: PLW2901
            yield key, first, second

    def name(number: int) -> str:
        if number < count:
            return register.id(number)
        return next(iri for iri, known in elsewhere.items() if known == number)

    return _network(ties, name)


def of_ties(given: Iterable[Tie]) -> Network:
    """The network of ties."""
    numbers: dict[str, int] = {}

    def number(thing: str) -> int:
        return numbers.setdefault(thing, len(numbers))

    ties = dict.fromkeys(given)
    numbered = [(tie.key, number(tie.first), number(tie.second)) for tie in ties]
    names = list(numbers)
    return _network(lambda: iter(numbered), names.__getitem__)


_Numbered = tuple[str, int, int]
"""A tie of things by their numbers: a record takes 25 bytes, as text it would take 500."""


def _network(ties: Callable[[], Iterator[_Numbered]], name: Callable[[int], str]) -> Network:
    roots = _Roots()
    for _, first, second in ties():
        roots.join(first, second)
    sizes = roots.sizes()
    shown: list[int] = []
    room = _MOST
    for root in roots.largest(sizes, ties()):
        if sizes[root] <= room or not shown:
            shown.append(root)
            room -= min(sizes[root], room)
    found: dict[int, dict[Tie, None]] = {root: {} for root in shown}
    for key, first, second in ties():
        if (root := roots.of(first)) in found:
            found[root][Tie(key, name(first), name(second))] = None
    groups: list[Group] = []
    room = _MOST
    for told in found.values():
        groups.append(_group(list(told), room))
        room -= len(groups[-1].members)
    return Network(tuple(groups), sum(sizes))


class _Roots:
    """Which things are tied together: each group is named by one of them."""

    def __init__(self) -> None:
        self._above = array("q")

    def of(self, number: int) -> int:
        """The thing that names the group of a thing."""
        above = self._above
        while (over := above[number]) != number:
            # Each way is halved as it is gone, so that none grows long.
            above[number] = above[over]
            number = over
        return number

    def join(self, one: int, other: int) -> None:
        """Tie two things together."""
        while len(self._above) <= max(one, other):
            self._above.append(len(self._above))
        self._above[self.of(other)] = self.of(one)

    def sizes(self) -> "array[int]":
        """How many things the group has that a thing names; nothing of what is tied to none."""
        found = array("q", bytes(8 * len(self._above)))
        for number in range(len(self._above)):
            found[self.of(number)] += 1
        for number, size in enumerate(found):
            if size == 1:
                found[number] = 0
        return found

    def largest(self, sizes: "array[int]", ties: Iterable[_Numbered]) -> list[int]:
        """The largest groups; equal ones stay in the order of the dataset."""
        met = array("q", b"\xff" * 8 * len(sizes))
        for n, (_, first, _) in enumerate(ties):
            root = self.of(first)
            met[root] = n if met[root] < 0 else met[root]
        named = (root for root, size in enumerate(sizes) if size)
        return nsmallest(_MOST, named, key=lambda root: (-sizes[root], met[root]))


def _group(ties: list[Tie], room: int) -> Group:
    """The things of a group in the order in which they are drawn, as many as have room."""
    before: dict[str, list[str]] = {}
    for tie in ties:
        before.setdefault(tie.second, []).append(tie.first)
    members = tuple(_ordered((tie.second for tie in ties), before, room))
    known = frozenset(members)
    return Group(members, tuple(t for t in ties if t.first in known and t.second in known))


def _ordered(last: Iterable[str], before: dict[str, list[str]], room: int) -> list[str]:
    """Each thing after those that it comes from; what comes from itself, as it is met."""
    done: dict[str, None] = {}
    entered: set[str] = set()
    for id_ in last:
        stack = [id_]
        while stack and len(done) < room:
            top = stack[-1]
            if top not in entered:
                entered.add(top)
                stack += [f for f in reversed(before.get(top, [])[:room]) if f not in entered]
            else:
                done[stack.pop()] = None
        if len(done) >= room:
            break
    return list(done)
