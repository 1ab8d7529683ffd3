"""A CSV file to fill in, for one table; its name says which: `organizacje.csv`."""

import re
from pathlib import PurePath

from es_lod.iris import fold
from es_lod.tabular.columns import KEY, SETTINGS, VALUE, WORDS, Table, part_tables, record_tables
from es_lod.tabular.delimited import BOM, csv_text
from es_lod.tabular.headers import is_called, named_table, table_names
from es_lod.templates.sheets import SETTINGS_OF_TEMPLATES, required, sample, sheets

_ENDING = re.compile("(ow|um|ies|es|s|[aeiouy])$")


def csv_template(name: str, language: str) -> str | None:
    """The header and an example row of the table that a file's name says; `None` where none."""
    stem = PurePath(name).stem
    if is_called(stem, SETTINGS):
        header = [WORDS[key][language] for key in (KEY, VALUE)]
        return _written([header, *SETTINGS_OF_TEMPLATES.pairs()])
    table = _table(stem)
    if table is None:
        return None
    columns = next(sheet.first for sheet in sheets() if sheet.table == table)
    header = [c.label(language) + (" *" if required(c, table) else "") for c in columns]
    row = [sample(column, table, language) for column in columns]
    return _written([header, [f"# {row[0]}", *row[1:]]])


def csv_names(language: str) -> list[str]:
    """The names of files that have a template: the labels of the tables."""
    words = [sheet.title(language) for sheet in sheets()]
    return [f"{word.replace(' ', '-')}.csv" for word in (*words, WORDS[SETTINGS][language])]


def _written(rows: list[list[str] | tuple[str, ...]]) -> str:
    return BOM + csv_text(rows)


def _table(stem: str) -> Table | None:
    """The table that is called so, also in the plural."""
    found = named_table(stem)
    if found is not None:
        return found
    stems: dict[str, Table] = {}
    for table in (*record_tables(), *part_tables()):
        for word in table_names(table):
            stems.setdefault(_singular(word), table)
    return stems.get(_singular(stem))


def _singular(text: str) -> str:
    """Words without their endings: „fundacje” and „fundacja” agree."""
    return " ".join(_ENDING.sub("", fold(word)) for word in re.split(r"[\W_]+", text) if word)
