"""Documents as entries: one raw record each, with a way back to its place in the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from es_lod.errors import InputError, InvalidValue, Location, Path, Problem
from es_lod.iris import base_iri
from es_lod.namespaces import CONTEXT
from es_lod.values import DEFAULT_LANGUAGE, language_tag

Tree: TypeAlias = Any
"""What a document holds: mappings, lists, strings; from JSON also numbers and booleans."""
Locate: TypeAlias = Callable[[Path, bool], Location]
"""The place of the value at a path; with `True` of its key."""

MAX_DEPTH: Final = 64
"""How deep a document may nest."""

# `$schema` is what editors look for.
_ENVELOPE: Final = ("@context", "$schema", "base", "language", "records")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as it stands in a document.

    `path` leads from the document's root to `tree`; `locate` takes paths from the root.
    """

    tree: Tree
    path: Path
    locate: Locate
    base: str | None = None
    language: str = DEFAULT_LANGUAGE
    is_rdf: bool = False


def entries(root: Tree, locate: Locate) -> Iterator[Entry | Problem]:
    """The records of a document, and what is wrong with the document around them.

    A document is a mapping with `records` (and `base`, `language`), a list, or one record.
    Raises `InputError` where it is neither, or where `base` or `language` cannot be used.
    """
    if isinstance(root, list):
        yield from (Entry(tree, (i,), locate) for i, tree in enumerate(root))
        return
    if not isinstance(root, dict) or not ("records" in root or "type" in root):
        raise InputError([Problem("no-records", location=locate((), False))])
    base, language = _settings(root, locate)
    if "records" not in root:
        settings = tuple(key for key in _ENVELOPE if key != "records")
        yield Entry(_without(root, settings), (), locate, base, language)
        return
    yield from (_unknown(key, locate) for key in root if key not in _ENVELOPE)
    records = root["records"]
    if not isinstance(records, list):
        if records is not None:
            raise InputError([Problem("no-records", location=locate(("records",), False))])
        records = []
    for i, tree in enumerate(records):
        yield Entry(tree, ("records", i), locate, base, language)


def _settings(root: dict[str, Tree], locate: Locate) -> tuple[str | None, str]:
    try:
        base = root.get("base", _context_base(root.get("@context")))
        language = root.get("language") or DEFAULT_LANGUAGE
        return base_iri(str(base)) if base is not None else None, language_tag(str(language))
    except InputError as error:
        path: Path = ("base",) if "base" in root else ("@context",)
        raise InputError([error.problems[0].at(locate(path, False))]) from None
    except InvalidValue as error:
        place = locate(("language",), False)
        raise InputError(
            [Problem(error.code, value=str(root["language"]), location=place)]
        ) from None


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


def _unknown(key: str, locate: Locate) -> Problem:
    near = get_close_matches(key, _ENVELOPE, 1)
    params = {"type": {"pl": "dokument", "en": "the document"}}
    place = locate((key,), True)
    hint = near[0] if near else None
    return Problem("unknown-key", field=key, value=key, location=place, hint=hint, params=params)
