"""Building a site: every file of it, written beside its place and put there at once."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, serialize
from pyoxigraph import Dataset as Quads

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS, Format
from es_lod.iris import is_id
from es_lod.model import Record, kinds
from es_lod.namespaces import CATALOGUE_PREFIXES, PREFIXES
from es_lod.serialize import replacing_folder, write
from es_lod.site.catalogue import catalogue
from es_lod.site.files import DUMPS, Download, download
from es_lod.site.settings import Settings
from es_lod.values import PartialDate

MANIFEST: Final = "MANIFEST.json"
"""What a site says of its files; a folder that has it was made by us."""
_HASH: Final = "rdfc-1.0"
DOCUMENTS: Final = tuple(FORMATS[name] for name in ("ttl", "jsonld", "nt", "rdf"))
"""The formats in which each record has a document of its own."""
CATALOGUES: Final = {"ttl": "TURTLE", "jsonld": "JSON_LD", "rdf": "RDF_XML"}


class Built(NamedTuple):
    """What a build has written: how many records, files and bytes."""

    records: int
    files: int
    size: int


def build(dataset: Dataset, settings: Settings, site: Path) -> Built:
    """Write the site of a dataset into a folder, which is replaced as a whole.

    Raises `InputError` where the folder holds something that is no site of ours, or cannot be
    written; the former site then stays as it is.
    """
    with replacing_folder(site, _stranger) as beside:
        downloads = list(_dumps(dataset, beside))
        for record in dataset:
            _documents(record, dataset.base, beside)
        _catalogue(settings, downloads, _period(dataset), beside)
        _manifest(dataset, settings, downloads, beside)
        files = [path for path in beside.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    return Built(len(dataset), len(files), size)


def _stranger(site: Path) -> Path | None:
    """What in a folder is not of a site of ours: all of it, where no manifest of ours is there."""
    ours = {MANIFEST, "doc", "dump", *(f"catalog.{name}" for name in CATALOGUES)}
    if not _is_ours(site / MANIFEST):
        ours = set()
    return next((child for child in sorted(site.iterdir()) if child.name not in ours), None)


def _is_ours(manifest: Path) -> bool:
    try:
        tree = json.loads(manifest.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(tree, dict) and _HASH in tree


def _written(records: list[Record], format: Format, base: str) -> bytes:
    out = io.BytesIO()
    write(records, out, format, base)
    return out.getvalue()


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _dumps(dataset: Dataset, site: Path) -> Iterator[Download]:
    """The whole dataset in each format, plain and packed; the same bytes whenever it is packed."""
    for format in DUMPS:
        path = f"dump/es.{format.name}"
        data = _written(list(dataset), format, dataset.base)
        _put(site / path, data)
        yield download(path, format, data)
        packed = gzip.compress(data, mtime=0)
        _put(site / f"{path}.gz", packed)
        yield download(f"{path}.gz", format, packed, is_packed=True)


def _documents(record: Record, base: str, site: Path) -> None:
    """The documents of a record; one whose IRI is outside the base has its own elsewhere."""
    if is_id(str(record.id)):
        for format in DOCUMENTS:
            _put(site / "doc" / f"{record.id}.{format.name}", _written([record], format, base))


def _catalogue(
    settings: Settings,
    downloads: list[Download],
    period: tuple[PartialDate, PartialDate] | None,
    site: Path,
) -> None:
    triples = list(catalogue(settings, downloads, period))
    names = {**PREFIXES, **CATALOGUE_PREFIXES}
    for name, format in CATALOGUES.items():
        data = serialize(triples, format=getattr(RdfFormat, format), prefixes=names)
        _put(site / f"catalog.{name}", data or b"")


def _period(dataset: Dataset) -> tuple[PartialDate, PartialDate] | None:
    """From the first to the last day that a record speaks of, as precise as they are stated."""
    days = sorted(
        PartialDate(value[:10])
        for record in dataset
        for field in type(record).fields()
        if isinstance(field.kind, kinds.DateKind) and (value := getattr(record, field.name))
    )
    return (days[0], days[-1]) if days else None


def _manifest(dataset: Dataset, settings: Settings, downloads: list[Download], site: Path) -> None:
    quads = Quads(Quad(q.subject, q.predicate, q.object) for q in dataset.quads())
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    tree = {
        "date": settings.date,
        "records": len(dataset),
        _HASH: hashlib.sha256(b"".join(lines)).hexdigest(),
        "files": [
            {"path": item.path, "size": item.size, "sha256": item.sha256} for item in downloads
        ],
    }
    _put(site / MANIFEST, json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n")
