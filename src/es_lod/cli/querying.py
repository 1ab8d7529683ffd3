"""The command that queries, and what it keeps in the cache of the user."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from es_lod.cli import texts
from es_lod.cli.asked import chosen_query
from es_lod.cli.options import input_options, lang_option
from es_lod.cli.progress import Progress
from es_lod.cli.streams import (
    COULD_NOT_RUN,
    DOES_NOT_CONFORM,
    Output,
    draft_columns,
    drain,
    errors_told,
    let_signals_kill,
    pairs,
    put,
    sources,
    tell,
)
from es_lod.cli.texts import say
from es_lod.messages import Number

if TYPE_CHECKING:
    from es_lod.stores.kept import Cache
    from es_lod.stores.opened import Opened

_ANSWERS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld")


@click.command("query", help=say("query"), options_metavar=say("OPTIONS"))
@click.argument("inputs", nargs=-1, metavar=f"{say('INPUT')}… [{say('NAME')}]")
@click.option("--file", "file", metavar=f"{say('FILE')}.rq", help=say("query-file"))
@click.option("--text", "text", metavar="SPARQL", help=say("query-text"))
@click.option("--param", "params", multiple=True, metavar="K=V", help=say("query-param"))
@click.option(
    "--format", "format_", type=click.Choice(_ANSWERS), metavar="F", help=say("query-format")
)
@click.option("--list", "list_", is_flag=True, help=say("query-list"))
@click.option("--cache/--no-cache", default=True, help=say("query-cache"))
@click.option("--show-cache", is_flag=True, help=say("show-cache"))
@click.option("--clear-cache", is_flag=True, help=say("clear-cache"))
@input_options
@lang_option
def query(
    inputs: tuple[str, ...],
    file: str | None,
    text: str | None,
    params: tuple[str, ...],
    format_: str | None,
    list_: bool,
    cache: bool,
    show_cache: bool,
    clear_cache: bool,
    columns: str | None,
    base: str | None,
    from_: str | None,
    lang: str,
) -> None:
    """Ask a SPARQL query of the data of files."""
    from es_lod.stores.opened import Asked, opened

    if list_:
        _list(lang)
        return
    if show_cache or clear_cache:
        _tell_cache(lang, clear=clear_cache)
        return
    inputs, sparql = chosen_query(inputs, file, text, lang)
    with errors_told(lang), Progress(lang) as progress:
        draft_columns(columns, inputs, from_, lang)
        asked = Asked(sources(inputs, from_), base, columns, progress.meter)
        users = _cache(lang) if cache else None
        with _damage_told(lang), opened(asked, users) as data:
            if users is not None and data.uncached is not None:
                progress.end()
                reason = _reason(data.uncached, lang)
                click.echo(say("uncached", lang).format(reason, users.folder), err=True)
            if not data.is_good:
                progress.end()
                _refuse(data, lang)
            bound = pairs(params)
            let_signals_kill()
            progress.stage("query")
            found = _answered(data, sparql, bound, format_, progress)
    if found is None:
        raise click.UsageError(say("bad-format", lang).format(format_))
    if not found:
        click.echo(say("no-rows", lang), err=True)


def _answered(
    data: "Opened", sparql: str, bound: dict[str, str], format_: str | None, progress: Progress
) -> bool | None:
    """Whether there was any answer; None for one that the format cannot be of."""
    from es_lod import answers
    from es_lod.query import query as answer

    found = answer(data.store, sparql, bound, base=data.base)
    try:
        return answers.write(found, Output(progress.end), format_, data.base)
    except BrokenPipeError:  # the reader has seen enough (`es-lod query … | head`)
        drain()
        return True


def _refuse(data: "Opened", lang: str) -> NoReturn:
    from es_lod.report import Report

    tell(Report(data.problems, is_whole=not data.refused), lang)
    sys.exit(COULD_NOT_RUN if data.refused else DOES_NOT_CONFORM)


@contextmanager
def _damage_told(lang: str) -> Iterator[None]:
    from es_lod.query import DamagedStore

    try:
        yield
    except DamagedStore:
        raise click.ClickException(say("damaged-cache", lang)) from None


def _cache(lang: str) -> "Cache | None":
    from es_lod.stores.place import is_off, users_cache

    try:
        return None if is_off() else users_cache()
    except ValueError as error:
        raise click.UsageError(say("bad-cache-size", lang).format(error)) from None


def _reason(text: str, lang: str) -> str:
    """Why something is not kept: in our words where we say so, else in those of the system."""
    return say(text, lang) if text in texts.TEXTS else text


def _list(lang: str) -> None:
    from es_lod import answers
    from es_lod.query import named_queries

    put(answers.listing(named_queries().values(), lang))


def _tell_cache(lang: str, *, clear: bool) -> None:
    cache = _cache(lang)
    if cache is None:
        raise click.UsageError(say("cache-off", lang))
    try:
        held = cache.clear() if clear else cache.held()
    except OSError as error:
        told = _reason(error.strerror or str(error), lang)
        raise click.ClickException(f"{cache.folder}: {told}") from None
    text = say("cache-cleared" if clear else "cache-held", lang)
    size, limit = (f"{number / 2**20:.0f} MiB" for number in (held.size, cache.limit))
    put(text.format(stores=Number(held.stores), size=size, limit=limit, folder=cache.folder) + "\n")
