"""The table of settings: what base and language the tables beside it have; read and written."""

from itertools import chain
from pathlib import PurePath
from typing import Final, NamedTuple, TypeAlias

from es_lod.errors import InputError, InvalidValue, Location, Problem
from es_lod.iris import base_iri, fold
from es_lod.tabular.columns import BASE, KEY, LANGUAGE, VALUE, WORDS
from es_lod.tabular.sheets import Sheet
from es_lod.values import DEFAULT_LANGUAGE, language_tag

_KEYS: Final = {fold(word): key for key in (BASE, LANGUAGE) for word in (key, *WORDS[key].values())}


class Settings(NamedTuple):
    """What holds for all records of a workbook, of a folder, or of a document."""

    base: str | None = None
    language: str = DEFAULT_LANGUAGE

    def pairs(self) -> list[tuple[str, str]]:
        """The settings as keys and values."""
        return [*([(BASE, self.base)] if self.base else []), (LANGUAGE, self.language)]

    def rows(self) -> list[tuple[str, str]]:
        """The table of the settings, with its header."""
        return [(KEY, VALUE), *self.pairs()]


def scope(name: str, sheet: Sheet) -> str:
    """For what settings hold: a workbook, or the CSV files of a folder."""
    return name if sheet.grid.sheet else str(PurePath(name).parent)


Pair: TypeAlias = tuple[str | None, str | None]
"""Base and language, each where it is stated."""


def settings_of(sheet: Sheet, earlier: Pair | None = None) -> Pair:
    """Base and language of a table, with those of an earlier one.

    Raises `InputError` for other keys, for one that is stated twice, and for what cannot be used.
    """
    base, language = earlier or (None, None)
    found = {key: value for key, value in ((BASE, base), (LANGUAGE, language)) if value}
    header = sheet.header
    # The header may be left out: then the first row is a setting.
    first = [header] if header is not None and fold(str(header.cells[0])) in _KEYS else []
    for row in chain(first, sheet.rows()):
        if isinstance(row, Problem):
            raise InputError([row])
        key, value = (*(str(cell).strip() for cell in row.cells[:2]), "", "")[:2]
        word = _KEYS.get(fold(key))
        if word is None or (value and word in found):
            code = "unknown-setting" if word is None else "duplicate-key"
            raise InputError([Problem(code, value=key, location=row.locate(0))])
        if value:
            found[word] = _usable(word, value, row.locate(1))
    return found.get(BASE), found.get(LANGUAGE)


def _usable(word: str, value: str, place: Location) -> str:
    try:
        return base_iri(value) if word == BASE else language_tag(value)
    except InputError as error:
        raise InputError([error.problems[0].at(place)]) from None
    except InvalidValue as error:
        raise InputError([Problem(error.code, value=value, location=place)]) from None
