"""The command line as a user meets it: options, exit codes, where things are written."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLE

import es_lod
from es_lod.cli import commands, kept, published, texts
from es_lod.errors import InvalidData
from es_lod.templates import yaml_template

GOOD = "records:\n  - {type: Foundation, id: a, name: Fundacja Ą}\n"
BAD = GOOD + "  - {type: Foundation, id: b}\n"


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], input=given)


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_map_prints_turtle(good):
    done = run("map", good)
    assert done.exit_code == 0
    assert "id:a a es:Foundation" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_map_takes_the_format_from_the_suffix(name, good, tmp_path):
    out = tmp_path / f"out.{name}"
    assert run("map", good, "-o", out).exit_code == 0
    assert es_lod.load(out) == es_lod.load(good)
    assert run("map", good, "--format", name).stdout_bytes == out.read_bytes()


def test_our_json_ld_is_read_as_records_with_places(tmp_path):
    out = tmp_path / "out.jsonld"
    run("map", EXAMPLE, "-o", out)
    text = out.read_text(encoding="utf-8").replace('"2018-06-20"', '"2018-13-45"', 1)
    out.write_text(text, encoding="utf-8")
    (problem,) = json.loads(run("validate", out, "--report", "json").stdout)
    place = problem["location"]
    assert problem["code"] == "invalid-date"
    assert "2018-13-45" in text.splitlines()[place["line"] - 1][place["column"] - 1 :]


def test_with_errors_map_writes_nothing_and_leaves_what_was_there(bad, tmp_path):
    out = tmp_path / "out.ttl"
    out.write_text("as it was", encoding="utf-8")
    done = run("map", bad, "-o", out)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "out.ttl"]
    assert run("map", bad).stdout == ""


def test_keep_going_writes_the_good_records_and_still_says_1(bad):
    done = run("map", bad, "--keep-going")
    assert done.exit_code == 1
    assert "id:a a" in done.stdout
    assert "id:b" not in done.stdout
    assert "[missing]" in done.stderr


@pytest.mark.usefixtures("good")
def test_a_folder_is_one_dataset(tmp_path):
    (tmp_path / "more.jsonl").write_text(
        '{"type": "Association", "id": "c", "name": "C", "founders": ["a"]}\n'
    )
    (tmp_path / "notes.txt").write_text("not records")
    (tmp_path / "site.yaml").write_text("title: settings")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "bad.yaml").write_text(BAD, encoding="utf-8")
    done = run("validate", tmp_path, "--report", "json")
    assert done.exit_code == 0
    skipped = json.loads(done.stdout)
    assert {(p["code"], p["severity"]) for p in skipped} == {("file-skipped", "info")}
    assert [Path(p["location"]["file"]).name for p in skipped] == ["below", "notes.txt"]


def test_a_file_named_alone_must_be_known(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not records")
    done = run("map", path)
    assert done.exit_code == 2
    assert "[unknown-suffix]" in done.stderr


def test_standard_input_needs_a_format_and_is_read_with_one():
    assert run("map", "-", given=GOOD.encode()).exit_code == 2
    done = run("map", "-", "--from", "yaml", given=GOOD.encode())
    assert (done.exit_code, "id:a" in done.stdout) == (0, True)


def test_base_overrides_what_the_document_states(good):
    done = run("map", good, "--base", "https://dane.test/id/", "--format", "nt")
    assert "<https://dane.test/id/a>" in done.stdout
    assert run("map", good, "--base", "dane").exit_code == 2


def test_documents_of_different_bases_keep_their_iris(tmp_path):
    for name in "ab":
        text = f"base: https://{name}.test/\n" + GOOD
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = run("map", tmp_path, "--format", "nt")
    assert done.exit_code == 0
    assert "<https://a.test/a>" in done.stdout
    assert "<https://b.test/a>" in done.stdout


def test_operates_sets_the_operator_nested_by_id_and_wherever_it_stands():
    unit = "{type: SocialIntegrationClub, id: kis, name: KIS}"
    owner = "{type: Association, id: a, name: A, operates: [%s]}"
    graphs = []
    for records in (
        f"[{owner % unit}]",
        f"[{owner % 'kis'}, {unit}]",
        f"[{unit}, {owner % 'kis'}]",
    ):
        dataset = es_lod.loads(f"records: {records}")
        assert dataset.problems == ()
        graphs.append({str(quad) for quad in dataset.quads()})
    assert graphs[0] == graphs[1] == graphs[2]


def test_operates_and_a_different_operator_is_an_error():
    text = """
    records:
      - {type: Association, id: a, name: A, operates: kis}
      - {type: Association, id: b, name: B}
      - {type: SocialIntegrationClub, id: kis, name: KIS, operator: b}
    """
    assert [problem.code for problem in es_lod.loads(text).problems] == ["operator-conflict"]


@pytest.mark.parametrize(("lang", "word"), [("pl", "błąd"), ("en", "error")])
def test_messages_are_in_the_language_asked_for(lang, word, bad):
    done = run("validate", bad, "--lang", lang)
    assert done.exit_code == 1
    assert f": {word}: " in done.stdout


def test_the_report_as_turtle_is_a_validation_report(bad):
    done = run("validate", bad, "--report", "turtle")
    assert done.exit_code == 1
    assert "sh:ValidationReport" in done.stdout
    assert "sh:conforms false" in done.stdout
    assert "problem:missing" in done.stdout


def test_strict_makes_what_is_not_carried_over_an_error(tmp_path):
    path = tmp_path / "more.nt"
    extra = '<https://w3id.org/es-lod/id/a> <http://purl.org/dc/terms/extent> "1" .\n'
    path.write_text(es_lod.loads(GOOD).dumps("nt") + extra, encoding="utf-8")
    assert run("validate", path).exit_code == 0
    assert run("validate", path, "--strict").exit_code == 1
    assert extra in run("map", path, "--format", "nt").stdout


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_query_answers_in_the_format_asked_for(form):
    done = run("query", EXAMPLE, "founders", "--format", form)
    assert done.exit_code == 0
    assert "Fundacja im. Hetmana" in done.stdout


def test_query_binds_parameters_and_answers_over_nothing():
    some = run("query", EXAMPLE, "contacts", "--param", "organization=rops-krakow")
    assert "biuro@rops.krakow.pl" in some.stdout
    assert "Tarnów" not in some.stdout
    none = run("query", EXAMPLE, "contacts", "--param", "organization=nobody", "--lang", "en")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "No results.\n")
    polish = run("query", EXAMPLE, "contacts", "--param", "organization=nobody", "--lang", "pl")
    assert polish.stderr == "Brak wyników.\n"
    csv = run("query", EXAMPLE, "founders", "--param", "organization=nobody", "--format", "csv")
    assert csv.stdout.startswith("organization,")


def test_query_takes_a_file_or_a_text(tmp_path):
    path = tmp_path / "q.rq"
    path.write_text("ASK { ?s a <https://schema.org/Event> }", encoding="utf-8")
    assert run("query", EXAMPLE, "--file", path).stdout == "true\n"
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://schema.org/Event> ; ?p ?o }"
    assert "schema:startDate" in run("query", EXAMPLE, "--text", construct).stdout


@pytest.mark.parametrize(
    "text",
    ["SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SELEC ?s", "SELECT * { ?s ?p }"],
)
def test_a_query_that_fetches_or_is_none_ends_with_2(text):
    done = run("query", EXAMPLE, "--text", text)
    assert done.exit_code == 2
    assert "[invalid-query]" in done.stderr


def test_the_word_service_may_stand_in_strings_iris_and_names():
    text = (
        '# per service: <x>\nASK { ?service <https://service.test/SERVICE> "a service" } # SERVICE'
    )
    assert run("query", EXAMPLE, "--text", text).stdout == "false\n"


@pytest.mark.parametrize("hidden", ["BIND(:b\\#c AS ?z)", "BIND(:b\\'c AS ?z)", "# x\r"])
def test_an_escape_or_a_comment_does_not_hide_service(hidden):
    service = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
    done = run(
        "query",
        EXAMPLE,
        "--text",
        f"PREFIX : <a:> SELECT * {{ {hidden} {service} BIND('x' AS ?y) }}",
    )
    assert done.exit_code == 2
    assert "SERVICE is not answered" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_what_is_no_regular_file_is_not_replaced_and_a_link_is_followed(good, tmp_path):
    fifo, link, target = (tmp_path / name for name in ("fifo.ttl", "link.ttl", "target.ttl"))
    os.mkfifo(fifo)
    assert run("map", good, "-o", fifo).exit_code == 2
    assert fifo.is_fifo()
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert run("map", good, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert "id:a" in target.read_text(encoding="utf-8")


def test_query_lists_the_named_queries():
    done = run("query", "--list", "--lang", "pl")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "agenda",
        "centres",
        "co-founders",
        "components",
        "contacts",
        "coverage",
        "events",
        "first-centres",
        "founders",
        "legal-forms",
        "network",
        "operators",
        "participants",
        "programmes",
        "provenance",
        "services",
        "state",
        "stated",
        "status-expiring",
        "statuses",
        "timeline",
        "topics",
        "visitors",
        "visits",
        "workshops",
    ]
    questions = {line[17:].split("?")[0] for line in done.stdout.splitlines()}
    assert "Które statusy kończą się do podanego dnia i czy nadano je ponownie" in questions


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_yaml_template_is_valid_as_it_stands(lang, tmp_path):
    path = tmp_path / "new.yaml"
    assert run("new", path, "--lang", lang).exit_code == 0
    assert run("validate", path).exit_code == 0
    assert run("new", path).exit_code == 2
    assert run("new", path, "--force").exit_code == 0


def test_new_writes_schema_and_context(tmp_path):
    schema, context = tmp_path / "es-lod.schema.json", tmp_path / "context.jsonld"
    for path in (schema, context):
        assert run("new", path).exit_code == 0
    assert "Event" in json.loads(schema.read_text(encoding="utf-8"))["$defs"]
    assert "Event" in json.loads(context.read_text(encoding="utf-8"))["@context"]
    assert run("new", tmp_path / "what.txt").exit_code == 2


def polish(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "es_lod.cli", *arguments],
        env={"LANG": "pl_PL.UTF-8", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_speaks_polish_under_a_polish_locale():
    done = polish("--help")
    assert "Użycie: es-lod" in done.stdout
    assert "Polecenia:" in done.stdout
    assert "Usage" not in done.stdout
    assert "Nie ma polecenia 'mapp'" in polish("mapp").stderr
    for words in (["map", "--raport"], ["map", "x", "--format", "y"], ["map"], ["map", "--base"]):
        told = polish(*words).stderr
        assert "Błąd: " in told
        assert not re.search("No such|Did you|is not|Missing|requires|Error", told), told
    assert "Pokaż wersję" in done.stdout


def test_every_text_stands_in_both_languages():
    for key, (pl, en) in texts.TEXTS.items():
        assert all((pl, en)), key
        assert pl.count("{}") == en.count("{}"), key


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from click.testing import CliRunner; from es_lod.cli import commands\n"
        "assert CliRunner().invoke(commands, ['--help']).exit_code == 0\n"
        "print([m for m in ('pydantic', 'rdflib', 'pyshacl', 'pyoxigraph', 'ruamel') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_commands_come_in_the_order_of_their_importance():
    assert commands.list_commands(None)[:3] == ["map", "validate", "query"]
    for name, command in commands.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0


def test_what_new_makes_beside_records_is_no_data(tmp_path, good, monkeypatch):
    (tmp_path / "records.yaml").write_bytes(good.read_bytes())
    monkeypatch.chdir(tmp_path)
    for name in ("es-lod.schema.json", "context.jsonld"):
        assert run("new", name).exit_code == 0
    good.unlink(missing_ok=True)
    done = run("validate", tmp_path, "--report", "json")
    assert done.exit_code == 0
    told = [(p["code"], p["value"]) for p in json.loads(done.stdout) if p["code"] == "file-skipped"]
    assert told == [("file-skipped", ".jsonld"), ("file-skipped", ".schema.json")]


def test_a_parameter_given_twice_is_refused():
    done = run("query", EXAMPLE, "founders", "--param", "founder=a", "--param", "founder=b")
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_query_that_runs_too_long_can_be_stopped(name):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "es_lod.cli", "query", str(EXAMPLE), "--text", endless]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=3)
    running.send_signal(getattr(signal, name))
    assert running.wait(timeout=10) != 0
    assert running.communicate() == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["map", "missing.yaml"], ["map"], ["new", "what"]])
def test_where_messages_cannot_be_written_the_exit_code_still_speaks(arguments, tmp_path):
    command = [sys.executable, "-m", "es_lod.cli", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=tmp_path, stderr=full, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_template_is_valid_with_every_field_switched_on(lang):
    text = re.sub("^    #", "    ", yaml_template("records.yaml", lang), flags=re.MULTILINE)
    with pytest.raises(InvalidData) as told:
        es_lod.loads(text).save("nothing.ttl")
    # An ellipsis stands where a text is to be written.
    assert {problem.code for problem in told.value.problems} == {"invalid-text"}
    report = es_lod.loads(text.replace("…", "Tekst")).validate()
    # Who grants a status is a choice that the template cannot make.
    assert {problem.code for problem in report} == {"law-status-authority"}


def test_blank_nodes_that_no_record_carries_have_the_same_names_in_every_run(tmp_path):
    path = tmp_path / "in.ttl"
    extent = "<http://purl.org/dc/terms/extent>"
    nested = f"[ {extent} [ {extent} 1 ] ], [ {extent} 2 ]"
    path.write_text(f"{es_lod.load(EXAMPLE).dumps()}<https://x.pl/> {extent} {nested} .\n", "utf-8")
    first, second = (run("map", path, "--format", "nt") for _ in range(2))
    assert first.stdout == second.stdout
    assert "_:" in first.stdout


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_an_output_keeps_the_permissions_of_the_file_that_it_replaces(good, tmp_path):
    out = tmp_path / "out.ttl"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o640)
    assert run("map", good, "-o", out).exit_code == 0
    assert out.stat().st_mode & 0o777 == 0o640


def test_no_text_of_the_commands_hides_another():
    tree = ast.parse(Path(texts.__file__).read_text(encoding="utf-8"))
    (whole,) = (
        n.value for n in tree.body if isinstance(n, ast.AnnAssign) and n.target.id == "TEXTS"
    )
    own = [key.value for key in whole.keys if key is not None]
    parts = [*own, *published.TEXTS, *kept.TEXTS]
    assert sorted(parts) == sorted(texts.TEXTS)
