"""What `query` keeps of large inputs: the same answers from it, and never anything but those."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT

import es_lod
from es_lod import answers
from es_lod.cli import commands
from es_lod.formats import FORMATS
from es_lod.query import DamagedStore, named_queries, query, store
from es_lod.readers.named import Source
from es_lod.stores import kept as caches
from es_lod.stores import key as keys
from es_lod.stores import place
from es_lod.stores import session as sessions
from es_lod.stores.asked import Asked, Opened
from es_lod.stores.kept import Cache
from es_lod.stores.loading import load
from es_lod.stores.place import users_cache
from es_lod.stores.questions import Question, names_of
from es_lod.stores.session import session

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/es-lod/ns#Foundation> }"
BASE = "https://w3id.org/es-lod/id/"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The cache folder of this test; even small inputs are kept in it, and no answers."""
    monkeypatch.setenv("ES_LOD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("ES_LOD_CACHE_SIZE", raising=False)
    monkeypatch.delenv("ES_LOD_NO_CACHE", raising=False)
    monkeypatch.setattr(keys, "SMALL", 0)
    monkeypatch.setattr(sessions, "QUICK", 3600)
    return tmp_path / "cache"


@pytest.fixture
def data(tmp_path) -> Path:
    return foundations(tmp_path / "data.jsonl", 3)


def foundations(path: Path, count: int) -> Path:
    lines = (
        json.dumps({"type": "Foundation", "id": f"f{n}", "name": f"Fundacja nr {n}"})
        for n in range(count)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*args: object, **kwargs: object):
    return CliRunner().invoke(commands, ["query", *map(str, args), "--lang", "en"], **kwargs)


@contextmanager
def opened(asked: Asked, cache: Cache | None = None) -> Iterator[Opened]:
    """The store of inputs as a query has it, which is kept when the block ends."""
    with session(asked, Question(COUNT), cache, at_once=True) as found:
        yield found.open()
        found.keep()
        assert found.uncached is None


def count(*args: object, **kwargs: object) -> str:
    """How many foundations there are; the store is kept by the first call."""
    done = run(*args, "--text", COUNT, "--format", "csv", "--cache", **kwargs)
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()[1]


def kept(folder: Path, kind: str = "store") -> list[Path]:
    places = folder.iterdir() if folder.is_dir() else ()
    return [path for path in places if len(path.name) == 64 and (path / kind).is_dir()]


def others(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if len(path.name) != 64}


NOTHING_ELSE = {"CACHEDIR.TAG", ".lock"}


# The same answers


def inputs(tmp_path: Path) -> dict[str, list[str]]:
    made = {"table": [str(tmp_path / "tables")], "rdf": [str(tmp_path / "all.ttl")]}
    dataset = es_lod.load(EXAMPLE)
    dataset.save(f"{made['table'][0]}/")
    dataset.save(made["rdf"][0])
    (tmp_path / "graphs.trig").write_text(
        'GRAPH <x:g> { <x:s> <x:p> "a"@en-GB, _:b . _:b <x:p> 1 }'
    )
    made["graphs and records"] = [str(tmp_path / "graphs.trig"), str(EXAMPLE)]
    made["folder"] = [str(ROOT / "examples")]
    return made


@pytest.mark.parametrize("kind", ["table", "rdf", "graphs and records", "folder"])
def test_a_kept_store_has_the_quads_of_the_dataset(kind, tmp_path, folder):
    named = inputs(tmp_path)[kind]
    expected = canonical(es_lod.Dataset.read(named).store())
    for cache in (None, Cache(folder), Cache(folder)):
        with opened(Asked(named), cache) as found:
            assert found.is_good
            assert found.base == BASE
            assert canonical(found.store) == expected
    assert len(kept(folder)) == 1


def canonical(store: pyoxigraph.Store) -> set[str]:
    dataset = pyoxigraph.Dataset(store)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


@pytest.mark.parametrize("form", [None, "csv", "tsv", "json", "xml"])
def test_the_second_answer_is_the_first(form, data, folder):
    query = "SELECT ?s ?n { ?s <https://schema.org/name> ?n } ORDER BY ?s"
    asked = [data, "--text", query, *(("--format", form) if form else ())]
    answers = [run(*asked, *more).stdout_bytes for more in ((), (), (), ["--no-cache"])]
    assert len(answers[0]) > 10
    assert len(set(answers)) == 1
    assert len(kept(folder)) == 1


def test_the_second_query_makes_the_store_and_the_third_reads_no_record(data, folder, monkeypatch):
    for stores in (0, 1):
        assert run(data, "--text", COUNT).exit_code == 0
        assert len(kept(folder)) == stores
    monkeypatch.setattr("es_lod.stores.loading.load", None)
    assert count(data) == "3"


def test_the_first_query_makes_the_store_where_that_is_said(data, folder, monkeypatch):
    assert run(data, "--text", COUNT, "--cache").exit_code == 0
    assert len(kept(folder)) == 1
    monkeypatch.setattr("es_lod.stores.loading.load", None)
    assert run(data, "--text", COUNT, "--format", "csv").stdout.split() == ["n", "3"]


def test_what_would_not_do_in_memory_is_loaded_into_files_at_once(data, folder, monkeypatch):
    monkeypatch.setattr(sessions, "MEMORY", 0)
    for _ in range(2):
        assert run(data, "--text", COUNT, "--format", "csv").stdout.split() == ["n", "3"]
        assert len(kept(folder)) == 1
        monkeypatch.setattr("es_lod.stores.loading.load", None)


# Answers


@pytest.fixture
def slow(monkeypatch) -> None:
    """All answers are kept, as if it had taken long to find them."""
    monkeypatch.setattr(sessions, "QUICK", 0)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("form", [None, "csv", "json", "nt"])
def test_an_answer_is_kept_and_told_again_without_a_store(form, data, folder, monkeypatch):
    text = "CONSTRUCT WHERE { ?s ?p ?o }" if form == "nt" else "SELECT * { ?s ?p ?o } LIMIT 2000"
    asked = [data, "--text", text, *(("--format", form) if form else ())]
    first = run(*asked)
    assert len(kept(folder, "answer")) == 1
    assert not kept(folder)
    monkeypatch.setattr(sessions, "Store", None)
    again = run(*asked)
    assert len(first.stdout) > 10_000
    assert (first.stdout_bytes, first.stderr) == (again.stdout_bytes, again.stderr)
    assert again.exit_code == 0


@pytest.mark.usefixtures("slow")
def test_an_answer_without_rows_is_told_as_one(data):
    asked = [data, "--text", "SELECT ?s { ?s <x:none> ?o }"]
    first, again = run(*asked), run(*asked)
    assert first.stderr
    assert (first.stdout, first.stderr) == (again.stdout, again.stderr)


@pytest.mark.usefixtures("slow")
def test_other_words_values_forms_and_data_have_another_answer(data, folder, tmp_path):
    text = "SELECT ?n { ?s <https://schema.org/name> ?n FILTER (STR(?n) != ?not) }"
    other = foundations(tmp_path / "other.jsonl", 5)
    calls = [
        (data, "--text", text, "--param", "not=a"),
        (data, "--text", text, "--param", "not=Fundacja nr 1"),
        (data, "--text", text, "--param", "not=a", "--format", "csv"),
        (data, "--text", f"{text} LIMIT 1", "--param", "not=a"),
        (data, "--text", text, "--param", "not=a", "--base", "https://example.org/"),
        (other, "--text", text, "--param", "not=a"),
    ]
    first = [run(*call).stdout for call in calls]
    assert len(kept(folder, "answer")) == len(calls)
    assert [run(*call).stdout for call in calls] == first
    assert len(set(first)) == 5  # another base shows in no name


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (RAND() AS ?n) {}",
        "SELECT (now () AS ?n) {}",
        "SELECT (Uuid(\n) AS ?n) {}",
        "SELECT (STRUUID#(\n() AS ?n) {}",
        "SELECT (bnode('a') AS ?n) {}",
        r"SELECT (\u0052AND() AS ?n) {}",
        r"SELECT (\U00000052AND() AS ?n) {}",
    ],
)
def test_an_answer_that_is_another_each_time_is_not_kept(text):
    assert not Question(text).is_settled
    assert names_of("a", Question(text)).answer is None


def test_all_ready_queries_have_settled_answers():
    assert all(Question(named.text).is_settled for named in named_queries().values())
    assert Question("# now (or never)\n SELECT ?now { ?uuid <x:rand> ?bnode }").is_settled is False
    assert Question("SELECT ?now { ?uuid <x:rand> ?bnode }").is_settled


@pytest.mark.usefixtures("slow")
def test_answers_that_are_quick_large_or_cut_off_are_not_kept(data, folder, monkeypatch):
    foundations(data, 300)
    asked = [data, "--text", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "csv"]
    monkeypatch.setattr(sessions, "_SHARE", 2**24)  # of 2 GiB: 128 bytes
    whole = run(*asked).stdout_bytes
    assert len(whole) > 10_000
    assert run(*asked).stdout_bytes == whole
    monkeypatch.setattr(sessions, "_SHARE", 32)
    monkeypatch.setattr(sessions, "QUICK", 3600)
    assert run(*asked).stdout_bytes == whole
    assert not kept(folder, "answer")


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("how", ["deleted", "cut", "changed"])
def test_a_damaged_answer_is_sought_anew(how, data, folder):
    asked = [data, "--text", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "csv"]
    whole = run(*asked).stdout_bytes
    place = kept(folder, "answer")[0]
    path = place / "answer" / "answer"
    content = path.read_bytes()
    path.unlink()
    if how != "deleted":
        path.write_bytes(content[:-1] + (b"" if how == "cut" else b"x"))
    assert run(*asked).stdout_bytes == whole
    assert (place / "answer" / "answer").read_bytes() == whole
    assert others(folder) == NOTHING_ELSE


@pytest.mark.usefixtures("slow")
def test_no_more_than_some_hundred_things_are_kept(data, folder, monkeypatch):
    monkeypatch.setattr(caches, "MOST", 5)
    for n in range(9):
        run(data, "--text", f"SELECT ({n} AS ?n) {{}}")
    assert len([path for path in folder.iterdir() if len(path.name) == 64]) == 5
    assert others(folder) == NOTHING_ELSE


def test_standard_input_is_kept_by_its_content(data, folder):
    for _ in range(2):
        assert count("-", "--from", "jsonl", input=data.read_bytes()) == "3"
        assert len(kept(folder)) == 1
    assert count("-", "--from", "jsonl", input=data.read_bytes().splitlines()[0]) == "1"


# What the name of a store depends on


def test_content_counts_and_not_the_time_of_the_file(data, folder):
    assert count(data) == "3"
    was = data.stat()
    data.write_bytes(data.read_bytes().replace(b"f2", b"g2"))
    os.utime(data, ns=(was.st_atime_ns, was.st_mtime_ns))
    found = run(data, "--text", "ASK { <g2> ?p ?o }", "--cache")
    assert found.stdout == "true\n"
    assert len(kept(folder)) == 2


def test_the_name_changes_with_whatever_changes_the_store(tmp_path, data, monkeypatch):
    columns = tmp_path / "columns.yaml"
    columns.write_text("a: 1")
    same = [keys.key([data], None, None), keys.key([data], None, None)]
    assert len({*same}) == 1
    stream = Source("-", FORMATS["jsonl"], io.BytesIO(data.read_bytes()))
    found = [
        same[0],
        keys.key([data], "https://example.org/", None),
        keys.key([data, data], None, None),
        keys.key([data], None, columns),
        keys.key([stream], None, None),
        keys.key([replace(stream, format=FORMATS["json"])], None, None),
    ]
    columns.write_text("a: 2")
    found.append(keys.key([data], None, columns))
    monkeypatch.setattr(pyoxigraph, "__version__", "0")
    found.append(keys.key([data], None, None))
    monkeypatch.setattr(es_lod, "__version__", "0", raising=False)
    found.append(keys.key([data], None, None))
    monkeypatch.setattr(keys, "_stamp", lambda _: (0, 0))  # our code, edited
    found.append(keys.key([data], None, None))
    assert len(set(found)) == len(found)
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in found)


def test_an_extension_is_part_of_the_name(data, tmp_path, monkeypatch):
    before = keys.key([data], None, None)
    (tmp_path / "lod_ext.py").write_text("")
    info = tmp_path / "lod_ext-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lod-ext\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[es_lod.extensions]\nlod_ext = lod_ext\n")
    monkeypatch.syspath_prepend(tmp_path)
    installed = keys.key([data], None, None)
    (tmp_path / "lod_ext.py").write_text("edited = True")
    assert len({before, installed, keys.key([data], None, None)}) == 3


def test_what_is_small_or_cannot_be_read_has_no_name(tmp_path, data, monkeypatch):
    assert keys.key([tmp_path / "nowhere.jsonl"], None, None) is None
    monkeypatch.setattr(keys, "SMALL", 2**20)
    assert keys.key([data], None, None) is None


def test_what_changes_while_it_is_read_is_not_kept(data, folder, monkeypatch):
    def changing(intake, store):
        done = load(intake, store)
        foundations(data, 5)
        return done

    monkeypatch.setattr("es_lod.stores.loading.load", changing)
    assert count(data) == "3"
    assert not kept(folder)


# Errors


def test_inputs_with_errors_are_not_kept_and_told_each_time(data, folder):
    with data.open("a", encoding="utf-8") as file:
        file.write('{"type": "Foundation", "id": "f0", "name": "Znowu"}\n')
    first, second = (run(data, "--text", COUNT) for _ in range(2))
    assert first.exit_code == second.exit_code == 1
    assert "[duplicate-id]" in first.stderr
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    assert not folder.exists()


def test_errors_of_records_of_rdf_stop_no_query(tmp_path, folder):
    path = tmp_path / "a.ttl"
    dataset = es_lod.loads("records: [{type: Foundation, id: f1, name: F}]")
    path.write_text(dataset.dumps() + "id:w a es:Workshop .\n")
    assert not es_lod.Dataset.read([path]).report().conforms
    assert [count(path), count(path)] == ["1", "1"]
    assert len(kept(folder)) == 1


# The folder


def test_the_store_is_for_the_user_alone(data, folder):
    count(data)
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f0688")
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert kept(folder)[0].stat().st_mode & 0o777 == 0o700


def test_show_and_clear(data, folder, monkeypatch):
    assert "0 datasets, 0 answers" in run("--show-cache").stdout
    count(data)
    shown = run("--show-cache").stdout
    assert str(folder) in shown
    assert "1 dataset, 0 answers," in shown
    assert "of 2048 MiB" in shown
    (folder / "mine.txt").write_text("not of es-lod")
    monkeypatch.setenv("ES_LOD_NO_CACHE", "1")
    assert "1 dataset, 0 answers deleted" in run("--clear-cache").stdout
    assert not kept(folder)
    assert others(folder) == {*NOTHING_ELSE, "mine.txt"}


@pytest.mark.parametrize("off", ["option", "environment", "limit"])
def test_the_cache_can_be_switched_off(off, data, folder, monkeypatch):
    if off == "environment":
        monkeypatch.setenv("ES_LOD_NO_CACHE", "1")
    if off == "limit":
        monkeypatch.setenv("ES_LOD_CACHE_SIZE", "0")
    asked = [data, "--text", COUNT, "--no-cache" if off == "option" else "--cache"]
    assert run(*asked).stdout.split()[-1] == "3"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("size", "limit"), [("5", 5), ("2k", 2048), ("500M", 500 << 20), ("2 GiB", 2 << 30)]
)
def test_the_limit_is_read_from_the_environment(size, limit):
    cache = users_cache({"ES_LOD_CACHE_DIR": "here", "ES_LOD_CACHE_SIZE": size})
    assert cache.limit == limit
    assert cache.folder == Path.cwd() / "here"


def test_a_limit_that_is_none_is_refused(data, monkeypatch):
    monkeypatch.setenv("ES_LOD_CACHE_SIZE", "much")
    done = run(data, "--text", COUNT)
    assert done.exit_code == 2
    assert "ES_LOD_CACHE_SIZE=much" in done.stderr


def test_without_a_word_the_folder_is_that_of_the_platform(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("/xdg")))
    folder = users_cache({}).folder
    assert folder.name == "es-lod" or folder.parent.name == "es-lod"
    if sys.platform == "linux":
        assert folder == Path("/xdg/es-lod")


def test_the_longest_unused_go_first(tmp_path, folder):
    cache = Cache(folder)
    three = [foundations(tmp_path / f"{n}.jsonl", n) for n in (1, 2, 3)]
    for path in three[:2]:
        with opened(Asked([path]), cache):
            pass
    first, second = (keys.key([path], None, None) for path in three[:2])
    used = folder / first / "about.json"
    os.utime(used, ns=(1, 1))
    os.utime(folder / second / "about.json", ns=(2, 2))
    with opened(Asked([three[0]]), cache):  # used again: no more the oldest
        pass
    cache.limit = cache.held().size + 1000
    with opened(Asked([three[2]]), cache):
        pass
    assert {path.name for path in kept(folder)} == {first, keys.key([three[2]], None, None)}


@pytest.mark.skipif(os.name != "posix", reason="Windows itself keeps what is open")
def test_what_is_read_is_not_deleted(data, folder):
    cache = Cache(folder)
    with opened(Asked([data]), cache) as found:
        assert cache.clear() == (0, 0, 0)
        assert len(list(found.store)) > 3
    assert cache.clear().stores == 1


def test_two_processes_at_once(folder, data):
    foundations(data, 4000)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = (
        "import sys; from es_lod.stores import key; key.SMALL = 0\n"
        "from es_lod.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "query", str(data), "--cache", "--text", COUNT]
    both = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        out, err = process.communicate(timeout=100)
        assert (out.split()[-1], err, process.returncode) == (b"4000", b"", 0)
    assert len(kept(folder)) == 1
    assert others(folder) == NOTHING_ELSE


def test_the_documentation_names_all_that_is_set():
    text = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")
    command = commands.commands["query"]
    options = {name for option in command.params for name in option.opts + option.secondary_opts}
    assert {name for name in options if name.endswith("-cache")} <= set(
        re.findall(r"--[a-z-]+", text)
    )
    assert {place.FOLDER, place.SIZE, place.OFF} == set(re.findall(r"ES_LOD_[A-Z_]+", text))


# What goes wrong


@pytest.mark.parametrize("name", ["about.json", "store/CURRENT", "store/*.sst", "store/MANIFEST*"])
@pytest.mark.parametrize("how", ["deleted", "cut", "emptied"])
def test_a_damaged_store_is_made_anew(name, how, data, folder):
    count(data)
    for path in kept(folder)[0].glob(name):
        content = path.read_bytes()
        path.unlink()
        if how != "deleted":
            path.write_bytes(content[: len(content) // 2] if how == "cut" else b"")
    assert count(data) == "3"
    assert count(data) == "3"
    assert len(kept(folder)) == 1
    assert others(folder) == NOTHING_ELSE


@pytest.mark.parametrize("name", ["about.json", "store/CURRENT", "store/*.sst", "store/MANIFEST*"])
def test_a_byte_that_changed_is_seen_before_a_query_meets_it(name, data, folder):
    foundations(data, 3000)
    asked = [data, "--text", "SELECT ?f { ?f ?p ?o } ORDER BY ?f", "--cache"]
    whole = run(*asked).stdout
    for share in (0.01, 0.1, 0.5, 0.9):
        for path in kept(folder)[0].glob(name):
            content = bytearray(path.read_bytes())
            content[int(len(content) * share)] ^= 1
            path.write_bytes(content)
        # The engine gathers errors without end where it sorts.
        assert run(*asked).stdout == whole


def test_a_damaged_store_is_deleted_where_a_query_tells(data, folder):
    def asking():
        with session(Asked([data]), Question(COUNT), Cache(folder)):
            raise DamagedStore

    count(data)
    with pytest.raises(DamagedStore):
        asking()
    assert not kept(folder)


@pytest.mark.parametrize("why", ["a file", "not ours", "full"])
def test_without_a_folder_for_it_the_query_is_answered(why, data, folder, monkeypatch):
    if why == "a file":
        folder.write_text("")
    elif why == "full":

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Cache, "keep", full)
    elif os.name == "posix":
        folder.mkdir()
        folder.chmod(0o777)
    done = run(data, "--text", COUNT, "--format", "csv")
    assert done.stdout.split() == ["n", "3"]
    assert done.exit_code == 0
    assert done.stderr.startswith("es-lod: the data are not kept for the next query: ")
    assert done.stderr.count("\n") == 1
    assert folder.is_file() or not kept(folder)


def test_what_exceeds_the_limit_is_told(data, folder, monkeypatch):
    monkeypatch.setenv("ES_LOD_CACHE_SIZE", "3K")
    run(data, "--text", COUNT)
    for _ in range(2):
        done = run(data, "--text", COUNT, "--format", "csv")
        assert done.stdout.split() == ["n", "3"]
        assert f"larger than ES_LOD_CACHE_SIZE ({folder})" in done.stderr
        assert not kept(folder)
        monkeypatch.setattr(caches.Cache, "unfinished", None)  # it is not tried again


@pytest.mark.skipif(os.name != "posix", reason="resource is of Unix")
def test_without_the_memory_that_stores_need_none_is_opened(data, folder, monkeypatch):
    count(data)
    monkeypatch.setattr(place.resource, "getrlimit", lambda _: (2**29, 2**29))
    monkeypatch.setattr(sessions.Store, "read_only", None)
    done = run(data, "--text", COUNT, "--format", "csv")
    assert done.stdout.split() == ["n", "3"]
    assert f"less than 1 GiB of memory may be used (ulimit -v) ({folder})" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="modes of folders")
@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_named_in_both_languages(mode, data, folder):
    folder.mkdir()
    folder.chmod(mode)
    told = run(data, "--text", COUNT).stderr
    assert f"others may write to it ({folder})" in told
    polish = [*map(str, ["query", data, "--text", COUNT]), "--lang", "pl"]
    assert f"inni mogą w nim zapisywać ({folder})" in CliRunner().invoke(commands, polish).stderr
    done = run("--clear-cache")
    assert done.exit_code > 0
    assert f"{folder}: others may write to it" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_who_is_interrupted_leaves_nothing(name, data, folder):
    foundations(data, 60_000)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "es_lod.cli", "query", str(data), "--cache", "--text", COUNT]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as process:
        waited = time.monotonic() + 60
        while not any(folder.glob(".unfinished-*/store/CURRENT")):
            assert time.monotonic() < waited
            time.sleep(0.005)
        process.send_signal(getattr(signal, name))
        said = process.communicate(timeout=60)[1]
    assert b"Traceback" not in said
    if name == "SIGKILL":
        assert any(folder.glob(".unfinished-*"))
        count(foundations(data, 3))  # the next run clears up
        shutil.rmtree(kept(folder)[0])
    else:
        assert process.returncode == 2
    assert others(folder) == NOTHING_ELSE
    assert not kept(folder)


# Answers as they come


def test_a_table_is_as_wide_as_its_first_rows_need():
    out = io.BytesIO()
    rows = store(
        (
            pyoxigraph.Quad(
                pyoxigraph.NamedNode(f"x:{n:04}"),
                pyoxigraph.NamedNode("x:p"),
                pyoxigraph.Literal("x" * (5 if n < 1000 else 9)),
            )
            for n in range(1100)
        ),
        vocabulary=False,
    )
    found = query(rows, "SELECT ?v ?s { ?s ?p ?v } ORDER BY ?s", base=BASE)
    assert answers.write(found, out, None, BASE)
    lines = out.getvalue().decode().splitlines()
    assert len(lines) == 1102
    assert lines[:3] == ["v      s", "─────  ──────", "xxxxx  x:0000"]
    assert lines[-1] == "xxxxxxxxx  x:1099"


class Watched(io.RawIOBase):
    def __init__(self) -> None:
        super().__init__()
        self.pieces = []

    def writable(self):
        return True

    def write(self, data):
        self.pieces.append(len(data))
        if len(self.pieces) == 2:
            raise BrokenPipeError
        return len(data)


@pytest.mark.parametrize("form", [None, "csv", "tsv", "json", "xml", "nt", "ttl"])
def test_answers_go_out_before_they_are_whole(form, tmp_path):
    text = "CONSTRUCT WHERE { ?s ?p ?o }" if form in ("nt", "ttl") else "SELECT * { ?s ?p ?o }"
    with opened(Asked([foundations(tmp_path / "data.jsonl", 5000)]), None) as found:
        out = Watched()
        answer = query(found.store, text, base=BASE)
        with pytest.raises(BrokenPipeError):
            answers.write(answer, out, form, BASE)
    assert all(size < 2**18 for size in out.pieces)


@pytest.mark.skipif(os.name != "posix", reason="resource is of Unix")
@pytest.mark.slow
def test_memory_does_not_grow_with_the_answer(tmp_path):
    """All triples of 4 MB and of 40 MB, from the cache: 10 times the answer in the same memory."""
    code = (
        "import resource, sys\n"
        "from es_lod.cli import commands\n"
        "commands.main(sys.argv[1:], standalone_mode=False)\n"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    text = "SELECT * { ?s ?p ?o . VALUES ?n { %s } }"
    data = foundations(tmp_path / "data.jsonl", 15_000)
    peaks = []
    for times in (1, 1, 10):
        asked = text % " ".join(map(str, range(times)))
        command = [sys.executable, "-c", code, "query", str(data), "--text", asked, "--format"]
        with (tmp_path / "out").open("wb") as out:
            done = subprocess.run(
                [*command, "csv"], env=environ, stdout=out, stderr=subprocess.PIPE, check=True
            )
        peaks.append(int(done.stderr))
    assert (tmp_path / "out").stat().st_size > 2**24
    assert peaks[2] < peaks[1] * 1.3


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_who_has_seen_enough_ends_it_quietly(data):
    foundations(data, 20_000)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "es_lod.cli", "query", str(data), "--format", "csv"]
    process = subprocess.Popen(
        [*command, "--text", "SELECT * { ?s ?p ?o }"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout.readline().endswith(b"\r\n")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_stack_lets_go_of_what_is_found(data, folder):
    with opened(Asked([data]), Cache(folder)):
        pass
    name = keys.key([data], None, None)
    with ExitStack() as stack:
        assert Cache(folder).find(name, "store", stack).about["records"] == 3
    assert Cache(folder).find("0" * 64, "store", ExitStack()) is None
