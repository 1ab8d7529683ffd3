"""SPARQL over records, with ontology and concepts beside them; the named queries."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
    parse,
)

from es_lod import extensions, resources
from es_lod.errors import InputError, InvalidValue, Problem
from es_lod.iris import is_absolute, is_id, resolve
from es_lod.values import PartialDate

Answer = QuerySolutions | QueryTriples | QueryBoolean


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with the library; titles and questions by language (`pl`, `en`)."""

    name: str
    text: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    parameters: tuple[str, ...]


def named_queries() -> dict[str, NamedQuery]:
    """All named queries, by name."""
    return {path.stem: _named(path) for path in sorted(resources.folder("queries").glob("*.rq"))}


def _named(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    header: dict[str, dict[str, str]] = {"title": {}, "question": {}, "parameter": {}}
    for key, language, value in re.findall(r"^# (\w+)(?:@(\w+))?: (.*)$", text, re.MULTILINE):
        if key == "parameter":
            header[key].setdefault(value.split(" ")[0].lstrip("?"), value)
        elif key in header:
            header[key][language or "en"] = value
    parameters = tuple(header["parameter"])
    return NamedQuery(path.stem, text, header["title"], header["question"], parameters)


def store(quads: Iterable[Quad | Triple], *, vocabulary: bool = True) -> Store:
    """An in-memory store of quads, with ontology and concepts in the default graph."""
    found = Store()
    found.bulk_extend(quad if isinstance(quad, Quad) else Quad(*quad) for quad in quads)
    if vocabulary:
        add_vocabulary(found)
    return found


def add_vocabulary(data: Store) -> None:
    """Add ontology and concepts to the default graph."""
    paths = extensions.turtle_files("ontology")
    data.bulk_extend(Quad(*triple) for path in paths for triple in parse(path=str(path)))


class DamagedStore(Exception):
    """A store in a file has no longer what was written into it."""


def query(
    data: Store, text: str, parameters: Mapping[str, str] | None = None, *, base: str
) -> Answer:
    """The answer to a query. Named graphs are part of the default graph, too.

    `parameters` bind variables: an id or IRI becomes an IRI, anything else a string; where the
    query's header says `# parameter: name (date)`, a date, as a string. Raises `InputError` for a
    query that is not SPARQL, that would fetch (`SERVICE`), or whose parameter it does not have.
    """
    if len(text) > MAX_LENGTH:
        raise _refused(f"ma ponad {MAX_LENGTH} znaków", f"it has over {MAX_LENGTH} characters")
    dates = set(re.findall(r"^# parameter: \??(\w+) \(date\)", text, re.MULTILINE))
    terms: dict[str, NamedNode | Literal] = {}
    for name, value in (parameters or {}).items():
        if not re.search(rf"[?$]{re.escape(name)}\b", _plain(text)) or not name.isidentifier():
            raise _refused(f"w zapytaniu nie ma ?{name}", f"?{name} is not in the query")
        terms[name] = _date(value) if name in dates else _term(value, base)
    if depth(text) > MAX_DEPTH:
        raise _refused("zbyt głębokie zagnieżdżenie", "it nests too deeply")
    if fetches(text):
        raise _refused(
            "SERVICE nie działa: niczego nie pobieramy",
            "SERVICE is not answered: nothing is fetched",
        )
    with refusals():
        return _answer(data, text, terms, base)


@contextmanager
def refusals() -> Iterator[None]:
    """What the engine raises for a query, at once or when rows are asked for, as `InputError`.

    A store in a file may turn out to be damaged: `DamagedStore`.
    """
    try:
        yield
    except (SyntaxError, ValueError, RuntimeError) as error:
        if str(error).startswith(("Corruption", "IO error")):  # RocksDB's words
            raise DamagedStore(str(error)) from None
        said = str(error.msg if isinstance(error, SyntaxError) else error)
        place, found, _ = said.partition(" expected one of Prefix not found")
        if found:  # the letters that might go on with the name say nothing to people
            raise _refused(
                f"{place} prefiks nie jest zadeklarowany (PREFIX)",
                f"{place} the prefix is not declared (PREFIX)",
            ) from None
        raise _refused(said) from None


def _answer(data: Store, text: str, terms: Mapping[str, NamedNode | Literal], base: str) -> Answer:
    # pyoxigraph's substitutions join the answer with the values, and know only its columns; other
    # variables are replaced, so that filters see them.
    columns = _columns(text, base) if terms else set()
    joined: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
    joined.update((Variable(name), term) for name, term in terms.items() if name in columns)
    text = _with_terms(text, {name: term for name, term in terms.items() if name not in columns})
    return data.query(text, base_iri=base, substitutions=joined, use_default_graph_as_union=True)


def _columns(text: str, base: str) -> set[str]:
    answer = Store().query(text, base_iri=base)
    return (
        {variable.value for variable in answer.variables}
        if isinstance(answer, QuerySolutions)
        else set()
    )


def _term(value: str, base: str) -> NamedNode | Literal:
    try:
        named = is_id(value) or is_absolute(value)
        return NamedNode(resolve(value, base)) if named else Literal(value)
    except ValueError:
        raise _refused(
            f"{value} nie jest IRI ani tekstem", f"{value} is no IRI and no text"
        ) from None


def _date(value: str) -> Literal:
    try:
        return Literal(str(PartialDate(value)))
    except InvalidValue:
        raise _refused(f"{value} nie jest datą", f"{value} is no date") from None


# Strings, IRIs, comments and escapes in names, in which the word SERVICE is no keyword. An escaped
# `#` or quotation mark begins nothing, so that it cannot hide what follows.
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n\r]*|\\.',
    re.DOTALL,
)


MAX_LENGTH: Final = 32 * 2**10
"""The longest query, in characters: the parser recurses once for each operator of a long chain, and
its stack is limited."""
MAX_DEPTH: Final = 200
"""How deep a query may nest, for the same reason."""


def depth(text: str) -> int:
    """How deep the brackets of a query nest."""
    opened = deepest = 0
    for character in _plain(text):
        if character in "([{":
            opened += 1
            deepest = max(deepest, opened)
        elif character in ")]}":
            opened -= 1
    return deepest


def _plain(text: str) -> str:
    """The query with blanks in place of what is opaque: the same places, only syntax."""
    return _OPAQUE.sub(lambda found: " " * len(found[0]), text)


def _with_terms(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """The query with terms in place of variables, however deep they stand."""
    if not terms:
        return text
    names = "|".join(map(re.escape, terms))
    variable = re.compile(
        rf"(?P<opaque>{_OPAQUE.pattern})"
        rf"|\b(?i:bound)\s*\(\s*[?$](?:{names})\s*\)|[?$](?P<name>{names})\b",
        re.DOTALL,
    )

    def replaced(found: re.Match[str]) -> str:
        if found["opaque"] is not None:
            return found[0]
        return str(terms[found["name"]]) if found["name"] else "true"

    return variable.sub(replaced, text)


# The keyword before what it needs: an IRI, a variable or a prefixed name, comments between. Whether
# `<`, `#` or a quotation mark begins an IRI, a comment or a string depends on the grammar, which a
# scanner cannot follow (`1<2)SERVICE#>`): so the word is looked for everywhere, but where it is
# surely a name or in an IRI.
_GAP = r"(?:\s|#[^\n\r]*[\n\r])*"
_SERVICE = re.compile(
    rf"(?P<name>[?$]\w*|:(?:\w[\w-]*)?|<https?://[^\s<>\"'{{}}|^`\\]*)?"
    rf"service{_GAP}(?:silent{_GAP})?(?:[<?$]|[\w.-]*:)",
    re.IGNORECASE,
)


# A line that is a comment as a whole: whatever stands before it, nothing in it is syntax.
_COMMENT = re.compile(r"^[ \t]*#[^\n\r\"']*$", re.MULTILINE)


def fetches(text: str) -> bool:
    """Whether a query would fetch (`SERVICE`), however it spells that."""
    decoded = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _unescaped, text)
    return any(
        found["name"] is None
        for form in (text, decoded)
        for found in _SERVICE.finditer(_COMMENT.sub("", form))
    )


def _unescaped(found: re.Match[str]) -> str:
    """https://www.w3.org/TR/sparql11-query/#codepointEscape."""
    number = int(found[1] or found[2], 16)
    return chr(number) if number <= sys.maxunicode else found[0]


def _refused(pl: str, en: str | None = None) -> InputError:
    """Refusal with a reason; what the SPARQL parser says is English in both languages."""
    reason = {"pl": pl, "en": en or pl}
    return InputError([Problem("invalid-query", params={"reason": reason})])
