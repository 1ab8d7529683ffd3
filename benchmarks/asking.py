"""What clients ask of a server, each with the answer that is right."""
# ruff: noqa: S311  # nothing here is secret

import json
import random
from collections.abc import Callable, Sequence, Set
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from browsing import Answer
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

JSON = {"Accept": "application/sparql-results+json"}
CSV = {"Accept": "text/csv"}
TRIPLES = {"Accept": "application/n-triples"}
NAMES = [NamedNode(f"https://schema.org/{p}") for p in ("name", "alternateName", "headline")]
NAME = NAMES[0]
LIMITS = {
    "would take over": "ended at the limit of time",
    "needs more memory": "ended at the limit of memory",
    "too many queries": "did not come to its turn",
}
"""The refusals that are no error of the server, by words of their texts."""
Judge = Callable[[Answer], str | None]
Right = Callable[[bytes], bool]


class Request(NamedTuple):
    """A request, and what is wrong with an answer; `kind` is what it is counted among."""

    kind: str
    target: str
    headers: dict[str, str]
    wrong: Judge
    form: bytes | None = None


class Requests:
    """Random requests to a site, whose data are those of its dump."""

    def __init__(self, triples: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._store = Store()
        self._store.bulk_extend(parse(path=str(triples), format=RdfFormat.N_TRIPLES))
        self._things = _things(self._store)
        self._names = _unique_names(self._store, set(self._things))
        self._numbers = count(1)
        self._right: dict[str, set[bytes]] = {}
        self._files: dict[str, Answer] = {}

    def light(self) -> Request:
        """A query about one thing."""
        thing = self._random.choice(self._things)
        kinds = (self._properties, self._is_there, self._named, self._described, self._counted)
        text, headers, right = self._random.choice(kinds)(thing)
        return self._query("light", text, headers, right)

    def heavy(self) -> Request:
        """A query that takes a second, some seconds, or ten minutes at least; never the same."""
        n = next(self._numbers)
        ways = (self._product, self._product, self._sorted, self._endless)
        text, right = self._random.choice(ways)(n)
        return self._query("heavy", text, JSON, right)

    def endless(self) -> Request:
        """A query that takes ten minutes at least."""
        text, right = self._endless(next(self._numbers))
        return self._query("heavy", text, JSON, right)

    def file(self) -> Request:
        """A file of a record, sometimes one that the client has already."""
        id_ = self._random.choice(self._things).value.rpartition("/")[2]
        suffix = self._random.choice((".html", ".en.html", ".ttl", ".jsonld"))
        path = f"/doc/{id_}{suffix}"
        known = self._files.get(path)
        if known is not None and self._random.random() < 0.5:
            tag = {"If-None-Match": known.headers["etag"]}
            return Request("file", path, tag, lambda a: _unless(a.status == 304, a))

        def wrong(answer: Answer) -> str | None:
            first = self._files.setdefault(path, answer)
            return _unless(answer.status == 200 and answer.body == first.body, answer)

        return Request("file", path, {}, wrong)

    def name(self) -> Request:
        """A name to reconcile."""
        name, iri = self._random.choice(self._names)
        form = urlencode({"queries": json.dumps({"q": {"query": name, "limit": 3}})}).encode()

        def wrong(answer: Answer) -> str | None:
            if answer.status != 200:
                return _unless(False, answer)
            found = json.loads(answer.body)["q"]["result"]
            return _unless(bool(found) and iri.endswith(f"/{found[0]['id']}"), answer)

        return Request("name", "/reconcile", {}, wrong, form)

    def _query(self, kind: str, text: str, headers: dict[str, str], right: Right | None) -> Request:
        known = self._right.setdefault(text, set()) if kind == "light" else set()

        def wrong(answer: Answer) -> str | None:
            if answer.status == 503 and kind == "heavy":
                told = answer.body.decode()
                return _unless(any(words in told for words in LIMITS), answer)
            if answer.status != 200 or right is None:
                return _unless(False, answer)
            if answer.body in known:
                return None
            if not right(answer.body):
                return _unless(False, answer)
            known.add(answer.body)
            return None

        return Request(kind, f"/sparql?{urlencode({'query': text})}", headers, wrong)

    def _properties(self, thing: NamedNode) -> tuple[str, dict[str, str], Right]:
        text = f"SELECT ?p ?o {{ {thing} ?p ?o }}"
        return text, JSON, lambda body: _solutions(body) == self._ask(text)

    def _named(self, thing: NamedNode) -> tuple[str, dict[str, str], Right]:
        name = next(iter(self._store.quads_for_pattern(thing, NAME, None)), None)
        object_ = name.object if name else Literal("–")
        text = f"SELECT ?thing {{ ?thing {NAME} {object_} }}"
        return text, JSON, lambda body: _solutions(body) == self._ask(text)

    def _counted(self, thing: NamedNode) -> tuple[str, dict[str, str], Right]:
        text = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p {thing} }}"
        number = len(list(self._store.quads_for_pattern(None, None, thing)))
        return text, CSV, lambda body: body.split() == [b"n", str(number).encode()]

    def _is_there(self, thing: NamedNode) -> tuple[str, dict[str, str], Right]:
        there = self._random.random() < 0.5
        name = thing if there else NamedNode(f"{thing.value}-not")
        text = f"ASK {{ {name} ?p ?o }}"
        return text, JSON, lambda body: json.loads(body)["boolean"] is there

    def _described(self, thing: NamedNode) -> tuple[str, dict[str, str], Right]:
        text = f"CONSTRUCT {{ {thing} ?p ?o }} WHERE {{ {thing} ?p ?o FILTER (!isBlank(?o)) }}"
        found = self._store.quads_for_pattern(thing, None, None)
        triples = {str(q.triple) for q in found if not isinstance(q.object, BlankNode)}
        return (
            text,
            TRIPLES,
            lambda body: {str(q.triple) for q in parse(body, RdfFormat.N_TRIPLES)} == triples,
        )

    def _product(self, n: int) -> tuple[str, Right]:
        """From a second of work to ten, by numbers that have nothing to do with the data."""
        side = self._random.choice((90, 120, 160, 200))
        values = " ".join(map(str, range(side)))
        blocks = " ".join(f"VALUES ?{name} {{ {values} }}" for name in "abc")
        text = f"SELECT (COUNT(*) AS ?n) {{ {blocks} FILTER (?a * ?b + ?c != {-n}) }}"
        return text, lambda body: _number(body) == side**3

    def _sorted(self, n: int) -> tuple[str, Right]:
        limit = n % 50 + 1
        text = f"SELECT ?o {{ ?s ?p ?o FILTER (isLiteral(?o)) }} ORDER BY STR(?o) LIMIT {limit}"

        def right(body: bytes) -> bool:
            rows = json.loads(body)["results"]["bindings"]
            found = [row["o"]["value"] for row in rows]
            return len(found) == limit and found == sorted(found)

        return text, right

    def _endless(self, n: int) -> tuple[str, None]:
        text = (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
            f"FILTER (?c != {n} && ?f != ?i && ?f != ?l) }}"
        )
        return text, None

    def _ask(self, text: str) -> list[str]:
        return _sorted(self._store.query(text))


def _solutions(body: bytes) -> list[str]:
    return _sorted(parse_query_results(body, QueryResultsFormat.JSON))


def _sorted(found: object) -> list[str]:
    assert isinstance(found, QuerySolutions)  # noqa: S101  # tells mypy so
    return sorted(str(list(row)) for row in found)


def _number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def _unless(right: bool, answer: Answer) -> str | None:
    return None if right else f"{answer.status} {answer.body[:300]!r}"


def _things(store: Store) -> Sequence[NamedNode]:
    """What has a name: records."""
    found = {
        q.subject
        for q in store.quads_for_pattern(None, NAME, None)
        if isinstance(q.subject, NamedNode) and "#" not in q.subject.value
    }
    return sorted(found, key=str)


def _unique_names(store: Store, things: Set[NamedNode]) -> list[tuple[str, str]]:
    """Names that mean one thing only, whatever their capitals and quotation marks."""
    owners: dict[str, set[str]] = {}
    names = []
    for quad in chain.from_iterable(store.quads_for_pattern(None, p, None) for p in NAMES):
        subject, name = quad.subject, quad.object
        assert isinstance(name, Literal)  # noqa: S101  # tells mypy so
        letters = "".join(filter(str.isalnum, name.value)).casefold()
        owners.setdefault(letters, set()).add(str(subject))
        if quad.predicate == NAME and isinstance(subject, NamedNode) and subject in things:
            names.append((letters, name.value, subject.value))
    return [(name, iri) for letters, name, iri in names if len(owners[letters]) == 1]
