"""The command line. `--help` imports nothing heavy."""

import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Callable

import click

from es_lod.cli import texts
from es_lod.cli.translations import teach_click

teach_click()

from es_lod.cli.commands import commands  # noqa: E402  # its options take their texts from click
from es_lod.cli.publishing import publish  # noqa: E402  # the same
from es_lod.cli.querying import query  # noqa: E402  # the same
from es_lod.cli.serving import serve  # noqa: E402  # the same

commands.add_command(query)
commands.add_command(publish)
commands.add_command(serve)

__all__ = ["commands", "main"]


def main() -> None:
    """Run the command line; the entry point of `es-lod`."""
    # Imports make many objects that stay: collecting after each 700 takes a tenth of a short run.
    gc.set_threshold(50_000)
    # A closed stream is None: messages go nowhere, data that would be lost is an error.
    sys.stdout = sys.stdout or io.TextIOWrapper(_Closed(), write_through=True)
    sys.stderr = sys.stderr or io.TextIOWrapper(io.BytesIO())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):  # as Ctrl+C: nothing half-written stays behind
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupted)
    try:
        left = commands.main(prog_name="es-lod", standalone_mode=False)
        if left is not None and not isinstance(left, int):
            _end()
        sys.exit(left)
    except click.ClickException as error:
        _tell(error.show)
    except click.Abort:
        _tell(lambda: sys.stderr.write(f"es-lod: {texts.say('interrupted')}\n"))
    except OSError as error:
        reason = error.strerror or error
        _tell(lambda: sys.stderr.write(f"es-lod: {reason}\n"))
    sys.exit(2)


def _tell(say: Callable[[], object]) -> None:
    """Say a last word; where standard error takes nothing, the exit code alone speaks."""
    try:
        say()
        sys.stderr.flush()
    except OSError:
        sys.stderr = io.TextIOWrapper(io.BytesIO())


def _end() -> None:
    """End at once, as all is done and told: to free 2 million triples one by one takes a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


class _Closed(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt
