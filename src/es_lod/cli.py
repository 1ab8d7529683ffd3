"""The command line: parses, calls the library, prints. `--help` imports nothing heavy."""

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from es_lod import cli_texts
from es_lod.cli_texts import say

if TYPE_CHECKING:
    from es_lod.errors import EsLodError
    from es_lod.readers.sources import Source
    from es_lod.report import Report

CONFORMS: Final = 0
DOES_NOT_CONFORM: Final = 1
COULD_NOT_RUN: Final = 2

_READ = ("yaml", "json", "jsonl", "jsonld", "ttl", "nt", "nq", "trig", "rdf")
_WRITTEN = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
_ANSWERS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld")


class _Group(click.Group):
    """Commands in the order of their importance, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _lang(command: Callable[..., Any]) -> Callable[..., Any]:
    choice = click.Choice(["pl", "en"])
    return click.option("--lang", type=choice, default=cli_texts.language, help=say("lang"))(command)


def _input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--from", "from_", type=click.Choice(_READ), help=say("from"))(command)
    return click.option("--base", metavar="IRI", help=say("base"))(command)


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    metavar = say("INPUT") + "…"
    return click.argument("inputs", nargs=-1, required=True, metavar=metavar)(command)


_HELP: Final = {"help_option_names": ["-h", "--help"]}


@click.group(cls=_Group, help=say("main"), context_settings=_HELP)
@click.version_option(package_name="es-lod", message="%(version)s")
def commands() -> None:
    """Linked Open Data of the Polish social economy."""


@commands.command("map", help=say("map"))
@_inputs
@click.option("-o", "--output", metavar=say("FILE"), help=say("output"))
@click.option("--format", "format_", type=click.Choice(_WRITTEN), help=say("format"))
@click.option("--keep-going", is_flag=True, help=say("keep-going"))
@_input_options
@_lang
def map_(
    inputs: tuple[str, ...],
    output: str | None,
    format_: str | None,
    keep_going: bool,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Map records to RDF."""
    from es_lod.intake import Intake
    from es_lod.iris import base_iri
    from es_lod.report import Report
    from es_lod.serialize import output_format, replacing, write

    with _errors_told(lang):
        chosen = output_format(output or "-.ttl", format_)
        intake = Intake(_sources(inputs, from_), base_iri(base) if base else None)
        records = intake.records()
        with replacing(output) if output else _held_back() as out:
            write(records, out, chosen, intake.base, intake.iter_left_over())
            report = Report(intake.problems)
            _tell(report, lang)
            if intake.refused or not (report.conforms or keep_going):
                raise SystemExit(COULD_NOT_RUN if intake.refused else DOES_NOT_CONFORM)
    sys.exit(CONFORMS if report.conforms else DOES_NOT_CONFORM)


@commands.command("validate", help=say("validate"))
@_inputs
@click.option(
    "--report",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    help=say("report"),
)
@click.option("--strict", is_flag=True, help=say("strict"))
@_input_options
@_lang
def validate(
    inputs: tuple[str, ...],
    form: str,
    strict: bool,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Check everything that can be wrong."""
    from es_lod.dataset import Dataset

    with _errors_told(lang):
        dataset = Dataset.read(_sources(inputs, from_), base=base)
        report = dataset.validate(strict=strict)
        if form == "json":
            _print(report.to_json())
        elif form == "turtle":
            _print(report.to_turtle(dataset.base))
        else:
            _print(report.to_text(lang))
    if dataset.refused:
        sys.exit(COULD_NOT_RUN)
    sys.exit(CONFORMS if report.conforms else DOES_NOT_CONFORM)


@commands.command("query", help=say("query"))
@click.argument("inputs", nargs=-1, metavar=f"{say('INPUT')}… [{say('NAME')}]")
@click.option("--file", "file", metavar=f"{say('FILE')}.rq", help=say("query-file"))
@click.option("--text", "text", metavar="SPARQL", help=say("query-text"))
@click.option("--param", "params", multiple=True, metavar="K=V", help=say("query-param"))
@click.option(
    "--format", "format_", type=click.Choice(_ANSWERS), metavar="F", help=say("query-format")
)
@click.option("--list", "list_", is_flag=True, help=say("query-list"))
@_input_options
@_lang
def query(
    inputs: tuple[str, ...],
    file: str | None,
    text: str | None,
    params: tuple[str, ...],
    format_: str | None,
    list_: bool,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Ask a SPARQL query of the data of files."""
    from es_lod import answers
    from es_lod.dataset import Dataset
    from es_lod.query import named_queries

    if list_:
        _print(answers.listing(named_queries().values(), lang))
        return
    inputs, sparql = _chosen(inputs, file, text)
    with _errors_told(lang):
        dataset = Dataset.read(_sources(inputs, from_), base=base)
        if dataset.refused or not dataset.documents_conform:
            _tell(dataset.report(), lang)
            sys.exit(COULD_NOT_RUN if dataset.refused else DOES_NOT_CONFORM)
        bound = dict(_pair(param) for param in params)
        found = answers.written(dataset.query(sparql, bound), format_, dataset.base)
        if found is None:
            raise click.UsageError(say("bad-format").format(format_))
    _print(found or say("no-rows") + "\n")


@commands.command("new", help=say("new"))
@click.argument("file", metavar=say("FILE"))
@click.option("--force", is_flag=True, help=say("force"))
@_lang
def new(file: str, force: bool, lang: str) -> None:
    """Make a file to fill in or to build on."""
    from es_lod.serialize import replacing
    from es_lod.templates import template

    text = template(Path(file).name, lang)
    if text is None:
        raise click.UsageError(say("unknown-new").format(file))
    if Path(file).exists() and not force:
        raise click.UsageError(say("exists").format(file))
    with _errors_told(lang), replacing(file) as out:
        out.write(text.encode())
    click.echo(say("made").format(file), err=True)


def _chosen(
    inputs: tuple[str, ...], file: str | None, text: str | None
) -> tuple[tuple[str, ...], str]:
    """The inputs and the query; its name is the last argument where it is not given apart."""
    from es_lod.query import named_queries

    if file is not None and text is not None:
        raise click.UsageError(say("one-query"))
    if text is None and file is None:
        *rest, name = inputs or ("",)
        known = named_queries()
        if name not in known:
            raise click.UsageError(say("no-name").format(name, ", ".join(known)))
        inputs, text = tuple(rest), known[name].text
    if not inputs:
        raise click.UsageError(say("no-inputs"))
    if text is None:
        try:
            text = Path(str(file)).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{file}: {error}") from None
    return inputs, text


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not (name and equals):
        raise click.UsageError(say("bad-param"))
    return name, value


def _sources(inputs: tuple[str, ...], from_: str | None) -> "list[str | Path | Source]":
    from es_lod.formats import FORMATS
    from es_lod.readers.sources import Source

    if "-" in inputs and from_ is None:
        raise click.UsageError(say("need-from"))
    return [
        Source("-", FORMATS[str(from_)], sys.stdin.buffer) if item == "-" else item
        for item in inputs
    ]


@contextlib.contextmanager
def _errors_told(lang: str) -> Iterator[None]:
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


def _tell(report: "Report", lang: str) -> None:
    """A report on standard error, where there is anything to say."""
    if len(report):
        click.echo(report.to_text(lang), err=True, nl=False)


@contextlib.contextmanager
def _held_back() -> Iterator[IO[bytes]]:
    """Standard output, written only when the block ends without an error."""
    with tempfile.SpooledTemporaryFile(max_size=1 << 24) as held:
        yield held
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _print(text: str) -> None:
    """A text on standard output, in UTF-8 under any locale."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _speak() -> None:
    """click's own texts in the user's language: its modules look them up by this name."""
    from click import core, decorators, exceptions, formatting, parser

    for module in (core, decorators, exceptions, formatting, parser):
        if hasattr(module, "_"):
            module._ = cli_texts.translate


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
        sys.exit(CONFORMS)


if __name__ == "__main__":
    main()
