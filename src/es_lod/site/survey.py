"""The survey of a dataset: one look at each record, after which its register answers."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, Final, NamedTuple

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS
from es_lod.iris import is_id
from es_lod.model import Record
from es_lod.model.normal import references
from es_lod.serialize import texts
from es_lod.site.collation import polish_order
from es_lod.site.counts import Counts, of_dates
from es_lod.site.processes import results
from es_lod.site.register import Register, Row
from es_lod.site.towns import slug_of, town
from es_lod.values import Text

_TOGETHER: Final = 2048
"""How many records are looked at as one task."""
PRINT: Final = 16
"""The bytes of a fingerprint: as much of SHA-256 as tells records apart."""


class Survey(NamedTuple):
    """What is known of all records of a dataset."""

    register: Register
    counts: Counts


class _Part(NamedTuple):
    """Rows for the tables of the register, and what was counted."""

    records: list[Row]
    links: list[tuple[Any, ...]]
    days: list[tuple[Any, ...]]
    counts: Counts


def survey(dataset: Dataset, jobs: int = 1) -> Survey:
    """Look at all records; `jobs` processes share the work."""
    register, counts = Register(), Counts()

    def look(number: int) -> _Part:
        begin = number * _TOGETHER
        return _part(begin, dataset.kept.records(begin, begin + _TOGETHER), dataset.base)

    found: dict[int, Counts] = {}
    with closing(results(look, -(-len(dataset) // _TOGETHER), jobs)) as parts:
        for number, part in parts:
            register.add("record", part.records)
            register.add("link", part.links)
            register.add("day", part.days)
            found[number] = part.counts
    for number in sorted(found):  # in the order of the dataset
        counts += found[number]
    register.settle()
    return Survey(register, counts)


def _part(begin: int, records: Iterable[Record], base: str) -> _Part:
    part = _Part([], [], [], Counts())
    for n, record in enumerate(records, begin):
        part.records.append(_row(n, record, base))
        part.links.extend(
            # Keys and fragments take turns: `agenda`, `agenda-dyskusja`, `shows`.
            (n, i, "/".join(path[::2]), target, None)
            for i, (path, _, target) in enumerate(references(record))
        )
        part.days.extend(_days(n, record))
        part.counts.add(record)
    return part


def _row(n: int, record: Record, base: str) -> Row:
    id_, name = str(record.id), getattr(record, record.title)
    where = town(record)
    return Row(
        n=n,
        id=id_,
        cls=type(record).__name__,
        here=is_id(id_),
        names=json.dumps(dict(name), ensure_ascii=False),
        town=where,
        place=where and slug_of(where),
        pl=sort_key(name, "pl"),
        en=sort_key(name, "en"),
        data=digest([b"".join(texts([record], FORMATS["nt"], base))]),
    )


def sort_key(name: Text, language: str) -> str:
    """What names are sorted by, in the Polish order; no text has the sign between its parts."""
    return "\x01".join(polish_order(name.best(language)))


def _days(n: int, record: Record) -> Iterator[tuple[Any, ...]]:
    """The dates of a record's own fields; `again` one that ends on the day that it begins."""
    seen: set[str] = set()
    for i, name in enumerate(of_dates(type(record))):
        if (day := getattr(record, name)) is not None:
            yield n, i, str(day), name, day in seen
            seen.add(day)


def digest(pieces: Iterable[str | bytes]) -> bytes:
    """A fingerprint of pieces."""
    hash_ = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        hash_.update(len(data).to_bytes(8, "big") + data)
    return hash_.digest()[:PRINT]
