"""Requests that mean harm: what no client asks that was written to be answered."""

import asyncio
import contextlib
import signal
import socket
import time

import pytest
from attacks import alive, copied, replies, started, target, wait_for
from conftest import EXAMPLE

from es_lod.errors import InputError
from es_lod.server import current
from es_lod.server.current import Current, Options
from es_lod.server.guarding import Guarded

HTML = "Accept: text/html"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUERY = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
    b"Content-Type: application/sparql-query\r\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory, examples_site):
    """A site with a file beside it that nobody may read."""
    return copied(examples_site, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server(site):
    with target(site.parent, site) as found:
        yield found
        assert found.is_well()
        assert "Traceback" not in found.told()


# Paths


@pytest.mark.parametrize("path", ["//x/y", "///", "//etc//passwd", "//"])
def test_the_page_about_a_lost_path_does_not_tell_where_the_server_runs(server, site, path):
    answer = server.ask(path)
    assert answer.status == 404
    way = b"../" * (path.count("/") - 1) or b"./"
    assert b'href="%sassets/site.css"' % way in answer.body
    assert site.parent.name.encode() not in answer.body


def test_a_long_path_gets_a_short_answer(server):
    answer = server.ask("/!/" + "a/" * 50_000)
    assert (answer.status, len(answer.body) < 100) == (404, True)


def test_a_file_is_no_folder(server):
    assert server.ask("/index.html/").status == server.ask("/robots.txt/").status == 404


# Ranges


def test_parts_of_a_page_are_not_those_of_its_file(server):
    """A page is not sent as it is in its file: its parts would not fit together."""
    whole = server.ask("/index.html")
    part = server.ask("/index.html", "Range: bytes=0-99")
    assert (part.status, part.body) == (200, whole.body)


# Requests


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 0\r\nTransfer-Encoding: Chunked",
    ],
)
def test_a_request_of_two_lengths_is_refused_with_all_that_follows(server, lengths):
    follows = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    (answer,) = replies(server.send(QUERY + lengths.encode() + b"\r\n\r\n" + follows), ["POST"])
    assert (answer.status, answer.headers["connection"]) == (400, "close")


@contextlib.contextmanager
def asked(server, data):
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(data)
        yield connection


def posted(text):
    return QUERY + b"Content-Length: %d\r\n\r\n%s" % (len(text), text.encode())


def test_a_client_that_goes_while_it_sends_leaves_nothing_in_the_log(server):
    with asked(server, QUERY + b"Content-Length: 50\r\n\r\nSELECT"):
        time.sleep(0.2)
    assert server.is_well()
    assert "Exception" not in server.told()


def test_a_client_that_goes_while_it_is_answered_frees_the_worker(server):
    with asked(server, posted(HEAVY)):
        wait_for(lambda: any(busy(server)))
    wait_for(lambda: not any(busy(server)))
    assert server.is_well()
    assert "Exception" not in server.told()


def busy(server):
    """The answers that are being written."""
    return [path for path in server.temp.glob("es-lod-*/*") if path.name.isdigit()]


@pytest.mark.parametrize("files", [128, 400])
def test_connections_on_which_nothing_is_asked_do_not_fill_the_log(tmp_path, examples_site, files):
    """Too many open files would, and keep everybody else out."""
    with target(tmp_path, examples_site, files=files) as server, contextlib.ExitStack() as stack:
        for _ in range(2 * files):
            with contextlib.suppress(OSError):
                address = ("127.0.0.1", server.port)
                stack.enter_context(socket.create_connection(address, 0.1))
        assert server.is_well()
        assert len(server.told()) < 2000


def test_who_waits_when_the_server_stops_is_told_so():
    sent = []

    async def stopped():
        async def send(message):
            sent.append(message)

        async def app(*_):
            await asyncio.sleep(60)

        scope = {"type": "http", "headers": [], "extensions": {}}
        waiting = asyncio.create_task(Guarded(app)(scope, None, send))
        await asyncio.sleep(0)
        waiting.cancel()
        await waiting

    asyncio.run(stopped())
    assert sent[0]["status"] == 503


@pytest.mark.parametrize("address", ["1.2.3.4\x1b[2J", "a\x85b", "\x7f\x08"], ids=ascii)
def test_what_a_proxy_says_of_a_client_writes_no_control_character(server, address):
    assert server.ask("/health", f"X-Forwarded-For: {address}").status == 200
    assert server.told().replace("\n", "").isprintable()


def test_an_address_writes_one_line_into_the_log(server):
    before = len(server.told().splitlines())
    server.ask("/a%0d%0a2026-01-01%20127.0.0.1%20%22GET%20/b?c=%0d%0ad")
    assert len(server.told().splitlines()) == before + 1


# Pages in the frames of others


@pytest.mark.parametrize("path", ["/", "/nowhere", "/sparql?query=ASK{}", "/sparql?query=ASK"])
def test_pages_stand_in_no_frame_of_others(server, path):
    assert server.ask(path, HTML).headers["content-security-policy"] == "frame-ancestors 'self'"


def test_previews_stand_in_the_frames_of_openrefine(server):
    preview = server.ask(f"/reconcile/preview?id={EXAMPLE.stem}")
    assert preview.status == 200
    assert "frame-ancestors" not in preview.headers["content-security-policy"]
    assert "x-frame-options" not in preview.headers


# A folder that is damaged while it is served


@pytest.fixture(scope="module")
def other(tmp_path_factory, examples_site):
    """A server whose site is damaged, time and again."""
    folder = tmp_path_factory.mktemp("damaged")
    with target(folder, copied(examples_site, folder)) as found:
        yield found
        assert "Traceback" not in found.told()


def anew(path, data):
    """Write a file as a new one: so editions are told apart."""
    path.unlink(missing_ok=True)
    if data is not None:
        path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("MANIFEST.json", None),
        ("EDITION.json", None),
        ("EDITION.json", b"["),
        ("EDITION.json", b"[" * 100_000),
        ("EDITION.json", b'{"settings": {"base": 1}}'),
        ("catalog.ttl", None),
        ("catalog.ttl", b"<"),
        ("dump/es.nq", None),
        ("dump/es.nq", b"<"),
        ("dump/es.nt", None),
    ],
)
def test_a_damaged_site_is_unavailable_until_it_is_mended(other, name, data):
    def edition():
        anew(other.site / "MANIFEST.json", manifest)

    manifest, former = ((other.site / path).read_bytes() for path in ("MANIFEST.json", name))
    kept = len(list(other.temp.iterdir()))
    edition()
    anew(other.site / name, data)
    assert other.ask("/health").status == other.query("ASK {}").status == 503
    anew(other.site / name, former)
    edition()
    wait_for(other.is_well)
    wait_for(lambda: len(list(other.temp.iterdir())) == kept)


def test_what_could_not_be_loaded_is_tried_again(tmp_path, examples_site, monkeypatch):
    """Also without a new edition: it may have been the disk that was full."""
    site = copied(examples_site, tmp_path)
    data = (site / "dump" / "es.nq").read_bytes()
    (site / "dump" / "es.nq").unlink()

    async def graphs(now):
        async with now.serving() as serving:
            return serving.graphs

    async def served():
        now = Current(Options(site))
        with pytest.raises(InputError):
            await graphs(now)
        (site / "dump" / "es.nq").write_bytes(data)
        with pytest.raises(InputError):
            await graphs(now)
        monkeypatch.setattr(current, "_AGAIN", 0)
        assert await graphs(now)
        await now.close()

    asyncio.run(served())


# How it begins and ends


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("catalog.ttl", b"<", "catalog.ttl"),
        ("dump/es.nq", None, "dump/es.nq"),
        ("dump/es.nq", b"<", "syntax"),
        ("EDITION.json", b"{", "EDITION.json"),
    ],
)
def test_a_damaged_site_is_not_served_and_the_damage_told(
    tmp_path, examples_site, name, data, told
):
    site = copied(examples_site, tmp_path)
    anew(site / name, data)
    with started(tmp_path, site) as server:
        assert server.process.wait(20) == 2
        assert told in server.told()
        assert "Traceback" not in server.told()
        assert list(server.temp.iterdir()) == []


@pytest.mark.parametrize("signals", [["SIGTERM"], ["SIGINT", "SIGINT"], ["SIGHUP"]])
def test_a_server_that_ends_leaves_nothing(tmp_path, signals):
    with target(tmp_path, EXAMPLE) as server:
        processes = server.processes()
        assert processes
        with contextlib.ExitStack() as stack:
            if len(signals) > 1:  # it would wait for the answer
                stack.enter_context(asked(server, posted(HEAVY)))
                wait_for(lambda: any(busy(server)))
            for name in signals:
                server.process.send_signal(getattr(signal, name))
                time.sleep(0.3)
            server.process.wait(5)
        wait_for(lambda: not any(map(alive, processes)))
        assert list(server.temp.iterdir()) == []
        assert "Traceback" not in server.told()
