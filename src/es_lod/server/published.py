"""A published folder: its settings, and whether another edition has taken its place."""

from pathlib import Path
from typing import NamedTuple

from es_lod.site.addresses import MANIFEST


class Stamp(NamedTuple):
    """What tells editions in one place apart: a new one is another file."""

    inode: int
    modified: int
    size: int


def stamp(site: Path) -> Stamp:
    """The stamp of the edition that is there now. Raises `OSError` where there is none."""
    told = (site / MANIFEST).stat()
    return Stamp(told.st_ino, told.st_mtime_ns, told.st_size)


def is_published(folder: Path) -> bool:
    """Whether a folder is a published site."""
    return (folder / MANIFEST).is_file()
