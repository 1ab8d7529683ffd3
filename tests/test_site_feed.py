"""The feed: replayed from its beginning it gives the dataset, and its pages never change."""

import json
import re
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pyoxigraph
import pytest
from conftest import ROOT, WEB, need
from pyoxigraph import RdfFormat
from test_roundtrip import rdfc_hash

from es_lod import Dataset
from es_lod.errors import InputError
from es_lod.namespaces import FEED_PREFIXES, PREFIXES
from es_lod.report import Report
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.editions import feed
from es_lod.site.settings import read_settings
from es_lod.values import PartialDate

URL = "https://w3id.org/es-lod/"
AS, TREE, LDES = (
    "https://www.w3.org/ns/activitystreams#",
    "https://w3id.org/tree#",
    "https://w3id.org/ldes#",
)
EMAGRA = "stowarzyszenie-emagra"
REFERENCE = "wizyta-studyjna-tarnow-2018"


def publish(data, day, **settings):
    found = replace(read_settings(data / "site.yaml"), date=day and PartialDate(day), **settings)
    dataset = Dataset.load(data, base=found.base)
    build(Edition(dataset, found, Report([])), data.parent / "site")
    return data.parent / "site"


def edit(data, old, new):
    path = data / f"{REFERENCE}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def remove_emagra(data):
    path = data / f"{REFERENCE}.yaml"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    kept = "\n\n".join(block for block in blocks if f"- id: {EMAGRA}\n" not in block)
    lines = kept.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if EMAGRA not in line), encoding="utf-8")


def name(iri):
    return pyoxigraph.NamedNode(iri)


def store_of(path):
    found = pyoxigraph.Store()
    found.load(path=str(path))
    return found


def pages(site, url=URL):
    """The pages that the root leads to, by the times that it states: all that a client knows."""
    root = store_of(site / "feed" / "feed.ttl")
    rows = root.query(
        f"""SELECT ?node ?from ?to WHERE {{
            <{url}feed/feed.ttl> <{TREE}relation> ?a, ?b .
            ?a a <{TREE}GreaterThanOrEqualToRelation> ; <{TREE}value> ?from ; <{TREE}node> ?node .
            ?b a <{TREE}LessThanOrEqualToRelation> ; <{TREE}value> ?to ; <{TREE}node> ?node .
        }} ORDER BY ?from ?node"""
    )
    return [
        (site / row["node"].value.removeprefix(url), row["from"].value, row["to"].value)
        for row in rows
    ]


def activities(site, url=URL):
    """(time, kind, thing, payload) of all members, in the order of the feed."""
    found = []
    for path, begin, end in pages(site, url):
        page = store_of(path)
        rows = page.query(
            f"""SELECT ?activity ?kind ?thing ?time WHERE {{
                <{url}feed/feed.ttl#stream> <{TREE}member> ?activity .
                ?activity a ?kind ; <{AS}object> ?thing ; <{AS}published> ?time .
            }}"""
        )
        for row in rows:
            assert begin <= row["time"].value <= end
            payload = page.quads_for_pattern(None, None, None, row["activity"])
            kind = row["kind"].value.removeprefix(AS)
            found.append((row["time"].value, kind, row["thing"].value, [q.triple for q in payload]))
    return sorted(found, key=lambda item: item[0])


def replayed(site):
    """What a harvester has that followed the feed from its beginning."""
    things = {}
    for _, kind, thing, payload in activities(site):
        assert (kind == "Create") == (thing not in things)
        if kind == "Delete":
            assert payload == []
            del things[thing]
        else:
            things[thing] = payload
    return [triple for payload in things.values() for triple in payload]


def as_quads(triples):
    return [pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in triples]


def changes(data):
    """The editions of the tests: a day, and what changes before it."""
    yield "2026-11-23", lambda: None
    yield "2026-11-23", lambda: edit(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    yield "2026-12-01", lambda: remove_emagra(data)
    yield "2026-12-02", lambda: None
    yield "2027-01-31", lambda: edit(data, "w grudniu 2014 r.", "w listopadzie 2014 r.")


def test_replaying_the_feed_gives_the_dataset_of_each_edition(data):
    for day, change in changes(data):
        change()
        site = publish(data, day)
        dump = pyoxigraph.parse(path=str(site / "dump" / "es.nt"))
        assert rdfc_hash(as_quads(replayed(site))) == rdfc_hash(dump)


def test_only_changes_are_told_and_pages_never_change(data):
    counts, seen = [], {}
    for day, change in changes(data):
        change()
        site = publish(data, day)
        now = {path.name: path.read_bytes() for path in (site / "feed").glob("*.trig")}
        assert {key: now.get(key) for key in seen} == seen
        counts.append(len(activities(site)))
        seen = now
    # With the association goes its name in the co-operative that it founded.
    assert [b - a for a, b in pairwise(counts)] == [1, 2, 0, 1]
    assert counts[0] == len(Dataset.load(ROOT / "examples" / f"{REFERENCE}.yaml"))


def test_the_order_of_two_editions_of_a_day_can_be_told(data):
    publish(data, "2026-11-23")
    edit(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
    site = publish(data, "2026-11-23")
    times = sorted({time for time, *_ in activities(site)})
    assert times == ["2026-11-23T00:00:00Z", "2026-11-23T00:00:01Z"]


def test_many_changes_stand_on_several_pages(data, monkeypatch):
    monkeypatch.setattr(feed, "MEMBERS", 4)
    site = publish(data, "2026-11-23")
    count = len(activities(site))
    assert len(pages(site)) == -(-count // 4)
    assert len({path for path, *_ in pages(site)}) == len(pages(site))
    dump = pyoxigraph.parse(path=str(site / "dump" / "es.nt"))
    assert rdfc_hash(as_quads(replayed(site))) == rdfc_hash(dump)


def test_pages_are_what_pyoxigraph_writes(data):
    prefixes = {**PREFIXES, **FEED_PREFIXES}
    for day, change in changes(data):
        change()
        for path in (publish(data, day) / "feed").glob("*.trig"):
            quads = pyoxigraph.parse(path=str(path))
            written = pyoxigraph.serialize(quads, format=RdfFormat.TRIG, prefixes=prefixes)
            assert path.read_bytes() == written


def test_pages_say_that_they_do_not_change(data):
    site = publish(data, "2026-11-23")
    for path, *_ in pages(site):
        node = name(f"{URL}feed/{path.name}")
        (quad,) = store_of(path).quads_for_pattern(node, name(f"{LDES}immutable"), None)
        assert quad.object.value == "true"


def test_without_a_day_there_is_no_feed(data):
    assert not (publish(data, None) / "feed").exists()


@pytest.mark.parametrize("day", [None, "2026-11-22", "2025-12-31"])
def test_an_edition_before_the_former_one_is_refused(data, day):
    site = publish(data, "2026-11-23")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as raised:
        publish(data, day)
    (problem,) = raised.value.problems
    assert problem.message["pl"] == (
        "Poprzednie wydanie jest z dnia 2026-11-23; podaj ten dzień albo późniejszy: opcją --date "
        "albo kluczem date w site.yaml."
    )
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_site_that_moves_begins_its_feed_anew(data):
    publish(data, "2026-11-23")
    url = "https://dane.example.org/es/"
    site = publish(data, "2026-11-24", url=url)
    assert {kind for _, kind, *_ in activities(site, url)} == {"Create"}
    assert len(list((site / "feed").glob("*.trig"))) == 1
    assert URL + "feed" not in (site / "feed" / "feed.ttl").read_text(encoding="utf-8")


def test_what_somebody_put_beside_the_pages_is_no_page(data, tmp_path):
    site = publish(data, "2026-11-23")
    right = sorted(path.name for path in (site / "feed").iterdir())
    secret = tmp_path / "secret"
    secret.write_text("not for the web", encoding="utf-8")
    names = ["0000-00-00-1-1.trig", "2026-13-45-1-1.trig", "notes.trig"]
    for name in names:
        (site / "feed" / name).write_text("no page", encoding="utf-8")
    (site / "feed" / "2026-11-22-1-1.trig").symlink_to(secret)
    with pytest.raises(InputError):
        publish(data, "2026-11-23")
    # A manifest can be wrong, too.
    manifest = site / "MANIFEST.json"
    tree = json.loads(manifest.read_bytes())
    tree["names"] += [f"feed/{name}" for name in [*names, "2026-11-22-1-1.trig"]]
    manifest.write_text(json.dumps(tree), encoding="utf-8")
    publish(data, "2026-11-23")
    assert sorted(path.name for path in (site / "feed").iterdir()) == right


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-24"])
def test_records_that_get_new_iris_begin_the_feed_anew(data, day):
    site = publish(data, "2026-11-23")
    former = {path.name for path in (site / "feed").glob("*.trig")}
    publish(data, day, base=f"{URL}zasob/")
    # A client keeps a page that never changes: its name is not given to another.
    assert former.isdisjoint(path.name for path in (site / "feed").glob("*.trig"))
    found = activities(site)
    assert {kind for _, kind, *_ in found} == {"Create"}
    assert all(thing.startswith(f"{URL}zasob/") for _, _, thing, _ in found)


CLIENT = WEB / "node_modules" / "ldes-client" / "dist" / "bin" / "cli.js"


@contextmanager
def at_home(site):
    """A feed as if the loopback was its home: its addresses are told with that in their place."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # as the library calls it
            path = site / self.path.partition("?")[0].lstrip("/")
            here = f"http://127.0.0.1:{self.server.server_port}/feed/".encode()
            data = path.read_bytes().replace(f"{URL}feed/".encode(), here)
            self.send_response(200)
            types = {".ttl": "text/turtle", ".trig": "application/trig"}
            self.send_header("Content-Type", types[path.suffix])
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/feed/feed.ttl"
        server.shutdown()


@pytest.mark.slow
def test_a_client_of_others_gets_the_changes_alone_the_second_time(data):
    """The client is the reference implementation, https://github.com/rdf-connect/ldes-client."""
    node = shutil.which("node")
    missing = (
        None if CLIENT.exists() else "ldes-client is not installed (make web, which needs npm)"
    )
    need(missing if node else "node is not installed (Debian: nodejs)")
    site = publish(data, "2026-11-23")

    def follow(address):
        command = [node, CLIENT, address, "--save", data.parent / "state"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return re.findall(rf"<\S+#(\S+)> <\S+#type> <{re.escape(AS)}(\w+)>", done.stdout)

    with at_home(site) as address:
        first = follow(address)
        edit(data, "pod koniec 2014 r.", "w grudniu 2014 r.")
        remove_emagra(data)
        publish(data, "2026-12-01")
        second = follow(address)
    ids = {record.id for record in Dataset.load(ROOT / "examples" / f"{REFERENCE}.yaml")}
    assert sorted(first) == [(id_, "Create") for id_ in sorted(ids)]
    assert sorted(second) == [("spoldzielnia-socjalna-serwis", "Update"), (EMAGRA, "Delete")]
