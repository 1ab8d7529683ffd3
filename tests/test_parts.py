"""Data judged in parts give the results that they give at once."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from test_spread import gone

from es_lod.dataset import Dataset
from es_lod.intake.runs import Run
from es_lod.model.concepts import concept_iri
from es_lod.namespaces import DEFAULT_BASE, ES, ORG, RDF, RDFS, SDO, SH
from es_lod.validate import engines, parts, reach, shacl, shapes
from es_lod.validate.parts import Parts
from es_lod.validate.reading import Unread, steps
from es_lod.validate.results import Result
from es_lod.validate.second import Second, is_of_use
from es_lod.validate.seen import Seen
from es_lod.validate.shapes import Shapes

ENGINES = ["sifting_engine", *(["compiled_engine"] if find_spec("shacl") else [])]
COUNT = 24
BASE = DEFAULT_BASE


@pytest.fixture(params=ENGINES)
def engine(request, monkeypatch):
    """One of the engines, whichever is chosen."""
    chosen = getattr(engines, request.param)
    monkeypatch.setattr(engines, "chosen", lambda: chosen)
    return chosen


@pytest.fixture
def judged(monkeypatch):
    """How many times an engine was asked."""
    asked: list[int] = []
    judge = shacl.judged

    def counted(data, *args):
        asked.append(len(data))
        return judge(data, *args)

    monkeypatch.setattr(shacl, "judged", counted)
    return asked


def records(draw: random.Random) -> Iterator[dict]:
    """Records that refer to each other in both directions, and to some that are missing."""
    kinds = [draw.choice(("SocialCooperative", "Company", "PublicBody")) for _ in range(COUNT)]
    orgs = [f"org-{n}" for n in range(COUNT)]

    def some() -> str:
        return draw.choice((*orgs, "missing"))

    for n, kind in enumerate(kinds):
        found = {"id": orgs[n], "type": kind, "name": f"Nazwa {n}"}
        if kind == "SocialCooperative":
            found |= {"founders": sorted({some(), some()}), "legalForm": "social-cooperative"}
        if draw.random() < 0.3:
            found |= {"legalForm": draw.choice(("limited-liability-company", "cooperative"))}
        if draw.random() < 0.2:
            found |= {"krs": "żaden"}
        yield found
    for n in range(COUNT // 3):
        kind = draw.choice(("SocialIntegrationCentre", "VocationalActivityEstablishment"))
        status = {"status": "cis-status", "validFrom": "2018", "authority": some()}
        unit = {"id": f"unit-{n}", "type": kind, "name": f"Jednostka {n}", "operator": some()}
        yield unit | {"statuses": [status]}
        day = f"20{draw.randrange(10, 20)}-06-01"
        event = {"id": f"event-{n}", "type": "Event", "name": f"Wizyta {n}", "startDate": day}
        yield event | {"eventType": ["study-visit"], "visited": [f"unit-{n}"], "host": [some()]}
        article = {"id": f"article-{n}", "type": "Article", "headline": f"Relacja {n}"}
        about = draw.choice((f"event-{draw.randrange(COUNT // 3)}", "missing-event"))
        said = {"articleType": draw.choice(("report", "announcement")), "about": [about]}
        yield article | said | {"datePublished": "2015-06-01", "publisher": some()}


def written(folder: Path, seed: int) -> Path:
    """Records in any order, in several files."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    rows = list(records(draw))
    draw.shuffle(rows)
    for n in range(8):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[n::8])
        (folder / f"{n}.jsonl").write_text(text, encoding="utf-8")
    return folder


def changed(seed: int) -> Callable[[Run, str, str], bytes]:
    """`Run.text` with faults: other literals and classes, lines that are missing."""
    text = Run.text
    classes = [f"<{c}>" for c in (ES.Company, ES.SocialCooperative, ORG.Organization, ES.Workshop)]
    literals = ['"x"@en', '"  "@pl', '"2014-13-01"', '"2016"', f"<{BASE}org-1>", '"0123456789"']

    def faulty(run: Run, format: str, base: str) -> bytes:
        found = []
        for line in text(run, format, base).decode().splitlines(keepends=True):
            draw = random.Random(f"{seed} {line}")  # noqa: S311
            subject, predicate, value = line.split(" ", 2)
            if draw.random() < 0.05:
                continue
            if predicate == f"<{RDF.type}>" and draw.random() < 0.2:
                value = f"{draw.choice(classes)} .\n"
            elif value.startswith('"') and draw.random() < 0.2:
                value = f"{draw.choice(literals)} .\n"
            found.append(f"{subject} {predicate} {value}")
        return "".join(found).encode()

    return faulty


@contextmanager
def cut(monkeypatch, size: int) -> Iterator[None]:
    """Parts of some bytes, and runs of some records."""
    with monkeypatch.context() as patch:
        patch.setattr(parts, "PART", size)
        patch.setattr(parts, "_FEW", 0)
        patch.setattr("es_lod.intake.runs._TOGETHER", 3)
        yield


def told(results: list[Result]) -> set[str]:
    return {result.shape.rpartition("#")[2] for result in results}


def at_once(dataset: Dataset, monkeypatch) -> list[Result]:
    with monkeypatch.context() as patch, Seen() as seen:
        patch.setattr(parts, "reach", lambda _: None)
        for run in dataset.kept.runs():
            seen.take(run, dataset.base, dataset.kept.find_plain)
        seen.rest(dataset)
        return seen.results(dataset)


def in_parts(inputs: list[Path]) -> tuple[list[Result], list[Result]]:
    """The results as data are read, and when they are."""
    with Seen() as seen:
        dataset = Dataset.read(inputs, seen=seen)
        seen.rest(dataset)
        read = seen.results(dataset)
    with Seen() as seen:
        for run in dataset.kept.runs():
            seen.take(run, dataset.base, dataset.kept.find_plain)
        seen.rest(dataset)
        return read, seen.results(dataset)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))]
)
@pytest.mark.parametrize("size", [1, 6000])
@pytest.mark.usefixtures("engine")
def test_parts_give_the_results_of_the_whole(seed, size, tmp_path, monkeypatch, judged):
    folder = written(tmp_path, seed)
    monkeypatch.setattr(Run, "text", changed(seed))
    whole = at_once(Dataset.read([folder]), monkeypatch)
    assert len(judged) == 1
    with cut(monkeypatch, size):
        assert in_parts([folder]) == (whole, whole)
    assert len(judged) > 5
    assert {"law-cooperative-founder-kind", "Record-name"} <= told(whole)


@pytest.mark.usefixtures("engine")
def test_what_refers_to_what_waits_waits_with_it(tmp_path, monkeypatch):
    about = {"articleType": "report", "about": ["event"], "datePublished": "2015-06-01"}
    about |= {"publisher": "org"}
    event = {"eventType": ["study-visit"], "visited": ["unit"], "startDate": "2018-06-01"}
    together = [
        {"id": "org", "type": "PublicBody", "name": "Gmina"},
        {"id": "article", "type": "Article", "headline": "Relacja", **about},
        {"id": "event", "type": "Event", "name": "Wizyta", **event},
    ]
    unit = {"id": "unit", "type": "SocialIntegrationCentre", "name": "CIS", "operator": "org"}
    for number, trees in enumerate((together, [unit])):
        text = "".join(f"{json.dumps(tree)}\n" for tree in trees)
        (tmp_path / f"{number}.jsonl").write_text(text, encoding="utf-8")
    whole = at_once(Dataset.read([tmp_path]), monkeypatch)
    assert "article" in {result.focus.removeprefix(BASE) for result in whole}
    with cut(monkeypatch, 1):
        assert in_parts([tmp_path]) == (whole, whole)


@pytest.mark.usefixtures("engine")
def test_where_shapes_look_further_nothing_is_cut_however_much_waits(tmp_path, monkeypatch, judged):
    folder = written(tmp_path, 1)
    (folder / "9.ttl").write_text(RDF_OF_OTHERS, encoding="utf-8")
    whole = at_once(Dataset.read([folder]), monkeypatch)
    judged.clear()
    monkeypatch.setattr(parts, "reach", lambda _: None)
    with cut(monkeypatch, 1):
        assert in_parts([folder]) == (whole, whole)
    assert len(judged) == 2


@pytest.mark.skipif(not is_of_use(), reason="this system has no second process")
@pytest.mark.parametrize("ends", [False, True], ids=["all along", "ended from outside"])
@pytest.mark.usefixtures("engine")
def test_a_second_process_changes_nothing(ends, tmp_path, monkeypatch):
    folder = written(tmp_path, 5)
    monkeypatch.setattr(Run, "text", changed(5))
    whole = at_once(Dataset.read([folder]), monkeypatch)
    sent: list[int] = []
    send = Second._send

    def counted(second, given):
        send(second, given)
        sent.append(second._process.pid)
        if ends and len(sent) == 2:
            os.kill(second._process.pid, signal.SIGKILL)

    monkeypatch.setattr(Second, "_send", counted)
    with cut(monkeypatch, 2000), Seen(second=True) as seen:
        dataset = Dataset.read([folder], seen=seen)
        seen.rest(dataset)
        assert seen.results(dataset) == whole
    assert sent


@pytest.mark.skipif(not is_of_use(), reason="this system has no second process")
def test_what_fails_in_the_second_process_is_told_by_the_first():
    here = os.getpid()

    def work(given):
        if given == "no":
            raise KeyError(given)
        return given, os.getpid() == here

    second = Second(work)
    assert [second.takes("a"), second.takes("b")] == [True, False]
    assert second.done() == []
    assert second.takes("b")
    found = second.last()
    assert sorted(found) == [("a", False), ("b", True)]
    assert second.takes("no")
    second.done()
    with pytest.raises(KeyError):
        second.last()
    assert not second.takes("c")
    second.close()


@pytest.mark.skipif(not is_of_use(), reason="this system has no second process")
def test_a_second_process_ends_with_the_first():
    script = """
from es_lod.validate.second import Second
second = Second(str)
second.takes(1)
second.done()
print(second._process.pid, flush=True)
input()
"""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        second = int(first.stdout.readline())
        first.kill()
    assert gone([second])


@pytest.mark.skipif(not is_of_use(), reason="this system has no second process")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_second_process_ends_at_a_signal_without_a_word(number, capfd):
    """What the first one does then is not its business."""

    def interrupted(*_):
        raise KeyboardInterrupt

    before = signal.signal(number, interrupted)
    try:
        second = Second(lambda number: os.kill(os.getpid(), number))
        second.takes(number)
        second.done()
        second._process.join(20)
        assert second._process.exitcode == -number
        assert capfd.readouterr().err == ""
    finally:
        signal.signal(number, before)
        second.close()


def test_without_a_second_process_all_is_done_here():
    second = Second(str, is_wanted=False)
    assert not second.takes(1)
    assert second.done() == second.last() == []
    second.close()


RDF_OF_OTHERS = f"""
    <{BASE}missing> a <{ES.Company}> .
    <{BASE}missing-event> a <{SDO.Event}> ; <{SDO.startDate}> "2016" .
    <{BASE}other> a <{ES.SocialCooperative}> ; <{SDO.founder}> <{BASE}org-3> , <{BASE}org-4> .
    [] <{SDO.founder}> <{BASE}unit-3> ; a <{ES.SocialCooperative}> .
"""


@pytest.mark.usefixtures("engine")
def test_what_rdf_says_of_others_is_judged_beside(tmp_path, monkeypatch, judged):
    folder = written(tmp_path, 2)
    (folder / "9.ttl").write_text(RDF_OF_OTHERS, encoding="utf-8")
    monkeypatch.setattr(Run, "text", changed(2))
    whole = at_once(Dataset.read([folder]), monkeypatch)
    with cut(monkeypatch, 3000):
        assert in_parts([folder]) == (whole, whole)
    assert len(judged) > 5
    assert "" in {result.focus for result in whole}


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("ttl", f"<{BASE}org-3> a <{ES.Workshop}> ."),
        ("ttl", f'<{BASE}org-3#later> <{SDO.name}> "x" .'),
        ("ttl", f"<{ES.PublicBody}> <{RDFS.subClassOf}> <{ES.Company}> ."),
        (
            "json",
            json.dumps(
                {"type": "Company", "name": "A", "id": concept_iri("topic", "accessibility")}
            ),
        ),
    ],
    ids=["of a record", "of a part", "of the vocabulary", "of a concept"],
)
@pytest.mark.usefixtures("engine")
def test_what_is_said_of_what_was_judged_already_is_judged_with_it(
    suffix, text, tmp_path, monkeypatch, judged
):
    folder = written(tmp_path, 1)
    (folder / f"9.{suffix}").write_text(text, encoding="utf-8")
    whole = at_once(Dataset.read([folder]), monkeypatch)
    size = judged.pop()
    with cut(monkeypatch, 3000), Seen() as seen:
        dataset = Dataset.read([folder], seen=seen)
        seen.rest(dataset)
        before = len(judged)
        assert seen.results(dataset) == whole
    assert judged[before:] == [size]


def test_the_vocabulary_among_the_data_changes_nothing(tmp_path, monkeypatch, judged):
    folder = written(tmp_path, 1)
    for n, path in enumerate(shapes._files("ontology")):
        (folder / f"{n + 9}.ttl").write_bytes(path.read_bytes())
    with cut(monkeypatch, 3000):
        read, later = in_parts([folder])
    assert len(judged) > 10
    assert read == later == at_once(Dataset.read([folder]), monkeypatch)


# How far shapes look


def known(more: str) -> Shapes:
    """Shapes of ours, and one of an extension."""
    head = f"@prefix sh: <{SH}> . @prefix es: <{ES}> . @prefix schema: <{SDO}> ."
    ours = shapes.known().triples
    read = parse(f"{head} es:x a sh:NodeShape ; {more} .", RdfFormat.TURTLE)
    return Shapes([*ours, *(quad.triple for quad in read)], ours)


def test_ours_look_at_a_few_properties_of_others():
    found = reach.reach(shapes.known())
    assert {str(RDF.type), str(SDO.startDate)} <= found.asked
    assert str(SDO.name) not in found.asked
    assert {str(SDO.founder), str(ES.operatedBy), str(SDO.about)} <= found.followed
    assert str(SDO.url) not in found.followed


@pytest.mark.parametrize(
    "more",
    [
        "sh:targetClass es:Workshop ; sh:property [ sh:path schema:name ; sh:minCount 1 ]",
        (
            "sh:targetSubjectsOf es:nip ; sh:property [ sh:path schema:founder ; "
            "sh:node [ sh:property [ sh:path es:nip ; sh:minCount 1 ] ] ]"
        ),
    ],
)
def test_a_shape_that_looks_no_further_leaves_parts(more):
    assert reach.reach(known(more)) is not None


@pytest.mark.parametrize(
    "more",
    [
        "sh:targetNode es:y ; sh:property [ sh:path schema:name ; sh:minCount 1 ]",
        "sh:targetObjectsOf schema:founder ; sh:property [ sh:path schema:name ; sh:minCount 1 ]",
        (
            "sh:targetClass es:Workshop ; "
            "sh:property [ sh:path [ sh:inversePath es:workshop ] ; sh:minCount 1 ]"
        ),
        "sh:targetClass es:Workshop ; sh:property [ sh:path schema:name ; sh:equals schema:url ]",
        "sh:targetClass es:Workshop ; sh:closed true",
        'sh:targetClass es:Workshop ; sh:sparql [ sh:select "SELECT $this WHERE {}" ]',
        # The founders of founders, and what is anywhere.
        (
            "sh:targetClass es:Workshop ; sh:property [ sh:path ( schema:founder "
            "schema:founder ) ; "
            "sh:class es:Company ]"
        ),
        (
            "sh:targetClass es:Workshop ; "
            "sh:property [ sh:path [ sh:zeroOrMorePath schema:founder ] ; sh:maxCount 3 ]"
        ),
        "sh:targetClass es:Workshop ; sh:property [ sh:path schema:sameAs ; sh:class es:Company ]",
    ],
)
def test_a_shape_that_looks_further_has_all_data_judged_at_once(more):
    assert reach.reach(known(more)) is None


HEAD = f"PREFIX es: <{ES}>\nSELECT DISTINCT $this ?value\nWHERE "


@pytest.mark.parametrize(
    ("pattern", "beyond"),
    [
        ("{ $this es:a ?value ; es:b ?other . FILTER (?value > ?other) }", ""),
        ("{ $this es:a/es:b ?value }", "b"),
        ("{ $this es:a|(es:b/es:c) ?value . }", "c"),
        ("{ $this es:a ?value . OPTIONAL { ?value es:b ?b ; es:c 'c' } }", None),
        ("{ $this es:a ?value . { ?value es:b+ <x:y> } UNION { ?value a es:C } }", "b type"),
        ("{ $this ?path ?value . FILTER NOT EXISTS { $this es:a ?a . ?a es:b ?c } }", "b"),
        ("{ $this es:a ?value . ?other es:a ?value }", None),
        ("{ $this ?path ?value . ?value es:a ?b }", None),
        ("{ $this es:a ?value . ?value ?path ?b }", None),
        ("{ $this ^es:a ?value }", None),
        ("{ $this (es:a/es:b)+ ?value }", None),
        ("{ $this es:a ?value . OPTIONAL { $this es:b ?b } ?b es:c ?c }", None),
        ("{ $this es:a ?value . FILTER (EXISTS { ?x es:a ?value }) }", None),
        ("{ $this es:a ?value . GRAPH ?g { ?value es:a ?b } }", None),
        ("{ $this es:a ?value . MINUS { ?value es:b ?b } }", None),
        ("{ $this es:a ?value . { SELECT ?x WHERE { ?x es:a ?y } } }", None),
        ("{ $this es:a ?value } ORDER BY ?value", None),
        ("{ $this es:a [ es:b ?value ] }", None),
        ("{ $this other:a ?value }", None),
        ("{ $this es:a ?value", None),
    ],
)
def test_where_a_query_goes_is_read_off_its_text(pattern, beyond):
    if beyond is None:
        with pytest.raises(Unread):
            list(steps(HEAD + pattern))
    else:
        found = {step.property for step in steps(HEAD + pattern) if step.is_beyond}
        assert sorted(iri.rpartition("#")[2] for iri in found) == beyond.split()


def test_a_query_that_counts_is_not_read():
    with pytest.raises(Unread):
        list(steps("SELECT (COUNT(?x) AS ?n) WHERE { $this a ?x }"))
    with pytest.raises(Unread):
        list(steps("ASK { $this a ?x }"))


def test_records_of_the_names_of_terms_are_judged_at_once():
    assert Parts(str(ES.Company)[:-1])._reach is None
    assert Parts(BASE)._reach is not None
