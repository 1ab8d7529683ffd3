"""What goes in and out of a command: inputs, standard output, errors, exit codes."""

import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TextIO, cast

import click

from es_lod.cli.texts import say
from es_lod.signals import ENDING

if TYPE_CHECKING:
    from pathlib import Path

    from es_lod.errors import EsLodError
    from es_lod.formats import Format
    from es_lod.intake.spread import Spread
    from es_lod.readers.named import Source
    from es_lod.rejects import Rejects
    from es_lod.report import Report

CONFORMS: Final = 0
DOES_NOT_CONFORM: Final = 1
COULD_NOT_RUN: Final = 2
# Of `diff`, as of the Unix command.
THE_SAME: Final = 0
DIFFERENT: Final = 1


def pairs(params: tuple[str, ...]) -> dict[str, str]:
    """The names and values of the `--param` options."""
    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not (name and equals) or name in found:
            raise click.UsageError(say("bad-param"))
        found[name] = value
    return found


@contextlib.contextmanager
def killing_signals() -> Iterator[None]:
    """Have Ctrl+C and SIGTERM end the process at once, as Python does not while a query runs.

    Nothing is written then that could be left half-written.
    """
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def sources(inputs: tuple[str, ...], from_: str | None) -> "list[str | Path | Source]":
    """The inputs of a command; `-` is standard input."""
    from es_lod.cli.waiting import standard_input
    from es_lod.formats import FORMATS
    from es_lod.readers.named import Source

    if "-" in inputs and from_ is None:
        raise click.UsageError(say("need-from"))
    if "" in inputs:
        raise click.UsageError(say("empty-input"))
    given = standard_input()
    return [Source("-", FORMATS[str(from_)], given) if item == "-" else item for item in inputs]


def draft_columns(
    columns: str | None, inputs: tuple[str, ...], from_: str | None, lang: str
) -> None:
    """Where the columns file is not there yet: draft it from the tables, say so, and end."""
    if columns is None or os.path.lexists(columns):
        return
    from es_lod.readers.sources import tables
    from es_lod.replacing import replacing
    from es_lod.report import printable
    from es_lod.tabular.drafts import draft

    with tables(sources(inputs, from_)) as grids:
        text = draft(grids, lang)
    if text is None:
        raise click.UsageError(say("columns-no-tables", lang).format(printable(columns)))
    with replacing(columns) as out:
        out.write(text.encode())
    click.echo(say("columns-made", lang).format(printable(columns)), err=True)
    sys.exit(COULD_NOT_RUN)


@contextlib.contextmanager
def errors_told(lang: str) -> Iterator[None]:
    """What stops a command is told in a line each, and the exit code is 2."""
    from es_lod.errors import EsLodError

    try:
        yield
    except EsLodError as error:
        _tell_error(error, lang)
        sys.exit(COULD_NOT_RUN)


def _tell_error(error: "EsLodError", lang: str) -> None:
    from es_lod.report import line

    for problem in error.problems:
        click.echo(line(problem, lang), err=True)


def tell(report: "Report", lang: str) -> None:
    """A report on standard error, where there is anything to say."""
    if len(report):
        click.echo(in_words(report, lang, sys.stderr), err=True, nl=False)


def in_words(report: "Report", lang: str, stream: TextIO) -> str:
    """The report as text; on a terminal with the lines that it speaks of."""
    from es_lod.cli import excerpts

    return excerpts.text(report, lang) if stream.isatty() else report.to_text(lang)


@contextlib.contextmanager
def held_back() -> Iterator[BinaryIO]:
    """Standard output, written only when the block ends without an error."""
    from es_lod.readers.aside import IN_MEMORY, naming_folder

    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as held:
        with naming_folder():
            yield cast("BinaryIO", held)
            held.seek(0)
        _put(cast("BinaryIO", held))


def destination(
    output: str | None, format: "Format", inputs: tuple[str, ...] = ()
) -> "contextlib.AbstractContextManager[BinaryIO | Path]":
    """Where a format goes: a file, a folder of tables, or standard output where none is named.

    A folder is replaced as a whole: one that holds an input is refused.
    """
    from es_lod.replacing import replacing, replacing_folder

    if format.name == "csv":
        if output is None:
            raise click.UsageError(say("need-folder"))
        refuse_inputs(output, inputs)
        return replacing_folder(output)
    return held_back() if output is None else replacing(output)


def rejected_folder(output: str | None, format: "Format", named: str | None) -> "Path | None":
    """Where left-out records go: what is named, or beside the output; standard output has none."""
    from pathlib import Path

    if named is not None or output is None:
        return Path(named) if named else None
    path = Path(output)
    return path.with_name(f"{path.name if format.name == 'csv' else path.stem}.rejected")


def rejects(
    folder: "Path | None", lang: str
) -> "contextlib.AbstractContextManager[Rejects | None]":
    """What writes the records that are left out, where there is a folder for them."""
    if folder is None:
        return contextlib.nullcontext()
    from es_lod.rejects import rejecting

    return rejecting(folder, lang)


@contextlib.contextmanager
def spread(jobs: int, format: "Format") -> "Iterator[Spread | None]":
    """Processes that write a format, where it is more than one, and they can."""
    from es_lod.rdf.texts import TEMPLATES

    if jobs < 2 or format.name not in TEMPLATES:
        yield None
        return
    from es_lod.intake.spread import Spread

    with contextlib.closing(Spread(jobs, format.name)) as found:
        yield found


def tell_counts(read: int, left_out: int, folder: "Path | None", lang: str) -> None:
    """How many records were read, written and left out, on standard error."""
    from es_lod.messages import Number
    from es_lod.report import printable

    where = f" ({printable(str(folder))}/)" if folder is not None and folder.is_dir() else ""
    counts = {"read": Number(read), "written": read - left_out, "left_out": left_out}
    click.echo(say("counts", lang).format(**counts, where=where), err=True)


def refuse_inputs(folder: str, inputs: tuple[str, ...]) -> None:
    """Raise `InputError` where a folder that is to be replaced holds an input."""
    from es_lod.errors import InputError, Location, Problem

    held = next((item for item in inputs if _holds(folder, item)), None)
    if held is not None:
        raise InputError([Problem("folder-occupied", value=held, location=Location(folder))])


def _holds(folder: str, item: str) -> bool:
    from pathlib import Path

    try:
        target, source = Path(folder).resolve(), Path(item).resolve()
    except (OSError, ValueError, RuntimeError):  # the last: links in a circle, before Python 3.13
        return False
    return item != "-" and (source == target or target in source.parents)


def put(text: str) -> None:
    """A text on standard output, in UTF-8 under any locale."""
    _put(io.BytesIO(text.encode("utf-8", "backslashreplace")))


def _put(data: BinaryIO) -> None:
    try:
        shutil.copyfileobj(data, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        drain()  # the reader has seen enough (`es-lod map … | head`)


def drain() -> None:
    """Let what is still held back for standard output go nowhere: nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def finish() -> None:
    """Close standard output: who reads it need not wait for what else the command does."""
    sys.stdout.buffer.flush()
    with contextlib.suppress(OSError):  # no file, in tests
        drain()


class Output(io.RawIOBase):
    """Standard output as it comes; `begins` is called before the first of it."""

    def __init__(self, begins: Callable[[], None]) -> None:
        super().__init__()
        self._begins: Callable[[], None] | None = begins

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of it."""
        if self._begins is not None:
            self._begins()
            self._begins = None
        sys.stdout.buffer.write(data)
        return len(data)

    def flush(self) -> None:
        """Have the reader see it."""
        sys.stdout.buffer.flush()
