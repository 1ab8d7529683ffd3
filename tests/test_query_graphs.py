"""RDF that queries are asked of is loaded as it stands: as if its records were read."""

import io

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE, ROOT
from pyoxigraph import Store

import es_lod
from es_lod.cli import commands
from es_lod.intake import Intake
from es_lod.namespaces import ES, RDF, SDO
from es_lod.readers.meter import Meter
from es_lod.stores.graphs import load_graph
from es_lod.stores.lines import Otherwise, as_they_stand
from es_lod.stores.loading import load

GRAPH = """
@prefix schema: <http://www.schema.org/> .
@prefix es: <https://w3id.org/es-lod/ns#> .
@prefix id: <https://other.example.org/things/> .
id:cis a es:SocialIntegrationCentre ; schema:name "CIS"@pl ;
    schema:address [ schema:addressCountry "PL" ] .
id:serwis a es:SocialCooperative ; schema:name "SerwiS"@pl ;
    es:operates id:cis ; schema:alsoKnownAs [] .
"""
NAMED = '<a:s> <a:p> "x"@pl <a:g> .\n<a:s> <a:p> _:b .\n_:b <a:q> "y" <a:g> .\n'
PESEL = '<https://example.org/a> <https://schema.org/description> "44051401359" .\n'


def long_way(path, base=None):
    store = Store()
    found = load(Intake([path], base), store)
    assert found.is_good
    return set(store), found.base


def short_way(path, base=None):
    store = Store()
    found = load_graph([path], base, store, Meter())
    return set(store), found


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(params=["nt", "ttl", "nq", "trig", "rdf"])
def examples(request, tmp_path):
    path = tmp_path / f"examples.{request.param}"
    es_lod.load(ROOT / "examples").save(path)
    return path


@pytest.mark.parametrize("base", [None, "https://example.org/"])
def test_all_forms_of_rdf_give_the_same_quads(examples, base):
    assert short_way(examples, base) == long_way(examples, base)
    assert len(short_way(examples, base)[0]) > 2000


@pytest.mark.parametrize(("name", "text"), [("g.ttl", GRAPH), ("n.nq", NAMED)])
def test_other_spellings_blank_nodes_and_graphs_are_taken_as_ever(tmp_path, name, text):
    path = written(tmp_path, name, text)
    assert short_way(path) == long_way(path)


@pytest.mark.parametrize("subject", ["[]", "<https://example.org/a#part>", "<a:b#c>"])
def test_faults_of_records_without_an_id_stop_no_query_either(tmp_path, subject):
    path = written(tmp_path, "g.ttl", f"{subject} a <{ES.Company}> .")
    assert short_way(path) == long_way(path)
    found = es_lod.Dataset.read([path])
    assert [problem.code for problem in found.problems].count("missing") == 1
    assert found.documents_conform
    more = written(tmp_path, "more.jsonl", '{"type": "Company", "id": "a"}')
    assert not es_lod.Dataset.read([path, more]).documents_conform


def test_the_operator_is_stated_on_the_unit_and_schema_org_by_its_own_name(tmp_path):
    quads, base = short_way(written(tmp_path, "g.ttl", GRAPH))
    assert base == "https://other.example.org/things/"
    stated = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}
    cis, serwis = f"<{base}cis>", f"<{base}serwis>"
    assert (cis, f"<{ES.operatedBy}>", serwis) in stated
    assert (cis, f"<{SDO.name}>", '"CIS"@pl') in stated
    assert not any(predicate == f"<{ES.operates}>" for _, predicate, _ in stated)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pesel.nt", PESEL),
        ("broken.nt", f"{NAMED.splitlines()[1]}\nthis is no RDF\n"),
        ("empty.ttl", ""),
        ("none.ttl", "# nothing"),
        ("records.jsonl", '{"type": "Association", "id": "a", "name": "A"}\n'),
    ],
)
def test_what_has_something_to_be_told_goes_the_other_way(tmp_path, name, text):
    path = written(tmp_path, name, text)
    assert short_way(path) == (set(), None)
    if name != "records.jsonl":
        done = CliRunner().invoke(commands, ["query", str(path), "--text", "ASK {}"])
        assert done.exit_code in (1, 2)
        assert name in done.stderr
        assert "44051401359" not in done.output


def test_several_inputs_and_what_is_not_there_go_the_other_way(tmp_path):
    path = written(tmp_path, "g.ttl", GRAPH)
    for inputs in ([path, path], [EXAMPLE], [tmp_path / "nowhere.ttl"]):
        assert load_graph(inputs, None, Store(), Meter()) is None


def test_the_answers_are_the_same(tmp_path):
    """Over RDF, and over the records from which it was made."""
    path = tmp_path / "examples.ttl"
    es_lod.load(ROOT / "examples").save(path)
    for name in ("agenda", "founders", "network", "topics"):
        answers = [
            CliRunner().invoke(commands, ["query", str(given), name, "--format", "csv"]).stdout
            for given in (path, ROOT / "examples")
        ]
        assert len(answers[0].splitlines()) > 1
        assert sorted(answers[0].splitlines()) == sorted(answers[1].splitlines())


LINE = '<https://example.org/a> <https://schema.org/description> "{}" .\n'
NUMBER = "44051401359"  # a PESEL of a test


@pytest.mark.parametrize(
    "line",
    [
        "_:b <https://schema.org/name> <a:b> .",
        "<< <a:a> <a:b> <a:c> >> <a:p> <a:o> .",
        f"<a:a> <{ES.operates}> <a:b> .",
        '<a:a> <http://schema.org/name> "a" .',
        '<a:a> <http://www.schema.org/name> "a" .',
        '<a:a> <https://www.schema.org/name> "a" .',
        r'<a:a> <http://\u0073chema.org/name> "a" .',
        r'<a:a> <http://\U00000073chema.org/name> "a" .',
        LINE.format("a\0"),
        LINE.format("•" * 11),
        LINE.format(f"ur. {NUMBER}"),
        LINE.format(f"{NUMBER[:6]} {NUMBER[6:]}"),
        LINE.format(f"{NUMBER[:6]}-{NUMBER[6:]}"),
        LINE.format(f"{NUMBER[:6]}\u00a0{NUMBER[6:]}"),
        LINE.format(f"{NUMBER[:6]}\u2009{NUMBER[6:]}"),
        LINE.format(f"{NUMBER[:3]}\u00ad{NUMBER[3:]}"),
        LINE.format("".join(chr(0x0660 + int(digit)) for digit in NUMBER)),
        LINE.format(f"%34{NUMBER[1:]}"),
        f"<a:{NUMBER}> <a:p> <a:o> .",
        f"<a:s> <a:p> <a:o> <a:{NUMBER}> .",
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_what_is_not_as_records_have_it_is_seen_in_lines(line, last):
    plain = LINE.format("a") * 20_000
    text = f"{plain}{line}\n{'' if last else plain}"
    with pytest.raises(Otherwise):
        list(as_they_stand(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    "text",
    [
        "tel. 48123456789",
        "44051401358",
        "50 % i 100%",
        "za\u017c\u00f3\u0142\u0107 \u201eg\u201d \u2013",
        "a \\n b",
        "",
        "a_b < c",
    ],
)
def test_lines_are_given_out_as_they_stand_whole(text):
    lines = (LINE.format(text) * 40_000).encode() + b"<a:a> <a:b> <a:c> ."
    pieces = list(as_they_stand(io.BytesIO(lines)))
    assert b"".join(pieces) == lines
    assert len(pieces) > 1
    assert all(piece.endswith(b".\n") for piece in pieces[:-1])


def test_lines_that_no_parser_takes_leave_nothing(tmp_path):
    path = written(tmp_path, "a.nt", LINE.format("a") * 200_000 + "<a:a> <a:b>\n")
    store = Store()
    assert load_graph([path], None, store, Meter()) is None
    assert len(store) == 0


def test_records_of_named_graphs_tell_the_base_and_are_counted(tmp_path):
    base = "https://other.example.org/"
    lines = (f"<{base}f{n}> <{RDF.type}> <{SDO.Organization}> <a:g> .\n" for n in range(3))
    path = written(tmp_path, "a.nq", "".join(lines))
    meter = Meter()
    assert load_graph([path], None, Store(), meter) == base
    assert meter.records == 3
