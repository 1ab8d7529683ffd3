"""The numbers of a dataset: what its page counts and draws."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from es_lod.model import Record, Unit, record_classes
from es_lod.site.edition import Edition
from es_lod.site.links import links

_MOST: Final = 12
"""How many bars of years there are at most."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Years(NamedTuple):
    """Events of the years from `first` to `last`."""

    first: int
    last: int
    events: int

    @property
    def said(self) -> str:
        """`2018`, or `2015–2019`."""
        first, last = f"{self.first:04}", f"{self.last:04}"
        return first if first == last else f"{first}–{last}"


class Figures(NamedTuple):
    """The records of each class, the units among them, the events by year, and the references."""

    classes: tuple[tuple[type[Record], int], ...]
    units: tuple[tuple[type[Record], int], ...]
    years: tuple[Years, ...]
    references: int


def figures(edition: Edition) -> Figures:
    """The numbers of an edition; classes in the order of their declaration, units by number."""
    counted, references = edition.counts.classes, links(edition.register)
    order = [cls for cls in record_classes().values() if counted[cls]]
    classes = tuple((cls, counted[cls]) for cls in order)
    units = sorted((c for c in classes if issubclass(c[0], Unit)), key=lambda c: -c[1])
    return Figures(classes, tuple(units), tuple(by_years(edition.counts.years)), references)


def by_years(years: Counter[int]) -> Iterator[Years]:
    """The years without a gap; several in one where they are many."""
    if not years:
        return
    first, last = min(years), max(years)
    step = next(step for step in _STEPS if last // step - first // step < _MOST)
    sums: Counter[int] = Counter()
    for year, count in years.items():
        sums[year // step] += count
    for span in range(first // step, last // step + 1):
        yield Years(span * step, span * step + step - 1, sums[span])
