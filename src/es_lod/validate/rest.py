"""What is said beside records that are judged in parts: by RDF, and by those not plainly right."""

from collections.abc import Set
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from es_lod.iris import relative, resolve
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.concepts import concept_iri, schemes
from es_lod.model.normal import references
from es_lod.validate import shapes
from es_lod.validate.reach import Reach

if TYPE_CHECKING:
    from es_lod.dataset import Dataset


class Rest:
    """What is said beside the records that are plainly right."""

    def __init__(self, dataset: "Dataset", known: Reach, terms: Set[str]) -> None:
        self._base = dataset.base
        self._known = known
        self._terms = terms
        self.subjects: set[str] = set()
        """The ids in the base of which something is said."""
        self.targets: set[str] = set()
        """Those that are referred to, so that shapes look at them."""
        self.is_far = False
        """Whether something is said of a term that others look at."""
        for quad in chain.from_iterable(dataset.graphs):
            self._look(quad)
        for record in dataset.kept.built():
            self._note(resolve(str(record.id), self._base), self.subjects)
            self.is_far |= str(record.id) in terms
            for _, _, target in references(record):
                self._note(resolve(target, self._base), self.targets)

    def _look(self, quad: Quad) -> None:
        predicate, subject, value = quad.predicate.value, quad.subject, quad.object
        if isinstance(subject, NamedNode):
            self._note(subject.value, self.subjects)
            if predicate in self._known.asked and subject.value in self._terms:
                self.is_far |= quad.triple not in self._vocabulary
        if predicate in self._known.followed and isinstance(value, NamedNode):
            self._note(value.value, self.targets)

    def _note(self, iri: str, found: set[str]) -> None:
        if iri.startswith(self._base):
            found.add(relative(iri.partition("#")[0], self._base))

    @cached_property
    def _vocabulary(self) -> set[object]:
        return {quad.triple for quad in shapes.vocabulary()}


def terms() -> Set[str]:
    """The IRIs of the vocabulary, and of all that records say of classes and concepts."""
    found = set()
    for quad in shapes.vocabulary():
        found |= {t.value for t in (quad.subject, quad.object) if isinstance(t, NamedNode)}
    found |= {concept_iri(scheme, one) for scheme, known in schemes().items() for one in known}
    for cls in (*record_classes().values(), *part_classes().values()):
        found |= set(map(str, cls.types))
        for field in cls.fields():
            if isinstance(field.kind, kinds.ChoiceKind):
                found |= {str(iri) for _, iri in field.kind.choices}
    return found
