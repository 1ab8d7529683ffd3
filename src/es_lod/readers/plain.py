"""Records that are plainly right: all of their values stand as they are written.

A record of a document is looked at once, by what is prepared for its outline. Where all is as the
model would hold it, nothing can be told of it alone, and neither it nor the places of its values
need to be built. Everything else takes the way of `documents.Builder`, which knows what to say.
"""

from typing import NamedTuple, Protocol, cast

from es_lod.model import Record, find
from es_lod.model.built import node
from es_lod.model.outline import Outline, Told, Values, outlined
from es_lod.model.settled import settled
from es_lod.personal import may_hold_pesel
from es_lod.readers.documents import Builder
from es_lod.readers.entries import Entry, Tree, repeated
from es_lod.readers.looks import Pairs, given, look_at_record, split
from es_lod.readers.origins import Origin
from es_lod.values import DEFAULT_LANGUAGE


class Place(Protocol):
    """Where a plain record stands."""

    @property
    def base(self) -> str | None:
        """The base that the document states."""

    @property
    def language(self) -> str:
        """The language of its texts."""

    def entry(self, number: int, text: str) -> Entry:
        """The record as an entry, which knows the places of its values."""

    def plain(self, number: int, text: str) -> "Plain":
        """The record as it was looked at."""


class Where(NamedTuple):
    """Where a plain record stands, and enough to build it anew."""

    place: Place
    number: int
    text: str

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.place.entry(self.number, self.text), ())

    @property
    def record(self) -> Record:
        """The record, built anew."""
        return Builder(self.origin.entry, {}).records()[0].record


class Plain(NamedTuple):
    """A record that is plainly right: in normal form, as its document has it.

    `number` and `text` are for `place`: a line and what stands in it. Without a text the place
    holds all that is known.
    """

    outline: Outline
    values: Values
    place: Place
    number: int = 0
    text: str = ""

    @property
    def broken(self) -> bool:
        """Whether something of it was left out: never."""
        return False

    @property
    def cls(self) -> type[Record]:
        """The class of the record."""
        return cast("type[Record]", self.outline.cls)

    @property
    def id(self) -> str:
        """The id of the record."""
        return str(self.values[self.outline.id_at])

    @property
    def record(self) -> Record:
        """The record, built anew each time."""
        return cast("Record", node(self.outline, self.values, self.place.language))

    @property
    def where(self) -> Where:
        """Where it stands."""
        return Where(self.place, self.number, self.text)

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return self.where.origin


def told(record: Record | Plain) -> tuple[Outline, Values, str]:
    """What templates take: a record by outline and values, and the language of plain strings."""
    if isinstance(record, Plain):
        return record.outline, record.values, record.place.language
    return *outlined(record), DEFAULT_LANGUAGE


def held(record: Record | Plain) -> Told:
    """A record by outline and values as it holds them; what is plainly right is not built."""
    return settled(*told(record)) if isinstance(record, Plain) else outlined(record)


class Alone(NamedTuple):
    """The place of a record that is an entry already."""

    known: Entry
    base: str | None
    language: str

    def entry(self, number: int, text: str) -> Entry:  # noqa: ARG002  # as `Place` has it
        """The entry."""
        return self.known

    def plain(self, number: int, text: str) -> Plain:  # noqa: ARG002  # as above
        """The record of the entry, looked at again."""
        found = plain(self.known)
        if found is None:
            raise ValueError(self.known)
        return found


def plain(entry: Entry) -> Plain | None:
    """The record of an entry, where it is plainly right."""
    if entry.is_partial or entry.excused or entry.is_rdf:
        return None
    try:
        pairs = _pairs(entry.tree)
        seen = repr(pairs).encode()
    except (RecursionError, UnicodeEncodeError, TypeError):  # too deep; an unpaired surrogate
        return None
    if may_hold_pesel(seen):
        return None
    found = plainly(pairs, entry.language)
    if found is None and b"None" in seen:
        found = plainly_given(pairs, entry.language)
    if found is None:
        return None
    outline, values = found
    return Plain(outline, values, Alone(entry, entry.base, entry.language))


def _pairs(tree: Tree) -> Pairs:
    # Most values are strings: to ask here is twice as fast as to call for each of them.
    if isinstance(tree, dict):
        pairs = [
            (key, value if type(value) is str else _pairs(value)) for key, value in tree.items()
        ]
        # A key that stands twice is twice here, too: no outline has it.
        return tuple(pairs + [(key, False) for key in repeated(tree)])
    if isinstance(tree, list):
        return [item if type(item) is str else _pairs(item) for item in tree]
    if isinstance(tree, str) and type(tree) is not str:
        raise TypeError  # a `Misfit`: a cell that is no value of its field
    return tree


def plainly(pairs: Pairs, language: str, *, again: bool = False) -> tuple[Outline, Values] | None:
    """Outline and values of a record, where all of them stand as they are written.

    `again` says that they are known to, and are not looked at once more.
    Whether a number of a person is in them the bytes of the source tell: `may_hold_pesel`.
    """
    try:
        keys, values = split(pairs)
        look = look_at_record(keys, values[keys.index("type")])
        found = None if look is None else look.at(values, language, again=again)
    except (TypeError, ValueError):  # another kind of value than the field's
        return None
    return None if look is None or found is None else (look.outline, found)


def plainly_given(
    pairs: Pairs, language: str, *, again: bool = False
) -> tuple[Outline, Values] | None:
    """As `plainly`, without the keys that have no value."""
    try:
        cls = find(dict(pairs)["type"])
        return None if cls is None else plainly(given(pairs, cls), language, again=again)
    except (KeyError, RecursionError, TypeError, ValueError):  # no record of ours
        return None
