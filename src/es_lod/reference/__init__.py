"""The reference pages, derived from model, ontology and shapes.

`python -m es_lod.reference docs` writes them.
"""

from es_lod.reference import diagram, problems, records, vocabulary

PAGES = {
    "problems.md": problems.page,
    "records.md": records.page,
    "vocabulary.md": vocabulary.page,
    "vocabulary.svg": diagram.drawing,
}
"""File name → the function that makes its text."""
