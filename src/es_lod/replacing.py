"""Files and folders that take their place only when they are whole."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from es_lod.errors import InputError, Location, Problem


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A file that takes its place under its name only when the block ends without an error.

    Written beside its place, with the permissions of the file that it replaces, or of a new one.
    Raises `InputError` where it cannot be written.
    """
    target = Path(path)
    try:
        target = target.resolve()  # what a link leads to is written, the link stays
        mode = _mode(target)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except (OSError, ValueError, RuntimeError) as error:  # links in a circle are the last
        raise InputError([unwritable(target, error)]) from None
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(mode)
        beside.replace(target)
    except OSError as error:  # a full disk, a folder that somebody took away
        raise InputError([unwritable(target, error)]) from None
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replacing_folder(
    path: str | Path, stranger: Callable[[Path], Path | None] | None = None
) -> Iterator[Path]:
    """A folder that takes its place only when the block ends without an error.

    What it replaces may hold only what was made by us: stale tables would be read as data, and
    nothing else of the user's is touched. `stranger` finds what is not ours in it; without it, all
    but tables. Raises `InputError` where the folder is not ours, or cannot be written.
    """
    target = unoccupied(path, stranger or _no_table)
    try:
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise InputError([unwritable(target, error)]) from None
    try:
        yield beside
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o777 & ~mask)
        _swap(beside, target)
    except OSError as error:  # a full disk, a folder that somebody took away
        raise InputError([unwritable(target, error)]) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def unoccupied(path: str | Path, stranger: Callable[[Path], Path | None]) -> Path:
    """The folder that may be replaced; raises `InputError` where it holds what is not ours."""
    target = Path(path)
    try:
        target = target.resolve()
        found = stranger(target) if target.exists() else None
    except (OSError, ValueError, RuntimeError) as error:  # links in a circle are the last
        raise InputError([unwritable(target, error)]) from None
    if found is not None:
        name = found.relative_to(target).as_posix()
        raise InputError([Problem("folder-occupied", value=name, location=Location(str(target)))])
    return target


def _swap(beside: Path, target: Path) -> None:
    """Put a folder in the place of another, which comes back where that fails."""
    former = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    kept = former / target.name
    try:
        if target.exists():
            target.replace(kept)
        beside.replace(target)
    except OSError as error:
        if kept.exists():
            kept.replace(target)
        raise InputError([unwritable(target, error)]) from None
    finally:
        if target.exists() or not kept.exists():  # never the only copy
            shutil.rmtree(former, ignore_errors=True)


def _no_table(folder: Path) -> Path | None:
    from es_lod.tabular.write import FILES

    strangers = (c for c in sorted(folder.iterdir()) if c.name not in FILES or not c.is_file())
    return next(strangers, None)


def _mode(target: Path) -> int:
    """The permissions that a file has, or gets. Raises `OSError` for what is no file."""
    if not target.exists():
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not target.is_file():
        raise OSError(0, "not a regular file")
    return stat.S_IMODE(target.stat().st_mode)


def unwritable(target: Path, error: Exception) -> Problem:
    """What is told of an output that the system does not let us write."""
    params = {"reason": getattr(error, "strerror", None) or str(error)}
    return Problem("file-unwritable", location=Location(str(target)), params=params)
