"""The whole dataset in each format, plain and packed."""

import gzip
import io
from contextlib import ExitStack
from typing import Any, BinaryIO, Final, cast

from es_lod.formats import FORMATS
from es_lod.intake.runs import in_runs
from es_lod.rdf.jsonld import write_jsonld
from es_lod.serialize import write
from es_lod.site.addresses import dump
from es_lod.site.downloads.download import PACKED
from es_lod.site.downloads.nested import Nested
from es_lod.site.edition import Edition
from es_lod.site.editions.folder import Folder, Stated

ALIKE: Final = (("rdf",), ("jsonld",), ("ttl", "trig"), ("nt", "nq"))
"""Formats that are one to the byte where no graph has a name; what takes longest is first."""


def dumps(
    edition: Edition, folder: Folder, names: tuple[str, ...], *others: io.RawIOBase
) -> list[Stated]:
    """Write the dumps in formats that are alike, piece by piece, each plain and packed.

    The same bytes whenever they are packed. They are written into `others`, too.
    """
    paths = {name: dump(f"es.{name}") for name in names}
    with ExitStack() as files:
        plain, packed = (
            {n: files.enter_context(folder.stream(p + suffix)) for n, p in paths.items()}
            for suffix in ("", PACKED)
        )
        both = cast("BinaryIO", _Several(*packed.values()))
        zipped = files.enter_context(gzip.GzipFile("", "wb", fileobj=both, mtime=0))
        out = cast("BinaryIO", _Several(*plain.values(), zipped, *others))
        _write(edition, names[0], out)
    found = []
    for name, path in paths.items():
        for suffix, out_of in (("", plain[name]), (PACKED, packed[name])):
            found.append(Stated(path + suffix, out_of.size, out_of.sha256))
    return found


def _write(edition: Edition, name: str, out: BinaryIO) -> None:
    dataset = edition.dataset
    if name != "jsonld":
        write(in_runs(dataset.kept.unbuilt()), out, FORMATS[name], dataset.base)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    write_jsonld(Nested(edition), text, dataset.base)
    text.detach()


class _Several(io.RawIOBase):
    """A stream into several others."""

    def __init__(self, *outs: io.RawIOBase | gzip.GzipFile) -> None:
        super().__init__()
        self._outs = outs

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        for out in self._outs:
            out.write(data)
        return len(data)
