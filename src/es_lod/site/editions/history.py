"""What changed since the former edition: told by fingerprints that each site keeps of itself.

`EDITION.json` has for each record the fingerprints of its data, of all that its page shows and of
its files, and the day of the edition in which its data changed last; what was removed; and the
settings, for a server of the folder.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import es_lod
from es_lod import resources
from es_lod.dataset import Dataset
from es_lod.errors import InputError, Location, Problem
from es_lod.formats import FORMATS
from es_lod.iris import is_id
from es_lod.model import Record
from es_lod.serialize import texts
from es_lod.site import addresses
from es_lod.site.edition import Edition, File
from es_lod.site.settings import Settings, stated
from es_lod.values import Text

STATE: Final = "EDITION.json"
"""What the next edition, and a server of the folder, have to know of this one."""


class Prints(NamedTuple):
    """The fingerprints of a record: of its triples, and of all that its page shows."""

    data: str
    page: str


class Known(NamedTuple):
    """What an edition knows of a record; `files` is the fingerprint of its files."""

    data: str
    page: str
    files: str
    changed: str | None


class Removed(NamedTuple):
    """A record that was removed: what it was called, its class, and the day of that edition."""

    name: dict[str, str]
    type: str
    day: str | None


@dataclass(frozen=True)
class History:
    """The records of an edition and what was removed before it."""

    records: Mapping[str, Known] = field(default_factory=dict)
    removed: Mapping[str, Removed] = field(default_factory=dict)
    day: str | None = None
    addresses: tuple[str, str] | None = None
    """Where that edition was, and the base of its records."""

    @classmethod
    def of(cls, site: Path) -> "History":
        """What a former site says of itself: nothing where there is none.

        Raises `InputError` where that cannot be read: what was removed would be forgotten, and the
        feed begin anew on pages that are said never to change.
        """
        path = site / STATE
        if not path.exists():
            return cls()
        try:
            tree = json.loads(path.read_bytes())
            records = {id_: _known(*it) for id_, it in tree["records"].items() if is_id(id_)}
            removed = {id_: _gone(*it) for id_, it in tree["removed"].items() if is_id(id_)}
            day, url, base = _day(tree["day"]), str(tree["url"]), str(tree["base"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            place = Location(str(path))
            raise InputError([Problem("file-unreadable", location=place, text=_DAMAGED)]) from None
        return cls(records, removed, day, (url, base))

    def refuse_earlier(self, day: str | None) -> None:
        """Raise `InputError` where an edition has an earlier day than the former one, or none.

        Harvesters follow the feed by its times.
        """
        if self.day is None or (day is not None and day >= self.day):
            return
        text = {
            "pl": f"Poprzednie wydanie jest z dnia {self.day}; podaj ten dzień albo późniejszy: "
            "opcją --date albo kluczem date w site.yaml.",
            "en": f"The former edition is of {self.day}; give that day or a later one: with the "
            "option --date, or with the key date in site.yaml.",
        }
        code = "missing" if day is None else "invalid-value"
        raise InputError([Problem(code, field="date", value=day, text=text)])

    def changed(self, prints: Mapping[str, Prints], day: str | None) -> dict[str, str | None]:
        """For each record the day of the edition in which its data changed."""
        found: dict[str, str | None] = {}
        for id_, now in prints.items():
            known = self.records.get(id_)
            found[id_] = known.changed if known and known.data == now.data else day
        return found

    def gone(
        self, prints: Mapping[str, Prints], edition: Edition, site: Path
    ) -> dict[str, Removed]:
        """What is removed now, and was before and has not come back, by id."""
        day = edition.settings.date
        found = {id_: gone for id_, gone in self.removed.items() if id_ not in prints}
        for id_ in self.records:
            if id_ not in prints:
                found[id_] = _removed(site, id_, day)
        return dict(sorted(found.items()))


_DAMAGED: Final = {
    "pl": "Ten plik mówi, czym było poprzednie wydanie strony, i jest uszkodzony; przywróć go z "
    "kopii albo, aby zacząć od nowa, wybierz pusty folder.",
    "en": "This file says what the former edition of the site was, and is damaged; restore it from "
    "a copy or, to begin anew, choose an empty folder.",
}


def _known(data: str, page: str, files: str, changed: object) -> Known:
    return Known(str(data), str(page), str(files), _day(changed))


def _gone(name: dict[str, str], type_: str, day: object) -> Removed:
    """Raises `ValueError` for what a tombstone could not show."""
    return Removed(dict(Text(name)) if name else {}, str(type_), _day(day))


def _day(value: object) -> str | None:
    return None if value is None else date.fromisoformat(str(value)).isoformat()


def _removed(site: Path, id_: str, day: str | None) -> Removed:
    """What a former site has of a record."""
    try:
        record = Dataset.load(site / f"{addresses.document(id_)}.nt").find(id_)
    except (InputError, OSError):
        record = None
    return (
        Removed({}, "", day)
        if record is None
        else Removed(dict(getattr(record, record.title)), type(record).__name__, day)
    )


def state(
    settings: Settings, records: Mapping[str, Known], removed: Mapping[str, Removed]
) -> Iterator[bytes]:
    """What the next edition, and a server, have to know of this one, a line a record."""
    about = {"day": settings.date, "url": settings.url, "base": settings.base}
    head = json.dumps(about, ensure_ascii=False).removesuffix("}")
    said = json.dumps(stated(settings), ensure_ascii=False)
    yield f'{head}, "settings": {said}, "records": {{\n'.encode()
    yield from _lines(records)
    yield b'}, "removed": {\n'
    yield from _lines(removed)
    yield b"}}\n"


def _lines(entries: Mapping[str, tuple[Any, ...]]) -> Iterator[bytes]:
    for i, id_ in enumerate(sorted(entries), 1):
        comma = "," if i < len(entries) else ""
        line = json.dumps(entries[id_], ensure_ascii=False)
        yield f"{json.dumps(id_)}: {line}{comma}\n".encode()


def prints(edition: Edition) -> dict[str, Prints]:
    """The fingerprints of the records that have pages.

    A page shows its record, what that refers to and what refers to it, and how these are related:
    all within two steps.
    """
    records = {str(record.id): record for record in edition.dataset}
    data = {id_: _data(record, edition.dataset.base) for id_, record in records.items()}
    near = {id_: _near(edition, record, data) for id_, record in records.items()}
    frame = _frame() + _digest([repr(replace(edition.settings, date=None))])
    return {
        id_: Prints(data[id_], _digest([frame, near[id_], *_around(edition, record, near)]))
        for id_, record in records.items()
        if is_id(id_)
    }


def _data(record: Record, base: str) -> str:
    return _digest([b"".join(texts([record], FORMATS["nt"], base))])


def _near(edition: Edition, record: Record, data: Mapping[str, str]) -> str:
    """A record, and what its neighbours are called and are."""
    id_ = str(record.id)
    links = [*edition.outgoing(record), *edition.incoming(id_)]
    ends = (link.target if link.source == id_ else link.source for link in links)
    names = (_card(edition.dataset.find(end)) for end in ends)
    return _digest([data[id_], *map(repr, links), *names])


def _card(record: Record | None) -> str:
    return repr(record and (type(record).__name__, getattr(record, record.title)))


def _around(edition: Edition, record: Record, near: Mapping[str, str]) -> Iterator[str]:
    id_ = str(record.id)
    for link in edition.outgoing(record):
        yield near.get(link.target, "")
    for link in edition.incoming(id_):
        yield near[link.source]


@cache
def _frame() -> str:
    """The fingerprint of the program: pages depend on its templates, labels and code."""
    return _digest(path.read_bytes() for path in made_with())


def made_with() -> Iterator[Path]:
    """The files of the program, and what it takes its labels from."""
    package = Path(es_lod.__file__).parent
    for folder in (package, resources.folder("ontology"), resources.folder("shapes")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _digest(pieces: Iterable[str | bytes]) -> str:
    """A fingerprint of pieces, as much of SHA-256 as tells records apart."""
    hash_ = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        hash_.update(len(data).to_bytes(8, "big") + data)
    return hash_.hexdigest()[:32]


def files_print(files: Iterable[File]) -> str:
    """The fingerprint of the files of a record."""
    return _digest(part for file in files for part in file)
