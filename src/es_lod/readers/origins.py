"""Where records come from, and the way back from a field to its place in the source."""

from collections.abc import Mapping
from typing import NamedTuple

from es_lod.errors import InvalidValue, Location, Path
from es_lod.model import Node, Part, Record, find
from es_lod.model.fields import Field, PartKind
from es_lod.namespaces import expanded
from es_lod.readers.entries import Entry, Tree


class Origin(NamedTuple):
    """Where a record comes from: the entry, and the path to the record within its tree."""

    entry: Entry
    path: Path

    def locate(self, steps: Path = (), value: str | None = None) -> tuple[Path, Location]:
        """The path and place of a key path whose steps into lists are fragments of parts.

        `value` picks an item of a list of plain values. A step that the source does not have
        ends the way at what it has.
        """
        found, rest, tree = self._walk(steps)
        if value is not None and isinstance(tree, list) and value in tree:
            found = (*found, tree.index(value))
        # In a table there is a place also for what is missing.
        return found, self.entry.locate((*self.entry.path, *self.path, *found, *rest), False)

    def path_of(self, value: str) -> Path:
        """The path to a value within the record, where it stands there as it is; else none."""
        waiting: list[tuple[Path, Tree]] = [((), self._record())]
        for path, node in waiting:
            if node == value:
                return path
            if isinstance(node, dict):
                waiting += (((*path, key), child) for key, child in node.items())
            elif isinstance(node, list):
                waiting += (((*path, i), child) for i, child in enumerate(node))
        return ()

    def _record(self) -> Tree:
        """The tree of the record."""
        tree: Tree = self.entry.tree
        for step in self.path:
            tree = tree[step]
        return tree

    def _walk(self, steps: Path) -> tuple[Path, Path, Tree]:
        """The steps that the tree has, those behind the last of them, and what they lead to."""
        tree = self._record()
        cls: type[Node] | None = class_of(tree)
        found: Path = ()
        rest = steps
        field: Field | None = None
        for n, step in enumerate(steps, 1):
            at: str | int | None = None
            if isinstance(tree, dict) and step in tree:
                at = step
                field = cls.by_key().get(str(step)) if cls else None
            elif isinstance(tree, list) and field is not None:
                at = _index(tree, field, str(step), self.entry.language)
            if at is not None:
                tree, found, rest = tree[at], (*found, at), steps[n:]
            if field is not None and isinstance(field.kind, PartKind):
                cls = field.kind.part
        return found, rest, tree


class Built(NamedTuple):
    """A record in normal form as it came out of an entry.

    `broken` says that some of its fields are missing or were left out.
    """

    record: Record
    origin: Origin
    broken: bool


class Claim(NamedTuple):
    """An organisation's word that it operates a unit, given on the organisation's side.

    `target` is the class that the unit has to be of.
    """

    unit: str
    operator: str
    origin: Origin
    key: str
    target: str


def class_of(tree: Tree) -> type[Record] | None:
    """The record class that a tree's `type` names; of several types the first that does."""
    written = tree.get("type") if isinstance(tree, dict) else None
    return next(iter(named_classes(written).values()), None)


def named_classes(written: Tree) -> dict[str, type[Record]]:
    """The record classes that a `type` names, one name or several."""
    names = written if isinstance(written, list) else [written]
    return {name: cls for name in names if isinstance(name, str) and (cls := find(name))}


def agree(written: Tree, cls: type[Record]) -> bool:
    """Whether the types of a tree are one class, beside types that the class has."""
    names = written if isinstance(written, list) else [written]
    others = [name for name in names if name != cls.__name__]
    return len(set(map(str, names))) == len(names) and all(
        isinstance(name, str) and expanded(name) in cls.types for name in others
    )


def _index(items: list[Tree], field: Field, fragment: str, language: str) -> int | None:
    """Which item of a list is the part of a fragment; where two collide, the last."""
    if not isinstance(field.kind, PartKind):
        return None
    for i in reversed(range(len(items))):
        item = items[i]
        if (
            isinstance(item, Mapping)
            and _fragment(field, field.kind.part, item, language) == fragment
        ):
            return i
    return None


def _fragment(field: Field, cls: type[Part], item: Mapping[str, Tree], language: str) -> str:
    """The fragment of a part as written, from no more than its id and its name."""
    naming = {}
    for named in cls.fields():
        if named.name in cls.naming:
            try:
                naming[named.name] = named.kind.parse(item.get(named.key), language)
            except InvalidValue:
                naming[named.name] = None
    id_ = item.get("id")
    own = id_.rpartition("#")[2] if isinstance(id_, str) else None
    return cls.model_construct(id=own, **naming).fragment(field)
