"""Records that are left out as lines: JSON Lines, N-Triples."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, Quad, RdfFormat, serialize

from es_lod.errors import Path, Problem
from es_lod.personal import holds_pesel, masked
from es_lod.readers.entries import PROBLEM, Entry, Tree, repeated
from es_lod.readers.json import without_problem
from es_lod.readers.origins import Built
from es_lod.tabular.settings import Settings
from es_lod.validate.personal import TELEPHONES, is_clean


def settings_of(base: str | None, language: str) -> Settings:
    """What a document states for all its records; a base with a person's number is none."""
    return Settings(None if base and holds_pesel(base) else base, language)


def settings_line(settings: Settings) -> str:
    """The first line of JSON Lines."""
    return json.dumps(dict(settings.pairs())) + "\n"


def records(
    entry: Entry,
    built: Sequence[Built],
    problems: Sequence[Problem],
    told: Callable[[Sequence[Problem]], list[str]],
) -> Iterator[str]:
    """A line for each broken record of an entry, or one for all of it where none could be built."""
    is_private = any(problem.code == "pesel" for problem in problems)
    # Of a key that stands twice the tree has only the last value.
    is_private = is_private or (isinstance(entry.raw, str) and holds_pesel(entry.raw))
    if not built or (len(built) == 1 and not built[0].origin.path):
        tree = _completed(entry.tree, built[0]) if built else entry.tree
        if isinstance(entry.raw, str) and tree is entry.tree and not is_private:
            yield _noted(entry.raw, entry.tree, told(problems))
        else:
            yield _line(tree, told(problems))
        return
    ids = {item.origin.path: str(item.record.id) for item in built}
    if () not in ids:  # its own id cannot be used
        yield _line(_taken(entry.tree, ids), told(problems))
    for item in built:
        if item.broken:
            path = item.origin.path
            inner = {at[len(path) :]: id_ for at, id_ in ids.items() if _is_within(at, path)}
            tree = _completed(_taken(_at(entry.tree, path), inner), item)
            if path:
                tree = {"id": str(item.record.id)} | tree
            own = [p for p in problems if p.record in (item.record.id, None)]
            yield _line(tree, told(own or problems))


def _completed(tree: Tree, item: Built) -> Tree:
    """A record with the operator that it got from another place: nesting, or another's word."""
    operator = getattr(item.record, "operator", None)
    if operator is None or not isinstance(tree, dict) or "operator" in tree:
        return tree
    return {**tree, "operator": operator}


def _is_within(path: Path, outer: Path) -> bool:
    return len(path) > len(outer) and path[: len(outer)] == outer


def _at(tree: Tree, path: Path) -> Tree:
    for step in path:
        tree = tree[step]
    return tree


def _taken(tree: Tree, ids: dict[Path, str], path: Path = ()) -> Tree:
    """A tree in which the records that are written apart are named."""
    if path in ids:
        return ids[path]
    if isinstance(tree, dict):
        found: Any = {k: _taken(v, ids, (*path, k)) for k, v in tree.items()}
        return _Twice(found, repeated(tree))
    if isinstance(tree, list):
        return [_taken(item, ids, (*path, i)) for i, item in enumerate(tree)]
    return tree


class _Twice(dict[str, Tree]):
    """A mapping with keys that stand twice in the source."""

    def __init__(self, found: dict[str, Tree], keys: tuple[str, ...]) -> None:
        super().__init__(found)
        self.repeated = keys


def _noted(text: str, tree: Tree, told: list[str]) -> str:
    """A line as it stands, with what is wrong as its last key; only an object has keys."""
    text = text.strip()
    if not isinstance(tree, dict):
        return text + "\n"
    text = without_problem(text).rstrip()[:-1].rstrip()
    comma = "" if text.endswith("{") else ", "
    return f"{text}{comma}{_json(PROBLEM)}: {_json(told)}}}\n"


def _line(tree: Tree, told: list[str]) -> str:
    if isinstance(tree, dict):
        tree = _Twice({**tree, PROBLEM: told}, repeated(tree))
    return _json(tree) + "\n"


def _json(tree: Tree, key: str = "") -> str:
    """A tree as JSON, a key that stands twice twice; no person's number."""
    if isinstance(tree, dict):
        pairs = [*tree.items(), *((k, tree[k]) for k in repeated(tree))]
        members = (f"{_string(masked(str(k)))}: {_json(v, k)}" for k, v in pairs)
        return f"{{{', '.join(members)}}}"
    if isinstance(tree, list):
        return f"[{', '.join(_json(item, key) for item in tree)}]"
    if tree is None or isinstance(tree, bool):
        return json.dumps(tree)
    text = str(tree)
    safe = blotted(text, key)
    is_number = isinstance(tree, (int, Decimal)) and safe == text
    if is_number and Decimal(text).is_finite():
        return text
    return _string(safe)


def _string(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # an unpaired surrogate
        return json.dumps(text)
    return json.dumps(text, ensure_ascii=False)


def blotted(text: str, key: str) -> str:
    """A value without a PESEL; the key tells a telephone number from one."""
    return masked(f"tel. {text}").removeprefix("tel. ") if key in TELEPHONES else masked(text)


def triples(quads: Iterable[Quad], told: list[str]) -> str:
    """The triples of a record as N-Triples, with what is wrong as comments above them."""
    safe = [clean.triple for quad in quads if (clean := _clean(quad)) is not None]
    text = (serialize(safe, format=RdfFormat.N_TRIPLES) or b"").decode()
    return "".join(f"# {' '.join(line.split())}\n" for line in told) + text


def _clean(quad: Quad) -> Quad | None:
    """A quad with a PESEL in its literal blotted out; none where it stands elsewhere."""
    if isinstance(quad.object, Literal) and holds_pesel(quad.object.value):
        literal = Literal(masked(quad.object.value), language=quad.object.language)
        quad = Quad(quad.subject, quad.predicate, literal)
        iris = Quad(quad.subject, quad.predicate, Literal(""))
        return quad if is_clean(iris) else None
    return quad if is_clean(quad) else None
