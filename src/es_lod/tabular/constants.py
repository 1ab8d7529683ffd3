"""Values that a columns file gives to all rows, some made of cells of the row."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from es_lod.errors import Location
from es_lod.iris import slug
from es_lod.model import kinds
from es_lod.readers.grids import Cell, Fault
from es_lod.tabular.cells import is_exact, plain, unescaped
from es_lod.tabular.columns import ID, Column

_BRACES: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


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
        if any(isinstance(cell, float) and not is_exact(cell) for cell in used.values()):
            return Fault("not-text")
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
