"""A server to be attacked: its process, its log, its folder for what is temporary; raw requests."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CANARY = b"canary-3f9c1e"
"""What lies beside the site, and in no answer may come."""


class Target(NamedTuple):
    """A running server of ours."""

    port: int
    process: subprocess.Popen[bytes]
    site: Path
    temp: Path
    """Where it, and only it, writes what is temporary."""
    log: Path

    def send(self, data: bytes, *, timeout: float = 10, shut: bool = False) -> bytes:
        """What comes back on a connection of its own until the server closes it."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as connection:
            with contextlib.suppress(ConnectionError):  # it may have had enough before the end
                connection.sendall(data)
                if shut:
                    connection.shutdown(socket.SHUT_WR)
            return received(connection)

    def ask(
        self,
        target: str,
        *headers: str,
        method: str = "GET",
        body: bytes = b"",
        timeout: float = 10,
    ) -> "Reply":
        """The answer to a request whose parts are sent as they are."""
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        return replies(self.send(head + body, timeout=timeout), [method])[0]

    def query(self, text: str, *headers: str, timeout: float = 10) -> "Reply":
        """The answer to a query."""
        sent = ("Content-Type: application/sparql-query", "Accept: */*", *headers)
        return self.ask("/sparql", *sent, method="POST", body=text.encode(), timeout=timeout)

    def is_well(self) -> bool:
        """Whether it is healthy and answers a question."""
        return self.ask("/health").status == 200 and self.query("ASK {}").status == 200

    def told(self) -> str:
        """Its log."""
        return self.log.read_text(encoding="utf-8")

    def processes(self) -> set[int]:
        """Its processes below it."""
        return _below(self.process.pid)


class Reply(NamedTuple):
    """An answer; the names of `headers` are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def received(connection: socket.socket) -> bytes:
    """All that comes on a connection."""
    found = bytearray()
    with contextlib.suppress(ConnectionError):  # a server that closes with more to read resets it
        while data := connection.recv(1 << 16):
            found += data
    return bytes(found)


def replies(data: bytes, methods: list[str]) -> list[Reply]:
    """The answers on a connection to requests with these methods, read by another HTTP.

    Raises `AssertionError` where they are not well-formed, or something is left.
    """
    import h11

    client, found = h11.Connection(h11.CLIENT), []
    client.receive_data(data)
    client.receive_data(b"")
    for method in methods:
        client.send(h11.Request(method=method, target="/", headers=[("Host", "localhost")]))
        client.send(h11.EndOfMessage())
        head, body = None, b""
        while not isinstance(event := client.next_event(), h11.EndOfMessage):
            assert not isinstance(event, h11.ConnectionClosed), data
            if isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
        headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
        found.append(Reply(head.status_code, headers, body))
        if client.their_state is h11.DONE and client.our_state is h11.DONE:
            client.start_next_cycle()
    assert not client.trailing_data[0], data
    return found


@contextlib.contextmanager
def target(folder: Path, *inputs: Path | str, **settings: str) -> Iterator[Target]:
    """A server of inputs, which can answer; ended with all that it started."""
    with started(folder, *inputs, **settings) as found:
        try:
            wait_for(lambda: "Ctrl+C" in found.told(), 30)
            yield found
        finally:
            found.process.terminate()
            found.process.wait(20)


@contextlib.contextmanager
def started(
    folder: Path, *arguments: Path | str, limit: str | None = None, **environment: str
) -> Iterator[Target]:
    """A server that was told to start; `limit` is one of the shell's `ulimit`."""
    port, log, temp = free_port(), folder / "log", folder / "temp"
    temp.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "es_lod.cli", "serve", *arguments, "--port", str(port)]
    if limit is not None:
        command = ["sh", "-c", f'ulimit {limit}; exec "$@"', "sh", *command]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env={**os.environ, "TMPDIR": str(temp), **environment},
        )
    try:
        yield Target(port, process, Path(arguments[0]), temp, log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def copied(site: Path, folder: Path) -> Path:
    """A copy of a site, with a canary beside it, and within it what leads there or nowhere."""
    (folder / "canary.txt").write_bytes(CANARY)
    found = folder / "site"
    shutil.copytree(site, found)
    (found / "link.txt").symlink_to(folder / "canary.txt")
    (found / "folder").symlink_to(folder)
    (found / "doc" / "above.html").symlink_to("../../canary.txt")
    (found / "loop.html").symlink_to("loop.html")
    (found / "endless.txt").symlink_to("/dev/zero")
    os.mkfifo(found / "pipe.txt")
    return found


def wait_for(happens, seconds: float = 10) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def alive(pid: int) -> bool:
    """Whether a process runs: one that nobody has awaited yet does not."""
    return pid in _parents()


def _below(pid: int) -> set[int]:
    parents = _parents()
    found: set[int] = set()
    todo = [pid]
    while todo:
        above = todo.pop()
        children = {child for child, parent in parents.items() if parent == above}
        found |= children
        todo += children
    return found


def _parents() -> dict[int, int]:
    """The parent of each process that runs."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent, *_ = stat.read_text("ascii", "replace").rpartition(")")[2].split()
            if state != "Z":
                found[int(stat.parent.name)] = int(parent)
    return found
