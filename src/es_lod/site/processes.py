"""Work shared among processes that are copies of this one.

A copy knows all that this process knows at no cost, so that nothing but numbers of tasks and their
results is sent. Where a system cannot copy processes (Windows), this one does all.
"""

import errno
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Generic, NoReturn, TypeVar, cast

from es_lod import signals

_T = TypeVar("_T")


def cores() -> int:
    """How many processes this one may have running at once."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def results(work: Callable[[int], _T], count: int, jobs: int) -> Generator[tuple[int, _T]]:
    """The tasks from 0 to `count` with their results, as they are done by `jobs` processes.

    They are begun in their order; an error in one is raised. Whoever takes not all results closes
    the generator, which ends the processes.
    """
    jobs = min(jobs, count) if hasattr(os, "fork") else 1
    if jobs < 2:
        yield from ((task, work(task)) for task in range(count))
        return
    workers: list[_Worker[_T]] = []
    try:
        # What is there already is no business of the copies' garbage collection, which would
        # write into each object, and so have its own copy of it.
        gc.freeze()
        try:
            for _ in range(jobs):
                workers.append(_Worker(work, workers))
        finally:
            gc.unfreeze()
        yield from _shared(workers, count)
    finally:
        for worker in workers:
            worker.end()


def _shared(workers: "list[_Worker[_T]]", count: int) -> Iterator[tuple[int, _T]]:
    """Give each worker its next task as soon as it has done one."""
    tasks = iter(range(count))
    by_pipe = {worker.pipe: worker for worker in workers}
    for worker in workers:
        worker.give(next(tasks))
    done = 0
    while done < count:
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[cast("Connection", pipe)]
            number, result = worker.take()
            if isinstance(result, BaseException):
                raise result
            task = next(tasks, None)
            if task is not None:
                worker.give(task)
            done += 1
            yield number, result


class _Worker(Generic[_T]):
    """A copy of this process that does one task after another."""

    def __init__(self, work: Callable[[int], _T], others: "list[_Worker[_T]]") -> None:
        self.pipe, its_end = Pipe()
        with signals.held_back():
            self._pid = os.fork()
            if not self._pid:
                # It learns that this process is gone by the end of a pipe that nobody else holds.
                _do(work, its_end, [self.pipe, *(other.pipe for other in others)])
        its_end.close()

    def give(self, task: int) -> None:
        """Let it do a task."""
        try:
            self.pipe.send(task)
        except BrokenPipeError:
            raise _gone() from None

    def take(self) -> tuple[int, _T | BaseException]:
        """The number of the task that it has done, with the result."""
        try:
            return cast("tuple[int, _T | BaseException]", self.pipe.recv())
        except (EOFError, ConnectionResetError):
            raise _gone() from None

    def end(self) -> None:
        """End it, whatever it does."""
        self.pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _gone() -> OSError:
    return OSError(errno.ECHILD, "a process that wrote pages was ended; did memory run out?")


def _do(work: Callable[[int], Any], pipe: Connection, others: list[Connection]) -> NoReturn:
    """Do tasks until there are no more; nothing of what this process was begun for goes on."""
    try:
        signals.left_to_first()
        for other in others:
            other.close()
        while True:
            task = pipe.recv()
            pipe.send((task, _done(work, task)))
    finally:
        # Also for what goes wrong here: the first process sees that this one is gone.
        os._exit(0)


def _done(work: Callable[[int], Any], task: int) -> Any:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001  # told by the first process
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
        except Exception:  # noqa: BLE001  # its class takes other arguments
            return RuntimeError(traceback.format_exc())
        return error
