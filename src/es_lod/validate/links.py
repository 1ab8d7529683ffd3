"""What records that are plainly right have to do with others."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from es_lod.errors import Path
from es_lod.model import Node, Record, find, record_classes
from es_lod.model.fields import PartKind
from es_lod.model.kinds import RefKind
from es_lod.model.outline import KEPT, Inner, Outline, Values
from es_lod.readers.plain import Plain, Where


class Reference(NamedTuple):
    """A reference whose target is not among the records that it was met with."""

    target: str
    of: Where
    steps: Path
    kind: RefKind


class Summary(NamedTuple):
    """What the ledger has to know of records that were met together."""

    classes: Mapping[str, type[Record]]
    """By id."""
    references: Sequence[Reference]
    operators: Mapping[str, str]
    """Those that units state, by the unit's id."""
    is_sound: bool
    """Whether all ids differ, and each reference among the records leads to one of its class."""


def summary(records: Sequence[Plain]) -> Summary:
    """The summary of records."""
    # By position: the properties of a record, asked for each, would take as long as the rest.
    classes = {item.values[item.outline.id_at]: item.outline.cls for item in records}
    found: list[Reference] = []
    operators: dict[str, str] = {}
    is_sound = len(classes) == len(records)
    for record in records:
        outline, values = record.outline, record.values
        id_ = values[outline.id_at]
        links = _links(outline)
        for target, (steps, kind, fitting) in links.of(values) if links.are_any else ():
            known = classes.get(target)
            if known is None:
                found.append(Reference(target, record.where, steps, kind))
            elif target == id_ or known not in fitting:
                is_sound = False
        if links.operator_at >= 0:
            operators[id_] = values[links.operator_at]
    return Summary(classes, found, operators, is_sound)  # type: ignore[arg-type]  # of records


def links(outline: Outline, values: Values) -> Iterator[tuple[str, Path]]:
    """The ids that a record refers to, with the keys and fragments that lead there."""
    known = _links(outline)
    return ((target, link.steps) for target, link in known.of(values) if known.are_any)


@cache
def fits(kind: RefKind, cls: type[Record]) -> bool:
    """Whether a reference may lead to a record of a class; of what is not built nobody knows."""
    expected = [found for name in kind.targets if (found := find(name))]
    return cls is Record or "Record" in kind.targets or issubclass(cls, tuple(expected))


class _Link(NamedTuple):
    """The keys and fragments that lead to a reference, its kind, and the classes it may lead to."""

    steps: Path
    kind: RefKind
    fitting: frozenset[type[Node]]


class _Links:
    """Where references stand in the values of an outline, and parts that may refer, as declared."""

    def __init__(self, outline: Outline) -> None:
        self.operator_at = -1
        self._fields: list[tuple[int, str, _Link | None]] = []
        for n, field in outline.declared:
            if isinstance(field.kind, RefKind):
                fitting = (cls for cls in record_classes().values() if fits(field.kind, cls))
                link = _Link((field.key,), field.kind, frozenset(fitting))
                self._fields.append((n, field.key, link))
                if field.name == "operator":
                    self.operator_at = n
            elif isinstance(field.kind, PartKind) and _may_refer(field.kind.part):
                self._fields.append((n, field.key, None))
        self.are_any = bool(self._fields)

    def of(self, values: Values, prefix: str = "") -> Iterator[tuple[str, _Link]]:
        """The ids that are referred to; `prefix` begins the fragments."""
        for n, key, link in self._fields:
            raw = values[n]
            if link is None:
                yield from _of_parts(raw, key, prefix)
            elif isinstance(raw, str):
                yield raw, link
            elif len(raw) == 1:
                yield raw[0], link
            else:
                for target in sorted(set(raw)):  # in the order in which the record holds them
                    yield target, link


def _of_parts(parts: list[Inner], key: str, prefix: str) -> Iterator[tuple[str, _Link]]:
    for part in parts:
        links = _links(part.outline)
        if links.are_any:
            before = (key, part.fragment.removeprefix(prefix))
            for target, link in links.of(part.values, f"{part.fragment}-"):
                yield target, link._replace(steps=(*before, *link.steps))


def _may_refer(cls: type[Node]) -> bool:
    return any(
        isinstance(field.kind, RefKind)
        or (isinstance(field.kind, PartKind) and _may_refer(field.kind.part))
        for field in cls.links()
    )


@lru_cache(maxsize=KEPT)
def _links(outline: Outline) -> _Links:
    return _Links(outline)
