"""Building a site: every file of it, written beside its place and put there at once."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, serialize
from pyoxigraph import Dataset as Quads

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS, Format
from es_lod.model import Record
from es_lod.serialize import replacing_folder, write
from es_lod.site import addresses, catalogue
from es_lod.site.dumps import dumps
from es_lod.site.edition import Edition, File
from es_lod.site.files import Download, download
from es_lod.site.folder import Folder

MANIFEST: Final = "MANIFEST.json"
"""What a site says of its files; a folder that has it was made by us."""
_HASH: Final = "rdfc-1.0"
DOCUMENTS: Final = tuple(FORMATS[name] for name in ("ttl", "jsonld", "nt", "rdf"))
"""The formats in which each record has a document of its own."""

DOWNLOADS: Final[tuple[Callable[[Edition], Iterator[File]], ...]] = ()
"""The rooms whose files the catalogue offers beside the dumps."""
ROOMS: Final[tuple[Callable[[Edition, tuple[Download, ...]], Iterator[File]], ...]] = (
    catalogue.files,
)
"""The rooms that make files of the whole edition; they know what is there to be downloaded."""


class Built(NamedTuple):
    """What a build has written: how many records, files and bytes, and how many files anew."""

    records: int
    files: int
    size: int
    changed: int


def build(edition: Edition, site: Path) -> Built:
    """Write the site of an edition into a folder, which is replaced as a whole.

    Raises `InputError` where the folder holds something that is no site of ours, or cannot be
    written; the former site then stays as it is.
    """
    with replacing_folder(site, _stranger) as beside:
        folder = Folder(beside, site)
        downloads = list(dumps(edition.dataset, folder))
        for room in DOWNLOADS:
            files = list(room(edition))
            downloads += map(download, files)
            folder.put(files)
        for record in edition.records():
            folder.put(_documents(record, edition.dataset.base))
        for make in ROOMS:
            folder.put(make(edition, tuple(downloads)))
        folder.put([_manifest(edition, downloads)])
    return Built(len(edition.dataset), folder.files, folder.size, folder.changed)


def _stranger(site: Path) -> Path | None:
    """What in a folder is not of a site of ours: all of it, where no manifest of ours is there."""
    ours = {MANIFEST, "doc", "dump", "catalog.ttl", "catalog.jsonld", "catalog.rdf"}
    if not _is_ours(site / MANIFEST):
        ours = set()
    return next((child for child in sorted(site.iterdir()) if child.name not in ours), None)


def _is_ours(manifest: Path) -> bool:
    try:
        tree = json.loads(manifest.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(tree, dict) and _HASH in tree


def _documents(record: Record, base: str) -> Iterator[File]:
    """The documents of a record as RDF."""
    for format in DOCUMENTS:
        name = addresses.document(str(record.id))
        yield File(f"{name}.{format.name}", _written(record, format, base))


def _written(record: Record, format: Format, base: str) -> bytes:
    out = io.BytesIO()
    write([record], out, format, base)
    return out.getvalue()


def _manifest(edition: Edition, downloads: list[Download]) -> File:
    tree = {
        "date": edition.settings.date,
        "records": len(edition.dataset),
        _HASH: _canonical_hash(edition.dataset),
        "files": [
            {"path": item.path, "size": item.size, "sha256": item.sha256} for item in downloads
        ],
    }
    return File(MANIFEST, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")


def _canonical_hash(dataset: Dataset) -> str:
    quads = Quads(Quad(q.subject, q.predicate, q.object) for q in dataset.quads())
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    return hashlib.sha256(b"".join(lines)).hexdigest()
