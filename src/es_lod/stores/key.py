"""What a store depends on, as one name: the content of its inputs, and what makes quads of it."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph

import es_lod
from es_lod import resources
from es_lod.errors import InputError
from es_lod.readers.named import Input, Source, sources

SMALL: Final = 2**20
"""Inputs of fewer bytes are loaded anew each time: in less than half a second."""


_A_BYTE: Final = {"nt": 4, "nq": 4}
"""How many bytes of memory a store takes for each byte of an input; Turtle and JSON take 20."""


def memory(inputs: Sequence[Input]) -> int:
    """How many bytes a store of the inputs takes in memory, roughly. Raises `OSError`."""
    found = [source for item in inputs for source in _sources(item)]
    return sum(_size(source) * _A_BYTE.get(source.format.name, 20) for source in found)


def key(inputs: Sequence[Input], base: str | None, columns: str | Path | None) -> str | None:
    """A name for what inputs give: 64 digits. None where they are small, or cannot be read.

    The content is read as a whole: dates and sizes of files could lie.
    """
    try:
        found = [source for item in inputs for source in _sources(item)]
        if sum(_size(source) for source in found) < SMALL:
            return None
        contents = [
            (Path(source.name).name, source.format.name, _content(source)) for source in found
        ]
        described = None if columns is None else _content_of(Path(columns))
        parts = [contents, base, described, _makers()]
    except (InputError, OSError, ValueError):  # told when the inputs are read
        return None
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sources(item: Input) -> Iterator[Source]:
    found = [item] if isinstance(item, Source) else sources(item)
    return (source for source in found if isinstance(source, Source))


def _size(source: Source) -> int:
    if source.stream is None:
        return Path(source.name).stat().st_size
    size = source.stream.seek(0, os.SEEK_END)
    source.stream.seek(0)
    return size


def _content(source: Source) -> str:
    if source.stream is None:
        return _content_of(Path(source.name))
    found = _digest(source.stream)
    source.stream.seek(0)
    return found


def _content_of(path: Path) -> str:
    with path.open("rb") as stream:
        return _digest(stream)


def _digest(stream: BinaryIO) -> str:
    """SHA-256 of what a stream holds: 50 MB take 50 ms."""
    found = hashlib.sha256()
    while data := stream.read(2**18):
        found.update(data)
    return found.hexdigest()


def _makers() -> list[object]:
    """What makes quads of records: us, our extensions, the store; those who edit them, too."""
    made: list[object] = [es_lod.__version__, pyoxigraph.__version__]
    made += _state(Path(es_lod.__file__).parent)
    made += _state(resources.folder("ontology"))
    for entry in sorted(entry_points(group="es_lod.extensions")):
        release = entry.dist.version if entry.dist else None
        made += [entry.name, entry.value, release, *_state_of_package(entry.module)]
    return made


def _state_of_package(module: str) -> list[object]:
    """The files of the package, or of the module, that an extension is."""
    spec = find_spec(module.partition(".")[0])
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if folders:
        return [part for folder in folders for part in _state(Path(folder))]
    return [_stamp(Path(spec.origin))] if spec and spec.origin else []


def _state(folder: Path) -> list[object]:
    """Names, sizes and times of code and terms: as Python knows whether its caches are fresh."""
    return [
        (path.relative_to(folder).as_posix(), *_stamp(path))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".ttl")
    ]


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
