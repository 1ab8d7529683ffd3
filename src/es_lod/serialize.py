"""Writing records as RDF: record by record, and into place only when all is written."""

import io
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pyoxigraph import Literal, Quad, RdfFormat
from pyoxigraph import serialize as serialize_rdf

from es_lod.context import prefixes
from es_lod.errors import InputError, Location, Problem
from es_lod.formats import FORMATS, GRAPHS, WRITTEN, Format, of_path
from es_lod.model import Record
from es_lod.rdf.emit import quads
from es_lod.rdf.jsonld import write_jsonld


def output_format(path: str | Path, name: str | None = None) -> Format:
    """The format to write: by its name, else by the path's suffix; a folder is CSV tables.

    Raises `InputError` for one that is not written, and for a CSV file: tables are several.
    """
    text = str(path)
    found = FORMATS.get(name) if name else of_path(Path(path))
    if name is None and (text.endswith(("/", os.sep)) or (found is None and _is_folder(text))):
        return FORMATS["csv"]
    if found is None or found.name not in WRITTEN:
        raise _unwritten(name or Path(path).suffix or text, WRITTEN, Location(text))
    if found.tabular and of_path(Path(path)) is FORMATS["csv"]:
        params = {"hint": f"{Path(path).with_suffix('')}/"}
        raise InputError([Problem("folder-needed", location=Location(text), params=params)])
    return found


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # no name of anything
        return False


def text_format(name: str) -> Format:
    """The format of a name, where it is text. Raises `InputError`."""
    if name not in GRAPHS:
        raise _unwritten(name, GRAPHS)
    return FORMATS[name]


def _unwritten(value: str, known: tuple[str, ...], place: Location | None = None) -> InputError:
    suffixes = ", ".join(FORMATS[name].suffixes[0] for name in known)
    return InputError(
        [Problem("unknown-suffix", value=value, location=place, params={"known": suffixes})]
    )


def write(
    records: Iterable[Record],
    out: BinaryIO | Path,
    format: Format,
    base: str,
    left_over: Iterable[Quad] = (),
    look: Callable[[Quad], None] | None = None,
) -> None:
    """Write records in normal form, and after them quads that no record carries.

    Our JSON-LD and tables carry records only; CSV goes to a folder, everything else to a stream.
    `left_over` is asked for when the records are written. `look` is called with each triple before
    it is written.
    """
    if isinstance(out, Path) or format.tabular:
        _write_tables(_looked_at(records, base, look), out, base)
        return
    if format.name == "jsonld":
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        write_jsonld(_looked_at(records, base, look), text, base)
        text.detach()
        return
    if format.name == "rdf":
        left_over = _in_xml(left_over)
    write_quads(_statements(records, base, left_over, look), out, format, base)


def write_quads(statements: Iterable[Quad], out: BinaryIO, format: Format, base: str) -> None:
    """Write quads in a format of RDF, with the prefixes of records."""
    rdf_format = getattr(RdfFormat, str(format.rdf))
    names = {**prefixes(), "id": base}
    with _Paragraphs(out) if format.name in ("ttl", "trig") else nullcontext(out) as target:
        serialize_rdf(
            statements if rdf_format.supports_datasets else (quad.triple for quad in statements),
            output=cast("BinaryIO", target),
            format=rdf_format,
            prefixes=names,
        )


def _write_tables(records: Iterable[Record], out: BinaryIO | Path, base: str) -> None:
    from es_lod.tabular.write import write_csv, write_workbook

    if isinstance(out, Path):
        write_csv(records, out, base)
    else:
        write_workbook(records, out, base)


# https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _in_xml(left_over: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of others, refused where XML has no way to write them; ours it can write."""
    for quad in left_over:
        if isinstance(quad.object, Literal) and _NOT_IN_XML.search(quad.object.value):
            value = f"{quad.subject} {quad.predicate}"
            raise InputError([Problem("not-in-xml", value=value)])
        yield quad


class _Paragraphs(io.RawIOBase):
    """Turtle with an empty line before each record; its parts follow it without one.

    The serialiser writes a subject at the beginning of a line and escapes line feeds in strings,
    so that lines can be told apart without parsing.
    """

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._out.write(b"".join(b"\n" * _begins_record(line) + line + b"\n" for line in lines))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._out.write(self._rest)
        super().close()


def _begins_record(line: bytes) -> bool:
    is_subject = line[:1] not in (b"", b"\t", b"@", b"}")
    return is_subject and b"#" not in line.partition(b" ")[0]


def _looked_at(
    records: Iterable[Record], base: str, look: Callable[[Quad], None] | None
) -> Iterator[Record]:
    for record in records:
        if look is not None:
            for quad in quads(record, base):
                look(quad)
        yield record


def _statements(
    records: Iterable[Record],
    base: str,
    left_over: Iterable[Quad],
    look: Callable[[Quad], None] | None,
) -> Iterator[Quad]:
    emitted = (quad for record in records for quad in quads(record, base))
    for quad in chain(emitted, left_over):
        if look is not None:
            look(quad)
        yield quad


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
        raise InputError([_unwritable(target, error)]) from None
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(mode)
        try:
            beside.replace(target)
        except OSError as error:
            raise InputError([_unwritable(target, error)]) from None
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
    target = Path(path)
    try:
        target = target.resolve()
        found = (stranger or _no_table)(target) if target.exists() else None
        if found is not None:
            place = Location(str(target))
            raise InputError([Problem("folder-occupied", value=found.name, location=place)])
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except (OSError, ValueError, RuntimeError) as error:  # links in a circle are the last
        raise InputError([_unwritable(target, error)]) from None
    try:
        yield beside
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o777 & ~mask)
        _swap(beside, target)
    except OSError as error:  # a full disk, a folder that somebody took away
        raise InputError([_unwritable(target, error)]) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


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
        raise InputError([_unwritable(target, error)]) from None
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


def _unwritable(target: Path, error: Exception) -> Problem:
    params = {"reason": getattr(error, "strerror", None) or str(error)}
    return Problem("file-unwritable", location=Location(str(target)), params=params)
