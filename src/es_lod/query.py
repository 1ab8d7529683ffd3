"""SPARQL over records, with ontology and concepts beside them; the named queries."""

import re
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
from es_lod.errors import InputError, Problem
from es_lod.iris import is_absolute, is_id, resolve

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
    found.extend(quad if isinstance(quad, Quad) else Quad(*quad) for quad in quads)
    if vocabulary:
        for path in extensions.turtle_files("ontology"):
            found.extend(parse(path=str(path)))
    return found


def query(
    data: Store, text: str, parameters: Mapping[str, str] | None = None, *, base: str
) -> Answer:
    """The answer to a query. Named graphs are part of the default graph, too.

    `parameters` bind variables: an id or IRI becomes an IRI, anything else a string. Raises
    `InputError` for a query that is not SPARQL, that would fetch (`SERVICE`), or whose parameter
    it does not have.
    """
    bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
    if len(text) > MAX_LENGTH:
        raise _refused(f"ma ponad {MAX_LENGTH} znaków", f"it has over {MAX_LENGTH} characters")
    for name, value in (parameters or {}).items():
        if not re.search(rf"[?${{]{re.escape(name)}\b", text) or not name.isidentifier():
            raise _refused(f"w zapytaniu nie ma ?{name}", f"?{name} is not in the query")
        bound[Variable(name)] = _term(value, base)
    if _depth(text) > _MAX_DEPTH:
        raise _refused("zbyt głębokie zagnieżdżenie", "it nests too deeply")
    if _fetches(text):
        raise _refused(
            "SERVICE nie działa: niczego nie pobieramy",
            "SERVICE is not answered: nothing is fetched",
        )
    with refusals():
        return data.query(text, base_iri=base, substitutions=bound, use_default_graph_as_union=True)


@contextmanager
def refusals() -> Iterator[None]:
    """What the engine raises for a query, at once or when rows are asked for, as `InputError`."""
    try:
        yield
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise _refused(str(error.msg if isinstance(error, SyntaxError) else error)) from None


def _term(value: str, base: str) -> NamedNode | Literal:
    try:
        named = is_id(value) or is_absolute(value)
        return NamedNode(resolve(value, base)) if named else Literal(value)
    except ValueError:
        raise _refused(
            f"{value} nie jest IRI ani tekstem", f"{value} is no IRI and no text"
        ) from None


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
_MAX_DEPTH: Final = 200
"""How deep a query may nest, for the same reason."""


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in _OPAQUE.sub(" ", text):
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest


def _fetches(text: str) -> bool:
    plain = _OPAQUE.sub(" ", text)
    return re.search(r"(?<![\w:?$-])service(?![\w:-])", plain, re.IGNORECASE) is not None


def _refused(pl: str, en: str | None = None) -> InputError:
    """Refusal with a reason; what the SPARQL parser says is English in both languages."""
    reason = {"pl": pl, "en": en or pl}
    return InputError([Problem("invalid-query", params={"reason": reason})])
