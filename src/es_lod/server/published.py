"""A published folder: its settings, and whether another edition has taken its place."""

from pathlib import Path
from typing import NamedTuple

from es_lod.site.addresses import MANIFEST
from es_lod.site.editions.state import STATE


class Stamp(NamedTuple):
    """What tells editions in one place apart: a file that changed is another file."""

    inode: int
    modified: int
    size: int


Stamps = tuple[Stamp, ...]


def stamp(site: Path) -> Stamps:
    """The stamps of the edition that is there now. Raises `OSError` where there is none.

    `MANIFEST.json` changes with the data, `EDITION.json` with the settings.
    """
    told = ((site / name).stat() for name in (MANIFEST, STATE))
    return tuple(Stamp(t.st_ino, t.st_mtime_ns, t.st_size) for t in told)


def is_published(folder: Path) -> bool:
    """Whether a folder is a published site."""
    return (folder / MANIFEST).is_file()
