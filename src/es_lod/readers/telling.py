"""Problems of one entry, told with record, field and place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

from es_lod.errors import InvalidValue, Path, Problem, key_path, shown
from es_lod.labels import class_label, class_of_word, field_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Record, Statement, kinds, record_classes
from es_lod.model.faults import problem_of
from es_lod.model.fields import Field
from es_lod.readers.changes import changes
from es_lod.readers.entries import Entry, Tree, repetitions

COMMON_TYPES: Final = "Event, SocialCooperative, Foundation"
"""What is shown to whoever has written no type."""


class Teller:
    """Gathers the problems of one entry."""

    def __init__(self, entry: Entry) -> None:
        self._told: list[tuple[Path, Problem]] = []
        self._entry = entry
        # The record that problems are told of: its path, and its id as far as known.
        self._record: tuple[Path, str | None] = ((), None)

    @property
    def problems(self) -> list[Problem]:
        """What is told so far."""
        return [problem for _, problem in self._told]

    def name(self, path: Path, id_: str) -> None:
        """Say of which record the problems at `path` are, once its id is minted."""
        self._told = [
            (at, replace(told, record=id_) if at == path and told.record is None else told)
            for at, told in self._told
        ]

    @contextmanager
    def about(self, path: Path, id_: str | None) -> Iterator[None]:
        """Within the block problems are told of the record at `path`."""
        outer, self._record = self._record, (path, id_)
        try:
            yield
        finally:
            self._record = outer

    @property
    def record_path(self) -> Path:
        """The path of the record that problems are told of."""
        return self._record[0]

    def tell(
        self,
        code: str,
        path: Path,
        value: str | None = None,
        hint: str | None = None,
        *,
        at_key: bool = False,
        **params: Any,
    ) -> None:
        """Tell a problem at a path from the entry's tree; `at_key` points at the key itself."""
        start, record = self._record
        place = self._entry.locate((*self._entry.path, *path), at_key)
        field = key_path(path[len(start) :])
        self._told.append((start, Problem(code, record, field, value, place, hint, params)))

    def repeated(self, tree: Tree) -> set[Path]:
        """Tell the keys that stand twice, one of whose values is lost; returns in which records."""
        found = set()
        for at, record, path, key in repetitions(tree):
            id_ = record.get("id") if isinstance(record, dict) else None
            with self.about(at, id_ if isinstance(id_, str) else None):
                self.tell("duplicate-key", (*path, key), key, at_key=True)
            found.add(at)
        return found

    def unknown_type(self, written: Tree, path: Path) -> None:
        """Tell a type that no class has; in Polish the classes have their labels beside them."""
        classes = record_classes()
        name = shown(written[0] if isinstance(written, list) and written else written)
        near = class_of_word(name) or nearest(name, list(classes))
        labelled = (f"{class_label(cls, 'pl')} ({name})" for name, cls in classes.items())
        known = {"pl": ", ".join(labelled), "en": ", ".join(classes)}
        self.tell("unknown-type", path, name, near, known=known)

    def unknown_key(self, cls: type[Node], key: str, stated: set[str], path: Path) -> str | None:
        """Tell a key that is no field; returns the missing required field that it resembles."""
        open_ = {field.key: field for field in cls.fields() if field.name not in stated}
        required = [key for key, field in open_.items() if field.required]
        known = [*open_, *(cls.inverse if issubclass(cls, Record) else ())]
        near = nearest(key, required) or nearest(key, known)
        self.tell("unknown-key", (*path, key), key, near, at_key=True, type=cls.__name__)
        return open_[near].name if near in open_ else None

    def fault(self, cls: type[Node], found: Any, tree: Tree, path: Path) -> None:
        """Tell one error of pydantic at its place in the tree."""
        name, *rest = found["loc"]
        field = next((field for field in cls.fields() if field.name == name), None)
        key = field.key if field else str(name)
        raw = tree.get(key)
        at: Path = (*path, key)
        if isinstance(raw, list):
            if field is not None and not field.many and not isinstance(field.kind, kinds.TextsKind):
                self.tell("not-one-value", at)
                return
            at = (*at, *(step for step in rest if isinstance(step, int)))
        told = problem_of(cls, found["type"], found.get("ctx", {}), (key,))
        if told.code == "missing" and field is not None:
            # A person looks for the words of the header; the key stands before the text.
            label = {tag: field_label(cls, field, tag) for tag in LANGUAGES}
            told = replace(told, params={"label": label})
        language = _faulty(field, raw, told.code)
        at = (*at, *language)
        value = told.value
        if value is None and told.code != "missing":
            value = shown(raw) if raw is not None else None
        # Of a key without a value the value has no place; the key of a text is its language.
        is_left_empty = told.code == "missing" and key in tree
        at_key = is_left_empty or (told.code == "invalid-language" and bool(language))
        self.tell(told.code, at, value, told.hint, at_key=at_key, **dict(told.params))

    def normalised(
        self, node: Node, tree: Mapping[str, Tree], path: Path, owner: type[Node]
    ) -> None:
        """Say which values were written otherwise than they are kept, in a record of class `owner`.

        Most values are kept as they stand: they cost one comparison.
        """
        by_key = type(node).by_key()
        for key, raw in tree.items():
            field = by_key.get(key)
            if field is None or raw is None:
                continue
            kind, held = field.kind, getattr(node, field.name)
            if isinstance(kind, kinds.ValueKind) and isinstance(node, Statement):
                # The value takes the form of the field that the statement speaks about, later.
                stated = owner.by_key().get(node.property)
                kind, held = stated.kind if stated else kind, None
            elif isinstance(raw, str) and held == raw:
                continue
            for steps, original, value in changes(kind, raw, held):
                self.tell("normalised", (*path, key, *steps), value, original=original)
        if isinstance(node, Record) and isinstance(tree.get("id"), str):
            for _, original, value in changes(kinds.IdKind(), tree["id"], node.id):
                self.tell("normalised", (*path, "id"), value, original=original)


def _faulty(field: Field | None, raw: Tree, code: str) -> Path:
    """The language of a text that is at fault, where the text has languages."""
    kind = field.kind if field is not None else None
    if isinstance(kind, (kinds.TextKind, kinds.TextsKind)) and isinstance(raw, dict):
        for tag, string in raw.items():
            try:
                kind.parse({tag: string})
            except InvalidValue as error:
                if error.code == code:
                    return (tag,)
    return ()


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that a mistyped one resembles, whatever the case."""
    folded = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), list(folded), 1)
    return folded[near[0]] if near else None
