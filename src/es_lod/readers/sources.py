"""What inputs hold: documents, tables, RDF, opened and told apart."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias, cast

from pyoxigraph import Quad

from es_lod import formats
from es_lod.errors import InputError, Location, Problem
from es_lod.namespaces import CONTEXT
from es_lod.readers import json, jsonl, rdf, yaml
from es_lod.readers.csv import csv_grid
from es_lod.readers.entries import Entry, Locate, Tree, carries
from es_lod.readers.grids import Grid, Opener, spooled
from es_lod.readers.named import Input, Source, sources, unreadable
from es_lod.readers.plain import Plain

_BOM: Final = b"\xef\xbb\xbf"


@contextmanager
def opener(source: Source) -> Iterator[Opener]:
    """What opens the bytes of a table anew, each time: tables are read twice."""
    if source.stream is None:
        yield source.open
    else:
        with spooled(source.stream) as opened:
            yield opened


def grids(source: Source, opened: Opener) -> list[Grid]:
    """The tables of a source; `opened` opens its bytes anew. Raises `InputError`."""
    try:
        if source.format.name == "csv":
            return [csv_grid(source.name, opened)]
        from es_lod.readers.xlsx import workbook_grids

        return workbook_grids(source.name, opened)
    except OSError as error:
        raise InputError([unreadable(source.name, error)]) from None


@contextmanager
def tables(inputs: Iterable[Input]) -> Iterator[list[Grid]]:
    """The tables of inputs, and of nothing else in them. Raises `InputError`."""
    with ExitStack() as stack:
        found: list[Grid] = []
        for item in inputs:
            for source in [item] if isinstance(item, Source) else sources(item):
                if isinstance(source, Source) and source.format.tabular:
                    found += grids(source, stack.enter_context(opener(source)))
        yield found


def document(path: str | Path) -> tuple[Tree, Locate]:
    """What a YAML file says that holds no records, and where. Raises `InputError`."""
    source = Source(str(path), formats.FORMATS["yaml"])
    try:
        with source.open() as stream:
            head = io.BufferedReader(stream)  # type: ignore[type-var]  # it reads
            _check_head(head, source.name)
            text = _text(cast("BinaryIO", head), source.name, yaml.MAX_BYTES)
    except OSError as error:
        raise InputError([unreadable(source.name, error)]) from None
    return yaml.document(text, source.name)


Held: TypeAlias = Entry | Sequence[Plain] | Problem | Quad
"""What a source may hold."""


def read(source: Source, base: str, looking: jsonl.Looking = jsonl.look) -> Iterator[Held]:
    """What a source holds: entries of documents, records that are plainly right, or quads of RDF.

    `base` resolves relative IRIs in RDF; `looking` looks at JSON Lines. Raises `InputError` for
    what cannot be read.
    """
    stream = io.BufferedReader(source.open(), 1 << 16)  # type: ignore[type-var]  # it reads
    try:
        _check_head(stream, source.name)
        held = cast("BinaryIO", stream)
        if source.format.name == "jsonl":
            yield from jsonl.read(held, source.name, looking)
        else:
            yield from _parsed(held, source, base)
    except OSError as error:
        raise InputError([unreadable(source.name, error)]) from None
    finally:
        if source.stream is None:
            stream.close()
        else:
            stream.detach()


def _parsed(stream: BinaryIO, source: Source, base: str) -> Iterator[Held]:
    name = source.name
    match source.format.name:
        case "json" | "jsonld":
            yield from _read_json(_text(stream, name, json.MAX_BYTES), source, base)
        case "yaml":
            yield from yaml.read(_text(stream, name, yaml.MAX_BYTES), name)
        case _:
            yield from rdf.quads(stream, name, source.format, base)


def _check_head(stream: "io.BufferedReader[Any]", name: str) -> None:
    """Read over a byte order mark; refuse what is empty or no text."""
    head = stream.peek(1 << 16)
    if head.startswith(_BOM):
        stream.read(len(_BOM))
    if not head.removeprefix(_BOM):
        raise InputError([Problem("empty-file", location=Location(name))])
    if b"\0" in head:
        raise InputError([Problem("binary-file", location=Location(name))])


def _text(stream: BinaryIO, name: str, limit: int) -> str:
    data = stream.read(limit + 1)
    if len(data) > limit:
        params = {"limit": limit >> 20}
        raise InputError([Problem("file-too-large", location=Location(name), params=params)])
    if b"\0" in data:
        raise InputError([Problem("binary-file", location=Location(name))])
    if not data.strip():
        raise InputError([Problem("empty-file", location=Location(name))])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise InputError([Problem("not-utf-8", location=place)]) from None


def _read_json(text: str, source: Source, base: str) -> Iterator[Held]:
    """Records, where they have no context or their own; JSON-LD with another one is RDF."""
    from es_lod.context import context

    tree = json.parse(text, source.name)
    own = tree.get("@context") if isinstance(tree, dict) else None
    is_rdf = source.format.rdf is not None
    if carries(own, context()) if own is not None else not is_rdf:
        yield from json.read(text, source.name, tree)
        return
    params = {"known": CONTEXT}
    place = Location(source.name)
    if own is not None:
        at = json.place(text, source.name, ("@context",))
        if _is_remote(own):
            raise InputError([Problem("remote-context", location=at, params=params)])
        if not is_rdf:
            raise InputError([Problem("foreign-context", location=at, params=params)])
    if own is None and isinstance(tree, dict) and "records" in tree:
        # To JSON-LD the key means nothing: it would read over the records.
        raise InputError([Problem("no-context", location=place, params=params)])
    yield from rdf.quads(io.BytesIO(text.encode()), source.name, source.format, base)


def _is_remote(context: Tree) -> bool:
    return any(isinstance(c, str) for c in (context if isinstance(context, list) else [context]))
