"""A process that answers one question after another, until it is told to end or is ended.

Messages are JSON in UTF-8 behind their length. Started as a program it loads the data itself,
is asked on standard input and answers on standard output; else `keeper` forks it.
"""

import json
import os
import shutil
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from es_lod.errors import InputError
from es_lod.formats import FORMATS
from es_lod.query import MAX_DEPTH, depth, fetches
from es_lod.server.pool.confining import alarm, confine
from es_lod.server.pool.counting import Counter, CSVRows, JSONRows, Output, TSVRows, XMLRows
from es_lod.server.pool.loading import Source, load, told
from es_lod.server.questions import Kind, Limits, Refusal


class Order(NamedTuple):
    """What a worker has to know: what it loads, how it answers."""

    sources: list[Source]
    base: str | None
    prefixes: Mapping[str, str]
    limits: Limits
    folder: str
    """Where answers are written."""
    federated: bool = False

    def to_json(self) -> dict[str, Any]:
        """The order as JSON."""
        sources = [(str(source.path), source.graphs) for source in self.sources]
        return {**self._asdict(), "sources": sources, "limits": list(self.limits)}

    @classmethod
    def from_json(cls, order: Mapping[str, Any]) -> "Order":
        """The order from JSON."""
        sources = [Source(Path(path), graphs) for path, graphs in order["sources"]]
        return cls(**{**order, "sources": sources, "limits": Limits(*order["limits"])})


LENGTH: Final = struct.Struct(">I")
"""The length of a message."""


def packed(message: Mapping[str, Any]) -> bytes:
    """A message behind its length. Half characters of a text survive, since JSON escapes them."""
    data = json.dumps(message).encode()
    return LENGTH.pack(len(data)) + data


def received(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, or none at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    message: dict[str, Any] = json.loads(stream.read(*LENGTH.unpack(head)))
    return message


def serve(data: Store, order: Order, questions: BinaryIO, answers: BinaryIO) -> bool:
    """Say who one is, then answer until there are no more questions.

    Returns whether the server has said so, which else is no more.
    """
    answers.write(packed({"pid": os.getpid()}))
    answers.flush()
    confine(order.limits.memory, offline=not order.federated)
    while (asked := received(questions)) is not None:
        if "end" in asked:
            return True
        with alarm(asked["seconds"]):
            answers.write(packed(_reply(data, order, asked)))
        answers.flush()
    return False


def _reply(data: Store, order: Order, asked: Mapping[str, Any]) -> dict[str, Any]:
    try:
        with Path(asked["path"]).open("xb") as file:
            return _answered(data, order, asked, file)
    except Refusal as refusal:
        return refusal.to_json()
    except MemoryError:
        return Refusal("memory").to_json()
    except OSError as error:
        reason = error.strerror if error.errno else str(error)
        return Refusal("failed", reason=_short(reason)).to_json()
    except (SyntaxError, ValueError, RuntimeError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        return Refusal("malformed", reason=_short(reason)).to_json()


def _short(reason: str | None) -> str:
    reason = " ".join(str(reason).split())
    return reason if len(reason) <= 500 else f"{reason[:499]}…"


def _answered(
    data: Store, order: Order, asked: Mapping[str, Any], file: BinaryIO
) -> dict[str, Any]:
    text = asked["text"]
    if depth(text) > MAX_DEPTH:
        raise Refusal("deep")
    if not order.federated and fetches(text):
        raise Refusal("service")
    data, graphs = _dataset(data, asked["default_graphs"], asked["named_graphs"])
    answer = data.query(text, base_iri=order.base, **graphs)
    kind = _KINDS[type(answer)]
    format = asked["graph" if kind == "graph" else "results"]
    if format is None:
        raise Refusal(f"unacceptable-{kind}")
    counter = _COUNTERS[format]() if kind != "boolean" and format in _COUNTERS else None
    output = Output(file, order.limits, counter)
    if isinstance(answer, QueryTriples):
        _write(answer, output, format, order.prefixes)
    else:
        answer.serialize(cast("BinaryIO", output), format=_RESULTS[format])
    return {"kind": kind, "format": format, "rows": 1 if kind == "boolean" else output.rows}


_KINDS: Final[Mapping[type, Kind]] = {
    QuerySolutions: "solutions",
    QueryBoolean: "boolean",
    QueryTriples: "graph",
}
_RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_COUNTERS: Final[Mapping[str, Callable[[], Counter]]] = {
    "json": JSONRows,
    "xml": XMLRows,
    "csv": CSVRows,
    "tsv": TSVRows,
    "rdf": XMLRows,  # for what XML cannot hold: it has no rows, the triples are counted
}


def _write(triples: QueryTriples, output: Output, format: str, prefixes: Mapping[str, str]) -> None:
    def counted() -> Iterator[Triple]:
        for triple in triples:
            output.count(1)
            if isinstance(triple.object, Triple) and format == "jsonld":
                raise Refusal("unwritable", reason=_TRIPLE)
            yield triple

    rdf = getattr(RdfFormat, str(FORMATS[format].rdf))
    serialize(counted(), cast("BinaryIO", output), format=rdf, prefixes=dict(prefixes))


_TRIPLE: Final = {
    "pl": "JSON-LD nie zna trójek jako obiektów",
    "en": "JSON-LD knows no triples as objects",
}


def _dataset(
    data: Store, defaults: Iterable[str], names: Iterable[str]
) -> tuple[Store, dict[str, Any]]:
    """The store to ask, and which graphs of it.

    https://www.w3.org/TR/sparql11-protocol/#dataset: where only named graphs are given, the
    default graph is empty, and the other way round.
    """
    default = list(dict.fromkeys(map(_graph, defaults)))
    named = list(dict.fromkeys(map(_graph, names)))
    if not default and not named:
        return data, {}
    if len(default) < 2:
        return data, {"default_graph": default, "named_graphs": named}
    # pyoxigraph would find a triple of two graphs twice; their merge has it once.
    merged = Store()
    for graph in default:
        found = data.quads_for_pattern(None, None, None, graph)
        merged.bulk_extend(Quad(*quad.triple) for quad in found)
    for graph in named:
        merged.bulk_extend(data.quads_for_pattern(None, None, None, graph))
    return merged, {"default_graph": [DefaultGraph()], "named_graphs": named}


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        reason = {"pl": f"{iri!r} nie jest IRI grafu", "en": f"{iri!r} is no IRI of a graph"}
        raise Refusal("malformed", reason=reason) from None


def main() -> None:
    """Load the data that the first message names, and serve."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the server ends first, and ends its workers
        signal.signal(number, signal.SIG_IGN)
    message = received(sys.stdin.buffer)
    order = Order.from_json(message) if message is not None else None
    if order is not None and not _served(order):
        # Nobody else is left to do it. It takes more descriptors than a worker may have.
        os.close(0)
        os.close(1)
        shutil.rmtree(order.folder, ignore_errors=True)


def _served(order: Order) -> bool:
    """Load and serve; whether the server is still there."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        return serve(load(order.sources, order.base), order, questions, answers)
    except InputError as error:
        answers.write(packed(told(error)))
        answers.flush()
        return True
    except ConnectionError:
        return False


if __name__ == "__main__":
    main()
