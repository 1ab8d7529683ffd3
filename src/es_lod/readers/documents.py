"""From raw trees to records: the one way in for documents, tables and RDF.

Everything wrong with a record is told at once, at its place. What is left of a broken record is
still built, so that references to it and checks across records go on.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from es_lod.errors import InvalidValue, Path, Problem, shown
from es_lod.labels import naming_words
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Part, Record, Statement, kinds, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.model.kinds import RefKind
from es_lod.model.normal import Normal, normal_form
from es_lod.readers.entries import MAX_DEPTH, Entry, Tree
from es_lod.readers.origins import Built, Claim, Origin, agree, class_of, named_classes
from es_lod.readers.partial import Dropped, partial, without_dropped
from es_lod.readers.stated import complete, stated_value
from es_lod.readers.telling import COMMON_TYPES, Teller

N = TypeVar("N", bound=Node)


class Builder:
    """Builds the records of one entry. Use one an entry: it gathers `problems` and `claims`.

    `operators` are the operators of units that organisations have claimed so far.
    """

    def __init__(self, entry: Entry, operators: Mapping[str, str] | None = None) -> None:
        self.claims: list[Claim] = []
        self._entry = entry
        self._teller = Teller(entry)
        self._operators = operators or {}
        self._paths: dict[int, Path] = {}
        self._broken: set[int] = set()
        self._alive: list[Node] = []
        self._extra: list[Record] = []
        # In which order records were met, and which of them have an id that cannot be used.
        self._number = 0
        self._met: dict[int, int] = {}
        self._misnamed: set[int] = set()
        self._owner: type[Node] = Record
        # The records in which a key stands twice.
        self._repeated: set[Path] = set()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the entry, as far as it is built."""
        return self._teller.problems

    def records(self) -> list[Built]:
        """The entry's record and all that are nested in it, in normal form, as first met."""
        self._repeated = self._teller.repeated(self._entry.tree)
        root = self._record(self._entry.tree, ())
        given = [root, *self._extra] if root is not None else []
        normals = [normal for record in given for normal in normal_form(record)]
        normals.sort(key=lambda normal: self._met[id(normal.given)])
        return [built for normal in normals if (built := self._built(normal)) is not None]

    def _built(self, normal: Normal) -> Built | None:
        path = self._paths[id(normal.given)]
        broken = id(normal.given) in self._broken
        if normal.record.id is None or id(normal.given) in self._misnamed:
            if not broken:
                cls = type(normal.record)
                fields = {tag: naming_words(cls, tag) for tag in LANGUAGES}
                with self._teller.about(path, None):
                    self._teller.tell("no-id", path, fields=fields)
            return None
        if normal.minted:
            minted = normal.record.id
            self._teller.name(path, minted)
            with self._teller.about(path, minted):
                self._teller.tell("minted-id", path, minted, minted)
        return Built(normal.record, Origin(self._entry, path), broken)

    def _record(
        self, tree: Tree, path: Path, given: Mapping[str, str] | None = None
    ) -> Record | None:
        """One record of a tree, or nothing where its class is unknown.

        `given` are values that the place of the tree says: the operator of a nested unit.
        """
        id_ = tree.get("id") if isinstance(tree, dict) else None
        met = self._number = self._number + 1
        with self._teller.about(path, id_ if isinstance(id_, str) else None):
            cls = self._class(tree, path)
            if cls is None:
                return None
            record = self._node(cls, {**tree, **given} if given else tree, path)
            if id_ is not None and record.id is None:
                self._misnamed.add(id(record))
            else:
                record = self._with_inverse(cls, record, tree, path)
            self._met[id(record)] = met
            return record

    def _class(self, tree: Tree, path: Path) -> type[Record] | None:
        if not isinstance(tree, dict):
            self._teller.tell("not-a-record", path, shown(tree))
            return None
        written = tree.get("type")
        if written is None:
            self._teller.tell("missing-type", path, known=COMMON_TYPES)
            return None
        cls = class_of(tree)
        rivals = named_classes(written)
        if len(rivals) > 1:
            self._teller.tell("ambiguous-type", (*path, "type"), ", ".join(rivals))
            return None
        if cls is None or not agree(written, cls):
            self._teller.unknown_type(written, (*path, "type"))
            return None
        return cls

    def _node(self, cls: type[N], tree: Mapping[str, Tree], path: Path) -> N:
        if len(path) > MAX_DEPTH:
            self._teller.tell("too-deep", path, limit=MAX_DEPTH)
            return self._kept(partial(cls, {}, self._entry.language), path, broken=True)
        if issubclass(cls, Record):
            self._owner = cls
        values: dict[str, Any] = {}
        unknown: list[str] = []
        by_key = cls.by_key()
        for key, raw in tree.items():
            field = by_key.get(key)
            if raw is None or _is_structural(cls, key):
                continue
            if field is None:
                unknown.append(key)
            else:
                values[field.name] = self._value(field, raw, (*path, key))
        self._add_context(cls, values, tree)
        resembled = {self._teller.unknown_key(cls, str(key), set(values), path) for key in unknown}
        if not path:
            excused = self._entry.excused
            resembled |= {by_key[key].name for key in excused if key in by_key} - values.keys()
        return self._validated(cls, values, path, tree, resembled)

    def _add_context(
        self, cls: type[Node], values: dict[str, Any], tree: Mapping[str, Tree]
    ) -> None:
        """What a node is beside its fields: its id, a claimed operator, the key of a statement."""
        id_ = tree.get("id")
        if id_ is not None:
            values["id"] = id_
        if "operator" in cls.by_key() and "operator" not in values and isinstance(id_, str):
            claimed = self._operators.get(id_)
            values |= {"operator": claimed} if claimed else {}
        if issubclass(cls, Statement):
            complete(values, self._owner, self._entry.language)

    def _value(self, field: Field, raw: Tree, path: Path) -> Any:
        """A value ready for the class: nested records and parts built, the rest as written."""
        if isinstance(raw, list) and not isinstance(field.kind, kinds.TextsKind):
            if not field.many:
                return raw
            return [self._item(field, item, (*path, i)) for i, item in enumerate(raw)]
        return self._item(field, raw, path)

    def _item(self, field: Field, raw: Tree, path: Path) -> Any:
        if not isinstance(raw, dict):
            return raw
        match field.kind:
            case PartKind(part=cls):
                owner = self._owner
                built: Part = self._node(cls, raw, path)
                self._owner = owner
                return built
            case RefKind():
                owner = self._owner
                record = self._record(raw, path)
                self._owner = owner
                return Dropped if record is None or id(record) in self._misnamed else record
            case kinds.DateKind():
                return stated_value(raw, field.kind)
        return raw

    def _validated(
        self,
        cls: type[N],
        values: dict[str, Any],
        path: Path,
        tree: Mapping[str, Tree],
        silent: set[str | None],
    ) -> N:
        """The node; what is wrong with it is told, but missing fields that `silent` names."""
        values, dropped = without_dropped(values)
        try:
            node = cls.model_validate(values, context={"language": self._entry.language})
        except ValidationError as error:
            faults = error.errors(include_url=False)
            for fault in faults:
                if fault["type"] != "missing" or fault["loc"][0] not in silent | dropped:
                    self._teller.fault(cls, fault, tree, path)
            wrong = {fault["loc"][0] for fault in faults}
            good = {name: value for name, value in values.items() if name not in wrong}
            return self._kept(partial(cls, good, self._entry.language), path, broken=True)
        self._teller.normalised(node, tree, path, self._owner)
        return self._kept(node, path, broken=bool(dropped or silent))

    def _kept(self, node: N, path: Path, *, broken: bool) -> N:
        """Note where a node comes from, and that it or a part of it is broken."""
        self._paths[id(node)] = path
        doubled = isinstance(node, Record) and path in self._repeated
        if broken or doubled or any(id(part) in self._broken for part in _parts(node)):
            self._broken.add(id(node))
        # Nodes are noted by identity: none may be freed while the entry is built.
        self._alive.append(node)
        return node

    def _with_inverse(
        self, cls: type[Record], record: Record, tree: Mapping[str, Tree], path: Path
    ) -> Record:
        """Read the keys that set a field of other records: `operates` sets their `operator`."""
        for key, (target, attribute) in cls.inverse.items():
            raw = tree.get(key)
            if raw is None:
                continue
            if record.id is None and (id_ := record.mint()):
                self._teller.name(path, id_)
                self._teller.tell("minted-id", path, id_, id_)
                named = record.model_copy(update={"id": id_})
                record = self._kept(named, path, broken=id(record) in self._broken)
            for i, item in enumerate(raw if isinstance(raw, list) else [raw]):
                at = (*path, key, i) if isinstance(raw, list) else (*path, key)
                if record.id is None:
                    continue
                nested = isinstance(item, dict)
                take, name = (self._nested_unit, attribute) if nested else (self._claim, key)
                if not take(record.id, item, at, name, target):
                    self._broken.add(id(record))
        return record

    def _nested_unit(
        self, owner: str, item: dict[str, Tree], at: Path, attribute: str, target: str
    ) -> bool:
        cls, expected = class_of(item), record_classes()[target]
        if cls is not None and not issubclass(cls, expected):
            name = shown(item.get("id") or cls.__name__)
            self._teller.tell("wrong-class", at, name, actual=cls.__name__, expected=target)
            return False
        stated = item.get(attribute)
        if stated not in (None, owner):
            where = (*at, attribute)
            self._teller.tell("operator-conflict", where, shown(stated), other=owner)
        nested = self._record(item, at, {attribute: owner})
        if nested is not None:
            self._extra.append(nested)
        return nested is not None

    def _claim(self, owner: str, item: Tree, at: Path, key: str, target: str) -> bool:
        try:
            unit = RefKind((target,)).fitting(item)
        except InvalidValue as error:
            self._teller.tell(error.code, at, shown(item), error.hint)
            return False
        origin = Origin(self._entry, self._teller.record_path)
        self.claims.append(Claim(unit, owner, origin, key, target))
        return True


def _is_structural(cls: type[Node], key: str) -> bool:
    """Keys that are no fields: identity, type, and what only leads to other records."""
    if key in ("id", "type"):
        return True
    if issubclass(cls, Record):
        return key in cls.inverse
    return key == "subject" and issubclass(cls, Part) and cls.owner_property is not None


def _parts(node: Node) -> list[Any]:
    values = [getattr(node, f.name) for f in type(node).links() if isinstance(f.kind, PartKind)]
    return [part for value in values for part in (value if isinstance(value, tuple) else [value])]
