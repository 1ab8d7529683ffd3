"""Which engine validates: the compiled one, where it is installed and gives pySHACL's report."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from es_lod.validate import sifted
from es_lod.validate.results import Engine, Result
from es_lod.validate.shapes import Node, Shapes

if TYPE_CHECKING:
    from es_lod.validate.compiled import Compiled

PROVEN: Final = "0.3.4"
"""The version of the compiled engine whose reports were compared with pySHACL's."""


def pyshacl_engine(data: Iterable[Quad | Triple], shapes: Shapes) -> list[Result]:
    """pySHACL, the reference: asked of everything."""
    from es_lod.validate.reference import by_pyshacl

    return by_pyshacl(data, shapes)


def sifting_engine(data: Iterable[Quad | Triple], shapes: Shapes) -> list[Result]:
    """pySHACL, asked of what does not surely conform."""
    return list(sifted.results(_written(data), shapes))


def compiled_engine(data: Iterable[Quad | Triple], shapes: Shapes) -> list[Result]:
    """The engine of the extra `fast` for our own shapes, and pySHACL for those of extensions.

    Raises `ImportError` without the extra.
    """
    from es_lod.validate.compiled import Undecided

    compiled, others = _divided(shapes)
    written = _written(data)
    try:
        found = list(compiled.results(written))
    except Undecided:
        return list(sifted.results(written, shapes))
    return [*found, *(sifted.results(written, others) if others.targeted else ())]


def _written(data: Iterable[Quad | Triple]) -> bytes:
    """Data in N-Triples."""
    into = BytesIO()
    triples = (item.triple if isinstance(item, Quad) else item for item in data)
    serialize(triples, into, RdfFormat.N_TRIPLES)
    return into.getvalue()


@lru_cache(maxsize=4)
def _divided(shapes: Shapes) -> tuple["Compiled", Shapes]:
    """The shapes that are proven with the compiled engine, and those that are not."""
    from es_lod.validate.compiled import Compiled

    proven = {shape for shape in shapes.targeted if shapes.is_ours(shape)}
    is_proven: Callable[[Node], bool] = proven.__contains__
    ours = shapes.ours().targeting(is_proven)
    return Compiled(ours), shapes.targeting(lambda shape: not is_proven(shape))


@cache
def chosen() -> Engine:
    """The compiled engine where the extra `fast` is installed, else pySHACL with the sieve."""
    try:
        import shacl
    except ImportError:
        return sifting_engine
    return compiled_engine if shacl.__version__ == PROVEN else sifting_engine
