"""Records that are lines of a file are kept as lines: what is asked of them is the same."""

import json
import os

import pytest
from conftest import EXAMPLE

from es_lod.dataset import Dataset
from es_lod.readers.aside import Aside
from es_lod.validate.seen import Seen


@pytest.fixture(params=[None, 100], ids=["in memory", "in a file"])
def few(request, monkeypatch):
    """How many bytes are kept in memory: enough, or nearly none."""
    if request.param is not None:
        monkeypatch.setattr("es_lod.readers.aside.IN_MEMORY", request.param)
        monkeypatch.setattr("es_lod.readers.aside._BLOCK", 2 * request.param)


def cases(tmp_path, count=40):
    """Organisations that found each other, in two files with bases of their own."""
    for part in range(2):
        rows = [
            {
                "id": f"fundacja-{n}",
                "type": "Foundation",
                "name": f"Żółta {n}",
                "founders": [f"fundacja-{(n + 7) % count}"],
            }
            for n in range(part * count // 2, (part + 1) * count // 2)
        ]
        rows[3] |= {"krs": "żaden"} if part else {}
        rows[5] |= {"sameAs": ["http://www.wikidata.org/wiki/Q1"]}
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{part}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def told(report):
    return json.loads(report.to_json())


@pytest.mark.usefixtures("few")
def test_records_are_those_of_their_lines(tmp_path):
    dataset = Dataset.read([cases(tmp_path)])
    rows = [
        json.loads(line)
        for part in range(2)
        for line in (tmp_path / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    good = [row for row in rows if "krs" not in row]
    assert [str(record.id) for record in dataset] == [row["id"] for row in good]
    assert [str(dataset[row["id"]].name) for row in good] == [row["name"] for row in good]
    place = dataset.origin("fundacja-21").locate(("name",))[1]
    assert (place.file, place.line) == (str(tmp_path / "1.jsonl"), 2)
    assert Dataset(dataset, base=dataset.base) == dataset


@pytest.mark.usefixtures("few")
def test_what_was_seen_while_it_was_read_is_reported_as_what_is_looked_at_later(tmp_path):
    cases(tmp_path)
    later = Dataset.read([tmp_path]).validate()
    with Seen() as seen:
        at_once = Dataset.read([tmp_path], seen=seen).validate(seen=seen)
    assert told(at_once) == told(later)
    assert {problem.code for problem in later} == {"invalid-krs"}


def test_a_concept_of_rdf_goes_with_what_the_record_of_that_name_says(tmp_path):
    """Lines come before the RDF that makes their record a concept."""
    base = "https://w3id.org/es-lod/id/"
    line = {"id": "a", "type": "Foundation", "name": "A"}
    (tmp_path / "1.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    skos = "http://www.w3.org/2004/02/skos/core#"
    triples = f"<{base}a#b> a <{skos}Concept> ; <{skos}broader> <{base}a#b> .\n"
    (tmp_path / "2.ttl").write_text(triples, encoding="utf-8")
    later = Dataset.read([tmp_path]).validate()
    with Seen() as seen:
        at_once = Dataset.read([tmp_path], seen=seen).validate(seen=seen)
    assert told(at_once) == told(later)
    assert "broader-cycle" in {problem.code for problem in later}


def test_the_example_has_one_report_however_it_is_looked_at():
    with Seen() as seen:
        at_once = Dataset.read([EXAMPLE], seen=seen).validate(seen=seen)
    assert told(at_once) == told(Dataset.read([EXAMPLE]).validate())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no processes")
def test_copies_of_a_process_read_what_it_kept(monkeypatch):
    monkeypatch.setattr("es_lod.readers.aside.IN_MEMORY", 10)
    monkeypatch.setattr("es_lod.readers.aside._BLOCK", 10)
    kept = Aside()
    pieces = [bytes([n]) * n for n in range(1, 60)]
    starts = [kept.add(piece) for piece in pieces]
    child = os.fork()
    found = [kept.read(at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True)]
    if not child:
        os._exit(found != pieces)
    assert found == pieces
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_without_positioned_reads_the_same_is_read(monkeypatch):
    """As on Windows."""
    monkeypatch.setattr("es_lod.readers.aside.IN_MEMORY", 10)
    monkeypatch.setattr("es_lod.readers.aside._BLOCK", 10)
    monkeypatch.delattr(os, "pread", raising=False)
    kept = Aside()
    first, second = kept.add(b"a" * 20), kept.add(b"b" * 5)
    assert kept.read(first, second) == b"a" * 20
    third = kept.add(b"c" * 20)
    assert kept.read(second, third) == b"b" * 5
    assert kept.read(third, len(kept)) == b"c" * 20
