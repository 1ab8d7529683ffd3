"""The end of the server: answers under way are finished, nothing of it is left."""

import contextlib
import http.client
import os
import signal
import threading
import time
from urllib.parse import urlencode

import pytest
from conftest import EXAMPLE
from watched import JSON, TRIPLES, alive, only_on_linux, until, watched

from es_lod.server.stopping import GRACE

pytestmark = [pytest.mark.slow, only_on_linux]
SIGNALS = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} FILTER (?c != ?i && ?f != ?l) }}"


def half_a_second(n):
    """A query that takes half a second, and has a known answer."""
    values = " ".join(map(str, range(80)))
    blocks = " ".join(f"VALUES ?{name} {{ {values} }}" for name in "abc")
    return f"SELECT (COUNT(*) AS ?n) {{ {blocks} FILTER (?a * ?b + ?c != {-n}) }}"


class Asking(threading.Thread):
    """A query that is under way; then its status and body."""

    def __init__(self, port, text):
        super().__init__(daemon=True)
        self.port, self.text, self.answer = port, text, None
        self.start()

    def run(self):
        with contextlib.suppress(ConnectionError):
            self._ask()

    def _ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        path = f"/sparql?{urlencode({'query': self.text})}"
        connection.request("GET", path, headers={"Accept": JSON})
        response = connection.getresponse()
        self.answer = response.status, response.read().decode()
        connection.close()

    def end(self):
        self.join(60)
        assert self.answer is not None, "the connection was lost"
        return self.answer


def assert_gone(server, family, code=0, files=0):
    """Nothing is left of a server: no process, no file."""
    assert server.process.wait(GRACE + 10) == code, server.said()
    until(lambda: not alive(family), 5, lambda: alive(family))
    assert len(server.files()) == files, server.files()
    assert "Traceback" not in server.said()


def assert_refused(asked):
    status, body = asked.end()
    assert status == 503
    assert "The server is closing down" in body
    assert "Serwer właśnie się zamyka" in body


@SIGNALS
def test_answers_under_way_are_finished(number, tmp_path, examples_site):
    with watched(tmp_path, examples_site) as server:
        asking = [Asking(server.server.port, half_a_second(n)) for n in range(1, 4)]
        time.sleep(0.3)
        family = server.family()
        server.process.send_signal(number)
        for asked in asking:
            status, body = asked.end()
            assert (status, '"512000"' in body) == (200, True), body
        assert_gone(server, family)
        assert "The server has stopped." in server.said()


def test_what_would_take_too_long_is_refused_with_words(tmp_path, examples_site):
    with watched(tmp_path, examples_site) as server:
        asked = Asking(server.server.port, ENDLESS)
        time.sleep(0.5)
        family = server.family()
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert_refused(asked)
        assert_gone(server, family)
        assert time.monotonic() - began < GRACE + 10


def test_a_second_signal_waits_for_nothing(tmp_path, examples_site):
    with watched(tmp_path, examples_site) as server:
        asked = Asking(server.server.port, ENDLESS)
        time.sleep(0.5)
        family = server.family()
        began = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGINT)
        assert_refused(asked)
        assert_gone(server, family)
        assert time.monotonic() - began < GRACE


def test_a_server_of_an_input_leaves_nothing_either(tmp_path):
    with watched(tmp_path, EXAMPLE) as server:
        assert server.ask("").status == 200
        assert server.files()
        family = server.family()
        server.process.send_signal(signal.SIGTERM)
        assert_gone(server, family)


@pytest.mark.parametrize("seconds", [0.6, 1.2, 1.8])
def test_it_can_be_stopped_before_it_has_begun(seconds, tmp_path):
    with watched(tmp_path, EXAMPLE, waits=False) as server:
        time.sleep(seconds)
        family = server.family()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        until(lambda: not alive(family), 5)
        assert server.files() == []
        assert "Traceback" not in server.said()


def test_clients_that_hold_their_connections_keep_nobody_waiting(tmp_path, examples_site):
    with watched(tmp_path, examples_site) as server:
        idle = http.client.HTTPConnection("127.0.0.1", server.server.port)
        idle.request("GET", "/health")
        assert idle.getresponse().read()
        slow = http.client.HTTPConnection("127.0.0.1", server.server.port)
        slow.putrequest("GET", "/")
        slow.send(b"".join(slow._buffer) + b"\r\nX-Slow: 1")
        time.sleep(0.3)
        family = server.family()
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert_gone(server, family)
        assert time.monotonic() - began < GRACE
        idle.close()
        slow.close()


def test_processes_end_with_one_that_was_killed(tmp_path, examples_site):
    with watched(tmp_path, examples_site) as server:
        Asking(server.server.port, ENDLESS).join(0.5)
        family = server.family()
        assert len(family) > 3
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(5)
        until(lambda: not alive(family), 10, lambda: alive(family))
