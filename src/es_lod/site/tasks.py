"""Tasks that write files of a site, which several processes share."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Any, NamedTuple, TypeAlias

from es_lod.site.editions.folder import Folder, Tally
from es_lod.site.processes import results

Task: TypeAlias = Callable[[Folder], Any]
"""Writes files into a folder, and says what others have to know of them."""


class _Done(NamedTuple):
    result: Any
    tally: Tally
    paths: list[str]


def done(folder: Folder, tasks: Sequence[Task], jobs: int) -> Generator[tuple[int, Any]]:
    """Do tasks, and say of each what it says, as they are done; the folder counts the files."""

    def do(number: int) -> _Done:
        own = folder.again()
        return _Done(tasks[number](own), own.tally, own.paths)

    with closing(results(do, len(tasks), jobs)) as parts:
        for number, (result, tally, paths) in parts:
            folder.tally += tally
            folder.paths += paths
            yield number, result
