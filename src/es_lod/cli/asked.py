"""What names on the command line ask for: a query, a kind of file."""

from pathlib import Path

import click

from es_lod.cli.texts import say


def unknown_new(file: str, lang: str) -> str:
    """What to say of a name that does not tell what to make."""
    from es_lod.report import printable

    if file.lower().endswith(".csv"):
        from es_lod.templates.csv import csv_names

        return say("unknown-csv", lang).format(printable(file), ", ".join(csv_names(lang)))
    return say("unknown-new", lang).format(printable(file))


def settings_file(inputs: tuple[str, ...], lang: str) -> Path:
    """The settings of the site: in the first folder among the inputs, or beside the first file."""
    found = _settings_place(inputs)
    if not found.is_file():
        raise click.UsageError(say("no-settings", lang).format(found))
    return found


def settings_among(inputs: tuple[str, ...]) -> Path | None:
    """The settings of the site, where there are any."""
    found = _settings_place(inputs)
    return found if found.is_file() else None


def _settings_place(inputs: tuple[str, ...]) -> Path:
    from es_lod.readers.named import SETTINGS

    folders = [Path(item) for item in inputs if Path(item).is_dir()]
    return (folders[0] if folders else Path(inputs[0]).parent) / SETTINGS


def chosen_query(
    inputs: tuple[str, ...], file: str | None, text: str | None, lang: str
) -> tuple[tuple[str, ...], str]:
    """The inputs and the query; its name is the last argument where it is not given apart."""
    from es_lod.query import named_queries

    if file is not None and text is not None:
        raise click.UsageError(say("one-query", lang))
    if text is None and file is None:
        *rest, name = inputs or ("",)
        known = named_queries()
        if name not in known:
            raise click.UsageError(say("no-name", lang).format(name, ", ".join(known)))
        inputs, text = tuple(rest), known[name].text
    if not inputs:
        raise click.UsageError(say("no-inputs", lang))
    if text is None:
        try:
            text = Path(str(file)).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{file}: {error}") from None
    return inputs, text
