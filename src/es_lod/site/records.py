"""The files of the records, which several processes write."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from typing import Final, NamedTuple

from es_lod.model import Record
from es_lod.site import addresses
from es_lod.site.downloads.documents import documents
from es_lod.site.edition import Edition, File
from es_lod.site.editions.folder import Folder, Tally
from es_lod.site.editions.history import History, Known, Prints, files_print
from es_lod.site.pages.record import record_pages
from es_lod.site.processes import in_order

OF_RECORD: Final[tuple[Callable[[Edition, Record], Iterator[File]], ...]] = (
    documents,
    record_pages,
)
"""The rooms that make the files of one record: those of `addresses.of_record`, in that order."""
_TOGETHER: Final = 128
"""How many records a process takes at a time: a third of a second, so that all end together."""
_WORTHWHILE: Final = 2 * _TOGETHER
"""For how many records another process is begun: it has to fill its caches first."""


class Written(NamedTuple):
    """Records whose files were written: what the next edition has to know of each, by id."""

    known: dict[str, Known]
    tally: Tally


def write(
    edition: Edition, folder: Folder, past: History, found: Mapping[str, Prints], jobs: int
) -> Generator[Written]:
    """Write the files of the records by so many processes at most, in the order of the dataset.

    The files of records of which nothing changed are those of the former site.
    """
    records = list(edition.records())

    def some(number: int) -> Written:
        begin = number * _TOGETHER
        own = folder.again()
        known = {
            str(record.id): _known(edition, own, past, found, record)
            for record in records[begin : begin + _TOGETHER]
        }
        return Written(known, own.tally)

    count = -(-len(records) // _TOGETHER)
    with closing(in_order(some, count, min(jobs, -(-len(records) // _WORTHWHILE)))) as parts:
        yield from parts


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
