"""What the rows of a table are about: which columns name things, and how."""

from functools import cached_property

from es_lod.server.page import cells
from es_lod.server.page.columns import Column
from es_lod.server.page.frame import QueryPage
from es_lod.server.page.results import Solutions, Value
from es_lod.server.page.terms import is_known, label
from es_lod.server.page.words import WORDS
from es_lod.site.words import Speaker


class Naming:
    """A table with what its columns are, and what its rows are called in pictures."""

    def __init__(self, page: QueryPage, table: Solutions, about: tuple[Column, ...]) -> None:
        self.page = page
        self.table = table
        self.about = about
        self.say = Speaker(page.language, WORDS)

    @cached_property
    def things(self) -> tuple[int, ...]:
        """The columns of IRIs that are no terms of the vocabulary: those name things."""
        return tuple(
            i
            for i, column in enumerate(self.about)
            if column.kind == "iri"
            and not all(is_known(value.text) for value in self.values(i) if value is not None)
        )

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The columns that can tell rows apart for people, but for names of what has an IRI."""
        names = {column.named_by for column in self.about if column.named_by is not None}
        return tuple(
            i
            for i, column in enumerate(self.about)
            if column.kind == "iri" or (column.kind == "text" and i not in names)
        )

    def columns(self, kind: str) -> tuple[int, ...]:
        """The columns of a kind."""
        return tuple(i for i, column in enumerate(self.about) if column.kind == kind)

    def values(self, i: int) -> list[Value | None]:
        """The values of a column."""
        return [row[i] for row in self.table.rows]

    def said(self, row: tuple[Value | None, ...], i: int) -> str:
        """What a cell is called: by its name in another column, else by itself."""
        value, named_by = row[i], self.about[i].named_by
        name = row[named_by] if named_by is not None else None
        if name is not None and name.text.strip():
            return name.text
        if value is None:
            return "–"
        if value.kind == "iri":
            return label(value.text, self.page.language) or cells.said(self.page, value.text)
        return value.text

    def title(self, row: tuple[Value | None, ...]) -> str:
        """What a row is called: by its first thing, else by its first text."""
        first = (*self.things, *self.labels)[:1]
        return self.said(row, first[0]) if first else ""

    def subtitle(self, row: tuple[Value | None, ...]) -> str:
        """What else tells a row apart: its second thing or text."""
        second = [i for i in self.labels if i not in self.things[:1]][:1]
        return self.said(row, second[0]) if second and row[second[0]] is not None else ""

    def variable(self, i: int) -> str:
        """A column as the query has it."""
        return f"?{self.about[i].name}"
