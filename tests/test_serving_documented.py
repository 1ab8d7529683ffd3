"""docs/serving.md is true: its session, its options, its limits."""

import re
import shutil

from conftest import ROOT
from servers import says

from es_lod.cli.serving import serve
from es_lod.query import MAX_DEPTH
from es_lod.server.app import application
from es_lod.server.current import Options
from es_lod.server.questions import STATUSES, Limits

PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_session_is_true(tmp_path, examples_site):
    shutil.copytree(examples_site, tmp_path / "site")
    (session,) = re.findall(
        r"^```console\n\$ es-lod (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    command, shown = session
    english = {"LANGUAGE": "", "LC_ALL": "C.UTF-8", "LANG": ""}
    assert says(command.split(), tmp_path, **english) == shown


def test_its_options_are_those_of_the_command():
    said = set(re.findall(r"`(--[a-z]+)", PAGE))
    assert said == {
        option for parameter in serve.params for option in parameter.opts if option[0] == "-"
    }


def test_its_addresses_are_answered():
    app = application(Options(ROOT))
    paths = {route.path for route in app.routes}
    told = set(re.findall(r"^\| `(/[a-z]+)", PAGE, re.MULTILINE)) - {"/id"}
    assert told == {"/sparql", "/reconcile", "/health"}
    assert told | {"/reconcile/en", "/reconcile/pl"} <= paths


def test_its_limits_are_those_of_the_server():
    (told,) = re.findall(r"^- Limits, and what says so: (.*?)\.\n", PAGE, re.MULTILINE | re.DOTALL)
    limits = Limits()
    assert " ".join(told.split()) == (
        f"{limits.seconds:g} s from arrival to answer ({STATUSES['time']}), "
        f"{limits.rows:,} rows or triples ({STATUSES['rows']}), "
        f"{limits.size >> 20} MiB of answer ({STATUSES['size']}), "
        f"{limits.body >> 20} MiB of request ({STATUSES['body']}), "
        f"{MAX_DEPTH} nested brackets of query ({STATUSES['deep']}), "
        f"{limits.memory >> 30} GiB of memory ({STATUSES['memory']})"
    )


def test_its_links_lead_to_files():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
