"""The founders' network: who founded whom, and who operates which unit."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

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
    """The network of an edition."""
    return of_ties(_ties(edition))


def of_ties(given: Iterable[Tie]) -> Network:
    """The network of ties; of large ones the largest groups that there is room for."""
    ties = list(dict.fromkeys(given))
    roots = _Roots()
    for tie in ties:
        roots.join(tie.first, tie.second)
    groups: dict[str, list[Tie]] = {}
    for tie in ties:
        groups.setdefault(roots.of(tie.first), []).append(tie)
    sizes = roots.sizes()
    # Equal ones stay in the order of the dataset.
    largest = sorted(groups, key=lambda root: -sizes[root])
    shown: list[Group] = []
    room = _MOST
    for root in largest[:_MOST]:
        if sizes[root] <= room or not shown:
            shown.append(_group(groups[root], room))
            room -= len(shown[-1].members)
    return Network(tuple(shown), len(roots))


def _ties(edition: Edition) -> Iterator[Tie]:
    for record in edition.dataset:
        for key in _KEYS:
            field = type(record).by_key().get(key)
            value = getattr(record, field.name) if field else None
            for first in (value,) if isinstance(value, str) else value or ():
                if first != record.id:
                    yield Tie(key, str(first), str(record.id))


class _Roots:
    """Which things are tied together: each group is named by one of them."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._above)

    def of(self, id_: str) -> str:
        """The thing that names the group of a thing."""
        above = self._above.setdefault(id_, id_)
        while above != id_:
            # Each way is halved as it is gone, so that none grows long.
            self._above[id_] = self._above[above]
            id_, above = above, self._above[above]
        return id_

    def join(self, one: str, other: str) -> None:
        """Tie two things together."""
        self._above[self.of(other)] = self.of(one)

    def sizes(self) -> dict[str, int]:
        """How many things each group has."""
        found: dict[str, int] = {}
        for id_ in list(self._above):
            root = self.of(id_)
            found[root] = found.get(root, 0) + 1
        return found


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
