"""What a columns file says of cells: what their words mean, and values made of several cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from es_lod.errors import Location
from es_lod.iris import fold, slug
from es_lod.model import kinds
from es_lod.readers.grids import Cell, Fault, Moment
from es_lod.tabular.cells import joined, number, split, unescaped
from es_lod.tabular.columns import ID, Column

_BRACES: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
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


def plain(cell: Cell) -> str:
    """A cell as text: whole numbers without a point."""
    return cell.strip() if isinstance(cell, str) else str(number(cell, None))


class Piece(NamedTuple):
    """A piece of a template: a text, or a header in braces."""

    text: str
    is_header: bool


def pieces(template: str) -> list[Piece]:
    """The pieces of a text with headers in braces. Raises `ValueError` for a single brace."""
    found: list[Piece] = []
    at = 0
    for brace in _BRACES.finditer(template):
        found.append(Piece(template[at : brace.start()], False))
        at = brace.end()
        if brace[0] in ("{", "}") or (brace[1] is not None and not brace[1].strip()):
            raise ValueError(template)
        found.append(Piece(brace[0][0] if brace[1] is None else brace[1], brace[1] is not None))
    return [piece for piece in (*found, Piece(template[at:], False)) if piece.text]


class Constant(NamedTuple):
    """What all rows say in a column: texts and cells of the row, and where the file says it."""

    column: Column
    parts: tuple[str | int, ...]
    at: Location

    @property
    def cells(self) -> Iterator[int]:
        """The cells that it is made of; none where it is the same for all rows."""
        return (part for part in self.parts if isinstance(part, int))

    @property
    def is_made(self) -> bool:
        """Whether it is made of cells of the row."""
        return any(isinstance(part, int) for part in self.parts)

    def value(self, cells: Sequence[Cell]) -> Cell:
        """The value for a row; nothing where the cells that it needs are empty.

        An id needs all of them, and becomes a slug; so does a reference with text of its own.
        """
        used = {i: cells[i] if i < len(cells) else "" for i in self.cells}
        fault = next((cell for cell in used.values() if isinstance(cell, Fault)), None)
        if fault is not None:
            return fault
        texts = {i: unescaped(plain(cell)) for i, cell in used.items()}
        if used and not (all if self._names else any)(texts.values()):
            return ""
        filled = "".join(texts[part] if isinstance(part, int) else part for part in self.parts)
        if not used:
            return filled
        own = any(isinstance(part, str) and part.strip() for part in self.parts)
        if self.column.path[-1] == ID or (self._names and own):
            return slug(filled)
        return re.sub(" {2,}", " ", filled).strip(" ,")

    @property
    def _names(self) -> bool:
        """Whether it is an id or a reference."""
        field = self.column.field
        return field is None or isinstance(field.kind, kinds.RefKind)
