"""The survey of a dataset: one look at each record, after which its register answers."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, Final, NamedTuple, cast

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS
from es_lod.iris import is_id
from es_lod.model import Record
from es_lod.model.outline import Told
from es_lod.readers.plain import Plain, held
from es_lod.serialize import texts
from es_lod.site.collation import polish_order
from es_lod.site.counts import Counts, of_dates
from es_lod.site.processes import results
from es_lod.site.register import Register, Row
from es_lod.site.towns import slug_of, town_of
from es_lod.validate.links import links
from es_lod.values.text import chosen

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
        return _part(begin, dataset.kept.unbuilt(begin, begin + _TOGETHER), dataset.base)

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


def _part(begin: int, records: Iterable[Record | Plain], base: str) -> _Part:
    part = _Part([], [], [], Counts())
    for n, record in enumerate(records, begin):
        told = held(record)
        part.records.append(_row(n, told, digest(texts([record], FORMATS["nt"], base))))
        part.links.extend(
            # Keys and fragments take turns: `agenda`, `agenda-dyskusja`, `shows`.
            (n, i, "/".join(map(str, path[::2])), target, None)
            for i, (target, path) in enumerate(links(*told))
        )
        part.days.extend(_days(n, told))
        part.counts.add(told)
    return part


def _row(n: int, told: Told, data: bytes) -> Row:
    cls = cast("type[Record]", told.outline.cls)
    id_, name = told.id, dict(told.get(cls.title))
    where = town_of(told)
    return Row(
        n=n,
        id=id_,
        cls=cls.__name__,
        here=is_id(id_),
        names=json.dumps(name, ensure_ascii=False),
        town=where,
        place=where and slug_of(where),
        pl=sort_key(name, "pl"),
        en=sort_key(name, "en"),
        data=data,
    )


def sort_key(name: Mapping[str, str], language: str) -> str:
    """What names are sorted by, in the Polish order; no text has the sign between its parts."""
    return "\x01".join(polish_order(chosen(name, language)[1]))


def _days(n: int, told: Told) -> Iterator[tuple[Any, ...]]:
    """The dates of a record's own fields; `again` one that ends on the day that it begins."""
    seen: set[str] = set()
    for i, name in enumerate(of_dates(told.outline.cls)):
        if (day := told.get(name)) is not None:
            yield n, i, str(day), name, day in seen
            seen.add(day)


def digest(pieces: Iterable[str | bytes]) -> bytes:
    """A fingerprint of pieces."""
    told: list[bytes] = []
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        told += (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(told)).digest()[:PRINT]
