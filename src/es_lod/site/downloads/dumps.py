"""The whole dataset in each format, plain and packed."""

import gzip
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS, GRAPHS
from es_lod.serialize import write
from es_lod.site.addresses import dump
from es_lod.site.downloads.download import KINDS, Download
from es_lod.site.editions.folder import Folder, Written


def dumps(dataset: Dataset, folder: Folder) -> Iterator[Download]:
    """Write the dumps, piece by piece; the same bytes whenever they are packed."""
    for format in map(FORMATS.__getitem__, GRAPHS):
        path, kind = dump(f"es.{format.name}"), KINDS[format.name]
        with (
            folder.stream(path) as plain,
            folder.stream(f"{path}.gz") as packed,
            gzip.GzipFile("", "wb", fileobj=cast("BinaryIO", packed), mtime=0) as zipped,
        ):
            out = cast("BinaryIO", _Both(plain, zipped))
            write(dataset, out, format, dataset.base)
        yield Download(path, kind, plain.size, plain.sha256)
        yield Download(f"{path}.gz", kind, packed.size, packed.sha256, is_packed=True)


class _Both(io.RawIOBase):
    """A stream into two others."""

    def __init__(self, *outs: Written | gzip.GzipFile) -> None:
        super().__init__()
        self._outs = outs

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        for out in self._outs:
            out.write(data)
        return len(data)
