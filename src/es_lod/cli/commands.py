"""The commands: each parses, calls the library, prints."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click

from es_lod.cli.asked import unknown_new
from es_lod.cli.groups import Group
from es_lod.cli.options import input_options, lang_option
from es_lod.cli.progress import Progress
from es_lod.cli.streams import (
    CONFORMS,
    COULD_NOT_RUN,
    DIFFERENT,
    DOES_NOT_CONFORM,
    THE_SAME,
    destination,
    draft_columns,
    errors_told,
    in_words,
    put,
    rejected_folder,
    rejects,
    sources,
    spread,
    tell,
    tell_counts,
)
from es_lod.cli.texts import say
from es_lod.formats import WRITTEN


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    metavar = say("INPUT") + "…"
    return click.argument("inputs", nargs=-1, required=True, metavar=metavar)(command)


_HELP: Final = {"help_option_names": ["-h", "--help"]}


@click.group(
    cls=Group,
    help=say("main"),
    context_settings=_HELP,
    options_metavar=say("OPTIONS"),
    subcommand_metavar=say("COMMAND"),
)
@click.version_option(package_name="es-lod", message="%(version)s")
def commands() -> None:
    """Linked Open Data of the Polish social economy."""


@commands.command("map", help=say("map"), options_metavar=say("OPTIONS"))
@_inputs
@click.option("-o", "--output", metavar=say("FILE"), help=say("output"))
@click.option("--format", "format_", type=click.Choice(WRITTEN), help=say("format"))
@click.option("--keep-going", is_flag=True, help=say("keep-going"))
@click.option("--rejected", metavar=say("FOLDER"), help=say("rejected"))
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help=say("map-jobs"))
@input_options
@lang_option
def map_(
    inputs: tuple[str, ...],
    output: str | None,
    format_: str | None,
    keep_going: bool,
    jobs: int,
    columns: str | None,
    rejected: str | None,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Map records to RDF."""
    from es_lod.intake import Intake, linted
    from es_lod.iris import base_iri
    from es_lod.report import Report
    from es_lod.serialize import output_format, write
    from es_lod.validate.terms import TermLint

    with errors_told(lang), Progress(lang) as progress:
        chosen = output_format("-.ttl" if output is None else output, format_)
        draft_columns(columns, inputs, from_, lang)
        keep_going = keep_going or rejected is not None
        folder = rejected_folder(output, chosen, rejected) if keep_going else None
        with rejects(folder, lang) as listener, spread(jobs, chosen) as processes:
            intake = Intake(
                sources(inputs, from_),
                base_iri(base) if base is not None else None,
                columns,
                listener=listener,
                meter=progress.meter,
                spread=processes,
            )
            records = intake.records()
            with destination(output, chosen, inputs) as out:
                lint = TermLint(intake.base)
                left_over = lint.passing_quads(intake.left_over())
                write(linted(records, lint), out, chosen, intake.base, left_over)
                progress.end()
                found = [*intake.problems, *lint.problems]
                report = Report(found, is_whole=not intake.refused)
                tell(report, lang)
                if intake.refused or not (report.conforms or keep_going):
                    raise SystemExit(COULD_NOT_RUN if intake.refused else DOES_NOT_CONFORM)
        if keep_going or progress.was_long:
            tell_counts(progress.meter.records, intake.left_out, folder, lang)
    sys.exit(CONFORMS if report.conforms else DOES_NOT_CONFORM)


@commands.command("validate", help=say("validate"), options_metavar=say("OPTIONS"))
@_inputs
@click.option(
    "--report",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    help=say("report"),
)
@click.option("--strict", is_flag=True, help=say("strict"))
@input_options
@lang_option
def validate(
    inputs: tuple[str, ...],
    form: str,
    strict: bool,
    columns: str | None,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Check everything that can be wrong."""
    with errors_told(lang), Progress(lang) as progress, ExitStack() as stack:
        # Half of the time of a small file: under way, too.
        from es_lod.dataset import Dataset
        from es_lod.validate.seen import Seen

        draft_columns(columns, inputs, from_, lang)
        named, seen = sources(inputs, from_), stack.enter_context(Seen(second=True))
        dataset = Dataset.read(named, base=base, columns=columns, meter=progress.meter, seen=seen)
        progress.stage("shapes")
        report = dataset.validate(strict=strict, seen=seen)
        progress.end()
        if form == "json":
            put(report.to_json())
        elif form == "turtle":
            put(report.to_turtle(dataset.base))
        else:
            put(in_words(report, lang, sys.stdout))
    if dataset.refused:
        sys.exit(COULD_NOT_RUN)
    sys.exit(CONFORMS if report.conforms else DOES_NOT_CONFORM)


@commands.command("diff", help=say("diff"), options_metavar=say("OPTIONS"))
@click.argument("old", metavar=say("OLD"))
@click.argument("new", metavar=say("NEW"))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=say("diff-format")
)
@input_options
@lang_option
def diff(
    old: str,
    new: str,
    form: str,
    columns: str | None,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Say what changed between two inputs."""
    from es_lod.dataset import Dataset
    from es_lod.differences import difference

    with errors_told(lang):
        draft_columns(columns, (old, new), from_, lang)
        both = [
            Dataset.read(sources((item,), from_), base=base, columns=columns) for item in (old, new)
        ]
        for dataset in both:
            if dataset.refused or not dataset.documents_conform:
                tell(dataset.report(), lang)
                sys.exit(COULD_NOT_RUN)
        found = difference(*both)
        put(found.to_json() if form == "json" else found.to_text(lang))
    sys.exit(DIFFERENT if found else THE_SAME)


@commands.command("new", help=say("new"), options_metavar=say("OPTIONS"))
@click.argument("file", metavar=say("FILE"))
@click.option("--force", is_flag=True, help=say("force"))
@lang_option
def new(file: str, force: bool, lang: str) -> None:
    """Make a file to fill in or to build on."""
    from es_lod.replacing import replacing
    from es_lod.report import printable
    from es_lod.templates import template

    content = template(Path(file).name, lang) if file.isprintable() else None
    if content is None:
        raise click.UsageError(unknown_new(file, lang))
    if os.path.lexists(file) and not force:
        raise click.UsageError(say("exists", lang).format(printable(file)))
    with errors_told(lang), replacing(file) as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    click.echo(say("made", lang).format(printable(file)), err=True)
