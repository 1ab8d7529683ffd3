"""Reading the columns file: its form, with the place of every mistake in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any, Final

from es_lod.errors import Location, Path, Problem, shown
from es_lod.readers.entries import Locate, repeated
from es_lod.readers.sources import document
from es_lod.tabular.constants import pieces
from es_lod.tabular.mapping import LEFT_OUT, OTHERS, Columns, Described, Given, Target, named
from es_lod.tabular.words import Words, date_form, words

_KEYS: Final = ("type", "header", "columns", "constants")
_TARGET_KEYS: Final = ("key", "values", "dates")
_ROW: Final = re.compile("[1-9][0-9]{0,6}")
_EXPECTED: Final = {
    "mapping": {"pl": "klucze z wartościami", "en": "keys with values"},
    "list": {"pl": "lista tabel", "en": "a list of tables"},
    "text": {"pl": "jedno słowo albo tekst", "en": "one word or text"},
    "row": {"pl": "numer wiersza nagłówków", "en": "the number of the row of headers"},
    "left-out": {"pl": "tylko „-”", "en": "“-” only"},
    "dates": {"pl": "zapis jak DD/MM/RRRR", "en": "a form such as DD/MM/YYYY"},
}


def read_columns(path: str | FilePath) -> Columns:
    """Read a columns file; what is wrong with its form is among its mistakes.

    Raises `InputError` where there is no such file, or no YAML in it.
    """
    root, locate = document(path)
    reader = _Reader(locate)
    tables = [described for described in reader.tables(root) if described is not None]
    return Columns(str(path), tables, reader.problems)


class _Reader:
    """Takes the tree of a columns file apart."""

    def __init__(self, locate: Locate) -> None:
        self.problems: list[Problem] = []
        self._locate = locate

    def tables(self, root: Any) -> list[Described | None]:
        if not isinstance(root, dict) or "tables" not in root:
            return [self._described(root, ())]
        self._keys(root, ("tables",), ())
        listed = root["tables"]
        if not isinstance(listed, list):
            self._tell(listed, ("tables",), "list")
            return []
        return [self._described(item, ("tables", i)) for i, item in enumerate(listed)]

    def _described(self, tree: Any, path: Path) -> Described | None:
        at = self._locate(path, False)
        if not isinstance(tree, dict):
            self._tell(tree, path, "mapping")
            return None
        self._keys(tree, ("table", *_KEYS) if path else (*_KEYS, "tables"), path)
        table, type_ = (self._text(tree.get(key), (*path, key)) for key in ("table", "type"))
        row = tree.get("header")
        if row is not None and not (isinstance(row, str) and _ROW.fullmatch(row)):
            self._tell(row, (*path, "header"), "row")
            row = None
        targets: dict[str, Target] = {}
        others = False
        for header, value, place in self._pairs(tree, "columns", path):
            if header == OTHERS:
                others = True
                if value != LEFT_OUT:
                    self._tell(value, place, "left-out")
            elif (known := named(header)) in targets:
                where = self._locate(place, True)
                self.problems.append(Problem("duplicate-key", value=header, location=where))
            else:
                targets[known] = self._target(header, value, place)
        return Described(
            self._locate((*path, "table"), False) if table else at,
            table,
            type_,
            self._locate((*path, "type"), tree.get("type") is None),
            int(row) if row else None,
            self._locate((*path, "header"), False),
            targets,
            tuple(self._constants(tree, path)),
            others,
        )

    def _target(self, header: str, value: Any, path: Path) -> Target:
        places = self._locate(path, True), self._locate(path, False)
        if not isinstance(value, dict):
            return Target(header, self._text(value, path) or "", *places)
        self._keys(value, _TARGET_KEYS, path)
        key = self._text(value.get("key"), (*path, "key")) or ""
        meanings: dict[str, str] = {}
        values_at: dict[str, Location] = {}
        for word, meant, place in self._pairs(value, "values", path):
            text = self._text(meant, place)
            if text is None and not isinstance(meant, (dict, list)):
                where = self._locate(place, True)
                self.problems.append(Problem("unmapped-value", value=word, location=where))
            meanings[word] = "" if text in (None, LEFT_OUT) else str(text)
            values_at[word] = self._locate(place, False)
        form = self._text(value.get("dates"), (*path, "dates"))
        dates = None
        if form is not None:
            try:
                dates = date_form(form)
            except ValueError:
                self._tell(form, (*path, "dates"), "dates")
        key_at = self._locate((*path, "key"), False) if "key" in value else places[0]
        return Target(header, key, places[0], key_at, Words(words(meanings), dates), values_at)

    def _constants(self, tree: dict[str, Any], path: Path) -> Iterator[Given]:
        for key, value, place in self._pairs(tree, "constants", path):
            text = self._text(value, place)
            if text is None:
                if not isinstance(value, (dict, list)):
                    self._tell(None, place, "text")
                continue
            where = self._locate(place, False)
            try:
                found = tuple(pieces(text))
            except ValueError:
                self.problems.append(Problem("bad-template", value=text, location=where))
            else:
                yield Given(key, found, self._locate(place, True), where)

    def _pairs(self, tree: dict[str, Any], key: str, path: Path) -> Iterator[tuple[str, Any, Path]]:
        """The keys and values below a key, with their paths; nothing where it is empty."""
        inner = tree.get(key)
        if isinstance(inner, dict):
            self._keys(inner, None, (*path, key))
            yield from ((name, value, (*path, key, name)) for name, value in inner.items())
        elif inner is not None:
            self._tell(inner, (*path, key), "mapping")

    def _keys(self, tree: dict[str, Any], known: tuple[str, ...] | None, path: Path) -> None:
        """Tell keys that stand twice, and those that are not known."""
        for key in repeated(tree):
            where = self._locate((*path, key), True)
            self.problems.append(Problem("duplicate-key", value=key, location=where))
        for key in tree if known is not None else ():
            if key not in (known or ()):
                where = self._locate((*path, key), True)
                near = get_close_matches(key, known or (), 1)
                params = {"type": {"pl": "plik kolumn", "en": "the columns file"}}
                told = Problem("unknown-key", value=key, location=where, params=params)
                self.problems.append(replace(told, hint=near[0]) if near else told)

    def _text(self, value: Any, path: Path) -> str | None:
        if isinstance(value, (dict, list)):
            self._tell(value, path, "text")
            return None
        return value if value is None else str(value).strip() or None

    def _tell(self, value: Any, path: Path, expected: str) -> None:
        where = self._locate(path, value is None)  # an empty value has no place of its own
        params = {"expected": _EXPECTED[expected]}
        self.problems.append(
            Problem("invalid-value", value=shown(value), location=where, params=params)
        )
