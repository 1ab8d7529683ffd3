"""The command line. `--help` imports nothing heavy."""

import atexit
import errno
import gc
import io
import math
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

import click

from es_lod.cli import texts
from es_lod.cli.translations import teach_click
from es_lod.signals import ENDING

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
    interrupted = _interruption()
    for number in ENDING:  # all as Ctrl+C: nothing half-written stays behind
        if signal.getsignal(number) in _UNHANDLED:
            signal.signal(number, interrupted)
            # Python ends by handing signals back to the system: one more would be the exit code.
            atexit.register(signal.signal, number, signal.SIG_IGN)
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


_UNHANDLED: Final = (signal.SIG_DFL, signal.default_int_handler)
_ONE: Final = 3.0
"""For how many seconds another signal is the same one: meanwhile is tidied up."""


def _interruption() -> Callable[..., None]:
    """What a signal does: it ends the command, once.

    `timeout` sends two, and people press Ctrl+C until it works; a second one would end the tidying
    up, and leave half a site. One that is lost in a destructor is not the last that is heard.
    """
    heard = -math.inf

    def interrupted(*_: object) -> None:
        nonlocal heard
        now = time.monotonic()
        if now - heard >= _ONE:
            heard = now
            raise KeyboardInterrupt

    return interrupted
