"""Inputs as one stream of checked records."""

from es_lod.intake.runs import Run, linted
from es_lod.intake.stream import Intake

__all__ = ["Intake", "Run", "linted"]
