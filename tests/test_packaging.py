"""What is built and released carries what the library needs, and works where it is installed."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXAMPLE = ROOT / "examples" / "wizyta-studyjna-tarnow-2018.yaml"
RESOURCES = {
    "ontology": ("ontology", "*.ttl"),
    "shapes": ("shapes", "*.ttl"),
    "queries": ("examples/queries", "*.rq"),
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without this checkout on its path; return its standard output."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(project: Path, target: str, into: Path) -> Path:
    """Build with the installed hatchling: a build environment of its own would need a network."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=project)
    (built,) = into.iterdir()
    return built


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def normalised_name(requirement: str) -> str:
    """Give the name of a distribution or requirement in the form of PEP 503."""
    name = re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_sdist(tmp_path_factory):
    sdist = build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(place, filter="data")
    (project,) = place.iterdir()
    return project


@pytest.mark.parametrize("name", RESOURCES)
def test_wheel_carries_every_file_of_the_folder_unchanged(wheel, name):
    source, pattern = RESOURCES[name]
    expected = {
        f"es_lod/data/{name}/{path.relative_to(ROOT / source).as_posix()}": path.read_bytes()
        for path in (ROOT / source).rglob(pattern)
    }
    assert expected
    found = contents(wheel)
    assert {path: found.get(path) for path in expected} == expected


def test_wheel_carries_licence_and_type_marker(wheel):
    found = contents(wheel)
    licence = f"es_lod-{PROJECT['version']}.dist-info/licenses/LICENSE"
    assert found[licence] == (ROOT / "LICENSE").read_bytes()
    assert "es_lod/py.typed" in found


def test_wheel_carries_nothing_else(wheel):
    expected = re.compile(
        r"es_lod/.+\.(py|ttl|rq)$|es_lod/site/(layouts/[^/]+\.j2|assets/[^/]+\.(css|js|svg))$"
        r"|es_lod/server/page/(layouts/[^/]+\.j2|assets/[^/]+\.(css|js|txt)|drawings/[^/]+\.json)$"
        r"|es_lod/py\.typed$|es_lod-[^/]+\.dist-info/"
    )
    assert [name for name in contents(wheel) if not expected.match(name)] == []


def test_wheel_from_sdist_is_the_same(wheel, unpacked_sdist, tmp_path):
    again = build(unpacked_sdist, "wheel", tmp_path)
    assert contents(again) == contents(wheel)
    assert again.name == wheel.name


def test_sdist_carries_the_tests_and_examples(unpacked_sdist):
    for path in (Path(__file__), EXAMPLE, ROOT / "Makefile", ROOT / "CHANGELOG.md"):
        assert (unpacked_sdist / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("is_server", [False, True], ids=["core", "serve"])
def test_dependencies_are_what_the_library_imports(is_server):
    core = set(map(normalised_name, PROJECT["dependencies"]))
    extra = set(map(normalised_name, PROJECT["optional-dependencies"]["serve"]))
    fast = set(map(normalised_name, PROJECT["optional-dependencies"]["fast"]))
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        if ("server" in path.relative_to(ROOT).parts) != is_server:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module)
    tops = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"es_lod"}
    declared = core | extra if is_server else core | fast
    providers = packages_distributions()
    provided = {top: declared & set(map(normalised_name, providers.get(top, []))) for top in tops}
    assert {top for top, names in provided.items() if not names} == set(), "not declared"
    wanted = extra if is_server else core | fast
    assert wanted - set().union(*provided.values()) == set(), "not imported"


def test_a_missing_folder_is_said_with_both_places(tmp_path):
    copy = tmp_path / "lib" / "es_lod" / "resources.py"
    copy.parent.mkdir(parents=True)
    copy.write_bytes((ROOT / "src" / "es_lod" / "resources.py").read_bytes())
    spec = importlib.util.spec_from_file_location("stranded_resources", copy)
    stranded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stranded)
    with pytest.raises(FileNotFoundError) as raised:
        stranded.folder("queries")
    assert str(copy.parent / "data" / "queries") in str(raised.value)
    assert str(tmp_path / "examples" / "queries") in str(raised.value)


@pytest.mark.slow
def test_installed_wheel_works_outside_the_checkout(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scheme = {"base": str(home), "platbase": str(home)}
    scripts = Path(sysconfig.get_path("scripts", "venv", scheme))
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    python = scripts / Path(sys.executable).name
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", wheel, cwd=tmp_path)
    # The dependencies come from the environment of the tests, so that no network is needed. Its own
    # .pth files, one of them that of an editable es-lod, are not followed from here.
    ours = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "dependencies.pth").write_text("\n".join(ours), encoding="utf-8")

    for name in RESOURCES:
        code = f"from es_lod.resources import folder; print(folder({name!r}))"
        place = Path(run(python, "-c", code, cwd=tmp_path).strip())
        assert place == packages / "es_lod" / "data" / name
    run(scripts / "es-lod", "validate", EXAMPLE, cwd=tmp_path)
