"""What a columns file says of the headers that a table has: columns, constants, words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from es_lod.errors import InvalidValue, Location, Problem
from es_lod.labels import class_of_word
from es_lod.messages.message import LANGUAGES
from es_lod.model import kinds, record_classes
from es_lod.model.fields import Field
from es_lod.readers.telling import COMMON_TYPES
from es_lod.tabular.cells import class_name, notation, split
from es_lod.tabular.columns import TYPE, Column, Table
from es_lod.tabular.constants import Constant
from es_lod.tabular.headers import called_table, is_called, resembled, spelling, understood
from es_lod.tabular.mapping import LEFT_OUT, Columns, Described, Given, Target, named, numbered
from es_lod.tabular.words import Words


@dataclass(slots=True)
class Applied:
    """A description as it applies to a row of headers, by the number of the cell.

    `unmapped` are columns whose place in the file is empty, `left_out` those that nobody reads,
    `used` those of templates.
    """

    file: str
    type_: str | None
    columns: dict[int, Column] = field(default_factory=dict)
    words: dict[int, Words] = field(default_factory=dict)
    constants: tuple[Constant, ...] = ()
    unmapped: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)


def described_table(described: Described, columns: Columns) -> Table | None:
    """The table of the type that the file states; what is wrong with it is told."""
    if described.type_ is None:
        keys = [target.key for target in described.targets.values()]
        keys += [given.key for given in described.constants]
        is_stated = any(is_called(key, TYPE) for key in keys)
        if not is_stated and not columns.is_told(described.type_at):
            known = {"known": COMMON_TYPES}
            columns.tell(Problem("missing-type", location=described.type_at, params=known))
        return None
    table = called_table(_class_name(described.type_))
    if table is None:
        names = list(record_classes())
        near = get_close_matches(described.type_, names, 1)
        columns.tell(
            Problem(
                "unknown-type",
                value=described.type_,
                location=described.type_at,
                hint=near[0] if near else None,
                params={"known": ", ".join(names)},
            )
        )
    return table


def _class_name(word: str) -> str:
    """The class that a word names, as labels do, or `CIS` and `OPS`; else the word itself."""
    name = class_name(word)
    return name if name in record_classes() else class_of_word(word) or word


def applied(
    described: Described,
    columns: Columns,
    table: Table,
    headers: list[str],
    elsewhere: frozenset[str] | None,
) -> Applied:
    """What a description says of these headers; mistakes in it are told to `columns`.

    `elsewhere` are the headers that other descriptions of the same table read; with `None` this
    one reads only what it names.
    """
    cls = record_classes().get(_class_name(described.type_ or ""))
    found = Applied(columns.file, cls.__name__ if cls in table.classes and cls else None)
    at = {named(name): i for i, name in reversed(list(enumerate(numbered(headers)))) if name}
    columns.note(described, (name for name in numbered(headers) if name))
    taken: set[Column] = set()
    for known, target in described.targets.items():
        column = None
        if target.key not in ("", LEFT_OUT):
            column = _column(target.key, target.key_at, table, columns)
        if column is not None:
            if column in taken and not column.many:
                columns.tell(Problem("mapped-twice", value=target.key, location=target.key_at))
            taken.add(column)
            _check_words(target, column, _fields(column, table, found.type_), columns)
        if known not in at:
            continue  # told by `Columns.mistakes`
        i = at[known]
        if column is not None:
            found.columns[i], found.words[i] = column, target.words
        elif target.key == LEFT_OUT:
            found.left_out.add(i)
        elif not target.key:
            found.unmapped.add(i)
        else:
            found.left_out.add(i)  # told already
    found.used = {at[named(text)] for text, _ in described.used() if named(text) in at}
    found.constants = tuple(_constants(described, columns, table, found.type_, at))
    leaves = described.leaves_others or elsewhere is None
    for known in at.keys() - described.targets.keys():
        i = at[known]
        # What a template takes need not be a field of its own, but may be.
        is_only_used = i in found.used and understood(headers[i], table) is None
        if leaves or known in (elsewhere or ()) or is_only_used:
            found.left_out.add(i)
    return found


def _column(key: str, place: Location, table: Table, columns: Columns) -> Column | None:
    column = understood(key, table)
    if column is None:
        near = resembled(key, table)
        hint = spelling(key, near) if near else None
        name = {tag: table.label(tag) for tag in LANGUAGES}
        params = {"table": name}
        columns.tell(Problem("unknown-target", value=key, location=place, hint=hint, params=params))
    return column


def _fields(column: Column, table: Table, type_: str | None) -> list[Field]:
    """The fields that the values of a column go to: those of the class, or of any of the table."""
    if column.field is None or len(column.path) > 1 or table.field is not None:
        return [column.field] if column.field else []
    classes = [cls for cls in table.classes if type_ in (None, cls.__name__)]
    found = [cls.by_key().get(column.path[0]) for cls in classes]
    return [one for one in dict.fromkeys(found) if one is not None]


def _check_words(target: Target, column: Column, fields: list[Field], columns: Columns) -> None:
    for word, place in target.values_at.items():
        value = target.words.values[word]
        for item in split(value) if column.many else filter(None, [value]):
            if problem := _misfit(item, column, fields):
                columns.tell(problem.at(place))


def _misfit(value: str, column: Column, fields: Iterable[Field]) -> Problem | None:
    """Why a value that the file states does not fit, if no field takes it."""
    first: Problem | None = None
    if column.path == (TYPE,):
        if class_name(value) in record_classes():
            return None
        near = get_close_matches(value, list(record_classes()), 1)
        known = {"known": ", ".join(record_classes())}
        return Problem("unknown-type", value=value, hint=near[0] if near else None, params=known)
    for one in fields:
        if isinstance(one.kind, kinds.RefKind):
            return None
        is_concept = isinstance(one.kind, kinds.ConceptKind)
        written = notation(one.kind.scheme, value) if is_concept else value  # type: ignore[attr-defined]  # so
        try:
            one.kind.parse(written)
        except InvalidValue as error:
            params = {"value": value, **error.params}
            first = first or Problem(error.code, value=value, hint=error.hint, params=params)
        else:
            return None
    return first


def _constants(
    described: Described, columns: Columns, table: Table, type_: str | None, at: dict[str, int]
) -> Iterable[Constant]:
    seen: set[Column] = set()
    for given in described.constants:
        column = _column(given.key, given.key_at, table, columns)
        if column is None or not all(named(p.text) in at for p in given.pieces if p.is_header):
            continue
        if column in seen:
            columns.tell(Problem("mapped-twice", value=given.key, location=given.key_at))
        seen.add(column)
        _check_constant(given, column, _fields(column, table, type_), columns)
        parts = tuple(at[named(p.text)] if p.is_header else p.text for p in given.pieces)
        yield Constant(column, parts, given.at)


def _check_constant(given: Given, column: Column, fields: list[Field], columns: Columns) -> None:
    """Tell a constant that the field cannot take, once for all rows."""
    if any(piece.is_header for piece in given.pieces):
        return
    text = "".join(piece.text for piece in given.pieces)
    for item in split(text) if column.many else [text]:
        if problem := _misfit(item, column, fields):
            columns.tell(problem.at(given.at))
