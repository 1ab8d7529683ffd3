"""What tests share: the reference example, and a quiet environment."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "wizyta-studyjna-tarnow-2018.yaml"


@pytest.fixture
def example() -> str:
    """The text of the reference example."""
    return EXAMPLE.read_text(encoding="utf-8")
