"""The files of the records, some records at a time."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from es_lod.model import Record
from es_lod.site import addresses
from es_lod.site.downloads.documents import documents
from es_lod.site.edition import Edition, File
from es_lod.site.editions.folder import Folder
from es_lod.site.editions.history import files_print
from es_lod.site.pages.record import record_pages
from es_lod.site.standing import Standing, standing
from es_lod.site.tasks import Task

OF_RECORD: Final[tuple[Callable[[Edition, Record], Iterator[File]], ...]] = (
    documents,
    record_pages,
)
"""The rooms that make the files of one record: those of `addresses.of_record`, in that order."""
TOGETHER: Final = 128
"""How many records are one task: a third of a second, so that all processes end together."""


def tasks(edition: Edition) -> Iterator[Task]:
    """Tasks that write the files of the records, and say of each its number and their print.

    The files of records of which nothing changed are those of the former site.
    """

    def some(begin: int, folder: Folder) -> list[tuple[int, bytes]]:
        found = standing(edition.register, begin, begin + TOGETHER)
        return [(record.n, _written(edition, folder, record)) for record in found]

    return (partial(some, begin) for begin in range(0, len(edition.dataset), TOGETHER))


def _written(edition: Edition, folder: Folder, found: Standing) -> bytes:
    """Write the files of a record, unless the former ones will do; their fingerprint."""
    former = found.former_files
    if former is not None and found.page == found.former_page and _kept(folder, found.id, former):
        return former
    record = edition.dataset[found.id]
    files = [file for make in OF_RECORD for file in make(edition, record)]
    folder.put(files)
    return files_print(files)


def _kept(folder: Folder, id_: str, former: bytes) -> bool:
    """Whether the files of a record could be taken over as the former edition wrote them."""
    return folder.keep(addresses.of_record(id_), lambda files: files_print(files) == former)
