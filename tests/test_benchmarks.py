"""What the benchmarks compare: the same cases each time, and the same triples of every tool.

Nothing here asserts a time. The peers that need an environment of their own (morph-kgc, maplib) are
compared by `make bench`, which counts their triples.
"""

import hashlib
import subprocess
import sys
from collections import Counter

import pytest
from conftest import ROOT
from watched import only_on_linux

import es_lod

BENCHMARKS = ROOT / "benchmarks"
CASES = 20


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    script = BENCHMARKS / "cases.py"
    subprocess.run([sys.executable, script, str(CASES), path], check=True)
    return path


@pytest.fixture(scope="module")
def triples(records):
    path = records.with_name("es-lod.nt")
    es_lod.load(records).save(path)
    return Counter(path.read_text(encoding="utf-8").splitlines())


def test_the_same_number_and_seed_give_the_same_bytes(records):
    digest = hashlib.sha256(records.read_bytes()).hexdigest()
    assert digest == "078bef62c426f651871f3551b81f0d35375051702f9a194cbe59b390002a0e00"


def test_the_cases_have_no_problem(records):
    assert list(es_lod.load(records).validate()) == []


def test_a_case_is_nine_records_and_a_hundred_triples(records, triples):
    assert len(records.read_text(encoding="utf-8").splitlines()) == 9 * CASES
    assert triples.total() == len(triples) == 100 * CASES


@pytest.mark.parametrize("peer", ["rdflib", "pyoxigraph", "strings"])
def test_a_mapping_by_hand_gives_the_triples_of_es_lod(records, triples, peer):
    output = records.with_name(f"{peer}.nt")
    subprocess.run(
        [sys.executable, BENCHMARKS / "peers" / f"{peer}_map.py", records, output], check=True
    )
    written = (line for line in output.read_text(encoding="utf-8").splitlines() if line)
    assert Counter(written) == triples


def test_the_tables_of_the_peers_have_a_row_for_each_record(records, tmp_path):
    script = BENCHMARKS / "tables.py"
    subprocess.run([sys.executable, script, records, tmp_path / "tables"], check=True)
    tables = [path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()]
    assert sum(len(table.splitlines()) - 1 for table in tables) == 9 * CASES


@only_on_linux
def test_a_run_tells_time_and_memory_of_all_processes(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from measure import CommandFailed, run

    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'bytearray(60_000_000)'])"
    found = run([sys.executable, "-c", code], tmp_path)
    assert found.memory > 60_000_000
    assert found.wall > 0 < found.cpu
    with pytest.raises(CommandFailed, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)
