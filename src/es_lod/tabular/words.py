"""What the cells of a column mean, as a columns file says: by their words, or as dates."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from es_lod.iris import fold
from es_lod.readers.grids import Cell, Fault, Moment
from es_lod.tabular.cells import joined, plain, split, unescaped

_DATE_LETTERS: Final = {
    "DD": "(?P<day>[0-9]{1,2})",
    "MM": "(?P<month>[0-9]{1,2})",
    "YYYY": "(?P<year>[0-9]{4})",
}


class Words(NamedTuple):
    """What the cells of a column mean: by their words, exact or folded, or by a form of dates."""

    values: Mapping[str, str] = MappingProxyType({})
    dates: "re.Pattern[str] | None" = None

    def meaning(self, cell: Cell, *, many: bool) -> Cell:
        """What a cell means; the cell itself where nothing is said of it."""
        if isinstance(cell, (Fault, Moment)):
            return cell
        text = plain(cell)
        whole = self._one(text)
        if whole is None and many and ";" in text:
            items = [(item, self._one(item)) for item in split(unescaped(text))]
            if any(meant is not None for _, meant in items):
                return joined([item if meant is None else meant for item, meant in items])
        return cell if whole is None else whole

    def _one(self, text: str) -> str | None:
        if self.dates is not None and (found := self.dates.fullmatch(text)):
            return f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"
        if text in self.values:
            return self.values[text]
        # Marks alone, as `-` or `?`, have nothing left to be folded to.
        return self.values.get(folded) if (folded := fold(text)) else None


def words(values: Mapping[str, str]) -> Mapping[str, str]:
    """Meanings by word as written, and folded where that is another word."""
    return {fold(word): value for word, value in values.items() if fold(word)} | dict(values)


def date_form(written: str) -> "re.Pattern[str]":
    """How dates are written: `DD/MM/YYYY`, in Polish also `DD/MM/RRRR`. Raises `ValueError`."""
    form = written.strip().upper().replace("RRRR", "YYYY")
    pattern = re.escape(form)
    for letters, digits in _DATE_LETTERS.items():
        if form.count(letters) != 1:
            raise ValueError(written)
        pattern = pattern.replace(letters, digits)
    return re.compile(pattern)
