"""The documents of a record as RDF."""

import io
from collections.abc import Iterator

from es_lod.formats import FORMATS
from es_lod.model import Record
from es_lod.rdf.emit import quads
from es_lod.serialize import write, write_quads
from es_lod.site.addresses import DOCUMENTS, document
from es_lod.site.edition import Edition, File


def documents(edition: Edition, record: Record) -> Iterator[File]:
    """A record in each format; the vocabulary is not in it."""
    base = edition.dataset.base
    statements = list(quads(record, base))
    for name in DOCUMENTS:
        out = io.BytesIO()
        if name == "jsonld":
            write([record], out, FORMATS[name], base)
        else:
            write_quads(statements, out, FORMATS[name], base)
        yield File(f"{document(str(record.id))}.{name}", out.getvalue())
