"""The files of a server as one in-memory store.

In memory, since joins over pyoxigraph's store on disk take six times as long. The default graph is
the union of all graphs, made once: pyoxigraph's own union finds a triple of two graphs twice, and
overrides the `FROM` of a query.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from es_lod import formats
from es_lod.errors import InputError, Location, Problem


class Source(NamedTuple):
    """A file of RDF, of the format that its suffix names.

    Without `graphs`, all its quads are of the default graph only.
    """

    path: Path
    graphs: bool = True


def load(sources: Iterable[Source], base: str | None = None) -> Store:
    """All sources in one store, blank nodes apart by file; `base` resolves relative IRIs.

    Raises `InputError` for a file that is not there, or is no RDF.
    """
    data = Store()
    for source in sources:
        try:
            _load(data, source, base)
        except SyntaxError as error:
            reason = error.msg.split(": ", 1)[-1]
            raise _syntax(source.path, reason, error.lineno, error.offset) from None
        except ValueError as error:
            raise _syntax(source.path, str(error)) from None
        except OSError as error:
            raise _unreadable(source.path, error) from None
    return data


def _load(data: Store, source: Source, base: str | None) -> None:
    known = formats.of_path(source.path)
    if known is None or known.rdf is None:
        place, params = Location(str(source.path)), {"known": ", ".join(_SUFFIXES)}
        raise InputError(
            [Problem("unknown-suffix", None, None, source.path.suffix, place, None, params)]
        )
    format, path = getattr(RdfFormat, known.rdf), str(source.path)
    if known.name in _WITH_GRAPHS:
        quads = parse(path=path, format=format, base_iri=base, rename_blank_nodes=True)
        data.bulk_extend(_united(quads, source.graphs))
    else:
        data.bulk_load(path=path, format=format, base_iri=base)


def _united(quads: Iterable[Quad], graphs: bool) -> Iterator[Quad]:
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield quad
        else:
            yield Quad(*quad.triple)
            if graphs:
                yield quad


_WITH_GRAPHS = ("nq", "trig", "jsonld")
_SUFFIXES = [
    suffix for format in formats.FORMATS.values() if format.rdf for suffix in format.suffixes
]


def _syntax(
    path: Path, reason: str, line: int | None = None, column: int | None = None
) -> InputError:
    known = formats.of_path(path)
    params = {"format": known.title if known else path.suffix, "reason": reason}
    return InputError(
        [Problem("syntax", location=Location(str(path), line, column), params=params)]
    )


def _unreadable(path: Path, error: OSError) -> InputError:
    params = {"reason": error.strerror or str(error)}
    return InputError([Problem("file-unreadable", location=Location(str(path)), params=params)])


def told(error: InputError) -> dict[str, Any]:
    """Why a file was not read, as one process tells it another."""
    (problem,) = error.problems
    place = problem.location.to_json() if problem.location else {}
    return {"problem": [problem.code, problem.value, place, problem.params]}


def heard(message: Mapping[str, Any]) -> InputError:
    """What another process `told`."""
    code, value, place, params = message["problem"]
    return InputError([Problem(code, value=value, location=Location(**place), params=params)])
