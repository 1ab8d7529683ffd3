"""What an engine of SHACL is to the rest: data and shapes in, results out.

https://www.w3.org/TR/shacl/#validation-report
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from es_lod.validate.data import Data
from es_lod.validate.shapes import Shapes


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One validation result, the names of its parts as SHACL has them.

    `path` only where it is one property, `constraint` only of `sh:sparql`, `message` by language.
    """

    focus: str
    component: str
    severity: str
    shape: str
    path: str
    value: str
    constraint: str
    message: tuple[tuple[str, str], ...]


class Engine(Protocol):
    """What validates: data with the vocabulary beside it, against all shapes that have a target."""

    def __call__(self, data: Data, shapes: Shapes) -> Iterable[Result]:
        """The results, in any order."""
