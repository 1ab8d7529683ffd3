"""The command line. `--help` imports nothing heavy."""

import io
import sys

from es_lod.cli import texts
from es_lod.cli.commands import commands

__all__ = ["commands", "main"]


def _speak() -> None:
    """Click's own texts in the user's language: its modules look them up by this name."""
    from click import core, decorators, exceptions, formatting, parser

    for module in (core, decorators, exceptions, formatting, parser):
        if hasattr(module, "_"):  # click 8.2 to 8.5 have it; without it they stay English
            setattr(module, "_", texts.translate)  # noqa: B010  # no attribute that mypy knows


def main() -> None:
    """Run the command line; the entry point of `es-lod`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    _speak()
    try:
        commands(prog_name="es-lod", standalone_mode=True)
    except BrokenPipeError:
        # The reader has seen enough: `es-lod map … | head`.
        sys.stderr.close()
        sys.exit(0)
