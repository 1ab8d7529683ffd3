"""One message: a severity, and a text in Polish and English."""

from dataclasses import dataclass
from typing import Final, Literal

LANGUAGES: Final = ("pl", "en")
"""The languages of messages and labels, by their tags."""


@dataclass(frozen=True, slots=True)
class Message:
    """The severity and the two texts of one code."""

    severity: Literal["error", "warning", "info"]
    pl: str
    en: str


def error(pl: str, en: str) -> Message:
    """A message of the severity `error`."""
    return Message("error", pl, en)


def warning(pl: str, en: str) -> Message:
    """A message of the severity `warning`."""
    return Message("warning", pl, en)


def info(pl: str, en: str) -> Message:
    """A message of the severity `info`."""
    return Message("info", pl, en)
