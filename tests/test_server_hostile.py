"""Requests that mean harm: what no client asks that was written to be answered."""

import asyncio
import contextlib
import gzip
import os
import re
import signal
import socket
import time
from collections import deque
from itertools import product
from urllib.parse import quote

import pytest
from attacks import CANARY, alive, copied, received, replies, started, target, wait_for
from conftest import EXAMPLE

from es_lod.server.guarding import Guarded

FORM = "application/x-www-form-urlencoded"
HTML = "Accept: text/html"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
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

UP = ("..", "%2e%2e", ".%2E", "%252e%252e", "%c0%ae%c0%ae", "%e0%80%ae.", "%u002e.", "..;", "..%00")
BETWEEN = ("/", "%2f", "%252F", "\\", "%5c", "%c0%af", "//", "/./")
BEFORE = ("", "doc/", "id/", "folder/", "sparql/", "sparql/assets/", "reconcile/", ".well-known/")


def leaks(answer):
    return CANARY in answer.body or b"root:" in answer.body


@pytest.mark.parametrize("before", BEFORE)
def test_no_spelling_of_a_path_leads_out_of_the_site(server, before):
    for up, between in product(UP, BETWEEN):
        for path in (f"{up}{between}canary.txt", between.join([*[up] * 12, "etc", "passwd"])):
            answer = server.ask(f"/{before}{path}")
            assert answer.status in {400, 403, 404}, path
            assert not leaks(answer), path


@pytest.mark.parametrize(
    "path",
    [
        *("/link.txt", "/folder/canary.txt", "/folder", "/doc/above.html", "/doc/above"),
        *("/loop.html", "/loop", "/endless.txt", "/pipe.txt"),
        *("http://localhost/../canary.txt", "http://localhost/link.txt", "file:///etc/passwd"),
        *("//localhost/etc/passwd", "//etc/passwd", "/etc/passwd", "etc/passwd", "*", "?", "#"),
        *("/C:/Windows/win.ini", "/C|/", "/c:%5cboot.ini", "/%5c%5clocalhost%5cc$", "//./C:/"),
        *("/CON", "/nul", "/aux.html", "/COM1.txt", "/PRN", "/index.html::$DATA", "/index.html."),
        *("/index.html%20", "/index.html%00", "/%00", "/robots.txt%00.html"),
        *("/.htaccess", "/%2ehtaccess", "/.git/config", "/doc/.x", "/.well-known/../EDITION.json"),
        *("/gone/", "/doc", "/dump", "/assets/", "/~root", "/proc/self/environ", "/dev/fd/0"),
    ],
)
def test_what_is_no_file_of_the_site_is_not_read(server, path):
    answer = server.ask(path)
    assert answer.status in {400, 403, 404}
    assert not leaks(answer)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_the_server_may_not_read_is_no_failure_of_it(server):
    (server.site / "locked.txt").write_text("locked", encoding="utf-8")
    (server.site / "locked.txt").chmod(0)
    assert server.ask("/locked.txt").status in {403, 404, 503}


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


@pytest.mark.parametrize(
    "name", ["a" * 256, "a" * 999, "doc/" + "a" * 300, "a/" * 499, "id/" + "a" * 300]
)
def test_a_name_that_no_file_can_have_is_that_of_none(server, name):
    assert server.ask(f"/{name}").status == 404


def test_a_file_is_no_folder(server):
    assert server.ask("/index.html/").status == server.ask("/robots.txt/").status == 404


# Ranges


def test_parts_of_a_page_are_not_those_of_its_file(server):
    """A page is not sent as it is in its file: its parts would not fit together."""
    whole = server.ask("/index.html")
    part = server.ask("/index.html", "Range: bytes=0-99")
    assert (part.status, part.body) == (200, whole.body)


@pytest.mark.parametrize(
    "ranges",
    [
        "0-,0-,0-",
        ",".join(["0-"] * 20_000),
        ",".join(f"{i}-{i}" for i in range(0, 40_000, 2)),
        ",".join(f"{i}-" for i in range(99)),
        "-1,-2,-3",
        f"-{'9' * 4000}",
        f"{'9' * 100_000}-",
        "9-0",
        "a-b",
        "0-0,",
        "",
    ],
    ids=lambda text: text[:8],
)
def test_parts_of_a_file_are_not_more_than_the_file(server, ranges):
    whole = server.ask("/dump/es.ttl")
    started_at = time.monotonic()
    part = server.ask("/dump/es.ttl", f"Range: bytes={ranges}")
    assert time.monotonic() - started_at < 2
    assert part.status in {200, 206, 400, 416}
    assert len(part.body) < 1.1 * len(whole.body)


@pytest.mark.parametrize("tags", ['"a",' * 30_000, "W/" * 60_000, '"' * 100_000, "," * 100_000])
def test_many_tags_take_no_time(server, tags):
    started_at = time.monotonic()
    assert server.ask("/index.html", f"If-None-Match: {tags}").status == 200
    assert time.monotonic() - started_at < 2


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


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),  # no host
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /\xc5\xbc HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", 400),
        (QUERY + b"Content-Length: -1\r\n\r\n", 400),
        (QUERY + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{} ", 400),
        (QUERY + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", 400),
        (QUERY + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (QUERY + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
        (QUERY + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nASK{}\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100), 400),
    ],
    ids=range(14),
)
def test_what_is_no_http_is_refused(server, request_, status):
    (answer,) = replies(server.send(request_), ["POST"])
    assert answer.status == status
    assert server.ask("/health").status == 200


@pytest.mark.parametrize("path", ["/sparql", "/reconcile", "/health"])
@pytest.mark.parametrize("wait", [0, 0.2], ids=["at once", "later"])
@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_a_body_that_is_no_http_is_refused_once(server, method, path, wait):
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n".encode()
    head += b"Transfer-Encoding: chunked\r\n\r\n"
    with asked(server, head if wait else head + b"?\r\n") as connection:
        time.sleep(wait)
        if wait:
            connection.sendall(b"?\r\n")
        (answer,) = replies(received(connection), [method])
    assert answer.status in {200, 400, 405}
    assert server.is_well()
    assert "Traceback" not in server.told()


@pytest.mark.parametrize("path", ["/sparql", "/reconcile"])
@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 999999999\r\n\r\n",
        b"Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"a" * 2**16 + b"\r\n") * 17,
    ],
    ids=["told", "expected", "chunked"],
)
def test_a_body_that_is_too_long_is_refused_before_its_end(server, path, sent):
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n".encode()
    with asked(server, head + sent) as connection:
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_packed_body_is_not_unpacked(server):
    bomb = gzip.compress(bytes(10**7))
    packed = ("Content-Encoding: gzip", f"Content-Type: {FORM}", "Accept: */*")
    for path in ("/sparql", "/reconcile"):
        assert server.ask(path, *packed, method="POST", body=bomb).status == 400


@pytest.mark.parametrize("path", ["/sparql", "/reconcile"])
@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"a%d=" % i for i in range(5000)),
        b"query=%ff&queries=%ff",
        b"query=\xff&queries=\xff",
        b"query=%ed%a0%80&queries=%ed%a0%80",
        b"query=%c0%80&queries=%c0%80",
        b"query=%f5%80%80%80&queries=%f5%80%80%80",
        b"query=&queries=",
        b"query=%00&queries=%00",
        b"query=ASK%7B%7D%00&queries=%7B%7D%00",
        b"query=" + b"(" * 100_000 + b"&queries=" + b"[" * 100_000,
        b"query=SELECT&queries=" + b'{"a":' * 100_000,
        b"query=%EF%BB%BF%EF%BB%BFASK&queries=%EF%BB%BF%7B%7D",
    ],
    ids=range(12),
)
def test_a_form_that_makes_no_sense_is_refused(server, path, body):
    sent = (f"Content-Type: {FORM}", "Accept: */*")
    answer = server.ask(path, *sent, method="POST", body=body)
    assert answer.status in {400, 413}
    get = server.ask(f"{path}?{body.decode('latin-1')}", "Accept: */*")
    assert get.status in {400, 413}


def test_requests_in_a_row_are_answered_in_their_order(server):
    paths = [f"/sparql?query=SELECT({i}AS%3Fx){{}}&format=csv" for i in range(40)]
    *others, last = (f"GET {path} HTTP/1.1\r\nHost: localhost\r\n" for path in paths)
    data = "\r\n".join([*others, last + "Connection: close\r\n\r\n"]).encode()
    found = [answer.body.split()[1] for answer in replies(server.send(data), ["GET"] * 40)]
    assert found == [b"%d" % i for i in range(40)]


NEW = "%0d%0aX-Attack:%201%0d%0a%0d%0a<script>"


@pytest.mark.parametrize(
    "path",
    [
        f"/{NEW}",
        f"/doc/{NEW}",
        f"/id/a{NEW}",
        f"/sparql?query=ASK{{}}&lang={NEW}",
        f"/sparql?query=ASK{{}}&format={NEW}",
        f"/sparql?name={NEW}",
        f"/sparql?query={NEW}",
        f"/sparql?query=ASK{{}}&default-graph-uri={NEW}",
        f"/sparql/assets/{NEW}",
        f"/reconcile?callback={NEW}&lang={NEW}",
        f"/reconcile/{NEW}",
        f"/reconcile/preview?id={NEW}",
        f"/reconcile/suggest/entity?prefix={NEW}&cursor={NEW}",
        f"/concept/a/{NEW}",
    ],
)
def test_nothing_that_is_asked_becomes_a_header(server, path):
    forwarded = (f"X-Forwarded-Proto: {NEW}", f"X-Forwarded-Prefix: /{NEW}")
    for language in ("pl", f"en{NEW}", "en\xff"):
        answer = server.ask(path, HTML, f"Accept-Language: {language}", *forwarded)
        assert "x-attack" not in answer.headers
        assert all(value.isprintable() for value in answer.headers.values())
        assert b"<script>" not in answer.body or not answer.headers["content-type"].startswith(
            "text/html"
        )


@pytest.mark.parametrize(
    "host",
    [
        *("[", "[::1", "a b", "<x>", 'a"b', "x/../y", "x?y", "x#y", "x@y", "", "\xff", "x:999999"),
        *("x:y", "x\\y", "x%00y", "{x}", "a" * 5000, "x,y", "javascript:alert(1)", "${x}", "x;y"),
    ],
    ids=ascii,
)
def test_a_host_that_is_none_is_told_to_nobody(server, host):
    asked = f"Host: {host}\r\nConnection: close\r\n"
    for path, accept in (("/reconcile", "*/*"), ("/sparql", "text/turtle"), ("/nowhere", "*/*")):
        request = f"GET {path} HTTP/1.1\r\n{asked}Accept: {accept}\r\n\r\n".encode("latin-1")
        (answer,) = replies(server.send(request), ["GET"])
        assert answer.status in {200, 400, 404}
        found = set(re.findall(rb"http://[^\s<>\"'{]*", answer.body))
        assert not [url for url in found if host.encode("latin-1") in url and len(host) > 1]


# Queries that would change or fetch something


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.setblocking(False)
        yield found
        with pytest.raises(BlockingIOError):
            found.accept()


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{url}> {{ ?s ?p ?o }}",
        "service silent<{url}>{{}}",
        "SERVICE#x\n<{url}> {{}}",
        "SERVICE ?x {{}} VALUES ?x {{ <{url}> }}",
        "BIND(<{url}> AS ?x) SERVICE SILENT ?x {{}}",
        "\\u0053ERVICE <{url}> {{}}",
        "SERV\\U00000049CE <{url}> {{}}",
        "FILTER(1<2)SERVICE<{url}>{{}}",
        "FILTER EXISTS {{ SERVICE <{url}> {{}} }}",
        "{{ SELECT * {{ SERVICE <{url}> {{}} }} }}",
        "SERVICE x: {{}}",
    ],
)
def test_no_query_fetches_anything(server, listener, clause):
    for port in (listener.getsockname()[1], server.port):
        url = f"http://127.0.0.1:{port}/sparql"
        query = f"PREFIX x: <{url}> SELECT * {{ {clause.format(url=url)} }}"
        assert server.query(query).status == 400
        assert server.ask(f"/sparql?query={quote(query)}", HTML).status == 400


@pytest.mark.parametrize("clause", ["FROM <{url}>", "FROM NAMED <{url}>"])
def test_no_graph_is_fetched(server, listener, clause):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ttl"
    query = f"SELECT * {clause.format(url=url)} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{}} }} }}"
    assert server.query(query).status == 200
    named = quote(url, safe="")
    for field in ("default-graph-uri", "named-graph-uri"):
        sent = f"/sparql?query={quote('ASK { ?s ?p ?o }')}&{field}={named}"
        assert server.ask(sent, "Accept: */*").status == 200


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <{url}>",
        "LOAD SILENT <{url}> INTO GRAPH <a:b>",
        "INSERT DATA {{ <a:a> <a:b> <a:c> }}",
        "DELETE WHERE {{ ?s ?p ?o }}",
        "INSERT {{ ?s <a:b> 1 }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:b>",
        "COPY DEFAULT TO <a:b>",
        "ASK {{}}; DROP ALL",
    ],
)
def test_no_update_is_made_in_any_form(server, listener, update):
    def count():
        return server.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g {} } }").body

    before = count()
    text = update.format(url=f"http://127.0.0.1:{listener.getsockname()[1]}/a.ttl")
    for field in ("update", "query"):
        form = f"{field}={quote(text)}"
        assert server.ask(f"/sparql?{form}", "Accept: */*").status in {400, 403}
        sent = (f"Content-Type: {FORM}", "Accept: */*")
        posted_form = server.ask("/sparql", *sent, method="POST", body=form.encode())
        assert posted_form.status in {400, 403}
    assert server.query(text).status == 400
    as_update = "Content-Type: application/sparql-update"
    assert server.ask("/sparql", as_update, method="POST", body=text.encode()).status == 403
    for method in ("PUT", "DELETE", "PATCH"):
        assert server.ask("/sparql", method=method, body=text.encode()).status == 405
    assert count() == before


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"ASK {{ FILTER{'(' * 100_000}1{')' * 100_000} }}", 400),
        (f"ASK {'{' * 100_000}{'}' * 100_000}", 400),
        (f"ASK {{ FILTER({'!' * 100_000}true) }}", 400),
        (f"ASK {{ FILTER(1{'+1' * 100_000}) }}", 400),
        (f"ASK {{ ?s <a:b>{'/<a:b>' * 50_000} ?o }}", 400),
        (f"ASK {{ {{}}{'UNION{}' * 50_000} }}", 400),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", 422),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_query_that_asks_too_much_is_refused_and_others_answered(server, query, status):
    assert server.query(query, timeout=40).status == status
    assert server.is_well()
    wait_for(lambda: not any(busy(server)))


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
    held = deque[socket.socket]()
    with (
        target(tmp_path, examples_site, limit=f"-n {files}") as server,
        contextlib.ExitStack() as stack,
    ):
        for _ in range(12_000):  # faster than they are taken; the earliest go away
            held.append(stack.enter_context(socket.socket()))
            held[-1].setblocking(False)
            held[-1].connect_ex(("127.0.0.1", server.port))
            if len(held) > 500:
                held.popleft().close()
        assert server.is_well()
        assert len(server.told()) < 2000


def test_an_answer_for_which_the_disk_has_no_room_is_refused(tmp_path, examples_site):
    with target(tmp_path, examples_site, limit="-f 2000") as server:
        assert server.query(LARGE, timeout=30).status == 503
        assert server.is_well()
        assert not any(busy(server))
        assert "Traceback" not in server.told()


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


def test_the_end_of_a_terminal_is_that_of_the_server(tmp_path, examples_site):
    with target(tmp_path, examples_site) as server:
        processes = server.processes()
        server.process.send_signal(signal.SIGHUP)
        server.process.wait(10)
        wait_for(lambda: not any(map(alive, processes)))
        assert list(server.temp.iterdir()) == []
        assert "Traceback" not in server.told()
