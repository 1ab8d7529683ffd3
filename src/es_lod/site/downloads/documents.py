"""The documents of a record as RDF."""

import io
from collections.abc import Iterator

from es_lod.formats import FORMATS
from es_lod.model import Record
from es_lod.serialize import write
from es_lod.site.addresses import DOCUMENTS, document
from es_lod.site.edition import Edition, File


def documents(edition: Edition, record: Record) -> Iterator[File]:
    """A record in each format; the vocabulary is not in it."""
    for name in DOCUMENTS:
        out = io.BytesIO()
        write([record], out, FORMATS[name], edition.dataset.base)
        yield File(f"{document(str(record.id))}.{name}", out.getvalue())
