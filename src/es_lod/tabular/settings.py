"""The table of settings: what base and language the tables beside it have; read and written."""

from pathlib import PurePath
from typing import Final, NamedTuple

from es_lod.errors import InputError, InvalidValue, Problem
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


def settings_of(sheet: Sheet) -> tuple[str | None, str | None]:
    """Base and language. Raises `InputError` for other keys, and for what cannot be used."""
    found: dict[str, str] = {}
    for row in sheet.rows():
        if isinstance(row, Problem):
            continue
        key, value = (*(str(cell).strip() for cell in row.cells[:2]), "", "")[:2]
        if fold(key) not in _KEYS:
            raise InputError([Problem("unknown-setting", value=key, location=row.locate(0))])
        try:
            word = _KEYS[fold(key)]
            if value:
                found[word] = base_iri(value) if word == BASE else language_tag(value)
        except InputError as error:
            raise InputError([error.problems[0].at(row.locate(1))]) from None
        except InvalidValue as error:
            told = Problem(error.code, value=value, location=row.locate(1))
            raise InputError([told]) from None
    return found.get(BASE), found.get(LANGUAGE)
