"""The documents of a record as RDF."""

import io
from collections.abc import Iterator

from es_lod.formats import FORMATS
from es_lod.model import Record
from es_lod.model.outline import outlined
from es_lod.rdf.emit import quads
from es_lod.rdf.texts import TEMPLATES, templates
from es_lod.serialize import write, write_quads
from es_lod.site.addresses import DOCUMENTS, document
from es_lod.site.edition import Edition, File
from es_lod.values import DEFAULT_LANGUAGE


def documents(edition: Edition, record: Record) -> Iterator[File]:
    """A record in each format; the vocabulary is not in it."""
    base, told = edition.dataset.base, outlined(record)
    for name in DOCUMENTS:
        if name in TEMPLATES:
            forms = templates(name, base, DEFAULT_LANGUAGE)
            data = (forms.head + forms.text(*told)).encode()
        else:
            data = _written(record, name, base)
        yield File(f"{document(str(record.id))}.{name}", data)


def _written(record: Record, name: str, base: str) -> bytes:
    out = io.BytesIO()
    if name == "jsonld":
        write([record], out, FORMATS[name], base)
    else:
        write_quads(quads(record, base), out, FORMATS[name], base)
    return out.getvalue()
