"""Options that several commands have: the same everywhere."""

from collections.abc import Callable
from typing import Any

import click

from es_lod.cli import texts
from es_lod.cli.texts import say
from es_lod.formats import FORMATS
from es_lod.messages.message import LANGUAGES


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--lang`."""
    choice = click.Choice(LANGUAGES)
    return click.option("--lang", type=choice, default=texts.language, help=say("lang"))(command)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--base`, `--from` and `--columns`."""
    command = click.option("--columns", metavar=f"{say('FILE')}.yaml", help=say("columns"))(command)
    command = click.option("--from", "from_", type=click.Choice(list(FORMATS)), help=say("from"))(
        command
    )
    return click.option("--base", metavar="IRI", help=say("base"))(command)
