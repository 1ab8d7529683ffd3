"""The command that queries, and what it keeps in the cache of the user."""

import shutil
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
    finish,
    killing_signals,
    pairs,
    put,
    sources,
    tell,
)
from es_lod.cli.texts import say
from es_lod.messages import Number

if TYPE_CHECKING:
    from es_lod.stores.asked import Opened
    from es_lod.stores.kept import Cache
    from es_lod.stores.questions import Question
    from es_lod.stores.session import Session

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
@click.option("--cache/--no-cache", default=None, help=say("query-cache"))
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
    cache: bool | None,
    show_cache: bool,
    clear_cache: bool,
    columns: str | None,
    base: str | None,
    from_: str | None,
    lang: str,
) -> "Session | None":
    """Ask a SPARQL query of the data of files; what is in memory then is left to the caller."""
    if list_:
        _list(lang)
        return None
    if show_cache or clear_cache:
        _tell_cache(lang, clear=clear_cache)
        return None
    from es_lod.stores.asked import Asked
    from es_lod.stores.place import is_off
    from es_lod.stores.questions import Question
    from es_lod.stores.session import session

    inputs, sparql = chosen_query(inputs, file, text, lang)
    with errors_told(lang), Progress(lang) as progress:
        draft_columns(columns, inputs, from_, lang)
        asked = Asked(sources(inputs, from_), base, columns, progress.meter)
        users = None if cache is False or is_off() else _cache(lang)
        question = Question(sparql, pairs(params), format_)
        with (
            _damage_told(lang),
            session(asked, question, users, at_once=cache is True) as found,
        ):
            has_rows = _answered(found, question, progress, lang)
            progress.end()
            with Progress(lang) as keeping:
                keeping.stage("keeping")
                found.keep()
            if users is not None and found.uncached is not None:
                reason = _reason(found.uncached, lang)
                click.echo(say("uncached", lang).format(reason, users.folder), err=True)
    if not has_rows:
        click.echo(say("no-rows", lang), err=True)
    return found


def _answered(found: "Session", question: "Question", progress: Progress, lang: str) -> bool:
    """Whether there was any answer. It is out as a whole then, or as much of it as is read."""
    out = Output(progress.end)
    try:
        kept = found.recall()
        if kept is not None:
            shutil.copyfileobj(kept, out)
            has_rows = kept.tell() > 0
        else:
            has_rows = _asked(found, question, out, progress, lang)
        finish()
    except BrokenPipeError:  # the reader has seen enough (`es-lod query … | head`)
        drain()
        found.forget()
        has_rows = True
    return has_rows


def _asked(
    found: "Session", question: "Question", out: Output, progress: Progress, lang: str
) -> bool:
    from es_lod import answers
    from es_lod.query import query as answer

    data = found.open()
    if not data.is_good:
        progress.end()
        _refuse(data, lang)
    progress.stage("query")
    with killing_signals():
        given = answer(data.store, question.text, question.parameters, base=data.base)
        written = answers.write(given, found.noting(out), question.format, data.base)
    if written is None:
        raise click.UsageError(say("bad-format", lang).format(question.format))
    return written


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


def _cache(lang: str) -> "Cache":
    from es_lod.stores.place import users_cache

    try:
        return users_cache()
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
    try:
        held = cache.clear() if clear else cache.held()
    except OSError as error:
        told = _reason(error.strerror or str(error), lang)
        raise click.ClickException(f"{cache.folder}: {told}") from None
    text = say("cache-cleared" if clear else "cache-held", lang)
    size, limit = (f"{number / 2**20:.0f} MiB" for number in (held.size, cache.limit))
    stores, answers = Number(held.stores), Number(held.answers)
    told = text.format(stores=stores, answers=answers, size=size, limit=limit, folder=cache.folder)
    put(f"{told}\n")
