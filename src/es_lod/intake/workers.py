"""Processes that look at blocks of JSON Lines.

Lines and text go through memory that both sides see: sent with the rest, text took a tenth of all
time. What is sent is short then, so that tasks can wait in a process.
"""

import mmap
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple, TypeAlias

from es_lod import signals
from es_lod.intake.runs import Run
from es_lod.readers.jsonl import Block, Line, Lines, look
from es_lod.validate.links import Summary

# A forked process has all modules; elsewhere it takes a quarter of a second to load them.
_FORKS: Final = sys.platform == "linux"
_TASKS: Final = 2
"""How many tasks a process has at most: with one it would wait for the next."""
_ROOM: Final = 1 << 21
"""How many bytes of memory a task has: thrice the text of most. More is sent."""


class Task(NamedTuple):
    """A block, and what is to be made of it."""

    lines: Lines
    block: Block
    format: str
    base: str


class Made(NamedTuple):
    """What a process says of a run; `number` and `length` are those of its lines."""

    number: int
    length: int
    summary: Summary
    is_right: bool
    text: bytes


Answer: TypeAlias = "list[Made | Line] | None"
"""What is made of a block; nothing where something fails."""
_Told: TypeAlias = "list[tuple[Made, bytes | slice] | Line] | None"
"""An answer as it is sent: beside a run its text, or where that stands in the memory."""


class _Sent(NamedTuple):
    """A task as it is sent: its block, or where that stands in the memory."""

    lines: Lines
    number: int
    data: bytes | slice
    format: str
    base: str
    room: int


class _Room:
    """A part of the memory for a task, filled from its beginning; `number` is that of the part."""

    def __init__(self, memory: mmap.mmap | None, number: int) -> None:
        self._memory = memory
        self._at = number * _ROOM
        self._end = self._at + _ROOM

    def put(self, data: bytes) -> bytes | slice:
        """Where data are put, or they where there is no room."""
        begin, end = self._at, self._at + len(data)
        if self._memory is None or end > self._end:
            return data
        self._memory[begin:end] = data
        self._at = end
        return slice(begin, end)


class Worker:
    """A process that looks at blocks; `others` are those that there are before it."""

    def __init__(self, others: Sequence["Worker"]) -> None:
        context: Any = get_context("fork" if _FORKS else "spawn")
        self.link: Connection
        self.link, theirs = context.Pipe()
        # The end of ours tells it that there is no more to do: no other process may hold it.
        held = [self.link, *(other.link for other in others)] if _FORKS else []
        self._memory = mmap.mmap(-1, _TASKS * _ROOM) if _FORKS else None
        self.process: BaseProcess = context.Process(
            target=_work, args=(theirs, self._memory, held), daemon=True
        )
        with signals.held_back():
            self.process.start()
        theirs.close()
        self._room = 0
        self._tasks: deque[tuple[int, Task]] = deque()

    def __len__(self) -> int:
        """How many tasks it has."""
        return len(self._tasks)

    def takes(self, task: Task) -> bool:
        """Whether it may be given a task: what is sent whole only where it waits for it.

        So nobody who sends waits for somebody who sends.
        """
        is_short = self._memory is not None and len(task.block.data) <= _ROOM
        return len(self._tasks) < (_TASKS if is_short else 1)

    def give(self, number: int, task: Task) -> None:
        """Give it a task. Raises `OSError` where it has ended."""
        first, data = task.block
        self._room = (self._room + 1) % _TASKS
        put = _Room(self._memory, self._room).put(data)
        self.link.send(_Sent(task.lines, first, put, task.format, task.base, self._room))
        self._tasks.append((number, task))

    def taken(self) -> tuple[int, Task, Answer]:
        """What it makes of its first task. Raises `OSError` or `EOFError` where it has ended."""
        told: _Told = self.link.recv()
        number, task = self._tasks.popleft()
        return number, task, None if told is None else [self._answer(item) for item in told]

    def left(self) -> Iterator[tuple[int, Task]]:
        """The tasks that it has, taken from it."""
        while self._tasks:
            yield self._tasks.popleft()

    def close(self) -> None:
        """End it, whatever it does."""
        self.link.close()
        self.process.terminate()
        self.process.join()

    def _answer(self, told: tuple[Made, bytes | slice] | Line) -> Made | Line:
        """With its text: the memory is for other tasks."""
        if isinstance(told, Line):
            return told
        return told[0]._replace(text=_whole(told[1], self._memory))


def _whole(data: bytes | slice, memory: mmap.mmap | None) -> bytes:
    if isinstance(data, bytes):
        return data
    return b"" if memory is None else memory[data]


def made(task: Task) -> Answer:
    """What is made of a block."""
    try:
        found = look(task.lines, [task.block])
        return [item if isinstance(item, Line) else _made(task, Run(item)) for item in found]
    except Exception:  # noqa: BLE001  # whoever asks meets it, too, and tells
        return None


def _made(task: Task, run: Run) -> Made:
    text = run.text(task.format, task.base)
    return Made(run[0].number, len(run), run.summary, run.is_right, text)


def _work(link: Connection, memory: mmap.mmap | None, held: Sequence[Connection]) -> None:
    """What a process does."""
    signals.left_to_first()
    for other in held:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            link.send(_told(link.recv(), memory))


def _told(sent: _Sent, memory: mmap.mmap | None) -> _Told:
    block = Block(sent.number, _whole(sent.data, memory))
    answer = made(Task(sent.lines, block, sent.format, sent.base))
    if answer is None:
        return None
    room = _Room(memory, sent.room)
    return [
        item if isinstance(item, Line) else (item._replace(text=b""), room.put(item.text))
        for item in answer
    ]
