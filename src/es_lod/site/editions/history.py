"""What changed since the former edition: told by fingerprints that each site keeps of itself.

`EDITION.json` has for each record the fingerprints of its data, of all that its page shows and of
its files, and the day of the edition in which its data changed last; what was removed; and the
settings, for a server of the folder.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import es_lod
from es_lod import extensions, resources
from es_lod.dataset import Dataset
from es_lod.errors import InputError, Location, Problem
from es_lod.iris import is_id
from es_lod.site import addresses
from es_lod.site.edition import Edition, File
from es_lod.site.editions.state import STATE, Remembered, Removed, read_state
from es_lod.site.register import Register
from es_lod.site.standing import around, deleted, neighbourhoods
from es_lod.site.survey import PRINT, digest
from es_lod.values import Text

Take = Callable[[Iterator[tuple[str, Remembered]]], object]


@dataclass(frozen=True)
class History:
    """An edition that was, and what was removed before it."""

    removed: Mapping[str, Removed] = field(default_factory=dict)
    day: str | None = None
    addresses: tuple[str, str] | None = None
    """Where that edition was, and the base of its records."""
    spread: bool = False
    """Whether its files of records are spread over folders."""
    file: tuple[int, int] | None = None
    """Which file says so, by its number on the disk and its time."""
    made: Mapping[str, Any] = field(default_factory=dict)
    """What its downloads were made of, as it says: `Made.told`."""

    @classmethod
    def of(cls, site: Path, take: Take | None = None) -> "History":
        """What a former site says of itself: nothing where there is none.

        `take` is given its records, one by one. Raises `InputError` where it is damaged: what was
        removed would be forgotten, and the feed begin anew on pages that are said never to change.
        """
        path = site / STATE
        if not path.exists():
            return cls()
        try:
            with path.open("rb") as file:
                told_by = _which(os.fstat(file.fileno()))
                head, records, gone = read_state(file)
                day, url, base = _day(head["day"]), str(head["url"]), str(head["base"])
                known = ((id_, _known(*it)) for id_, it in records if is_id(id_))
                (take or partial(deque, maxlen=0))(known)
                removed = {id_: _gone(*it) for id_, it in gone if is_id(id_)}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            place = Location(str(path))
            raise InputError([Problem("file-unreadable", location=place, text=_DAMAGED)]) from None
        made = head.get("made")
        spread, made = head.get("spread") is True, made if isinstance(made, dict) else {}
        return cls(removed, day, (url, base), spread, told_by, made)

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

    def refuse_another(self, site: Path) -> None:
        """Raise `InputError` where another edition has come to be since this one was read.

        What that removed would be forgotten, and its changes would not be in the feed.
        """
        path = site / STATE
        if self.file != (_which(path.stat()) if path.exists() else None):
            text = {
                "pl": "Inne polecenie publish zapisało tymczasem ten folder; uruchom to polecenie "
                "jeszcze raz.",
                "en": "Another publish has meanwhile written this folder; run this one again.",
            }
            raise InputError([Problem("file-unwritable", location=Location(str(site)), text=text)])

    def gone(self, register: Register, site: Path, day: str | None) -> dict[str, Removed]:
        """What is removed now, and was before and has not come back, by id."""
        known = self.removed.items()
        found = {id_: gone for id_, gone in known if not register.is_here(id_)}
        found |= {id_: self._removed(site, id_, day) for id_ in deleted(register)}
        return dict(sorted(found.items()))

    def _removed(self, site: Path, id_: str, day: str | None) -> Removed:
        """What a former site has of a record."""
        triples = addresses.place(f"{addresses.document(id_)}.nt", spread=self.spread)
        try:
            record = Dataset.load(site / triples).find(id_)
        except (InputError, OSError):
            record = None
        return (
            Removed({}, "", day)
            if record is None
            else Removed(dict(getattr(record, record.title)), type(record).__name__, day)
        )


_DAMAGED: Final = {
    "pl": "Ten plik mówi, czym było poprzednie wydanie strony, i jest uszkodzony; przywróć go z "
    "kopii albo, aby zacząć od nowa, wybierz pusty folder.",
    "en": "This file says what the former edition of the site was, and is damaged; restore it from "
    "a copy or, to begin anew, choose an empty folder.",
}


def _which(file: os.stat_result) -> tuple[int, int]:
    return file.st_ino, file.st_mtime_ns


def _known(data: str, page: str, files: str, changed: object) -> Remembered:
    read = bytes.fromhex
    return Remembered(read(data), read(page), read(files), _day(changed))


def _gone(name: dict[str, str], type_: str, day: object) -> Removed:
    """Raises `ValueError` for what a tombstone could not show, or no edition could write again."""
    if type_ and not type_.isidentifier():
        raise ValueError(type_)
    return Removed(dict(Text(name)) if name else {}, type_, _day(day))


def _day(value: object) -> str | None:
    return None if value is None else date.fromisoformat(str(value)).isoformat()


def prints(edition: Edition) -> Iterator[bytes]:
    """The fingerprints of what the pages of the records show, in the order of the dataset.

    A page shows its record, what that refers to and what refers to it, and how these are related:
    all within two steps.
    """
    register = edition.register
    near = b"".join(_near(*told) for told in neighbourhoods(register))
    around_all = frame() + digest([repr(replace(edition.settings, date=None, spread=None))]).hex()
    for n, ends in around(register):
        beside = (near[end * PRINT : (end + 1) * PRINT] for end in ends)
        yield digest([around_all, near[n * PRINT : (n + 1) * PRINT], *beside])


def _near(data: bytes, links: Iterable[tuple[Any, ...]]) -> bytes:
    """A record, and what its neighbours are called and are."""
    return digest([data, *map(repr, links)])


@cache
def frame() -> str:
    """The fingerprint of the program: pages depend on its templates, labels and code."""
    return digest(path.read_bytes() for path in made_with()).hex()


def made_with() -> Iterator[Path]:
    """The files of the program and its extensions, and what these take their labels from."""
    own = (Path(es_lod.__file__).parent, resources.folder("ontology"), resources.folder("shapes"))
    for place in (*own, *extensions.places()):
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix != ".pyc":
                yield path


def files_print(files: Iterable[File]) -> bytes:
    """The fingerprint of the files of a record."""
    return digest(part for file in files for part in file)
