"""Clients that are slow in sending, or in taking what they are sent."""

import contextlib
import socket
import threading
import time

import pytest
import uvicorn
from attacks import received, replies, wait_for

from es_lod.server import patience

SIZE = 2**24


async def app(scope, receive, send):
    """Answers a body of its length, else with much; `/early` before the body has come."""
    assert scope["type"] == "http"
    length = SIZE
    if scope["method"] == "POST" and scope["path"] != "/early":
        length, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            length, more = length + len(message["body"]), message["more_body"]
    elif scope["path"] != "/much":
        length = 10
    headers = [(b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for begin in range(0, length, 2**16):
        chunk = bytes(min(2**16, length - begin))
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    for name in ("_HEADERS", "_BODY", "_TAKEN"):
        monkeypatch.setattr(patience, name, 0.4)


@pytest.fixture
def served():
    """A server with the protocol, and its state."""
    config = uvicorn.Config(
        app, http=patience.Patient, ws="none", lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**16)  # the system keeps little
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        wait_for(lambda: server.started)
        yield listener.getsockname(), server.server_state
        server.should_exit = True
        thread.join()


@pytest.fixture
def connected(served):
    """A connection to it that takes little at once."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(10)
        connection.connect(served[0])
        yield connection


def asked(method="GET", path="/", length=None, *, close=False):
    headers = {"Host": "localhost"}
    if length is not None:
        headers["Content-Length"] = length
    if close:
        headers["Connection"] = "close"
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{told}\r\n".encode()


def drip(connection, data):
    """Send a little from time to time, until the server has had enough."""
    with contextlib.suppress(OSError):
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-", asked("POST", length=9) + b"1"],
    ids=["nothing", "line", "headers", "body"],
)
def test_a_request_that_does_not_come_is_not_waited_for(connected, begun):
    connected.sendall(begun)
    (answer,) = replies(received(connected), ["GET"])
    assert answer.status == 408


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nX: ", asked("POST", length=99)])
def test_a_request_that_comes_in_drips_is_not_waited_for(connected, served, begun):
    connected.sendall(begun)
    drip(connected, b"a" * 40)
    wait_for(lambda: not served[1].connections, 1)


def test_who_asks_in_time_may_ask_again_and_again(connected):
    for _ in range(4):
        time.sleep(0.3)
        connected.sendall(asked("POST", length=4))
        time.sleep(0.3)
        connected.sendall(b"body")
        found = b""
        while not found.endswith(b"\r\n\r\n" + bytes(4)):
            found += connected.recv(1 << 16)
        assert found.startswith(b"HTTP/1.1 200 OK")


def test_one_request_gets_one_answer(connected):
    """Also who was answered early, and goes on to send."""
    connected.sendall(asked("POST", "/early", length=99))
    drip(connected, b"a" * 20)
    data = received(connected)
    assert data.count(b"HTTP/1.1 ") <= 1


@pytest.mark.parametrize("close", [False, True])
def test_an_answer_that_is_not_taken_is_not_kept(connected, served, close):
    connected.sendall(asked(path="/much", close=close))
    wait_for(lambda: served[1].tasks)
    wait_for(lambda: not served[1].tasks and not served[1].connections, 5)


def test_the_rest_of_an_answer_that_is_not_taken_is_not_kept(connected, served, monkeypatch):
    """Not even where all of it is on its way already."""
    monkeypatch.setitem(globals(), "SIZE", 2**16 * 40)
    connected.sendall(asked(path="/much", close=True))
    wait_for(lambda: not served[1].connections, 5)


def test_who_takes_slowly_gets_all(connected):
    connected.sendall(asked(path="/much", close=True))
    found, begun = 0, time.monotonic()
    while data := connected.recv(1 << 20):
        found += len(data)
        if time.monotonic() - begun < 1.5:
            time.sleep(0.02)
    assert found > SIZE


@contextlib.contextmanager
def idle(address, count):
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection(address, 5)) for _ in range(count)]


def test_who_asks_nothing_keeps_nobody_out(served, monkeypatch):
    monkeypatch.setattr(patience.Patient, "most", 5)
    monkeypatch.setattr(patience, "_HEADERS", 60)
    with idle(served[0], 20), socket.create_connection(served[0], 5) as connection:
        connection.sendall(asked(close=True))
        assert received(connection).startswith(b"HTTP/1.1 200 ")
        assert len(served[1].connections) <= 5


def test_who_finds_no_room_is_told_so(served, monkeypatch):
    monkeypatch.setattr(patience.Patient, "most", 3)
    monkeypatch.setattr(patience, "_BODY", 60)
    with idle(served[0], 3) as others, socket.socket() as connection:
        for other in others:
            other.sendall(asked("POST", length=9))
        wait_for(lambda: len(served[1].tasks) == 3)
        connection.settimeout(5)
        connection.connect(served[0])
        (answer,) = replies(received(connection), ["GET"])
        assert answer.status == 503
