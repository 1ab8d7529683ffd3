"""JSON Lines on several cores: processes look at blocks, and write the text of what is right.

What is asked across records stays with the one process that reads, in the order of the lines: the
output has the same bytes whatever the number of processes. What they say of a block is what `Run`
would say of it here, so that a process that ends early costs its time only.

Text goes through memory that both sides see: sent with the rest it took a tenth of all time.
"""

import io
import mmap
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple, TypeAlias

from es_lod.intake.runs import Run
from es_lod.readers.jsonl import Block, Line, Lines, Looked, look
from es_lod.readers.plain import Place, Plain
from es_lod.validate.links import Summary

# A forked process has all modules; elsewhere it takes a quarter of a second to load them.
_FORKS: Final = sys.platform == "linux"
_AHEAD: Final = 4
"""How many blocks are out or waiting for their turn, for each process."""
_TOGETHER: Final = 2
"""How many blocks are one task: with one by one, processes wait for each other twice as often."""
_ROOM: Final = 1 << 21
"""How many bytes of text a process shares: thrice what most tasks give. More is sent."""


class _Task(NamedTuple):
    lines: Lines
    block: Block
    format: str
    base: str


class _Made(NamedTuple):
    """What a process says of a run; `number` and `length` are those of its lines.

    `text` is where it stands in the memory of the process, or it is sent.
    """

    number: int
    length: int
    summary: Summary
    is_right: bool
    text: bytes | slice


_Answer: TypeAlias = "list[_Made | Line] | None"


class _Ready(Run):
    """A run of which another process has said everything; its records are read when asked for."""

    def __init__(self, task: _Task, made: _Made, text: bytes) -> None:
        self._task = task
        self._made = made
        self._text = text

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
            return self._text
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

    Each has one block at a time: whoever sends never waits for whoever sends.
    """

    def __init__(self, jobs: int, format: str) -> None:
        self._jobs = jobs
        self._format = format
        self._idle: list[Connection] = []
        self._busy: dict[Connection, tuple[int, _Task]] = {}
        self._memory: dict[Connection, mmap.mmap | None] = {}
        self.processes: list[BaseProcess] = []
        """Begun with the first block."""

    def look(self, lines: Lines, blocks: Iterator[Block], base: str) -> Iterator[Looked]:
        """As `jsonl.look`; `base` is the one that the records will most probably have."""
        if not self.processes:
            self._start()
        together = _joined(blocks)
        tasks = enumerate(_Task(lines, block, self._format, base) for block in together)
        done: dict[int, Sequence[Looked]] = {}
        turn = 0
        while True:
            room = _AHEAD * self._jobs - len(done) - len(self._busy)
            most = min(room, len(self._idle) or not self._busy)
            done |= self._give(islice(tasks, max(most, 0)))
            if turn not in done and not self._busy:
                return
            done |= self._take(0 if turn in done else None)
            if turn in done:
                yield from done.pop(turn)
                turn += 1

    def close(self) -> None:
        """End the processes, whatever they do."""
        for link in (*self._idle, *self._busy):
            link.close()
        for process in self.processes:
            process.terminate()
            process.join()

    def _start(self) -> None:
        context: Any = get_context("fork" if _FORKS else "spawn")
        for _ in range(self._jobs):
            ours, theirs = context.Pipe()
            # The end of ours tells them that there is no more to do: no other process may hold it.
            held = (*self._idle, ours) if _FORKS else ()
            memory = mmap.mmap(-1, _ROOM) if _FORKS else None
            process = context.Process(target=_work, args=(theirs, memory, held), daemon=True)
            process.start()
            theirs.close()
            self.processes.append(process)
            self._idle.append(ours)
            self._memory[ours] = memory

    def _give(self, tasks: Iterable[tuple[int, _Task]]) -> dict[int, Sequence[Looked]]:
        """Give tasks to idle processes; what comes back is done here, where none is left."""
        done: dict[int, Sequence[Looked]] = {}
        for turn, task in tasks:
            try:
                link = self._idle.pop()
                link.send(task)
                self._busy[link] = (turn, task)
            except (IndexError, OSError):
                done[turn] = _here(task)
        return done

    def _take(self, seconds: float | None) -> dict[int, Sequence[Looked]]:
        """What processes have done, after some time at the most."""
        done: dict[int, Sequence[Looked]] = {}
        ready: list[Any] = wait(list(self._busy), seconds)
        for link in ready:
            turn, task = self._busy.pop(link)
            try:
                answer: _Answer = link.recv()
                self._idle.append(link)
            except (EOFError, OSError):
                answer = None  # it was ended from outside
            done[turn] = _told(task, answer, self._memory[link])
        return done


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    while some := list(islice(blocks, _TOGETHER)):
        yield Block(some[0].number, b"".join(block.data for block in some))


def _here(task: _Task) -> Sequence[Looked]:
    return list(look(task.lines, [task.block]))


def _told(task: _Task, answer: _Answer, memory: mmap.mmap | None) -> Sequence[Looked]:
    """What a process answers; its memory is for the next answer then."""
    if answer is None:
        return _here(task)
    return [
        _Ready(task, told, _text(told, memory)) if isinstance(told, _Made) else told
        for told in answer
    ]


def _text(made: _Made, memory: mmap.mmap | None) -> bytes:
    if isinstance(made.text, bytes):
        return made.text
    return b"" if memory is None else memory[made.text]


def _work(link: Connection, memory: mmap.mmap | None, held: Sequence[Connection]) -> None:
    """What a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # at a terminal all get it: one of them tells
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in held:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            if memory is not None:
                memory.seek(0)
            link.send(_answer(link.recv(), memory))


def _answer(task: _Task, memory: mmap.mmap | None) -> _Answer:
    try:
        found = look(task.lines, [task.block])
        return [
            item if isinstance(item, Line) else _made(task, Run(item), memory) for item in found
        ]
    except Exception:  # noqa: BLE001  # whoever asks meets it, too, and tells
        return None


def _made(task: _Task, run: Run, memory: mmap.mmap | None) -> _Made:
    text = run.text(task.format, task.base)
    told = _Made(run[0].number, len(run), run.summary, run.is_right, text)
    if memory is None or memory.tell() + len(text) > len(memory):
        return told
    memory.write(text)
    return told._replace(text=slice(memory.tell() - len(text), memory.tell()))
