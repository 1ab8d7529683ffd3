"""A rebuilt site is taken over as a whole, while requests go on all the time."""

import asyncio
import http.client
import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from watched import JSON, TRIPLES, memory, only_on_linux, until, watched

from es_lod.cli import commands
from es_lod.errors import InputError
from es_lod.server.current import Current
from es_lod.server.serving import Options
from es_lod.site.addresses import MANIFEST

pytestmark = [pytest.mark.slow, only_on_linux]
BASE = "https://dane.example.pl/id/"
CHANGING, STABLE, REMOVED = "zmienna", "stala", "usunieta"
NAME = f"SELECT ?name {{ <{BASE}{CHANGING}> <https://schema.org/name> ?name }}"
SETTINGS = """
base: https://dane.example.pl/id/
url: https://dane.example.pl/
title: {{pl: Wydanie {0}, en: Edition {0}}}
publisher: {{type: NonProfitOrganisation, name: {{pl: Przykład, en: Example}}}}
date: 2026-01-{0:02}
spread: {1}
"""


def published(folder, number, *ids, title=None):
    """An edition of records, of which one has its number in its name.

    Those of even number are spread over folders.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    names = {CHANGING: f"Zmienna {number}"}
    records = [
        {"id": id_, "type": "Foundation", "name": {"pl": names.get(id_, "Fundacja")}}
        for id_ in (CHANGING, STABLE, *ids)
    ]
    settings = SETTINGS.format(title or number, str(number % 2 == 0).lower())
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (data / "records.jsonl").write_text(lines, encoding="utf-8")
    (data / "site.yaml").write_text(settings, encoding="utf-8")
    arguments = ["publish", str(data), "-o", str(folder / "site"), "--date", f"2026-01-{number:02}"]
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "site"


def swapped(beside, site):
    """Put a folder in the place of another, as `publish` does."""
    former = site.with_name("former")
    site.rename(former)
    beside.rename(site)
    shutil.rmtree(former)


@pytest.fixture
def server(tmp_path):
    """A server of the first edition."""
    with watched(tmp_path, published(tmp_path, 1, REMOVED)) as server:
        yield server


class Client(threading.Thread):
    """Asks one thing after another, and writes down what is wrong with the answers.

    All of them know the newest edition that any of them has seen: no request that is sent later
    may be answered from an earlier one.
    """

    newest = 1
    stops = False

    def __init__(self, port: int, asks: Callable[["Client"], None]) -> None:
        super().__init__(daemon=True)
        self.wrong: list[str] = []
        self.asked = 0
        self.tags: dict[str, bytes] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._asks = asks

    def run(self):
        while not Client.stops:
            try:
                self._asks(self)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is wrong
                self.wrong.append(repr(error))
                self._connection.close()
            self.asked += 1
        self._connection.close()

    def get(self, path, status=200, method="GET", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=sent)
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == status, (path, answer.status, body[:300])
        return answer, body

    def has_seen(self, number, newest_before):
        assert number >= newest_before, f"{number} after {newest_before}"
        Client.newest = max(Client.newest, number)


def reads_files(client):
    before = Client.newest
    answer, body = client.get(f"/doc/{CHANGING}", accept="text/turtle")
    client.has_seen(_number(body.decode()), before)
    tag = answer.getheader("ETag")
    assert client.tags.setdefault(tag, body) == body, "one tag of two contents"
    assert list(client.tags.values()).count(body) == 1, "two tags of one content"
    client.get(f"/id/{CHANGING}", 303)
    head, nothing = client.get(f"/doc/{CHANGING}.html", method="HEAD")
    assert (int(head.getheader("Content-Length")) > 100, nothing) == (True, b"")
    client.get("/dump/es.nt", 206, range="bytes=10-99")
    client.get("/sparql/terms.json")


def reads_what_stays(client):
    path = f"/doc/{STABLE}.ttl"
    if not client.tags:
        answer, body = client.get(path)
        client.tags[answer.getheader("ETag")] = body
    (tag,) = client.tags
    client.get(path, 304, if_none_match=tag)
    client.get(path, 304, if_none_match=f'"other", {tag}', method="HEAD")


def asks_queries(client):
    before = Client.newest
    answer, body = client.get(f"/sparql?{urlencode({'query': NAME})}", accept=JSON)
    client.has_seen(_number(body.decode()), before)
    tag = answer.getheader("ETag")
    assert client.tags.setdefault(tag, body) == body, "one tag of two contents"
    client.get("/health")
    client.get("/sparql", accept="text/html")


def asks_names(client):
    before = Client.newest
    queries = urlencode({"queries": json.dumps({"q": {"query": "Zmienna"}})})
    _, body = client.get(f"/reconcile?{queries}")
    names = {item["id"]: item["name"] for item in json.loads(body)["q"]["result"]}
    client.has_seen(_number(names[CHANGING]), before)


def _number(text):
    return int(text.partition("Zmienna ")[2].partition('"')[0])


@pytest.fixture
def clients(server):
    """Clients that ask all the time; at the end all that they found wrong."""
    Client.newest, Client.stops = 1, False
    kinds = (reads_files, reads_what_stays, asks_queries, asks_names)
    found = [Client(server.server.port, asks) for asks in kinds for _ in range(2)]

    def end():
        Client.stops = True
        for client in found:
            client.join(60)
        return [f"{c._asks.__name__}: {wrong}" for c in found for wrong in c.wrong]

    for client in found:
        client.start()
    yield found, end
    end()


def test_no_request_fails_and_none_is_answered_from_the_former_edition(server, clients, tmp_path):
    found, end = clients
    until(lambda: all(client.asked > 2 for client in found), 30)
    used, processes = 0, server.settled()
    for number in range(2, 12):
        published(tmp_path, number, REMOVED)
        until(lambda: server.column(NAME) == [f"Zmienna {number}"])  # noqa: B023  # at once
        asked = [client.asked for client in found]
        until(lambda: all(c.asked > n for c, n in zip(found, asked, strict=True)), 30)  # noqa: B023
        used = used or memory(server.family())
    assert end() == []
    assert Client.newest == 11
    assert "Traceback" not in server.said()
    assert server.settled() < 1.5 * processes
    until(lambda: len(server.files()) <= 6, 10, server.files)
    assert len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())) < 60
    assert memory(server.family()) < 1.5 * used


def test_editions_that_come_faster_than_they_are_loaded_leave_nothing(server, clients, tmp_path):
    found, end = clients
    processes = server.settled()
    for number in range(2, 6):
        published(tmp_path, number, REMOVED)
    asked = [client.asked for client in found]
    until(lambda: all(c.asked > n + 2 for c, n in zip(found, asked, strict=True)), 30)
    assert end() == []
    assert server.column(NAME) == ["Zmienna 5"]
    assert server.settled() < 1.5 * processes
    until(lambda: len(server.files()) <= 6, 10, server.files)


def test_what_was_removed_is_gone(server, tmp_path):
    assert server.ask(f"id/{REMOVED}").status == 303
    assert server.ask(f"doc/{REMOVED}.ttl").status == 200
    published(tmp_path, 2)
    for path in (f"id/{REMOVED}", f"doc/{REMOVED}", f"doc/{REMOVED}.ttl"):
        assert server.ask(path).status == 410, path
    assert server.column(f"SELECT ?t {{ <{BASE}{REMOVED}> a ?t }}") == []
    published(tmp_path, 3, REMOVED)
    assert server.ask(f"id/{REMOVED}").status == 303


def test_tags_change_with_the_data(server, tmp_path):
    def tags():
        paths = [f"doc/{STABLE}.ttl", f"doc/{CHANGING}.ttl", f"sparql?{urlencode({'query': NAME})}"]
        return [server.ask(path).header("etag") for path in paths]

    first = tags()
    published(tmp_path, 1, REMOVED)
    assert tags() == first
    published(tmp_path, 2, REMOVED)
    second = tags()
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, False, False]


def test_settings_are_taken_over_with_the_data(server, tmp_path):
    published(tmp_path, 1, REMOVED, title=7)
    page = server.ask("sparql", "text/html", accept_language="pl").body.decode()
    assert "Wydanie 7" in page
    dcat, dct = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
    query = f"SELECT ?title {{ ?c a <{dcat}Catalog> ; <{dct}title> ?title }}"
    assert "Wydanie 7" in server.column(query)


def test_a_folder_that_is_away_and_comes_back(server, tmp_path):
    site, away = tmp_path / "site", tmp_path / "away"
    site.rename(away)
    for path in ("", f"doc/{STABLE}.ttl", "health", f"sparql?{urlencode({'query': NAME})}"):
        answer = server.ask(path, accept_language="pl")
        assert answer.status == 503, path
        text = answer.body.decode()
        assert "To nie jest folder opublikowanej strony" in text
        assert "This is no folder of a published site" in text
        assert str(tmp_path) not in text
        assert answer.header("retry-after")
    away.rename(site)
    assert server.ask(f"doc/{STABLE}.ttl").status == 200
    assert server.column(NAME) == ["Zmienna 1"]
    assert server.ask("health").status == 200


@pytest.mark.parametrize("damage", ["broken", "missing"])
def test_data_that_cannot_be_loaded_are_told_until_they_are_mended(damage, server, tmp_path):
    site, processes = tmp_path / "site", server.settled()
    spare = shutil.copytree(site, tmp_path / "spare")
    if damage == "broken":
        (spare / "dump" / "es.nq").write_text("nonsense", encoding="utf-8")
    else:
        (spare / "dump" / "es.nq").unlink()
    swapped(spare, site)
    for path in (f"sparql?{urlencode({'query': NAME})}", "reconcile", "health"):
        answer = server.ask(path)
        assert answer.status == 503, path
        assert {"broken": "N-Quads", "missing": "No such file"}[damage] in answer.body.decode()
    assert server.ask(f"doc/{STABLE}.ttl").status == 200
    published(tmp_path, 2)
    assert server.column(NAME) == ["Zmienna 2"]
    assert server.ask("health").status == 200
    assert server.settled() < 1.5 * processes
    until(lambda: len(server.files()) <= 6, 10, server.files)
    assert server.said().count("could not be loaded") == 1


def test_data_that_were_mended_in_their_place_are_loaded_again(tmp_path, monkeypatch):
    site = published(tmp_path, 1)
    quads = site / "dump" / "es.nq"
    right = quads.read_bytes()

    async def told():
        current = Current(Options(site))
        try:
            for data, again in ((b"nonsense", 10), (right, 10), (right, 0)):
                quads.write_bytes(data)
                monkeypatch.setattr("es_lod.server.current._AGAIN", again)
                try:
                    async with current.serving() as serving:
                        yield len(serving.graphs)
                except InputError as error:
                    yield error.problems[0].code
        finally:
            await current.close()

    async def all_told():
        return [found async for found in told()]

    assert asyncio.run(all_told()) == ["syntax", "syntax", 1]


def test_a_folder_without_its_settings_is_told(server, tmp_path):
    manifest = tmp_path / "site" / MANIFEST
    kept = manifest.read_bytes()
    manifest.unlink()
    assert server.ask("").status == 503
    manifest.write_bytes(kept)
    assert server.ask("").status == 200


def test_files_are_found_while_folders_change_places(server, tmp_path):
    site, away = tmp_path / "site", tmp_path / "away"
    wrong = []

    def change():
        for _ in range(150):
            site.rename(away)
            time.sleep(0.002)
            away.rename(site)
            time.sleep(0.002)

    changing = threading.Thread(target=change)
    changing.start()
    while changing.is_alive():
        for path, status in ((f"doc/{STABLE}.ttl", 200), (f"id/{STABLE}", 303), ("none", 404)):
            answer = server.ask(path)
            if answer.status != status:
                wrong.append((path, answer.status, answer.body[:200]))
    changing.join()
    assert wrong == []


def test_what_is_being_sent_stays_that_of_its_edition(tmp_path):
    site = published(tmp_path, 1)
    content = b"".join(b"%07d\n" % n for n in range(2**20))
    (site / "large.csv").write_bytes(content)
    endless = f"SELECT * {{ {TRIPLES} }} LIMIT 40000"
    with watched(tmp_path, site) as server:
        started = []
        for path in ("/large.csv", f"/sparql?{urlencode({'query': endless})}"):
            connection = http.client.HTTPConnection("127.0.0.1", server.server.port, timeout=30)
            connection.request("GET", path, headers={"Accept": "text/csv"})
            answer = connection.getresponse()
            started.append((connection, answer, answer.read(10)))
        next_ = tmp_path / "next"
        shutil.copytree(site, next_)
        (next_ / "large.csv").write_bytes(b"short")
        (next_ / MANIFEST).write_bytes((next_ / MANIFEST).read_bytes() + b"\n")
        swapped(next_, site)
        assert server.ask("large.csv").body == b"short"
        assert server.column(NAME) == ["Zmienna 1"]
        until(lambda: len(server.files()) <= 6, 10, server.files)
        bodies = [begun + answer.read() for _, answer, begun in started]
        assert bodies[0] == content
        assert bodies[1].count(b"\n") == 40_001
        for connection, _, _ in started:
            connection.close()


def test_a_question_under_way_is_answered_by_its_own_edition(server, tmp_path):
    values = " ".join(map(str, range(120)))
    blocks = " ".join(f"VALUES ?{name} {{ {values} }}" for name in "abc")
    slow = f"SELECT ?name {{ {{ SELECT (COUNT(*) AS ?n) {{ {blocks} FILTER (?a * ?b != ?c) }} }} "
    slow += f"<{BASE}{CHANGING}> <https://schema.org/name> ?name }}"
    answers = []
    asking = threading.Thread(target=lambda: answers.append(server.query(slow)))
    asking.start()
    time.sleep(0.3)
    swapped(published(tmp_path / "other", 2), tmp_path / "site")
    assert server.column(NAME) == ["Zmienna 2"]
    asking.join(30)
    assert answers[0].status == 200, answers[0].body
    assert "Zmienna 1" in answers[0].body.decode()
