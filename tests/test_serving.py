"""The command `serve`: what it takes, and what it says when it cannot."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import EXAMPLE
from servers import Server

from es_lod.cli import commands, serving
from es_lod.server.run import listening
from es_lod.site.addresses import MANIFEST
from es_lod.site.editions.state import STATE


def run(*arguments):
    return CliRunner().invoke(commands, ["serve", "--port", "0", *map(str, arguments)])


@pytest.fixture
def served():
    """Starts the command on any free port; all of them are stopped."""
    running = []

    def start(*arguments):
        command = [sys.executable, "-m", "es_lod.cli", "serve", "--port", "0", *map(str, arguments)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        running.append(process)
        said = []
        for line in process.stderr:
            said.append(line)
            if "Ctrl+C" in line:
                break
        port = re.search(r"http://127\.0\.0\.1:(\d+)/\n", "".join(said))
        assert port, "".join(said)
        return Server(int(port[1]), "/"), said, process

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_records_without_settings_are_served_as_a_preview(served, tmp_path):
    server, said, _ = served(shutil.copy(EXAMPLE, tmp_path), "--lang", "pl")
    page = server.ask("", accept_language="pl").body.decode()
    assert "Podgląd: wizyta-studyjna-tarnow-2018.yaml" in page
    assert "Wydawca nieznany" in page
    assert server.ask("id/spoldzielnia-socjalna-serwis", "text/turtle").status == 303
    answer = server.ask("sparql?name=workshops", "text/csv")
    assert len(answer.body.splitlines()) == 4
    assert [line.split()[-1] for line in said[-4:-1]] == [
        f"http://127.0.0.1:{server.port}/{path}" for path in ("", "sparql", "reconcile")
    ]


@pytest.mark.parametrize("more", ["", "spread: true\n"])
def test_settings_beside_the_records_are_used(served, data, more):
    with (data / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    server, _, process = served(data)
    assert "Polska ekonomia społeczna (przykłady)" in server.ask("").body.decode()
    assert server.ask("doc/spoldzielnia-socjalna-serwis", "text/turtle").status == 200
    assert server.ask("id/spoldzielnia-socjalna-serwis/index.html").status == 200
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "The server has stopped." in err


def test_the_same_things_are_asked_as_reconciled_and_read(served, data):
    server, _, _ = served(data)
    batch = json.dumps({"q": {"query": "Spoldzielnia Socjalna Serwis", "type": "Organization"}})
    form = b"queries=" + batch.encode()
    type_ = "application/x-www-form-urlencoded"
    found = server.ask("reconcile", None, "POST", form, content_type=type_)
    best = json.loads(found.body)["q"]["result"][0]
    assert (best["id"], best["match"]) == ("spoldzielnia-socjalna-serwis", True)
    assert server.ask(f"doc/{best['id']}", "application/ld+json").status == 200


def test_any_rdf_is_served_with_its_graphs(served, tmp_path):
    quads = tmp_path / "obce.nq"
    quads.write_text("<a:s> <a:p> <a:o> <a:g> .\n", encoding="utf-8")
    server, said, _ = served(quads)
    assert "graph-names-dropped" not in "".join(said)
    answer = server.ask(
        "sparql?query=ASK%20%7B%20GRAPH%20%3Ca%3Ag%3E%20%7B%20%3Ca%3As%3E%20%3Fp%20%3Fo%20%7D%20%7D"
    )
    assert json.loads(answer.body)["boolean"] is True


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104
        ("::", "http://[::1]:8000/"),
        ("dane.example", "http://dane.example:8000/"),
    ],
)
def test_the_address_that_is_told_can_be_opened(host, address):
    assert serving._address(host, 8000) == address


def test_a_taken_port_is_told_with_what_to_do(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run(data, "--port", taken.getsockname()[1])
    assert result.exit_code == 2
    assert "--port" in result.output
    assert "attempting" not in result.output


def test_another_base_is_no_base_of_a_site(examples_site):
    result = run(examples_site, "--base", "https://other.example/id/")
    assert result.exit_code == 2
    assert "https://w3id.org/es-lod/id/" in result.output


def test_no_answer_waits_for_the_client_to_acknowledge_its_header():
    with (
        listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_errors_in_the_input_are_told_and_nothing_is_served(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("records: [{type: Foundation, id: a, nazwa: X}]", encoding="utf-8")
    result = run(broken)
    assert result.exit_code == 1
    assert "broken.yaml:1" in result.output


def test_an_unknown_input_is_told(tmp_path):
    result = run(tmp_path / "nic.yaml")
    assert result.exit_code == 2
    assert "nic.yaml" in result.output


@pytest.mark.parametrize("damage", ["older", "damaged"])
def test_a_folder_of_an_older_version_is_to_be_published_again(damage, tmp_path, examples_site):
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(examples_site / MANIFEST, site)
    tree = json.loads((examples_site / STATE).read_text(encoding="utf-8"))
    if damage == "older":
        del tree["settings"]
    else:
        tree["settings"] = {"url": 1}
    (site / STATE).write_text(json.dumps(tree), encoding="utf-8")
    result = run(site)
    assert result.exit_code == 2
    assert "es-lod publish" in result.output


def test_missing_packages_are_named_with_the_command_that_brings_them(monkeypatch, data):
    monkeypatch.setattr(serving, "find_spec", lambda name: None if name == "uvicorn" else name)
    result = run(data)
    assert result.exit_code == 2
    assert "(uvicorn)" in result.output
    assert "pip install 'es-lod[serve]'" in result.output


def test_a_site_among_other_inputs_is_found(examples_site, tmp_path):
    from es_lod.server.preparing import site_among

    assert site_among((str(tmp_path), str(examples_site), "x.nq")) == (
        str(examples_site),
        (str(tmp_path), "x.nq"),
    )
    assert site_among((str(Path(tmp_path)),)) == (None, (str(tmp_path),))
