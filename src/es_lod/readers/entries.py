"""Documents as entries: one raw record each, with a way back to its place in the file."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import Quad

from es_lod.errors import InputError, InvalidValue, Location, Path, Problem
from es_lod.iris import base_iri
from es_lod.namespaces import CONTEXT
from es_lod.values import DEFAULT_LANGUAGE, language_tag

if TYPE_CHECKING:
    from es_lod.readers.unread import Rows

Tree: TypeAlias = Any
"""What a document holds: mappings, lists, strings; from JSON also numbers and booleans."""
Locate: TypeAlias = Callable[[Path, bool], Location]
"""The place of the value at a path; with `True` of its key."""

PROBLEM: Final = "$problem"
"""The key of a record that was left out and comes again: what was wrong. It is passed over."""

MAX_DEPTH: Final = 64
"""How deep a document may nest."""

# `$schema` is what editors look for.
_SETTINGS: Final = ("@context", "$schema", "base", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as it stands in a document.

    `path` leads from the document's root to `tree`; `locate` takes paths from the root.
    `is_partial` says that something of the source could not be taken into the tree, `excused`
    which missing fields are told already. `raw` is the record as the source has it, where that is
    more than the tree: its line, its rows, or its quads.
    """

    tree: Tree
    path: Path
    locate: Locate
    base: str | None = None
    language: str = DEFAULT_LANGUAGE
    is_rdf: bool = False
    is_partial: bool = False
    excused: frozenset[str] = frozenset()
    raw: "str | Rows | Callable[[], list[Quad]] | None" = None


def entries(root: Tree, locate: Locate) -> Iterator[Entry | Problem]:
    """The records of a document, and what is wrong with the document around them.

    A document is a mapping with `records` (and `base`, `language`), a list, or one record.
    Raises `InputError` where it is neither, or where `base` or `language` cannot be used.
    """
    if isinstance(root, list):
        yield from (Entry(passed_over(tree), (i,), locate) for i, tree in enumerate(root))
        return
    if not isinstance(root, dict) or not ("records" in root or "type" in root):
        raise InputError([Problem("no-records", location=locate((), False))])
    base, language = settings(root, locate)
    if "records" not in root:
        tree = copy(root)  # which keys stand twice stays known
        for key in (*_SETTINGS, PROBLEM):
            tree.pop(key, None)
        yield Entry(tree, (), locate, base, language)
        return
    yield from around(root, (*_SETTINGS, "records"), locate)
    records = root["records"]
    if not isinstance(records, list):
        if records is not None:
            raise InputError([Problem("no-records", location=locate(("records",), False))])
        records = []
    for i, tree in enumerate(records):
        yield Entry(passed_over(tree), ("records", i), locate, base, language)


def passed_over(tree: Tree) -> Tree:
    """A record without the note of what was wrong with it."""
    if isinstance(tree, dict):
        tree.pop(PROBLEM, None)
    return tree


def settings(root: dict[str, Tree], locate: Locate) -> tuple[str | None, str]:
    """The base and the language that a document states. Raises `InputError` for no such thing."""
    try:
        base = root.get("base", _context_base(root.get("@context")))
        language = root.get("language")
        return (
            base_iri(str(base)) if base is not None else None,
            language_tag(str(language)) if language is not None else DEFAULT_LANGUAGE,
        )
    except InputError as error:
        path: Path = ("base",) if "base" in root else ("@context",)
        raise InputError([error.problems[0].at(locate(path, False))]) from None
    except InvalidValue as error:
        place = locate(("language",), False)
        raise InputError(
            [Problem(error.code, value=str(root["language"]), location=place)]
        ) from None


def around(root: dict[str, Tree], known: tuple[str, ...], locate: Locate) -> Iterator[Problem]:
    """What is wrong with the keys around records: unknown ones, and ones that stand twice."""
    for key in repeated(root):
        yield Problem("duplicate-key", value=key, location=locate((key,), True))
    for key in root:
        if key not in known:
            near = get_close_matches(key, known, 1)
            params = {"type": {"pl": "dokument", "en": "the document"}}
            place = locate((key,), True)
            hint = near[0] if near else None
            yield Problem("unknown-key", None, key, key, place, hint, params)


def repeated(tree: Tree) -> tuple[str, ...]:
    """The keys of a mapping that stand twice in the source: readers note them on it."""
    found: tuple[str, ...] = getattr(tree, "repeated", ())
    return found


def repetitions(tree: Tree) -> Iterator[tuple[Path, Tree, Path, str]]:
    """All keys that stand twice, however deep.

    Of each: path and tree of the innermost record around it, path of its mapping, and the key.
    """
    stack: list[tuple[Path, Tree, Path, Tree]] = [((), tree, (), tree)]
    while stack:
        at, record, path, node = stack.pop()
        if isinstance(node, dict) and "type" in node:
            at, record = path, node
        yield from ((at, record, path, key) for key in repeated(node))
        if isinstance(node, (dict, list)):
            steps = node.items() if isinstance(node, dict) else enumerate(node)
            stack += [
                (at, record, (*path, step), child)
                for step, child in steps
                if isinstance(child, (dict, list))
            ]


def _context_base(context: Tree) -> Tree:
    for item in context if isinstance(context, list) else [context]:
        if isinstance(item, dict) and "@base" in item:
            return item["@base"]
    return None


def carries(context: Tree, ours: dict[str, Tree]) -> bool:
    """Whether a `@context` is the records' own: by its IRI or inline, beside a `@base`.

    Inline it may leave out what its document does not use.
    """
    found = False
    for item in context if isinstance(context, list) else [context]:
        if isinstance(item, dict):
            terms = _without(item, ("@base", "@version"))
            if any(ours.get(term) != definition for term, definition in terms.items()):
                return False
            found = found or "records" in terms
        elif item != CONTEXT:
            return False
        else:
            found = True
    return found


def _without(tree: dict[str, Tree], keys: tuple[str, ...]) -> dict[str, Tree]:
    return {key: value for key, value in tree.items() if key not in keys}
