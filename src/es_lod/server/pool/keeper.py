"""The process that holds the store and forks the workers, which share its memory.

Its standard input is a socket to the server. There it gets lines of JSON, the first its `Order`:
`{"fork": true}` with the socket of a new worker, `{"nice": [pid, n]}`, `{"end": pid}`; and tells
`{"ready": triples}` or why it is not, and `{"ended": pid, "status": n}` of each worker. It ends,
and all workers with it, when the server has closed the socket, or is no more.

Only it may end a worker, since a process that its parent has not yet awaited keeps its number.
"""

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from pyoxigraph import Store

from es_lod.errors import InputError
from es_lod.server.pool.loading import load, told
from es_lod.server.pool.worker import Order, serve

_MAX_MESSAGE: Final = 1 << 16


class Keeper:
    """A store, and the workers that answer from it."""

    def __init__(self, control: socket.socket, data: Store, order: Order) -> None:
        self._control = control
        self._data = data
        self._order = order
        self._workers: set[int] = set()
        self._sockets: list[int] = []
        self._inherited: tuple[selectors.BaseSelector | socket.socket, ...] = ()
        self._rest = b""

    def run(self) -> None:
        """Do what the server says until it says no more."""
        awake, wakes = socket.socketpair()
        wakes.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # the wakeup is enough
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ, self._obey)
            selector.register(awake, selectors.EVENT_READ, lambda: bool(awake.recv(4096)))
            self._inherited = (selector, awake, wakes)
            try:
                while all(key.data() for key, _ in selector.select()):
                    self._reap()
            finally:
                self._end()

    def tell(self, message: Mapping[str, Any]) -> None:
        """Tell the server something."""
        with contextlib.suppress(OSError):  # it may be gone, which the next `_obey` finds
            self._control.sendall(json.dumps(message).encode() + b"\n")

    def _obey(self) -> bool:
        try:
            data, sockets, _, _ = socket.recv_fds(self._control, _MAX_MESSAGE, 64)
        except ConnectionError:
            return False
        self._sockets += sockets
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._commands[next(iter(message := json.loads(line)))](self, *message.values())
        return bool(data)

    def _fork(self, _: object) -> None:
        asks = self._sockets.pop(0)
        try:
            worker = os.fork()
        except OSError as error:  # no memory for it, or too many processes
            print(error, file=sys.stderr)  # noqa: T201  # the log of the server
        else:
            if worker == 0:
                self._work(asks)
            self._workers.add(worker)
        os.close(asks)

    def _work(self, asks: int) -> NoReturn:
        """Be a worker, which has of all that is open its own socket only."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for inherited in self._inherited:
                inherited.close()
            os.dup2(asks, self._control.fileno())  # closes the socket to the server
            for other in (asks, *self._sockets):
                os.close(other)
            with self._control.makefile("rb") as questions, self._control.makefile("wb") as answers:
                serve(self._data, self._order, questions, answers)
            status = 0
        except ConnectionError:  # the server waits no more
            pass
        except BaseException:  # noqa: BLE001  # a child must never run its parent's code
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(status)

    def _nice(self, told: tuple[int, int]) -> None:
        worker, niceness = told
        if worker in self._workers:
            os.setpriority(os.PRIO_PROCESS, worker, niceness)

    def _kill(self, worker: int) -> None:
        if worker in self._workers:
            os.kill(worker, signal.SIGKILL)

    _commands: Final[Mapping[str, Callable[..., None]]] = {
        "fork": _fork,
        "nice": _nice,
        "end": _kill,
    }

    def _reap(self, flags: int = os.WNOHANG) -> None:
        while self._workers:
            worker, status = os.waitpid(-1, flags)
            if worker == 0:
                return
            self._workers.discard(worker)
            self.tell({"ended": worker, "status": os.waitstatus_to_exitcode(status)})

    def _end(self) -> None:
        for worker in self._workers:
            os.kill(worker, signal.SIGKILL)
        self._reap(0)


def main() -> None:
    """Keep what the first message orders."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the server ends first, and ends its keeper
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with control.makefile("rb", buffering=0) as stream:
        order = Order.from_json(json.loads(stream.readline()))
    try:
        _keep(control, order)
    finally:
        shutil.rmtree(order.folder, ignore_errors=True)


def _keep(control: socket.socket, order: Order) -> None:
    try:
        data = load(order.sources, order.base)
    except InputError as error:
        Keeper(control, Store(), order).tell(told(error))
        return
    gc.collect()
    gc.freeze()  # else the collector would write to, and so copy, all pages
    keeper = Keeper(control, data, order)
    keeper.tell({"ready": len(data)})
    keeper.run()


if __name__ == "__main__":
    main()
