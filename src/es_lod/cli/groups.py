"""The order of the commands in the help: what everybody needs first, then what publishers do."""

from typing import Final

import click

from es_lod.cli.texts import say

_FIRST: Final = ("map", "validate", "query")


class Group(click.Group):
    """Commands in the order of their importance, not of the alphabet, in two sections."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """The names, those that everybody needs first."""
        return sorted(self.commands, key=lambda name: name not in _FIRST)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections of the help."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        for title, is_first in ((say("commands"), True), (say("publishing"), False)):
            rows = [
                (name, self.commands[name].get_short_help_str(limit))
                for name in names
                if (name in _FIRST) == is_first
            ]
            with formatter.section(title):
                formatter.write_dl(rows)
