"""The documents of a record as RDF."""

import io
from collections.abc import Iterator

from es_lod.model import Record
from es_lod.model.outline import outlined
from es_lod.rdf.jsonld import write_jsonld
from es_lod.rdf.texts import TEMPLATES, templates
from es_lod.site.addresses import DOCUMENTS, document
from es_lod.site.edition import Edition, File
from es_lod.values import DEFAULT_LANGUAGE


def documents(edition: Edition, record: Record) -> Iterator[File]:
    """A record in each format; the vocabulary is not in it."""
    base, told = edition.dataset.base, outlined(record)
    for name in DOCUMENTS:
        if name in TEMPLATES:
            forms = templates(name, base, DEFAULT_LANGUAGE)
            text = forms.head + forms.text(*told) + forms.tail
        else:
            out = io.StringIO()
            write_jsonld([told], out, base)
            text = out.getvalue()
        yield File(f"{document(str(record.id))}.{name}", text.encode())
