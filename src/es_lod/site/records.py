"""The files of the records, some records at a time."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from es_lod.model import Record
from es_lod.site import addresses
from es_lod.site.downloads.documents import documents
from es_lod.site.edition import Edition, File
from es_lod.site.editions.folder import Folder
from es_lod.site.editions.history import History, Known, Prints, files_print
from es_lod.site.pages.record import record_pages
from es_lod.site.tasks import Task

OF_RECORD: Final[tuple[Callable[[Edition, Record], Iterator[File]], ...]] = (
    documents,
    record_pages,
)
"""The rooms that make the files of one record: those of `addresses.of_record`, in that order."""
TOGETHER: Final = 128
"""How many records are one task: a third of a second, so that all processes end together."""


def tasks(edition: Edition, past: History, found: Mapping[str, Prints]) -> Iterator[Task]:
    """Tasks that write the files of the records, and say what the next edition has to know of each.

    The files of records of which nothing changed are those of the former site.
    """
    records = list(edition.records())

    def some(begin: int, folder: Folder) -> dict[str, Known]:
        return {
            str(record.id): _known(edition, folder, past, found, record)
            for record in records[begin : begin + TOGETHER]
        }

    return (partial(some, begin) for begin in range(0, len(records), TOGETHER))


def _known(
    edition: Edition, folder: Folder, past: History, found: Mapping[str, Prints], record: Record
) -> Known:
    """Write the files of a record, unless the former ones will do."""
    id_ = str(record.id)
    known = past.records.get(id_)
    if known is None or known.page != found[id_].page or not _kept(folder, id_, known):
        files = [file for make in OF_RECORD for file in make(edition, record)]
        folder.put(files)
        known = Known(*found[id_], files_print(files), edition.changed[id_])
    return known


def _kept(folder: Folder, id_: str, known: Known) -> bool:
    """Whether the files of a record could be taken over as the former edition wrote them."""
    return folder.keep(addresses.of_record(id_), lambda files: files_print(files) == known.files)
