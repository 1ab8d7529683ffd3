"""What an edition writes down of itself for the next one and for a server: `EDITION.json`.

Its first line says what the site is; a line each has a record, or one that was removed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias

from es_lod.site.settings import Settings, stated

STATE: Final = "EDITION.json"
"""What the next edition, and a server of the folder, have to know of this one."""


class Remembered(NamedTuple):
    """What an edition remembers of a record.

    The fingerprints of its triples, of all that its page shows, and of its files; and the day of
    the edition in which its data changed last.
    """

    data: bytes
    page: bytes
    files: bytes
    changed: str | None


class Removed(NamedTuple):
    """A record that was removed: what it was called, its class, and the day of that edition."""

    name: dict[str, str]
    type: str
    day: str | None


_Entries: TypeAlias = Iterable[tuple[str, Any]]
_OPEN: Final = b'"records": {\n'
_REMOVED: Final = b'}, "removed": {\n'
_END: Final = b"}}\n"


def state(
    settings: Settings,
    records: Iterable[tuple[str, Remembered]],
    removed: Mapping[str, Removed],
    *,
    spread: bool,
    made: Mapping[str, Any],
) -> Iterator[bytes]:
    """What the next edition, and a server, have to know of this one, a line a record."""
    about: dict[str, Any] = {"day": settings.date, "url": settings.url, "base": settings.base}
    if spread:
        about["spread"] = True
    about["made"] = made
    head = json.dumps(about, ensure_ascii=False).removesuffix("}")
    said = json.dumps(stated(settings), ensure_ascii=False)
    yield f'{head}, "settings": {said}, '.encode() + _OPEN
    told = ((id_, (*(print_.hex() for print_ in it[:3]), it.changed)) for id_, it in records)
    yield from _lines(told)
    yield _REMOVED
    yield from _lines(removed.items())
    yield _END


def _lines(entries: Iterable[tuple[str, tuple[Any, ...]]]) -> Iterator[bytes]:
    comma = ""
    for id_, entry in entries:
        line = json.dumps(entry, ensure_ascii=False)
        yield f"{comma}{json.dumps(id_)}: {line}".encode()
        comma = ",\n"
    if comma:
        yield b"\n"


def read_state(file: BinaryIO) -> tuple[dict[str, Any], _Entries, _Entries]:
    """What stands around the records, these, and what was removed, as it is written there.

    Line by line as we write it; all at once where a program put it into another form.
    """
    first = file.readline()
    if first.endswith(_OPEN):
        return json.loads(first + b"}}"), _entries(file, _REMOVED), _entries(file, _END)
    tree = {**json.loads(first + file.read())}  # raises `TypeError` for what is no object
    return tree, _items(tree, "records"), _items(tree, "removed")


def _items(tree: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    """The entries below a key, which need not be there until they are asked for."""
    yield from tree[key].items()


def _entries(file: BinaryIO, end: bytes) -> Iterator[tuple[str, list[Any]]]:
    """The entries that stand up to a line, one in each."""
    for line in file:
        if line == end:
            return
        yield from json.loads(b"{" + line.rstrip(b",\n") + b"}").items()
    raise ValueError(end)
