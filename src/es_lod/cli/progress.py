"""How far a command has come: one line on a terminal, written over and taken away at the end."""

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Final

from es_lod.cli.texts import say
from es_lod.messages import Number

_FIRST: Final = 0.35
"""After how many seconds the line comes: small files are done before, and nobody waits for half a
second without a sign."""
_LONG: Final = 1.0
"""After how many seconds a command was a long one."""
_EACH: Final = 0.2


class Progress:
    """A line about a `Meter`, where standard error is a terminal.

    A thread writes it: some stages are one long call into another library.
    """

    def __init__(self, lang: str) -> None:
        from es_lod.readers.meter import Meter

        self.meter: Meter = Meter()
        self.was_long = False
        """Whether the line was there for so long that what came of it is to be told."""
        self._lang = lang
        self._stage = "reading"
        self._share: float | None = None
        self._begun = time.monotonic()
        self._ended = threading.Event()
        self._length = 0
        self._thread: threading.Thread | None = None

    def stage(self, name: str) -> None:
        """Say what is being done from now on: `reading`, `shapes` or `query`."""
        self._stage = name
        self._share = None

    def watch(self, share: float) -> None:
        """Note how much of a stage is done, from 0 to 1."""
        self._share = share

    def end(self) -> None:
        """Take the line away; what follows may be written."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self._write("")

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def _run(self) -> None:
        wait = _FIRST
        while not self._ended.wait(wait):
            self.was_long = time.monotonic() - self._begun > _LONG
            self._write(self._line())
            wait = _EACH

    def _line(self) -> str:
        records = Number(self.meter.records)
        text = say(f"progress-{self._stage}", self._lang).format(records=records)
        seconds = f"{time.monotonic() - self._begun:.0f} s"
        share = self.meter.share() if self._stage == "reading" else self._share
        parts = (text, seconds, "" if share is None else _bar(share))
        return " · ".join(part for part in parts if part)

    def _write(self, text: str) -> None:
        """The line over the one before; a line that the terminal would break cannot be."""
        text = text[: shutil.get_terminal_size().columns - 1]
        if text or self._length:
            # Spaces, since not every console knows the sequence that clears a line.
            gap = " " * (self._length - len(text))
            sys.stderr.write(f"\r{text}{gap}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._length = len(text)


def _bar(share: float) -> str:
    """`[####......]  40%`: signs that every console can write."""
    return f"[{'#' * int(10 * share):.<10}] {share:4.0%}"
