"""The processes that answer SPARQL: within limits, side by side, without harm to each other."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, parse

from es_lod.errors import InputError
from es_lod.server.pool.answering import Pool
from es_lod.server.pool.counting import CSVRows, JSONRows, TSVRows, XMLRows
from es_lod.server.pool.levels import Level, Remembered, levels
from es_lod.server.pool.loading import Source
from es_lod.server.questions import RESULTS, STATUSES, WORDS, Limits, Question, Refusal

G, H = "http://e.test/g", "http://e.test/h"
QUADS = f"""
<http://e.test/a> <http://e.test/p> "default" .
<http://e.test/a> <http://e.test/p> "both" <{G}> .
<http://e.test/a> <http://e.test/p> "both" <{H}> .
<http://e.test/a> <http://e.test/p> "g" <{G}> .
<http://e.test/a> <http://e.test/p> "h" <{H}> .
"""
OURS = "?s <http://e.test/p> ?o"
# Some 10^10 rows, of which each is looked at: hours of work.
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != {0} && ?f != ?i) }}"
)
MANY = "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 }"
MODES = [
    pytest.param(
        True, id="forked", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
    ),
    pytest.param(False, id="spawned"),
]


class Asking:
    """A pool on a loop of its own, asked from tests that are not asynchronous."""

    def __init__(self, files, limits, **options):
        self.runner = asyncio.Runner()
        self.pool = Pool(files, limits, **options)
        self.runner.run(self.pool.start())

    def __call__(self, text, *graphs, results="json", graph="nt"):
        """The whole answer, its rows and its text."""
        return self.runner.run(asked(self.pool, text, *graphs, results=results, graph=graph))

    def refused(self, text, *graphs, **formats):
        with pytest.raises(Refusal) as refusal:
            self(text, *graphs, **formats)
        return refusal.value

    def column(self, text, *graphs):
        """The values of a query's only column."""
        rows = json.loads(self(text, *graphs)[1])["results"]["bindings"]
        return sorted(term["value"] for row in rows for term in row.values())

    def close(self):
        self.runner.run(self.pool.close())
        self.runner.close()


async def asked(pool, text, *graphs, results="json", graph="nt"):
    answer = await pool.answer(Question(text, *graphs), results, graph)
    content = answer.path.read_text(encoding="utf-8")
    answer.path.unlink()
    return answer, content


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "data.nq"
    path.write_text(QUADS, encoding="utf-8")
    return [path]


@pytest.fixture(scope="module", params=MODES)
def ask(request, files):
    asking = Asking(files, Limits(seconds=60), fork=request.param, base="http://e.test/")
    yield asking
    asking.close()


@pytest.fixture(scope="module", params=MODES)
def small(request, files):
    """One with limits that are soon reached."""
    limits = Limits(seconds=3, rows=99, size=40_000, body=500_000, memory=2**26)
    asking = Asking(files, limits, fork=request.param)
    yield asking
    asking.close()


@pytest.fixture(scope="module", params=MODES)
def forgetful(request, files):
    """One with little memory, and time to use it up on a busy machine, too."""
    asking = Asking(files, Limits(seconds=30, memory=2**26), fork=request.param)
    yield asking
    asking.close()


# Answers


@pytest.mark.parametrize("results", RESULTS)
def test_solutions_come_in_each_format(results, ask):
    answer, text = ask(f"SELECT ?s {{ {OURS} }}", results=results)
    assert (answer.kind, answer.format, answer.rows) == ("solutions", results, 4)
    assert text.count("http://e.test/a") == 4


@pytest.mark.parametrize("results", RESULTS)
def test_booleans_come_in_each_format(results, ask):
    answer, text = ask("ASK {}", results=results)
    assert (answer.kind, answer.format, answer.rows) == ("boolean", results, 1)
    assert "true" in text


@pytest.mark.parametrize(
    ("graph", "rdf"),
    [("ttl", "TURTLE"), ("nt", "N_TRIPLES"), ("rdf", "RDF_XML"), ("jsonld", "JSON_LD")],
)
def test_graphs_come_in_each_format_and_equal(graph, rdf, ask):
    answer, text = ask(f"CONSTRUCT WHERE {{ {OURS} }}", graph=graph)
    assert (answer.kind, answer.format, answer.rows) == ("graph", graph, 4)
    found = {quad.object.value for quad in parse(text, format=getattr(RdfFormat, rdf))}
    assert found == {"default", "both", "g", "h"}


def test_turtle_has_our_prefixes(ask):
    assert (
        "@prefix es: <" in ask("DESCRIBE <https://w3id.org/es-lod/ns#Foundation>", graph="ttl")[1]
    )


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("SELECT * {}", "table", "CSV"),
        ("ASK {}", "true", "CSV"),
        ("DESCRIBE <a:a>", "graph", "Turtle"),
    ],
)
def test_a_kind_without_an_acceptable_format_is_told_with_those_it_has(text, kind, word, ask):
    refusal = ask.refused(text, results=None, graph=None)
    assert (refusal.code, refusal.status) == ("unacceptable", 406)
    assert kind in refusal.text["en"]
    assert all(word in text for text in refusal.text.values())


def test_relative_iris_are_resolved(ask):
    assert ask.column("SELECT ?o { <a> <p> ?o }") == ["both", "default", "g", "h"]


def test_the_vocabulary_is_there(ask):
    assert ask("ASK { <https://w3id.org/es-lod/ns#Foundation> ?p ?o }")[1].count("true") == 1


# Graphs


def test_the_default_graph_is_the_union_of_all_in_which_a_triple_is_once(ask):
    assert ask.column(f"SELECT ?o {{ {OURS} }}") == ["both", "default", "g", "h"]


def test_each_graph_can_be_named(ask):
    found = ask.column(f"SELECT ?o {{ GRAPH ?g {{ {OURS} }} }}")
    assert found == ["both", "both", "g", "h"]


EITHER = f"SELECT ?o {{ {{ {OURS} }} UNION {{ GRAPH ?any {{ {OURS} BIND (1 AS ?named) }} }} }}"


@pytest.mark.parametrize(
    ("default", "named", "found"),
    [
        ([G], [], ["both", "g"]),
        ([G, G], [], ["both", "g"]),
        ([G, H], [], ["both", "g", "h"]),
        ([], [H], ["both", "h"]),
        ([G], [H], ["both", "both", "g", "h"]),
        ([G, H], [H], ["both", "both", "g", "h", "h"]),
        (["http://e.test/none"], ["http://e.test/none"], []),
    ],
)
@pytest.mark.parametrize("own", ["", "FROM <http://e.test/none> FROM NAMED <http://e.test/none> "])
def test_the_graphs_of_the_protocol_count_before_those_of_the_query(
    default, named, found, own, ask
):
    text = EITHER.replace("{", f"{own}{{", 1)
    assert ask.column(text, tuple(default), tuple(named)) == found


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (f"FROM <{G}>", ["both", "g"]),
        (f"FROM NAMED <{H}>", ["both", "h"]),
        (f"FROM <{G}> FROM NAMED <{H}>", ["both", "both", "g", "h"]),
    ],
)
def test_the_graphs_of_the_query_count(own, found, ask):
    assert ask.column(EITHER.replace("{", f"{own} {{", 1)) == found


@pytest.mark.parametrize("graph", ["", "no iri", "relative", "http://e.test/\ud800"])
def test_a_graph_that_is_no_iri_is_told(graph, ask):
    refusal = ask.refused("ASK {}", (graph,))
    assert (refusal.code, refusal.status) == ("malformed", 400)


@pytest.mark.parametrize("suffix", ["nq", "trig", "jsonld", "nt", "ttl", "rdf"])
def test_files_of_each_format_are_loaded(suffix, tmp_path):
    path = tmp_path / f"data.{suffix}"
    texts = {
        "trig": "GRAPH <a:g> { <a:s> <a:p> 'o' }",
        "jsonld": '{"@id": "a:g", "@graph": [{"@id": "a:s", "a:p": "o"}]}',
        "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">'
        '<rdf:Description rdf:about="a:s"><a:p>o</a:p></rdf:Description></rdf:RDF>',
        "nq": '<a:s> <a:p> "o" <a:g> .',
    }
    path.write_text(texts.get(suffix, '<a:s> <a:p> "o" .'), encoding="utf-8")
    asking = Asking([path], Limits())
    try:
        assert asking.column("SELECT ?o { <a:s> <a:p> ?o }") == ["o"]
        named = asking.column("SELECT ?o { GRAPH <a:g> { <a:s> <a:p> ?o } }")
        assert named == (["o"] if suffix in ("nq", "trig", "jsonld") else [])
    finally:
        asking.close()


def test_a_file_may_be_of_the_default_graph_and_blank_nodes_stay_apart(files, tmp_path):
    same = tmp_path / "same.ttl"
    same.write_text("_:b <a:p> 'o' .", encoding="utf-8")
    twice = tmp_path / "twice.nq"
    twice.write_text('_:b <a:p> "o" <a:g> .', encoding="utf-8")
    asking = Asking([Source(files[0], graphs=False), same, twice], Limits())
    try:
        assert asking.column(f"SELECT ?o {{ {OURS} }}") == ["both", "default", "g", "h"]
        assert asking.column(f"SELECT ?g {{ GRAPH ?g {{ {OURS} }} }}") == []
        assert asking.column("SELECT ?o { ?b <a:p> ?o }") == ["o", "o"]
    finally:
        asking.close()


@pytest.mark.parametrize("fork", MODES)
@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("broken.ttl", "<a:s> <a:p> .", "syntax"),
        ("broken.rdf", "<rdf:RDF", "syntax"),
        ("relative.nt", "<s> <p> <o> .", "syntax"),
        ("table.csv", "a,b", "unknown-suffix"),
        ("none.ttl", None, "file-unreadable"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_told_with_its_place(name, text, code, fork, tmp_path):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        asyncio.run(Pool([path], Limits(), fork=fork).start())
    (problem,) = error.value.problems
    assert problem.code == code
    assert problem.location.file == str(path)


# Refusals


@pytest.mark.parametrize(
    "text",
    [
        "SELEC",
        "",
        "\0",
        "ASK {\ud800}",
        "ASK { ?s ?p '\udcff' }",
        "SELECT * { ?s ?p }",
        "SELECT (<http://e.test/f>(1) AS ?x) {}",
        "INSERT DATA { <a:a> <a:b> 1 }",
        "LOAD <http://127.0.0.1:1/>",
        "CLEAR ALL",
    ],
)
def test_what_is_no_query_is_malformed(text, ask):
    refusal = ask.refused(text)
    assert (refusal.code, refusal.status) == ("malformed", 400)
    assert json.loads(json.dumps(refusal.text)) == refusal.text
    assert all(len(text.encode()) < 2000 for text in refusal.text.values())


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 100_000 + "}" * 100_000,
        "ASK { FILTER (" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "ASK { ?s ?p " + "[] ; ?p [" * 100_000,
        "ASK {" + "(" * 100_000,
        "ASK { FILTER (" + "!" * 100_000 + "true) }",
        "ASK { FILTER (1" + "+1" * 100_000 + " > 0) }",
        "ASK { {?s <a:a> 1}" + " UNION {?s <a:a> 1}" * 20_000 + "}",
    ],
)
def test_a_query_that_nests_too_deeply_is_told_and_nothing_else_ends(text, ask):
    refusal = ask.refused(text)
    assert (refusal.code, refusal.status) == ("deep", 400)
    assert ask("ASK {}")[0].kind == "boolean"


def test_a_long_list_of_values_is_no_depth(ask):
    values = " ".join(f"<http://e.test/{n}>" for n in range(20_000))
    assert ask(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")[0].rows == 20_000


def test_a_query_longer_than_a_request_may_be_is_refused(small):
    refusal = small.refused("ASK {}" + " " * 500_000)
    assert (refusal.code, refusal.status) == ("long", 413)


@pytest.fixture
def nobody_calls():
    """An address at which nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        with pytest.raises(BlockingIOError):
            server.accept()


SERVICES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    r"PREFIX : <a:> SELECT * { BIND (:b\#c AS ?z) SERVICE <URL> { ?s ?p ?o } }",
    r"PREFIX : <a:> SELECT * { BIND (:b\'c AS ?z) SERVICE <URL> {?s ?p ?o} BIND ('x' AS ?y) }",
    "SELECT * { FILTER (1<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '<http://'SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '?'SERVICE#x\rSILENT#y\n<URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX s: <URL> SELECT * { SERVICEs: { ?s ?p ?o } }",
    "SELECT * { # <http://\nSERVICE <URL> { ?s ?p ?o } }",
    "SELECT * {\n# x\rSERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''\n# x''' SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_service_is_refused_in_all_spellings(text, ask, nobody_calls):
    refusal = ask.refused(text.replace("URL", nobody_calls))
    assert (refusal.code, refusal.status) == ("service", 400)


@pytest.mark.parametrize(
    "text", ["SELECT * FROM <URL> {}", "DESCRIBE <URL>", "ASK { GRAPH <URL> {} }"]
)
def test_no_other_query_calls_anywhere(text, ask, nobody_calls):
    ask(text.replace("URL", nobody_calls))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_service_that_the_scanner_overlooks_opens_no_socket(nobody_calls):
    program = f"""
        import pyoxigraph, socket, tempfile
        from es_lod.server.pool.confining import confine

        confine(2**31, offline=True)
        with tempfile.TemporaryFile():
            query = "SELECT * {{ SERVICE <{nobody_calls}> {{ ?s ?p ?o }} }}"
            try:
                list(pyoxigraph.Store().query(query))
            except OSError as error:
                print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert "Too many open files" in done.stdout


def test_service_is_answered_where_it_is_allowed(files):
    asking = Asking(files, Limits(), federated=True)
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        # Nobody listens there any more: SILENT gives the empty solution.
        text = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        assert asking(text)[0].rows == 1
        refusal = asking.refused(text.replace("SILENT", ""))
        assert (refusal.code, refusal.status) == ("failed", 503)
    finally:
        asking.close()


# Limits


@pytest.mark.parametrize("results", RESULTS)
def test_as_many_rows_as_are_allowed_are_answered_and_no_more(results, small):
    text = f"SELECT * {{ {MANY} }}"
    assert small(f"{text} LIMIT 99", results=results)[0].rows == 99
    refusal = small.refused(text, results=results)
    assert (refusal.code, refusal.status) == ("rows", 422)
    assert "99" in refusal.text["pl"]


@pytest.mark.parametrize("graph", ["ttl", "nt", "rdf", "jsonld"])
def test_as_many_triples_as_are_allowed_are_answered_and_no_more(graph, small):
    text = f"CONSTRUCT {{ ?s <a:b> ?b }} WHERE {{ {MANY} BIND (IRI(CONCAT('a:', STR(?a))) AS ?s) }}"
    assert small(f"{text} LIMIT 99", graph=graph)[0].rows == 99
    assert small.refused(text, graph=graph).code == "rows"


LONG = "BIND ('" + "ą" * 400 + "' AS ?long)"


@pytest.mark.parametrize("results", RESULTS)
def test_an_answer_of_too_many_bytes_is_refused(results, small):
    assert small(f"SELECT ?long {{ {MANY} {LONG} }} LIMIT 30", results=results)
    refusal = small.refused(f"SELECT ?long {{ {MANY} {LONG} }} LIMIT 60", results=results)
    assert (refusal.code, refusal.status) == ("size", 422)
    assert "39 KiB" in refusal.text["en"]


@pytest.mark.parametrize("graph", ["ttl", "nt", "rdf", "jsonld"])
def test_a_graph_of_too_many_bytes_is_refused(graph, small):
    made = "BIND (CONCAT(?long, STR(?b)) AS ?o) BIND (IRI(CONCAT('a:', STR(?a))) AS ?s)"
    text = f"CONSTRUCT {{ ?s <a:b> ?o }} WHERE {{ {MANY} {LONG} {made} }}"
    assert small(f"{text} LIMIT 30", graph=graph)
    assert small.refused(f"{text} LIMIT 60", graph=graph).code == "size"


@pytest.mark.slow
def test_a_question_of_hours_ends_at_its_limit(small):
    begun = time.monotonic()
    refusal = small.refused(ENDLESS.format(0))
    assert 2.9 < time.monotonic() - begun < 10
    assert (refusal.code, refusal.status) == ("time", 503)
    assert "3 s" in refusal.text["pl"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits all memory")
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    ],
)
def test_a_question_that_needs_too_much_memory_is_told_and_others_are_answered(text, forgetful):
    refusal = forgetful.refused(text)
    assert (refusal.code, refusal.status) == ("memory", 503)
    assert forgetful("ASK {}")[0].kind == "boolean"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("SELECT ('\\u000B' AS ?x) {}", {"results": "xml"}),
        ("SELECT ('\\uFFFE' AS ?x) {}", {"results": "xml"}),
        ("CONSTRUCT { <a:a> <a:b> '\\u0001' } WHERE {}", {"graph": "rdf"}),
        ("CONSTRUCT { <a:a> <http://e.test/1> 'x' } WHERE {}", {"graph": "rdf"}),
        ("CONSTRUCT { <a:a> <https://schema.org/> 'x' } WHERE {}", {"graph": "rdf"}),
        ("CONSTRUCT { <a:a> <a:b> <<( <a:a> <a:b> 'x' )>> } WHERE {}", {"graph": "jsonld"}),
    ],
)
def test_what_a_format_cannot_hold_is_told(text, format, ask):
    refusal = ask.refused(text, **format)
    assert (refusal.code, refusal.status) == ("unwritable", 406)
    others = {"results": "json", "graph": "nt"}
    assert ask(text, **others)[0].rows == 1


def test_xml_that_is_written_is_well_formed(ask):
    text = "SELECT ('<result>&\\t\\r\\n\\u0085\\uFFFD' AS ?x) (<http://e.test/?a&b> AS ?y) {}"
    answer, xml = ask(text, results="xml")
    assert answer.rows == len(ElementTree.fromstring(xml).findall(".//{*}result")) == 1  # noqa: S314


# Side by side


def endless(pool, count):
    """Questions of hours, each another, on their way."""
    asks = [asked(pool, ENDLESS.format(number)) for number in range(count)]
    return [asyncio.create_task(ask) for ask in asks]


async def outcomes(tasks):
    """The code of each refusal, or the answer."""
    done = await asyncio.gather(*tasks, return_exceptions=True)
    return [outcome.code if isinstance(outcome, Refusal) else outcome for outcome in done]


@contextlib.asynccontextmanager
async def running(files, limits=None, **options):
    pool = Pool(files, limits or Limits(seconds=60), **options)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


@pytest.mark.slow
@pytest.mark.parametrize("fork", MODES)
def test_light_questions_are_answered_while_more_heavy_ones_run_than_there_is_room_for(fork, files):
    async def scenario():
        async with running(files, Limits(seconds=10 if fork else 30), fork=fork) as pool:
            # A spawned worker is dear: each has to load the data.
            heavy = endless(pool, 20 if fork else 5)
            await asyncio.sleep(0.5)
            for number in range(50):
                light = await asked(pool, f"SELECT ?o {{ {OURS} FILTER (?o != {number}) }}")
                assert light[0].rows == 4
            assert not any(task.done() for task in heavy)
            codes = await outcomes(heavy)
            assert set(codes) <= {"time", "busy"}
            assert "time" in codes
            assert (await asked(pool, "ASK {}"))[0].kind == "boolean"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_question_that_was_put_back_is_answered_in_the_end(files):
    """More questions than there are places, each of which is not quick."""
    values = " ".join(map(str, range(70)))
    joined = " ".join(f"VALUES ?{name} {{ {values} }}" for name in "abc")
    text = f"SELECT (COUNT(*) AS ?n) {{ {joined} FILTER (?a * ?b != ?c - %d) }}"

    async def scenario():
        async with running(files) as pool:
            found = await asyncio.gather(*(asked(pool, text % n, results="csv") for n in range(12)))
            assert {content.split()[0] for _, content in found} == {"n"}
            assert len({answer.path for answer, _ in found}) == 12

    asyncio.run(scenario())


def pids(pool):
    """The processes that a pool has now."""
    supply = pool._supply
    if hasattr(supply, "_keeper"):
        return {supply._keeper.pid, *supply._workers}
    return {process.pid for process in supply._processes}


def exists(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


async def until(holds):
    for _ in range(2000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("fork", MODES)
def test_the_process_of_a_question_whose_asker_is_gone_ends_and_its_file_with_it(fork, files):
    async def scenario():
        async with running(files, fork=fork) as pool:
            await asked(pool, "ASK {}")
            before = pids(pool)
            (task,) = endless(pool, 1)
            await until(lambda: any(pool._folder.iterdir()))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await until(lambda: not any(pool._folder.iterdir()))
            await until(lambda: before - pids(pool))
            assert (await asked(pool, "ASK {}"))[0].kind == "boolean"

    asyncio.run(scenario())


@pytest.mark.parametrize("fork", MODES)
def test_no_process_and_no_file_is_left(fork, files):
    async def scenario():
        pool = Pool(files, Limits(seconds=60), fork=fork)
        assert not pool.alive
        await pool.start()
        assert pool.alive
        kept = await pool.answer(Question("ASK {}"), "json", None)
        heavy = endless(pool, 6)
        await asyncio.sleep(0.5)
        processes, folder = pids(pool), pool._folder
        assert len(processes) > 2
        assert folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
        await pool.close()
        assert not pool.alive
        assert await outcomes(heavy) == ["closed"] * 6
        assert not folder.exists()
        assert not kept.path.exists()
        await until(lambda: not any(map(exists, processes)))
        with pytest.raises(Refusal) as refusal:
            await asked(pool, "ASK {}")
        assert refusal.value.code == "closed"
        await pool.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("fork", MODES)
def test_questions_that_run_may_end_before_it_closes(fork, files):
    async def scenario():
        pool = Pool(files, Limits(seconds=60), fork=fork)
        await pool.start()
        asks = [asyncio.create_task(asked(pool, f"SELECT * {{ {OURS} }}")) for _ in range(20)]
        await asyncio.sleep(0)
        await pool.close(grace=30)
        return await outcomes(asks)

    assert [outcome[0].rows for outcome in asyncio.run(scenario())] == [4] * 20


def test_as_soon_as_too_many_wait_others_are_sent_away(files, monkeypatch):
    monkeypatch.setattr("es_lod.server.pool.answering.MOST", 3)

    async def scenario():
        async with running(files) as pool:
            heavy = endless(pool, 3)
            await asyncio.sleep(0)
            with pytest.raises(Refusal) as refusal:
                await asked(pool, "ASK {}")
            assert (refusal.value.code, refusal.value.status) == ("busy", 503)
            heavy[0].cancel()
            await asyncio.wait({heavy[0]})
            await asyncio.sleep(0)
            assert (await asked(pool, "ASK {}"))[0].kind == "boolean"
            return heavy[1:]

    asyncio.run(scenario())


def test_workers_are_replaced_after_many_questions(files, monkeypatch):
    monkeypatch.setattr("es_lod.server.pool.stock.RETIRED", 3)

    async def scenario():
        async with running(files) as pool:
            seen = set()
            for _ in range(20):
                await asked(pool, "ASK {}")
                seen |= pids(pool)
            assert len(seen) > 20 / 3
            await until(lambda: len(pids(pool)) < len(seen))

    asyncio.run(scenario())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_lost_keeper_is_told_and_started_again(files, caplog):
    async def scenario():
        async with running(files) as pool:
            (task,) = endless(pool, 1)
            await until(lambda: any(pool._folder.iterdir()))
            before = pids(pool)
            os.kill(pool._supply._keeper.pid, signal.SIGKILL)
            assert (await outcomes([task]))[0] in ("failed", "memory")
            await until(lambda: not any(map(exists, before)))
            assert (await asked(pool, f"SELECT * {{ {OURS} }}"))[0].rows == 4
            assert pool.alive

    asyncio.run(scenario())
    assert "the keeper of the data ended" in caplog.text


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="a question that runs would run on")
@pytest.mark.parametrize("fork", MODES)
def test_nothing_is_left_of_a_server_that_was_killed(fork, files):
    program = f"""
        import asyncio
        from pathlib import Path
        from es_lod.server.pool.answering import Pool
        from es_lod.server.questions import Limits, Question

        async def main():
            pool = Pool([Path({str(files[0])!r})], Limits(seconds=2), fork={fork})
            await pool.start()
            asking = asyncio.create_task(pool.answer(Question({ENDLESS.format(0)!r}), "json", None))
            while not any(pool._folder.iterdir()):
                await asyncio.sleep(0.01)
            supply = pool._supply
            processes = {{process.pid for process in getattr(supply, "_processes", ())}}
            if {fork}:
                processes = {{supply._keeper.pid, *supply._workers}}
            print(pool._folder, *processes, flush=True)
            await asking

        asyncio.run(main())
    """
    program = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        folder, *processes = server.stdout.readline().split()
        assert len(processes) > 1
        server.kill()
    asyncio.run(until(lambda: not any(exists(int(pid)) for pid in processes)))
    assert not Path(folder).exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_ends_the_server_only(number, files):
    """As a terminal and service managers send it: the server may still answer what runs."""

    async def scenario():
        async with running(files) as pool:
            await asked(pool, "ASK {}")
            before = pids(pool)
            for pid in before:
                os.kill(pid, number)
            await asyncio.sleep(0.1)
            assert (await asked(pool, "ASK {}"))[0].kind == "boolean"
            assert before <= pids(pool)

    asyncio.run(scenario())


# Levels


def order_of_places(waits, long):
    """In which order those get a place who come after so many seconds each."""

    async def scenario():
        level = Level(1, None, long=long)
        await level.enter()
        order = []

        async def stay(number):
            await level.enter()
            order.append(number)
            level.leave()

        staying = []
        for number, wait in enumerate(waits):
            await asyncio.sleep(wait)
            staying.append(asyncio.create_task(stay(number)))
        await asyncio.sleep(0)
        level.leave()
        await asyncio.wait(staying)
        assert level.enter_now()
        assert not level.enter_now()
        return order

    return asyncio.run(scenario())


def test_who_waits_longest_gets_a_place_first():
    assert order_of_places([0, 0, 0, 0], long=60) == [0, 1, 2, 3]


def test_of_those_who_waited_for_long_the_last_one_gets_a_place_first():
    assert order_of_places([0, 0, 0], long=0)[0] == 2


def test_who_no_longer_waits_gets_no_place_and_keeps_none():
    async def scenario():
        level = Level(1, None, long=60)
        await level.enter()
        waiting = [asyncio.create_task(level.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        level.leave()
        waiting[0].cancel()  # it has just been given the place
        await asyncio.wait(waiting)
        assert [task.cancelled() for task in waiting] == [True, True, False]
        assert not level.enter_now()
        level.leave()
        assert level.enter_now()

    asyncio.run(scenario())


def test_while_others_wait_patience_is_shorter_yet_longer_than_the_quick_need():
    async def scenario():
        level = Level(1, 0.5, hurry=0.01, long=60)
        await level.enter()
        assert level.patience_now == 0.5
        waiting = asyncio.create_task(level.enter())
        await asyncio.sleep(0)
        assert level.patience_now == 0.01
        for _ in range(1000):
            level.note(0.02)
        assert 0.1 < level.patience_now < 0.5
        for _ in range(1000):
            level.note(0.4)
        assert level.patience_now == 0.5
        level.leave()
        await waiting
        assert level.patience_now == 0.5

    asyncio.run(scenario())


def test_what_was_not_quick_is_remembered_until_it_was():
    remembered = Remembered()
    question = Question("ASK {}")
    assert remembered.level(question) == 0
    remembered.remember(question, 2)
    assert remembered.level(question) == 2
    assert remembered.level(Question("ASK {}", ("a:a",))) == 0
    for number in range(2000):
        remembered.remember(Question(f"ASK {{}} #{number}"), 1)
    assert remembered.level(question) == 0
    remembered.remember(Question("ASK {} #1999"), 0)
    assert remembered.level(Question("ASK {} #1999")) == 0


def test_there_are_places_at_each_level_on_any_machine(monkeypatch):
    monkeypatch.setattr("es_lod.server.pool.levels._memory", lambda: 2**28)
    monkeypatch.setattr("es_lod.server.pool.levels._cores", lambda: 1)
    assert [level.places for level in levels(Limits(), None, price=0)] == [2, 1, 1, 1]
    assert [level.places for level in levels(Limits(), None, price=9)] == [2, 1, 1, 1]
    assert levels(Limits(), 7, price=0)[0].places == 7


# Counting


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.lists(
        st.sampled_from(
            ['"', "\\", "\n", "\r", ",{", "[{", "{}", ",", "<result>", "'", "\t", "ą", "x"]
        )
    ).map("".join),
)
TERMS = st.one_of(
    st.none(),
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="pl")),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("http://e.test/t"))),
    st.sampled_from([NamedNode("http://e.test/?a=(b),c&d'"), Literal(7), Literal(True)]),
)
COUNTERS = {"json": JSONRows, "xml": XMLRows, "csv": CSVRows, "tsv": TSVRows}


def of_xml(text):
    """Whether XML can hold a text."""
    return all(c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") for c in text)


@pytest.mark.parametrize("results", RESULTS)
@given(
    rows=st.integers(0, 3).flatmap(
        lambda width: st.lists(st.lists(TERMS, min_size=width, max_size=width), max_size=6)
    ),
    cuts=st.lists(st.integers(0, 2000)),
)
@settings(max_examples=300)
def test_the_rows_of_an_answer_are_counted_wherever_its_chunks_end(results, rows, cuts):
    names = " ".join(f"?v{n}" for n in range(len(rows[0]) if rows else 1))
    values = " ".join(
        f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows
    )
    if results == "xml" and not all(
        term is None or of_xml(term.value) for row in rows for term in row
    ):
        return
    found = Store().query(f"SELECT * {{ VALUES ({names}) {{ {values} }} }}")
    data = found.serialize(format=getattr(QueryResultsFormat, results.upper()))
    ends = sorted({min(cut, len(data)) for cut in cuts} | {len(data)})
    chunks = [data[start:end] for start, end in pairwise([0, *ends])]
    counter = COUNTERS[results]()
    assert sum(map(counter, chunks)) == len(rows)
    whole = COUNTERS[results]()
    assert sum(whole(bytes([byte])) for byte in data) == len(rows)


@given(text=TEXTS, cut=st.integers(0, 500))
def test_what_xml_cannot_hold_is_found_wherever_chunks_end(text, cut):
    data = (
        Store()
        .query(f"SELECT ({Literal(text)} AS ?x) {{}}")
        .serialize(format=QueryResultsFormat.XML)
    )
    counter = XMLRows()
    try:
        rows = counter(data[:cut]) + counter(data[cut:])
    except Refusal:
        assert not of_xml(text)
    else:
        assert of_xml(text)
        assert rows == 1


# Words


def test_each_refusal_has_its_status_and_both_texts():
    assert {code.partition("-")[0] for code in WORDS} == set(STATUSES)
    said = dict.fromkeys(("reason", "types", "asked", "results", "graphs", "page", "name"), "R")
    params = {**said, "rows": 5, "size": "1 MiB", "seconds": 30, "most": 5}
    for code, texts in WORDS.items():
        refusal = Refusal(code, **params)
        assert refusal.status == STATUSES[refusal.code]
        again = Refusal.from_json(json.loads(json.dumps(refusal.to_json())))
        assert (again.code, again.text) == (refusal.code, refusal.text)
        assert len(set(texts)) == 2
        for text in refusal.text.values():
            assert "{" not in text
            assert text.count(". ") + text.endswith(".") or code == "malformed", "what to do"
