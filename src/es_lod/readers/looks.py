"""What is looked at in the values of an outline, prepared once: whether all of them stand.

What is asked of a node is what the model, `documents.Builder` and the ledger ask; a look says yes
only where none of them would say a word.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from types import NoneType
from typing import Any, Final, TypeAlias

from es_lod.iris import slug
from es_lod.model import ContactPoint, Field, Node, Part, Record, find
from es_lod.model.built import in_order, node
from es_lod.model.fields import PartKind
from es_lod.model.kinds import CountKind, DecimalKind, TextKind, TextsKind
from es_lod.model.outline import KEPT, Inner, Outline, Values, parts_of
from es_lod.model.record import naming_word
from es_lod.model.standing import Stands, is_id, stands
from es_lod.model.types import is_plainly_declared
from es_lod.personal import is_personal_email, names_person
from es_lod.values import PartialDate, Text

Pairs: TypeAlias = Any
"""A tree in which mappings are tuples of their pairs: a key that stands twice is there twice."""


def split(pairs: Pairs) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Keys and values of a mapping. Raises `ValueError`, `TypeError`."""
    if type(pairs) is not tuple:
        raise TypeError
    keys, values = zip(*pairs, strict=False)
    return keys, values


def given(tree: Pairs, cls: type[Node]) -> Pairs:
    """A node of a class, and its parts, without the keys of no value; texts keep theirs."""
    if type(tree) is not tuple:
        return tree
    if len({key for key, _ in tree}) < len(tree):
        return tree  # what stands twice no look takes
    empty = "".join(key for key, value in tree if value is None)
    if empty and not (empty.isascii() and empty.isalnum()):
        return tree  # a key of no value may hide a number of a person
    parts = _parts_of(cls)
    return tuple(
        (key, _given_parts(value, parts[key]) if key in parts else value)
        for key, value in tree
        if value is not None
    )


def _given_parts(value: Pairs, cls: type[Part]) -> Pairs:
    return [given(item, cls) for item in value] if type(value) is list else given(value, cls)


@cache
def _parts_of(cls: type[Node]) -> dict[str, type[Part]]:
    """The classes of parts by key."""
    return {field.key: field.kind.part for field in cls.links() if isinstance(field.kind, PartKind)}


class Look:
    """A look at nodes of one outline."""

    def __init__(self, outline: Outline, checks: Sequence[tuple[int, Stands]]) -> None:
        cls = outline.cls
        at = {field.name: n for n, field in outline.declared}
        by_name = {field.name: field for _, field in outline.declared}
        self.outline = outline
        self._checks = tuple(checks)
        self._parts = [
            (n, field, field.kind.part)
            for n, field in enumerate(outline.fields)
            if field is not None and isinstance(field.kind, PartKind)
        ]
        self._periods = [(at[a], at[b]) for a, b in cls.periods if a in at and b in at]
        self._agreeing = _agreeing(cls, at)
        naming = cls.naming if issubclass(cls, Part) else ()
        self._naming = [(at[name], by_name[name]) for name in naming if name in at]
        asked = _PRIVATE.items() if issubclass(cls, ContactPoint) else ()
        self._private = [(at[name], tells) for name, tells in asked if name in at]

    def at(
        self, raw: Values, language: str, prefix: str = "", *, again: bool = False
    ) -> Values | None:
        """The values, with parts as `Inner`; nothing where one does not stand.

        Raises `TypeError` or `ValueError` for some that do not. `prefix` begins the fragments of
        parts. `again` says that all of them are known to stand.
        """
        if again:
            return self._with_parts(raw, language, prefix, again=True) if self._parts else raw
        for n, check in self._checks:
            if not check(raw[n]):
                return None
        for start, end in self._periods:
            if PartialDate(raw[end]).before(raw[start]):
                return None
        for n, tells in self._private:
            if tells(raw[n]):
                return None
        values = self._with_parts(raw, language, prefix) if self._parts else raw
        if self._agreeing == () or values is None:
            return values
        if self._agreeing and all(agrees(raw[n]) for n, agrees in self._agreeing):
            return values
        return None if any(node(self.outline, values, language).conflicts()) else values

    def minted(self, values: Values, field: Field) -> str:
        """The fragment of a part in a field, as `Part.minted`."""
        if not field.many:
            return field.key
        words = (_word(values[n], named) for n, named in self._naming)
        return "-".join([field.key, *filter(None, words)])

    def _with_parts(
        self, raw: Values, language: str, prefix: str, *, again: bool = False
    ) -> Values | None:
        values = [*raw]
        for n, field, cls in self._parts:
            items = raw[n] if field.many and type(raw[n]) is list else [raw[n]]
            parts: list[Inner] = []
            for item in items:
                part = _inner(item, field, cls, language, prefix, again=again)
                if part is None:
                    return None
                parts.append(part)
            if field.required and not parts:
                return None
            values[n] = in_order(parts, language)
        return values if again or prefix or self._are_apart(values) else None

    def _are_apart(self, values: Values) -> bool:
        """Whether the fragments of all parts differ."""
        fragments = [part.fragment for part in parts_of(self.outline, values)]
        return len(set(fragments)) == len(fragments)


def _inner(
    pairs: Pairs, field: Field, cls: type[Part], language: str, prefix: str, *, again: bool
) -> Inner | None:
    keys, raw = split(pairs)
    look = look_at(cls, keys)
    if look is None:
        return None
    fragment = prefix + look.minted(raw, field)
    values = look.at(raw, language, f"{fragment}-", again=again)
    return None if values is None else Inner(fragment, look.outline, values)


def _word(value: Any, field: Field) -> str | None:
    if isinstance(field.kind, TextKind):
        return slug(value) if type(value) is str else naming_word(Text(dict(value)))
    is_one_string = not field.many and not isinstance(field.kind, _WORDLESS)
    return naming_word(value) if is_one_string else None


@lru_cache(maxsize=KEPT)
def look_at_record(keys: tuple[str, ...], type_: str) -> Look | None:
    """The look at records of a type with these keys; nothing where none can be right."""
    cls = find(type_)
    return None if cls is None or "id" not in keys else look_at(cls, keys)


@lru_cache(maxsize=KEPT)
def look_at(cls: type[Node], keys: tuple[str, ...]) -> Look | None:
    """The look at nodes of a class with these keys; nothing where none can be right."""
    by_key = cls.by_key()
    structural = ("id", "type") if issubclass(cls, Record) else ()
    is_known = all(key in by_key or key in structural for key in keys)
    is_whole = all(field.key in keys for field in cls.fields() if field.required)
    if not (is_known and is_whole and len(set(keys)) == len(keys) and _is_plain(cls)):
        return None
    outline = Outline(
        cls, [by_key.get(key) for key in keys], keys.index("id") if structural else -1
    )
    checks = [] if outline.id_at < 0 else [(outline.id_at, is_id)]
    for n, field in enumerate(outline.fields):
        if field is not None and n not in outline.parts:
            check = _check(field)
            if check is None:
                return None
            checks.append((n, check))
    return Look(outline, checks)


def _check(field: Field) -> Stands | None:
    one = stands(field.kind)
    if one is None or not field.many:
        return one
    if isinstance(field.kind, (CountKind, DecimalKind, TextKind, TextsKind)):
        return None  # the order of several is not that of their strings
    look, is_required = one, field.required

    def all_stand(raw: Any) -> object:
        if type(raw) is not list:
            return look(raw)
        if len(raw) == 1:
            return look(raw[0])
        return all(map(look, raw)) if raw else not is_required

    return all_stand


def _is_plain(cls: type[Node]) -> bool:
    """Whether the values of a class are checked by the kinds of its fields alone, and make it."""
    if not is_plainly_declared(cls) or _is_endless(cls):
        return False
    if not issubclass(cls, Part):
        return True
    is_ours = (cls.fragment, cls.minted) == (Part.fragment, Part.minted)
    at = {field.name: field.kind for field in cls.fields()}
    is_ordered = isinstance(at.get("position"), (CountKind, NoneType))
    is_named = all(name in at for name in cls.naming)
    return is_ours and cls.owner_property is None and is_ordered and is_named


def _is_endless(cls: type[Node], *around: type[Node]) -> bool:
    """Whether parts of a class may nest in themselves, deeper than a document may."""
    inner = (field.kind.part for field in cls.links() if isinstance(field.kind, PartKind))
    return cls in around or any(_is_endless(part, cls, *around) for part in inner)


def _agreeing(
    cls: type[Node], at: Mapping[str, int]
) -> Sequence[tuple[int, Callable[[Any], bool]]] | None:
    """The positions of what may contradict beside periods, and which values of it never do.

    None, where a node has to be asked whatever its values are.
    """
    definer = next(c for c in cls.__mro__ if "conflicts" in c.__dict__)
    if definer is Node:
        return ()
    across = definer.__dict__.get("across")
    if across is None:
        return None
    return tuple((at[name], agrees) for name, agrees in across.items() if name in at)


_WORDLESS: Final = (CountKind, DecimalKind, TextsKind)
"""Kinds whose values say nothing in an identifier, though they may be written as strings."""
_PRIVATE: Final = {"email": is_personal_email, "contact_type": names_person}
"""What may tell of a person in a contact."""
