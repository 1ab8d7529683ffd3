"""The server while many ask at once: right answers, limits that end queries, memory that stays.

The requests, and what is right, are those of `benchmarks/serve.py`, which also measures times.
"""

import asyncio
import os
import time
from pathlib import Path

import pytest
from conftest import ROOT
from watched import memory, only_on_linux, watched

pytestmark = [pytest.mark.slow, only_on_linux]
LIMIT = 3.0
NOISE = 10.0
"""Seconds by which a machine that has other things to do may be late."""


@pytest.fixture(scope="module")
def server(tmp_path_factory, examples_site):
    with watched(tmp_path_factory.mktemp("server"), examples_site, seconds=LIMIT) as server:
        yield server


@pytest.fixture
def benchmark(monkeypatch):
    """The modules of the benchmark."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import asking
    import serve

    return asking, serve


@pytest.fixture
def requests(benchmark, examples_site):
    asking, _ = benchmark
    return asking.Requests(examples_site / "dump" / "es.nt", seed=7)


def used(server):
    """The seconds of a processor that the processes of a server have used."""
    ticks = 0
    for pid in server.family():
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def of_light(requests):
    return lambda _: requests.light()


def of_endless(requests):
    return lambda _: requests.endless()


def test_every_answer_is_right_and_light_ones_come_beside_heavy_ones(server, benchmark, requests):
    _, serve = benchmark
    every_tenth = serve.mixture(requests, heavy=10)
    choices = [every_tenth] * 13 + [of_endless(requests)] * 3

    def round_of(seconds):
        return asyncio.run(
            serve.round_of("test", server.server.port, server.process.pid, seconds, choices)
        )

    first, second = round_of(1.5), round_of(3)
    assert first.wrong == second.wrong == []
    answered = second.statuses
    assert {"light 200", "file 200", "name 200"} <= set(answered)
    assert not [status for status in answered if "503" in status and "heavy" not in status]
    assert [status for status in answered if status.startswith("heavy 503 ended at the limit")]
    assert answered["light 200"] > 50
    assert max(second.times["heavy"]) < LIMIT + NOISE
    assert memory(server.family()) < 2 * max(first.memory)


def test_a_query_of_ten_minutes_is_ended_at_its_limit(server, benchmark, requests):
    _, serve = benchmark
    port, pid = server.server.port, server.process.pid
    quiet = used(server)
    time.sleep(1)
    quiet = used(server) - quiet
    choices = [of_light(requests), of_endless(requests)]
    found = asyncio.run(serve.round_of("test", port, pid, 1, choices))
    assert found.wrong == []
    (status,) = [status for status in found.statuses if status.startswith("heavy")]
    assert status == "heavy 503 ended at the limit of time"
    assert all(LIMIT <= seconds < LIMIT + NOISE for seconds in found.times["heavy"])
    assert found.statuses["light 200"] > 5
    ended = used(server)
    time.sleep(1)
    assert used(server) - ended < quiet + 0.3, "something runs on"


def test_what_is_asked_by_nobody_any_more_is_ended(server, requests):
    async def hang_up():
        _, writer = await asyncio.open_connection("127.0.0.1", server.server.port)
        writer.write(f"GET {requests.endless().target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await asyncio.sleep(0.5)
        writer.close()
        await writer.wait_closed()

    asyncio.run(hang_up())
    time.sleep(0.5)
    before = used(server)
    time.sleep(0.7)
    assert used(server) - before < 0.3
