"""Writing records as RDF: record by record, and into place only when all is written."""

import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple
from pyoxigraph import serialize as serialize_rdf

from es_lod.context import prefixes
from es_lod.errors import InputError, Location, Problem
from es_lod.formats import FORMATS, WRITTEN, Format, of_path
from es_lod.model import Record
from es_lod.rdf.emit import triples
from es_lod.rdf.jsonld import write_jsonld


def output_format(path: str | Path, name: str | None = None) -> Format:
    """The format to write: by its name, else by the path's suffix. Raises `InputError`."""
    found = FORMATS.get(name) if name else of_path(Path(path))
    if found is None or found.name not in WRITTEN:
        known = ", ".join(suffix for known in WRITTEN for suffix in FORMATS[known].suffixes[:1])
        value = name or Path(path).suffix or str(path)
        place = Location(str(path))
        raise InputError(
            [Problem("unknown-suffix", value=value, location=place, params={"known": known})]
        )
    return found


def write(
    records: Iterable[Record],
    out: BinaryIO,
    format: Format,
    base: str,
    left_over: Iterable[Quad] = (),
) -> None:
    """Write records in normal form, and after them quads that no record carries.

    Our JSON-LD carries records only. `left_over` is looked at when the records are written.
    """
    if format.name == "jsonld":
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        write_jsonld(records, text, base)
        text.detach()
        return
    rdf_format = getattr(RdfFormat, str(format.rdf))
    names = {**prefixes(), "id": base}
    serialize_rdf(
        _quads(records, base, left_over)
        if rdf_format.supports_datasets
        else _triples(records, base, left_over),
        output=out,
        format=rdf_format,
        prefixes=names,
    )


def _triples(records: Iterable[Record], base: str, left_over: Iterable[Quad]) -> Iterator[Triple]:
    for record in records:
        yield from triples(record, base)
    for quad in left_over:
        yield quad.triple


def _quads(records: Iterable[Record], base: str, left_over: Iterable[Quad]) -> Iterator[Quad]:
    for triple in _triples(records, base, ()):
        yield Quad(triple.subject, triple.predicate, triple.object)
    yield from left_over


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A file that takes its place under its name only when the block ends without an error.

    Written beside its place, with the permissions a new file gets. Raises `InputError` where it
    cannot be written.
    """
    target = Path(path)
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError([_unwritable(target, error)]) from None
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o666 & ~mask)
        try:
            beside.replace(target)
        except OSError as error:
            raise InputError([_unwritable(target, error)]) from None
    finally:
        beside.unlink(missing_ok=True)


def _unwritable(target: Path, error: OSError) -> Problem:
    params = {"reason": error.strerror or type(error).__name__}
    return Problem("file-unwritable", location=Location(str(target)), params=params)
