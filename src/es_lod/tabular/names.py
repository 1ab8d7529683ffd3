"""References by name: in tables people write „Fundacja Przykład” or a NIP rather than an id."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, Quad

from es_lod.iris import fold, is_absolute, is_id
from es_lod.model import Field, Record, find, record_classes
from es_lod.model.misfit import Misfit
from es_lod.model.strings import KrsKind, NipKind, RegonKind

Identity: TypeAlias = str | Callable[[], str | None]
"""An id, or what makes one once all names are known."""

LOOKED_THROUGH: Final = 2000
"""Among how many names, or ids, a right one is looked for."""
_HINTED: Final = 100
"""For how many wrong ones: each takes some milliseconds, and a whole file may be missing."""


class Nearest:
    """The right word that each of the first wrong ones is nearest to."""

    def __init__(self) -> None:
        self._found: dict[str, str | None] = {}

    def of(self, wrong: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
        """The nearest of the known words; none for too many wrong ones."""
        if wrong not in self._found and len(self._found) < _HINTED:
            near = get_close_matches(wrong, list(known), 1, cutoff)
            self._found[wrong] = near[0] if near else None
        return self._found.get(wrong)


def is_name(written: str) -> bool:
    """Whether a reference is a name or a number rather than an id or an IRI."""
    return not is_absolute(written) and (written.isdigit() or not is_id(written))


def keys_of(written: str) -> Iterator[str]:
    """How a name or a number is looked for; numbers also with the zeros that Excel dropped."""
    folded = fold(written)
    digits = folded.removeprefix("pl")
    if folded:  # marks alone are no name
        yield folded
    if digits.isdigit():
        yield digits
        if len(digits) < 10:
            yield digits.zfill(10)
        if len(digits) == 14 and digits.endswith("00000"):
            yield digits[:9]


def called(cls: type[Record], tree: Mapping[str, Any]) -> Iterator[str]:
    """What a record is called: its title in each language, and its numbers in registers."""
    for field in cls.fields():
        if _calls(cls, field):
            value = tree.get(field.key)
            for text in value.values() if isinstance(value, Mapping) else (value,):
                if isinstance(text, (str, int)):
                    yield str(text)


@cache
def _predicates() -> frozenset[str]:
    return frozenset(
        str(field.property)
        for cls in record_classes().values()
        for field in cls.fields()
        if _calls(cls, field)
    )


def _calls(cls: type[Record], field: Field) -> bool:
    return field.name == cls.title or isinstance(field.kind, KrsKind | NipKind | RegonKind)


_CHAIN: Final = 20
"""How many records without an id may be named for one another: each needs the next one's name."""


class Names:
    """Which records are called so; only names that are asked for are kept."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._found: dict[str, list[Identity]] = {}
        for written in wanted:
            # Several names with commas between them are told with the right mark.
            for name in (written, *(written.split(",") if "," in written else ())):
                for key in keys_of(name):
                    self._found.setdefault(key, [])
        self._seen: dict[str, str] = {}
        self._nearest = Nearest()
        self._made: dict[int, str | None] = {}
        self._depth = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    def note(self, names: Iterable[str], identity: Identity) -> None:
        """Note what a record is called."""
        keys: dict[str, None] = {}
        for name in names:
            keys |= dict.fromkeys(keys_of(name))
            if len(self._seen) < LOOKED_THROUGH and re.search("[^0-9]", name):
                self._seen.setdefault(fold(name), name)
        for key in keys:
            if key in self._found:
                self._found[key].append(identity)

    def note_quad(self, quad: Quad) -> None:
        """Note what a triple calls its subject."""
        if quad.predicate.value in _predicates() and isinstance(quad.object, Literal):
            self.note((quad.object.value,), str(getattr(quad.subject, "value", "")))

    def note_tree(self, tree: Any) -> None:
        """Note the records of a document's tree, nested ones too."""
        if isinstance(tree, list):
            for item in tree:
                self.note_tree(item)
        elif isinstance(tree, dict):
            cls = find(str(tree.get("type")))
            if cls is not None and isinstance(tree.get("id"), str):
                self.note((tree["id"], *called(cls, tree)), tree["id"])
            for value in tree.values():
                if isinstance(value, (dict, list)):
                    self.note_tree(value)

    def resolved(self, written: str) -> str:
        """The id that a reference means; a `Misfit` where no or no single record is called so."""
        if not is_name(written):
            return written
        identities = next((found for key in keys_of(written) if (found := self._ids(key))), [])
        if written in identities:
            return written
        if len(identities) == 1:
            return identities[0]
        if identities:
            return Misfit(written, "ambiguous-name", ", ".join(identities[:3]))
        if "," in written and all(self._means(part) for part in written.split(",")):
            several = "; ".join(part.strip() for part in written.split(","))
            return Misfit(written, "unknown-name", several)
        near = self._nearest.of(fold(written), self._seen, 0.7)
        return Misfit(written, "unknown-name", self._seen[near] if near else None)

    def _means(self, written: str) -> bool:
        """Whether a part of a reference is one itself, as far as can be told."""
        written = written.strip()
        return not is_name(written) or any(self._ids(key) for key in keys_of(written))

    def _ids(self, key: str) -> list[str]:
        ids: dict[str, None] = {}
        for identity in self._found.get(key, ()):
            if isinstance(identity, str):
                ids[identity] = None
            elif made := self._id_of(identity):
                ids[made] = None
        # A record of an RDF input is known by its IRI, one of a table by its id.
        local = {id_ for id_ in ids if not is_absolute(id_)}
        return [id_ for id_ in ids if id_ in local or id_.rpartition("/")[2] not in local]

    def _id_of(self, identity: Callable[[], str | None]) -> str | None:
        """The id that is made for a record, once: a unit's is made from that of its operator.

        None while it is being made, and for what hangs on a longer chain of such records.
        """
        key = id(identity)
        if key not in self._made and self._depth < _CHAIN:
            self._made[key] = None
            self._depth += 1
            self._made[key] = identity()
            self._depth -= 1
        return self._made.get(key)
