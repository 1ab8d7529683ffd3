"""What inputs are named: files, the files of folders, streams. Nothing of them is read here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from es_lod import formats
from es_lod.errors import InputError, Location, Problem
from es_lod.formats import Format
from es_lod.readers.meter import Meter

_BESIDE: Final = re.compile(r"context\.jsonld|.+\.schema\.json")
"""Files that `es-lod new` makes beside records: no records, though their suffix says so."""
SETTINGS: Final = "site.yaml"
"""A file of this name in a folder is the settings of its site, not records."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or a stream with a name for messages."""

    name: str
    format: Format
    stream: BinaryIO | None = None
    meter: Meter | None = field(default=None, compare=False)

    def open(self) -> BinaryIO:
        """Open it for reading. Raises `InputError` where it cannot be opened."""
        if self.stream is not None:
            return self.stream
        try:
            opened = Path(self.name).open("rb")  # noqa: SIM115  # who asks for it closes it
        except FileNotFoundError:
            raise InputError([Problem("file-not-found", location=Location(self.name))]) from None
        except OSError as error:
            raise InputError([unreadable(self.name, error)]) from None
        if self.meter is not None:
            self.meter.opened(self.name, opened)
        return opened


def unreadable(name: str, error: OSError) -> Problem:
    """What is told of an input that the system does not let us read."""
    params = {"reason": error.strerror or type(error).__name__}
    return Problem("file-unreadable", location=Location(name), params=params)


def sources(path: str | Path) -> Iterator[Source | Problem]:
    """The inputs that a path names: a file of a known suffix, or the files of a folder.

    A folder is one dataset, not recursive, by file name; files of other kinds are told.
    Raises `InputError` for what is not there, is of unknown kind, or has nothing to read.
    """
    path = Path(path)
    try:
        is_folder, is_special = path.is_dir(), path.exists() and not path.is_file()
    except (OSError, ValueError) as error:
        reason = OSError(getattr(error, "errno", None), getattr(error, "strerror", str(error)))
        raise InputError([unreadable(str(path), reason)]) from None
    if not is_folder:
        if is_special:
            raise InputError([unreadable(str(path), OSError(0, "not a regular file"))])
        yield Source(str(path), _format(path))
        return
    found = False
    try:
        children = sorted(c for c in path.iterdir() if not c.is_dir() or _has_data(c))
    except OSError as error:
        raise InputError([unreadable(str(path), error)]) from None
    for child in children:
        is_data = child.is_file() and not _BESIDE.fullmatch(child.name)
        format_ = formats.of_path(child) if is_data else None
        # A file that Excel has open lies beside another, whose name begins with `~$`.
        if child.name == SETTINGS or child.name.startswith((".", "~$")):
            continue
        if format_ is None:
            kind = "".join(child.suffixes[-2:]) or child.name
            kind = f"{child.name}/" if child.is_dir() else kind
            yield Problem("file-skipped", value=kind, location=Location(str(child)))
        else:
            found = True
            yield Source(str(child), format_)
    if not found:
        known = {"known": formats.KNOWN}
        raise InputError([Problem("empty-folder", location=Location(str(path)), params=known)])


def _has_data(folder: Path) -> bool:
    """Whether a folder within a folder, which is not read, has what could be data."""
    try:
        return any(
            formats.of_path(child) and not _BESIDE.fullmatch(child.name)
            for child in folder.iterdir()
        )
    except OSError:
        return False


def _format(path: Path) -> Format:
    format_ = formats.of_path(path)
    if format_ is not None:
        return format_
    code = "unknown-suffix" if path.exists() else "file-not-found"
    place = Location(str(path))
    raise InputError(
        [
            Problem(
                code,
                value=path.suffix or path.name,
                location=place,
                params={"known": formats.KNOWN},
            )
        ]
    )


Input: TypeAlias = str | Path | Source
"""A file, a folder, or a stream."""
