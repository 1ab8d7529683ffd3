"""What tests share: the reference example, its site, a browser; and what is missing here."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "wizyta-studyjna-tarnow-2018.yaml"
WEB = Path(__file__).parent / "web"
"""Where `make web` installs what npm has for the tests."""

# How long an example takes says more of the machine, and of what else runs there, than of us.
settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

# No test writes into the cache of who runs it; those of the cache have one of their own.
os.environ["ES_LOD_NO_CACHE"] = "1"


def need(missing: str | None) -> None:
    """Skip a test for what is missing here; where `CI` is set, that is a failure."""
    if missing is not None and os.environ.get("CI"):
        pytest.fail(missing)
    if missing is not None:
        pytest.skip(missing)


@pytest.fixture
def example() -> str:
    """The text of the reference example."""
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the reference example and its settings, which a test may change."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (EXAMPLE, ROOT / "examples" / "site.yaml"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def examples_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the examples, which no test changes."""
    from es_lod.cli import commands

    folder = tmp_path_factory.mktemp("examples") / "site"
    arguments = ["publish", str(ROOT / "examples"), "-o", str(folder)]
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="session")
def chromium():
    """A headless browser."""
    from chromium import Chromium, program

    need(None if program() else "Chromium is not installed (Debian: chromium)")
    with Chromium() as browser:
        yield browser
