"""The command line. `--help` imports nothing heavy."""

import io
import sys

from es_lod.cli import texts

texts.teach_click()

from es_lod.cli.commands import commands  # noqa: E402  # its options take their texts from click

__all__ = ["commands", "main"]


def main() -> None:
    """Run the command line; the entry point of `es-lod`."""
    # A closed stream is None: what goes there goes nowhere.
    sys.stdout = sys.stdout or io.TextIOWrapper(io.BytesIO())
    sys.stderr = sys.stderr or io.TextIOWrapper(io.BytesIO())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        commands(prog_name="es-lod", standalone_mode=True)
    except BrokenPipeError:
        # The reader has seen enough: `es-lod map … | head`.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        sys.stderr.write(f"es-lod: {error.strerror or error}\n")
        sys.exit(2)
