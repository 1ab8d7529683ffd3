"""JSON Lines on several cores: processes look at blocks, and write the text of what is right.

What is asked across records stays with the one process that reads, in the order of the lines: the
output has the same bytes whatever the number of processes. What they say of a block is what `Run`
would say of it here, so that a process that ends early costs its time only.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, cast

from es_lod.intake.runs import Run
from es_lod.intake.workers import Answer, Made, Task, Worker, made
from es_lod.readers.jsonl import Block, Line, Lines, Looked, look
from es_lod.readers.plain import Place, Plain
from es_lod.validate.links import Summary

_AHEAD: Final = 4
"""How many blocks are out or waiting for their turn, for each process."""
_TOGETHER: Final = 2
"""How many blocks are one task: with one by one, processes wait for each other twice as often."""


class _Ready(Run):
    """A run of which another process has said everything; its records are read when asked for."""

    def __init__(self, task: Task, made: Made) -> None:
        self._task = task
        self._made = made

    @property
    def place(self) -> Place:
        return self._task.lines

    @property
    def summary(self) -> Summary:
        return self._made.summary

    @property
    def is_right(self) -> bool:
        return self._made.is_right

    def text(self, format: str, base: str) -> bytes:
        if (format, base) == (self._task.format, self._task.base):
            return self._made.text
        return super().text(format, base)

    def __len__(self) -> int:
        return self._made.length

    @cached_property
    def _records(self) -> Sequence[Plain]:  # type: ignore[override]
        before = self._made.number - self._task.block.number
        lines = islice(io.BytesIO(self._task.block.data), before, before + self._made.length)
        found = look(self._task.lines, [Block(self._made.number, b"".join(lines))])
        return [record for run in found if not isinstance(run, Line) for record in run]


class Spread:
    """Processes that look at blocks of JSON Lines and write their records in a format.

    The one that reads is one of them, while nothing else waits for it: two jobs are two processes,
    and take the processor time of one, in place of 8 % more.
    """

    def __init__(self, jobs: int, format: str) -> None:
        self._jobs = jobs
        self._format = format
        self._workers: list[Worker] = []
        # What is looked at, by its number.
        self._done: dict[int, Sequence[Looked]] = {}
        self.processes: list[BaseProcess] = []
        """The others. Begun with the second task: what the first prepares they have then, too."""

    def look(self, lines: Lines, blocks: Iterator[Block], base: str) -> Iterator[Looked]:
        """As `jsonl.look`; `base` is the one that the records will most probably have."""
        self._settle()
        failed: list[OSError] = []
        together = _joined(_up_to_failure(blocks, failed))
        tasks = enumerate(Task(lines, block, self._format, base) for block in together)
        turn, task = 0, next(tasks, None)
        if task is not None and not self.processes:
            self._done[0] = _here(task[1])
            task = next(tasks, None)
            self._start(0 if task is None else self._jobs - 1)
        while task is not None or turn in self._done or any(self._workers):
            while task is not None and self._has_room() and self._give(*task):
                task = next(tasks, None)
            has_work = turn in self._done or (task is not None and self._has_room())
            self._take(0 if has_work else None)
            if turn in self._done:
                yield from self._done.pop(turn)
                turn += 1
            elif task is not None and self._has_room():
                self._done[task[0]] = _here(task[1])
                task = next(tasks, None)
        if failed:
            raise failed[0]

    def close(self) -> None:
        """End the processes, whatever they do."""
        for worker in self._workers:
            worker.close()

    def _settle(self) -> None:
        """Take what is left of an input that could not be read to its end."""
        while any(self._workers):
            self._take(None)
        self._done.clear()

    def _start(self, number: int) -> None:
        for _ in range(number):
            self._workers.append(Worker(self._workers))
        self.processes = [worker.process for worker in self._workers]

    def _has_room(self) -> bool:
        """Whether one more may be under way: memory stays flat, however long one of them takes."""
        return len(self._done) + sum(map(len, self._workers)) < _AHEAD * self._jobs

    def _give(self, number: int, task: Task) -> bool:
        """Give a task to a process, if one takes it."""
        while willing := [worker for worker in self._workers if worker.takes(task)]:
            worker = min(willing, key=len)
            try:
                worker.give(number, task)
            except OSError:
                self._lose(worker)
            else:
                return True
        return False

    def _take(self, seconds: float | None) -> None:
        """What processes have done, after some time at the most."""
        busy = {worker.link: worker for worker in self._workers if worker}
        for link in wait(busy, seconds):
            worker = busy[cast("Connection", link)]
            try:
                number, task, answer = worker.taken()
            except (EOFError, OSError):
                self._lose(worker)
            else:
                self._done[number] = _told(task, answer)

    def _lose(self, worker: Worker) -> None:
        """One was ended from outside: what it had is done here."""
        self._workers.remove(worker)
        worker.close()
        self._done |= {number: _here(task) for number, task in worker.left()}


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    while some := list(islice(blocks, _TOGETHER)):
        yield Block(some[0].number, b"".join(block.data for block in some))


def _up_to_failure(blocks: Iterator[Block], failed: list[OSError]) -> Iterator[Block]:
    """The blocks before one that cannot be read: their records count."""
    try:
        yield from blocks
    except OSError as error:
        failed.append(error)


def _here(task: Task) -> Sequence[Looked]:
    return _told(task, made(task))


def _told(task: Task, answer: Answer) -> Sequence[Looked]:
    if answer is None:
        return list(look(task.lines, [task.block]))
    return [_Ready(task, told) if isinstance(told, Made) else told for told in answer]
