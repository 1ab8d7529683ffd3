"""Each engine gives the report of pySHACL, on whatever data."""

import errno
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from shape_cases import cases, data
from shape_tables import triples, valid_files
from strategies import datasets

from es_lod import extensions
from es_lod.namespaces import ES, SH, SHAPES, XSD
from es_lod.validate import engines, shacl, shapes, sifted
from es_lod.validate.data import IN_MEMORY, Data, ntriples
from es_lod.validate.reference import by_pyshacl
from es_lod.validate.results import Engine, Result
from es_lod.validate.shapes import Shapes

IS_FAST = find_spec("shacl") is not None
needs_fast = pytest.mark.skipif(not IS_FAST, reason="pip install es-lod[fast] would run it")
CONFORMANCE = Path(
    os.environ.get(
        "ES_LOD_CONFORMANCE", Path(__file__).parent.parent.parent / "shared" / "conformance"
    )
)
SUITE = CONFORMANCE / "shacl-suite" / "core"


def compare(found: list[Triple]) -> list[Result]:
    """The results of pySHACL, which the other engines give, too."""
    by_pyshacl = judged(found, engines.pyshacl_engine)
    assert judged(found, engines.sifting_engine) == by_pyshacl
    # In memory, and in a file.
    for limit in (IN_MEMORY, 0) if IS_FAST else ():
        with patch("es_lod.validate.data.IN_MEMORY", limit):
            assert judged(found, engines.compiled_engine) == by_pyshacl
    return by_pyshacl


def judged(found: list[Triple], engine: Engine) -> list[Result]:
    with Data(ntriples(found)) as data:
        return shacl.results(data, engine)


def compiled() -> ModuleType:
    """The module of the compiled engine, which imports it."""
    return import_module("es_lod.validate.compiled")


def is_doubtful(triple: Triple) -> bool:
    """Whether the compiled engine is not asked of data with a triple."""
    return IS_FAST and compiled().is_doubtful(f"{triple} .\n".encode())


# The same report


def test_all_cases_of_the_shapes_give_the_report_of_pyshacl():
    assert len(compare(list(data()))) > 1000


LEXICAL = (
    *("", " ", "x", "ą", "\u00a0", "\u200b", "\u2028", "\u3000", "a\nb", "Spółdzielnia  Socjalna"),
    *("0", "-0", "+5", "007", "5.0", "1.", ".5", "1e3", "INF", "true", "999999999", "1000000000"),
    *("2018", "02018", "-2018", "2018Z", "2018-06", "2018-13", "2018-06-19", "2018-02-30"),
    *("2018-6-9", "2018-06-19Z", "2018-06-19+14:00", "20180619", "2018-W25-2", "10000-01-01"),
    *("2018-06-19T10:00:00", "2018-06-19T10:00:00Z", "2018-06-19T25:00:00Z", "2018-06-19T10:00Z"),
    *("20180619T100000Z", "2018-06-19 10:00:00Z", "2018-06-19T10:00:00.5+02:00"),
    *(
        "1234567890",
        "123456785",
        "12345678512347",
        "12",
        "1263011",
        "30-070",
        "PL",
        "pl",
        "\u017fpl",
    ),
    *("+48123456789", "a@b.pl", "a b@c.pl", "https://a.example", "HTTP://a.example", "K"),
)
DATATYPES = ("string", "date", "gYear", "gYearMonth", "dateTime", "integer", "decimal", "int")
TAGS = ("pl", "PL", "en", "pl-PL", "x-foo")


def literal(draw: random.Random) -> Literal:
    lexical, kind = draw.choice(LEXICAL), draw.choice((*DATATYPES, *TAGS, None, None))
    if kind is None:
        return Literal(lexical)
    if kind in TAGS:
        return Literal(lexical, language=kind)
    return Literal(lexical, datatype=NamedNode(XSD[kind]))


def broken(found: list[Triple], draw: random.Random, faults: int) -> list[Triple]:
    """Data with faults: another value, predicate or subject, one more, one less."""
    found = list(found)
    subjects = sorted({t.subject for t in found}, key=str)
    predicates = sorted({t.predicate for t in found}, key=str)
    blank = [BlankNode(f"b{n}") for n in range(3)]
    for _ in range(faults):
        place = draw.randrange(len(found))
        subject, predicate, value = found[place]
        match draw.choice("lllloopsx"):
            case "l":
                value = literal(draw)
            case "o":
                value = draw.choice((*subjects, *blank, NamedNode("https://a.example/"), value))
            case "p":
                predicate = draw.choice(predicates)
            case "s":
                subject = draw.choice((*subjects, *blank))
            case "x":
                del found[place]
                continue
        more = draw.random() < 0.5
        found[place : place + 1 - more] = [Triple(subject, predicate, value)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_broken_data_gives_the_report_of_pyshacl(seed):
    draw = random.Random(seed)  # noqa: S311  # no secret
    found = [triple for valid in valid_files().values() for triple in valid]
    found += triples("others.ttl")
    for case in draw.sample(cases(), 60):
        found += case.triples()
    found = broken(found, draw, 150)
    # So that the compiled engine is asked, too.
    assert compare([triple for triple in found if not is_doubtful(triple)])


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(datasets(), st.integers(0, 2**32), st.integers(0, 12))
def test_broken_datasets_give_the_report_of_pyshacl(dataset, seed, faults):
    draw = random.Random(seed)  # noqa: S311
    compare(broken([quad.triple for quad in dataset.quads()], draw, faults))


REPORT = (
    *("conforms", "result", "focusNode", "resultPath", "resultSeverity", "value", "detail"),
    *("sourceShape", "sourceConstraint", "sourceConstraintComponent"),
)
OTHER_TARGETS = ("targetNode", "targetObjectsOf", "deactivated")


def is_used(triples: Iterable[Triple]) -> bool:
    """Whether shapes have nothing of SHACL but what our shapes have, or other targets."""
    used = {t.predicate.value for t in shapes.known().triples}
    used |= {SH[name] for name in (*REPORT, *OTHER_TARGETS)}
    return {t.predicate.value for t in triples if t.predicate.value.startswith(str(SH))} <= used


# `"1"^^xsd:boolean` is true, too: pySHACL takes it for no `sh:uniqueLang true`.
NOT_OF_PYSHACL = "uniqueLang-002.ttl"


@pytest.mark.skipif(
    not SUITE.exists(), reason="the W3C test suite would run it: ES_LOD_CONFORMANCE names a folder"
)
def test_the_cases_of_the_w3c_give_the_report_of_pyshacl():
    asked = 0
    for path in sorted(SUITE.rglob("*.ttl")):
        found = [quad.triple for quad in parse(path=str(path), base_iri=path.as_uri())]
        judging = Shapes(found, found)
        by_reference = set(map(told, by_pyshacl(found, judging)))
        assert set(map(told, sifted.results(Data(ntriples(found)), judging))) == by_reference, path
        if IS_FAST and is_used(found) and path.name != NOT_OF_PYSHACL:
            asked += bool(by_reference)
            by_compiled = compiled().Compiled(judging).results(Data(ntriples(found)))
            assert set(map(told, by_compiled)) == by_reference, path
    assert asked > 35 or not IS_FAST


def told(result: Result) -> tuple[str, ...]:
    """A result without its message: what pySHACL says where the shape says nothing is its own."""
    severity, *where = result.severity, result.focus, result.path, result.value
    return (severity, *where, result.component, result.shape)


# Who is asked


@needs_fast
@pytest.mark.parametrize(
    "written",
    [
        r'"1234567890\n"',  # `$` of Python stands before the line break
        r'"\u001C"',  # white space to Python
        '"x"@ar--rtl',  # rdflib drops the direction
        f'" 5"^^<{XSD.integer}>',
        f'"1_000"^^<{XSD.integer}>',
        f'"٣"^^<{XSD.integer}>',
        f'"{"9" * 40}"^^<{XSD.integer}>',
        f'"{"1" * 40}.5"^^<{XSD.decimal}>',
        f'"0000-01-01"^^<{XSD.date}>',
        f'"{"9" * 40}-01-01"^^<{XSD.date}>',  # ends the engine
        f'"0000"^^<{XSD.gYear}>',
        f'"2018-06-19T24:00:00Z"^^<{XSD.dateTime}>',
        f'"2018-06-19T10:00:60Z"^^<{XSD.dateTime}>',
        f'"2018-06-19T10:00:00+15:00"^^<{XSD.dateTime}>',
        f'" 5"^^<{XSD.token}>',  # rdflib strips and collapses
        rf'"5\t"^^<{XSD.normalizedString}>',
    ],
)
def test_data_that_the_engines_read_differently_is_left_to_pyshacl(written):
    turtle = f"<https://a.example/> a <{ES.AgendaItem}> ; <{ES.position}> {written} ."
    found = [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]
    assert any(is_doubtful(triple) for triple in found)
    compare(found)


@needs_fast
def test_data_at_which_the_compiled_engine_fails_are_left_to_pyshacl(monkeypatch):
    year = f'"{"9" * 40}-01-01"^^<{XSD.date}>'
    turtle = f"<https://a.example/> a <{ES.RegulatedRole}> ; <{ES.validFrom}> {year} ."
    found = [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]
    monkeypatch.setattr(compiled(), "is_doubtful", lambda _: False)
    with pytest.raises(compiled().Undecided):
        list(compiled().Compiled(shapes.known()).results(Data(ntriples(found))))
    compare(found)


def test_shapes_of_extensions_are_left_to_pyshacl(tmp_path, monkeypatch):
    turtle = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix es: <https://w3id.org/es-lod/ns#> .
        @prefix shapes: <https://w3id.org/es-lod/shapes#> .
        shapes:Workshop sh:property [ sh:path es:unheardOf ; sh:minCount 1 ] .
        shapes:Other a sh:NodeShape ; sh:targetClass es:Workshop ; sh:property shapes:Record-name .
    """
    (tmp_path / "more.ttl").write_text(turtle, encoding="utf-8")
    files = extensions.turtle_files
    monkeypatch.setattr(
        extensions,
        "turtle_files",
        lambda name: [*files(name), *([tmp_path / "more.ttl"] if name == "shapes" else [])],
    )
    shapes.known.cache_clear()
    try:
        known = shapes.known()
        of_others = {s.value for s in known.targeted if not known.is_ours(s)}
        assert of_others == {f"{SHAPES}Workshop", f"{SHAPES}Other"}
        by_pyshacl = compare(valid_files()["Workshop"])
        assert ES.unheardOf in {result.path for result in by_pyshacl}
    finally:
        shapes.known.cache_clear()


@needs_fast
def test_another_version_is_not_used(monkeypatch):
    chosen = engines.chosen.__wrapped__
    assert chosen() is engines.compiled_engine
    monkeypatch.setattr(engines, "PROVEN", "0.3.3")
    assert chosen() is engines.sifting_engine


def test_without_the_extra_pyshacl_validates(monkeypatch):
    monkeypatch.setitem(sys.modules, "shacl", None)
    assert engines.chosen.__wrapped__() is engines.sifting_engine


def test_components_of_others_are_left_to_pyshacl(monkeypatch):
    turtle = f"<https://a.example/component> a <{SH.ConstraintComponent}> ."
    known = [*shapes.known().triples, *(q.triple for q in parse(turtle, RdfFormat.TURTLE))]
    monkeypatch.setattr(sifted, "Sieve", None)
    found = Data(ntriples(valid_files()["Workshop"]))
    assert sifted.results(found, Shapes(known, shapes.known().triples)) is not None


@pytest.mark.parametrize("said", ['sh:minCount "x"', 'sh:pattern "("', "sh:or ()", "sh:in 5"])
def test_an_ill_formed_shape_is_told_by_pyshacl(said):
    turtle = f"""
        @prefix sh: <{SH}> .
        <https://a.example/shape> sh:targetClass <{ES.Workshop}> ;
            sh:property [ sh:path <{ES.unheardOf}> ; {said} ] .
    """
    judging = Shapes(quad.triple for quad in parse(turtle, RdfFormat.TURTLE))
    found = valid_files()["Workshop"]
    outcomes = []
    for judge in (engines.pyshacl_engine, engines.sifting_engine):
        try:
            outcomes.append(sorted(judge(Data(ntriples(found)), judging)))
        except Exception as error:  # noqa: BLE001  # pySHACL has many
            outcomes.append(type(error))
    assert outcomes[0] == outcomes[1]


def test_conforming_data_need_no_pyshacl(tmp_path):
    text = "{type: Workshop, id: a, name: Warsztat, workshopType: culinary}"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    code = (
        "import sys; sys.modules['shacl'] = None\n"
        "from es_lod import Dataset\n"
        "assert Dataset.load('a.yaml').validate().conforms\n"
        "print('pyshacl' in sys.modules, 'rdflib' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == "False False\n"


def test_large_data_are_in_a_file_that_is_gone_at_the_end(monkeypatch):
    monkeypatch.setattr("es_lod.validate.data.IN_MEMORY", 10)
    pieces = [b"<x:a> <x:b> <x:c> .\n" * n for n in range(1, 4)]
    with Data(pieces) as large:
        assert large.path.stat().st_mode & 0o77 == 0  # nobody else's
        assert [large.read(), b"".join(large.blocks())] == [b"".join(pieces)] * 2
        assert large.path.read_bytes() == b"".join(pieces)
    assert not large.path.exists()


def test_where_there_is_no_room_for_the_file_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("es_lod.validate.data.IN_MEMORY", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def pieces():
        yield b"<x:a> <x:b> <x:c> .\n"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match=re.escape(f"No space left on device ({tmp_path})")):
        Data(pieces())
    assert not list(tmp_path.iterdir())


def test_no_file_is_left_where_data_could_not_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr("es_lod.validate.data.IN_MEMORY", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def pieces() -> Iterator[bytes]:
        yield b"<x:a> <x:b> <x:c> .\n"
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        Data(pieces())
    assert list(tmp_path.iterdir()) == []


def test_each_query_binds_this_outside_of_any_group():
    """So it is the same to ask once for all focus nodes: `es_lod.validate.queries`."""
    known = shapes.known()
    asking = {t.subject for t in known.triples if t.predicate.value == SH.sparql}
    assert asking <= set(known.targeted)
    for triple in known.triples:
        if triple.predicate.value == SH.select:
            text = triple.object.value
            assert re.search(r"WHERE\s*\{\s*\$this\s+[\w:]+\s", text), text
            assert not re.search(
                r"(?i)\$PATH|\b(SELECT|MINUS|VALUES|SERVICE)\b(?!\s+(DISTINCT\s+)?\$this)", text
            )
