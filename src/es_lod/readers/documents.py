"""From raw trees to records: the one way in for documents, tables and RDF.

Everything wrong with a record is reported at once, at its place. What is left of a broken record
is still built, so that references to it and checks across records go on.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from es_lod import iris
from es_lod.errors import Location, Path, Problem, key_path
from es_lod.model import find, kinds, record_classes
from es_lod.model.kinds import RefKind
from es_lod.model.normal import normal_form
from es_lod.model.record import Field, Node, Part, PartKind, Record, Statement, problem_of
from es_lod.namespaces import CONCEPT, expanded
from es_lod.readers.entries import MAX_DEPTH, Entry, Tree

N = TypeVar("N", bound=Node)


class Origin(NamedTuple):
    """Where a record comes from: the entry, and the path to the record within its tree."""

    entry: Entry
    path: Path

    def locate(self, steps: Path = (), value: str | None = None) -> tuple[Path, Location]:
        """The path and place of a key path whose steps into lists are fragments of parts.

        `value` picks an item of a list of plain values. A step that the source does not have
        ends the way at what it has.
        """
        found, tree = self._walk(steps)
        if value is not None and isinstance(tree, list):
            places = [i for i, item in enumerate(tree) if item == value]
            found = (*found, places[0]) if places else found
        return found, self.entry.locate((*self.entry.path, *self.path, *found), False)

    def _walk(self, steps: Path) -> tuple[Path, Tree]:
        tree: Tree = self.entry.tree
        for step in self.path:
            tree = tree[step]
        cls = _class(tree)
        found: Path = ()
        field: Field | None = None
        for step in steps:
            if isinstance(tree, dict) and step in tree:
                field = cls.by_key().get(str(step)) if cls else None
                tree = tree[step]
                found = (*found, step)
            elif field is not None and isinstance(field.kind, PartKind):
                index = _index(tree, field, field.kind.part, str(step), self.entry.language)
                if index is not None:
                    tree = tree[index]
                    found = (*found, index)
            if field is not None and isinstance(field.kind, PartKind):
                cls = field.kind.part
        return found, tree


def _index(
    tree: Tree, field: Field, part: type[Part], fragment: str, language: str
) -> int | None:
    """Which item of a list is the part of a fragment: they are built again to see."""
    for i, item in enumerate(tree if isinstance(tree, list) else ()):
        builder = Builder(Entry(item, (), lambda *_: Location(""), language=language))
        built = builder.part(part, item, ()) if isinstance(item, dict) else None
        if built is not None and built.fragment(field) == fragment:
            return i
    return None


def _class(tree: Tree) -> type[Record] | None:
    name = tree.get("type") if isinstance(tree, dict) else None
    names = name if isinstance(name, list) else [name]
    return next((cls for n in names if isinstance(n, str) and (cls := find(n))), None)


class Built(NamedTuple):
    """A record in normal form as it came out of an entry.

    `broken` says that some of its fields are missing or were left out. `given` is its id as
    written, where it was.
    """

    record: Record
    origin: Origin
    broken: bool


class Claim(NamedTuple):
    """An organisation's word that it operates a unit, given on the organisation's side."""

    unit: str
    operator: str
    origin: Origin
    key: str


class Builder:
    """Builds the records of one entry. Use one a entry: it collects `problems` and `claims`.

    `operators` are the operators of units that organisations have claimed so far.
    """

    def __init__(self, entry: Entry, operators: Mapping[str, str] | None = None) -> None:
        self.entry = entry
        self.problems: list[Problem] = []
        self.claims: list[Claim] = []
        self._operators = operators or {}
        self._paths: dict[int, Path] = {}
        self._broken: set[int] = set()
        self._extra: list[Record] = []
        self._owner: type[Node] = Record
        # The record that problems are told of: its path, and its id as far as known.
        self._record: tuple[Path, str | None] = ((), None)

    def records(self) -> list[Built]:
        """The entry's record and all that are nested in it, in normal form."""
        root = self.record(self.entry.tree, ())
        found = []
        for given in [root, *self._extra] if root is not None else []:
            for normal in normal_form(given):
                path = self._paths.get(id(normal.given), ())
                origin = Origin(self.entry, path)
                if normal.record.id is None:
                    fields = ", ".join(name.rstrip("?") for name in normal.record.naming)
                    if id(normal.given) not in self._broken:
                        self._report("no-id", path, params={"fields": fields}, of=(path, None))
                    continue
                if normal.minted:
                    minted = normal.record.id
                    self._report("minted-id", path, value=minted, hint=minted, of=(path, minted))
                found.append(Built(normal.record, origin, id(normal.given) in self._broken))
        return found

    def record(self, tree: Tree, path: Path, given: Mapping[str, str] | None = None) -> Record | None:
        """One record of a tree, or nothing where its class is unknown."""
        outer, self._record = self._record, (path, _id_of(tree))
        try:
            cls = self._record_class(tree, path)
            if cls is None:
                return None
            record = self._node(cls, {**(given or {}), **tree} if given else tree, path)
            return self._with_inverse(cls, record, tree, path)
        finally:
            self._record = outer

    def part(self, cls: type[Part], tree: Tree, path: Path) -> Part | None:
        """One part of a tree."""
        if not isinstance(tree, dict):
            expected = PartKind.expected
            self._report("invalid-value", path, value=_shown(tree), params={"expected": expected})
            return None
        return self._node(cls, tree, path)

    def _record_class(self, tree: Tree, path: Path) -> type[Record] | None:
        if not isinstance(tree, dict):
            self._report("not-a-record", path, value=_shown(tree))
            return None
        written = tree.get("type")
        if written is None:
            known = {"known": "Event, SocialCooperative, Foundation"}
            self._report("missing-type", path, params=known)
            return None
        cls = _class(tree)
        if cls is None:
            names = list(record_classes())
            name = _shown(written[0] if isinstance(written, list) and written else written)
            near = get_close_matches(name, names, 1)
            self._report(
                "unknown-type",
                (*path, "type"),
                value=name,
                hint=near[0] if near else None,
                params={"known": ", ".join(names)},
            )
        return cls

    def _node(self, cls: type[N], tree: dict[str, Tree], path: Path) -> N:
        if len(path) > MAX_DEPTH:
            self._report("too-deep", path, params={"limit": MAX_DEPTH})
            return self._partial(cls, {}, path)
        if issubclass(cls, Record):
            self._owner = cls
        values: dict[str, Any] = {}
        unknown: list[str] = []
        by_key = cls.by_key()
        for key, raw in tree.items():
            field = by_key.get(key)
            if raw is None or self._is_structural(cls, key):
                continue
            if field is None:
                unknown.append(key)
            else:
                values[field.name] = self._value(field, raw, (*path, key))
        if tree.get("id") is not None:
            values["id"] = tree["id"]
        if issubclass(cls, Statement) and isinstance(values.get("property"), str):
            values["property"] = property_key(self._owner, values["property"])
        if "operator" in by_key and "operator" not in values and isinstance(tree.get("id"), str):
            operator = self._operators.get(tree["id"])
            values |= {"operator": operator} if operator else {}
        resembled = {self._unknown_key(cls, key, values, path) for key in unknown}
        return self._validated(cls, values, path, tree, resembled)

    @staticmethod
    def _is_structural(cls: type[Node], key: str) -> bool:
        """Keys that are no fields: identity, type, and what only leads to other records."""
        if key in ("id", "type"):
            return True
        if issubclass(cls, Record):
            return key in cls.inverse
        return key == "subject" and issubclass(cls, Part) and cls.owner_property is not None

    def _value(self, field: Field, raw: Tree, path: Path) -> Any:
        """A value ready for the class: nested records and parts built, the rest as written."""
        if isinstance(raw, list) and not isinstance(field.kind, kinds.TextsKind):
            if not field.many:
                return raw
            return [self._item(field, item, (*path, i)) for i, item in enumerate(raw)]
        return self._item(field, raw, path)

    def _item(self, field: Field, raw: Tree, path: Path) -> Any:
        if isinstance(raw, dict):
            if isinstance(field.kind, PartKind):
                return self.part(field.kind.part, raw, path) or raw
            if isinstance(field.kind, RefKind):
                return self.record(raw, path) or _Dropped
            if "@value" in raw and isinstance(field.kind, (kinds.DateKind, kinds.ValueKind)):
                language = raw.get("@language")
                return {language: raw["@value"]} if language else raw["@value"]
            if "@id" in raw and isinstance(field.kind, kinds.ValueKind):
                return _stated_id(str(raw["@id"]))
        return raw

    def _validated(
        self, cls: type[N], values: dict[str, Any], path: Path, tree: Tree, resembled: set[str | None]
    ) -> N:
        values, dropped = _without_dropped(values)
        try:
            node = cls.model_validate(values, context={"language": self.entry.language})
        except ValidationError as error:
            wrong = {str(found["loc"][0]) for found in error.errors(include_url=False)}
            for found in error.errors(include_url=False):
                self._tell(cls, found, path, tree, resembled | dropped)
            good = {name: value for name, value in values.items() if name not in wrong}
            return self._partial(cls, good, path)
        self._paths[id(node)] = path
        if dropped or resembled:
            self._broken.add(id(node))
        self._tell_normalised(cls, node, tree, path)
        return node

    def _partial(self, cls: type[N], good: dict[str, Any], path: Path) -> N:
        """A record of the values that are right; the other fields stay empty."""
        context = {"language": self.entry.language}
        parsed = _draft(cls).model_validate(good, context=context)
        node = cls.model_construct(**{name: getattr(parsed, name) for name in _draft(cls).model_fields})
        self._paths[id(node)] = path
        self._broken.add(id(node))
        return node

    def _tell(
        self, cls: type[Node], found: Any, path: Path, tree: Tree, silent: set[str | None]
    ) -> None:
        name, *rest = found["loc"]
        if found["type"] == "missing" and name in silent:
            return
        field = next((field for field in cls.fields() if field.name == name), None)
        key = field.key if field else str(name)
        told = problem_of(cls, found["type"], found.get("ctx", {}), (key,))
        raw = tree.get(key) if isinstance(tree, dict) else None
        if isinstance(raw, list) and field is not None and not field.many:
            told = Problem("not-one-value")
            rest = []
        at = (*path, key, *(step for step in rest if isinstance(step, int) and isinstance(raw, list)))
        value = told.value if told.value is not None or told.code == "missing" else _shown_value(raw)
        self._report(told.code, at, value=value, hint=told.hint, params=dict(told.params))

    def _unknown_key(
        self, cls: type[Node], key: str, values: dict[str, Any], path: Path
    ) -> str | None:
        """Report a key that is no field; returns the missing required field that it resembles."""
        open_ = {field.key: field.name for field in cls.fields() if field.name not in values}
        required = [f.key for f in cls.fields() if f.required and f.key in open_]
        folded = {known.lower(): known for known in [*open_, *(cls.inverse if issubclass(cls, Record) else ())]}
        first = get_close_matches(key.lower(), [known.lower() for known in required], 1)
        near = first or get_close_matches(key.lower(), list(folded), 1)
        hint = folded[near[0]] if near else None
        at = (*path, key)
        self._report(
            "unknown-key", at, value=key, hint=hint, params={"type": cls.__name__}, at_key=True
        )
        return open_.get(hint) if hint else None

    def _with_inverse(self, cls: type[Record], record: Record, tree: Tree, path: Path) -> Record:
        """Read the keys that set a field of other records: `operates` sets their `operator`."""
        for key, (_, attribute) in cls.inverse.items():
            raw = tree.get(key)
            if raw is None:
                continue
            if record.id is None and (id_ := record.mint()):
                named = record.model_copy(update={"id": id_})
                self._report("minted-id", path, value=id_, hint=id_)
                self._move(record, named)
                record = named
            for i, item in enumerate(raw if isinstance(raw, list) else [raw]):
                at = (*path, key, i) if isinstance(raw, list) else (*path, key)
                self._inverse_item(record, item, at, attribute, key)
        return record

    def _move(self, old: Record, new: Record) -> None:
        self._paths[id(new)] = self._paths[id(old)]
        if id(old) in self._broken:
            self._broken.add(id(new))

    def _inverse_item(self, owner: Record, item: Tree, at: Path, attribute: str, key: str) -> None:
        if owner.id is None:
            return
        if not isinstance(item, dict):
            try:
                unit = RefKind(()).parse(item)
            except kinds.InvalidValue as error:
                self._report(error.code, at, value=_shown(item), hint=error.hint)
                return
            origin = Origin(self.entry, self._record[0])
            self.claims.append(Claim(unit, owner.id, origin, key))
            return
        stated = item.get(attribute)
        if stated not in (None, owner.id):
            other = {"other": owner.id}
            self._report("operator-conflict", (*at, attribute), value=_shown(stated), params=other)
        nested = self.record(item, at, {attribute: owner.id})
        if nested is not None:
            self._extra.append(nested)

    def _tell_normalised(self, cls: type[Node], node: Node, tree: Tree, path: Path) -> None:
        """Say where an identifier or date was written otherwise than it is kept."""
        for field in cls.fields():
            if isinstance(field.kind, (kinds.StringKind, kinds.DateKind)):
                raw = tree.get(field.key)
                if not isinstance(raw, (str, int)) or isinstance(raw, bool):
                    continue
                value, original = str(getattr(node, field.name)), str(raw).strip()
                if value != original:
                    at = (*path, field.key)
                    self._report("normalised", at, value=value, params={"original": original})

    def _report(
        self,
        code: str,
        path: Path,
        *,
        value: str | None = None,
        hint: str | None = None,
        params: dict[str, object] | None = None,
        at_key: bool = False,
        of: tuple[Path, str | None] | None = None,
    ) -> None:
        start, record = of or self._record
        place = self.entry.locate((*self.entry.path, *path), at_key)
        field = key_path(path[len(start) :])
        self.problems.append(Problem(code, record, field, value, place, hint, params or {}))


def _stated_id(name: str) -> str:
    """What a field holds for the `@id` of a statement's value: notation, fragment, id or IRI."""
    iri = expanded(name)
    if iri.startswith(CONCEPT):
        return iri.rpartition("/")[2]
    choice = {str(term): word for word, term in _choices()}
    return choice.get(iri) or (name.rpartition("#")[2] if _is_fragment(name) else name)


def _is_fragment(name: str) -> bool:
    return "#" in name and not iris.is_absolute(name)


@cache
def _choices() -> tuple[tuple[str, str], ...]:
    every = (field.kind for cls in record_classes().values() for field in cls.fields())
    return tuple(pair for kind in every if isinstance(kind, kinds.ChoiceKind) for pair in kind.choices)


class _Dropped:
    """Stands for a nested record that could not be built; its own problems are told."""


def _without_dropped(values: dict[str, Any]) -> tuple[dict[str, Any], set[str | None]]:
    kept: dict[str, Any] = {}
    dropped: set[str | None] = set()
    for name, value in values.items():
        items = [v for v in value if v is not _Dropped] if isinstance(value, list) else value
        if items is _Dropped or (isinstance(value, list) and len(items) < len(value)):
            dropped.add(name)
        if items is not _Dropped:
            kept[name] = items
    return kept, dropped


@cache
def _draft(cls: type[Node]) -> type[BaseModel]:
    """The class with every field optional: it takes what is right of a broken record."""
    fields: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        default = info.get_default(call_default_factory=True) if not info.is_required() else None
        hint: Any = info.annotation
        for item in info.metadata:
            hint = Annotated[hint, item]
        fields[name] = (hint | None, default) if default is None else (hint, default)
    model = create_model(f"{cls.__name__}Draft", __config__=ConfigDict(frozen=True), **fields)
    return model


def _id_of(tree: Tree) -> str | None:
    id_ = tree.get("id") if isinstance(tree, dict) else None
    return id_ if isinstance(id_, str) else None


def _shown(raw: Tree) -> str:
    if isinstance(raw, (dict, list)):
        return {dict: "{…}", list: "[…]"}.get(type(raw).__mro__[-2], "…")
    return str(raw)


def _shown_value(raw: Tree) -> str | None:
    return None if raw is None or isinstance(raw, (dict, list)) else str(raw)


def property_key(cls: type[Node], name: str) -> str:
    """The key of a class for a property's IRI or prefixed name; a key stays."""
    iri = expanded(name)
    return next((field.key for field in cls.fields() if field.property == iri), name)


