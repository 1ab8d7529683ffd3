"""Which engine validates: the compiled one, where it is installed and gives pySHACL's report."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from es_lod.validate import sifted
from es_lod.validate.data import Data
from es_lod.validate.results import Engine, Result
from es_lod.validate.shapes import Node, Shapes

if TYPE_CHECKING:
    from es_lod.validate.compiled import Compiled

PROVEN: Final = "0.3.4"
"""The version of the compiled engine whose reports were compared with pySHACL's."""


def pyshacl_engine(data: Data, shapes: Shapes) -> list[Result]:
    """pySHACL, the reference: asked of everything."""
    from es_lod.validate.reference import by_pyshacl

    return by_pyshacl(parse(data.read(), RdfFormat.N_TRIPLES), shapes)


def sifting_engine(data: Data, shapes: Shapes) -> list[Result]:
    """pySHACL, asked of what does not surely conform."""
    return list(sifted.results(data, shapes))


def compiled_engine(data: Data, shapes: Shapes) -> list[Result]:
    """The engine of the extra `fast` for our own shapes, and pySHACL for those of extensions.

    Raises `ImportError` without the extra.
    """
    from es_lod.validate.compiled import Undecided

    compiled, others = _divided(shapes)
    try:
        found = list(compiled.results(data))
    except Undecided:
        return list(sifted.results(data, shapes))
    return [*found, *(sifted.results(data, others) if others.targeted else ())]


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
